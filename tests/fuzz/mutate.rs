//! Bytes that are nearly right: a seeded mutation of a file of the corpus.

/// Random numbers from a seed: the same in every run (splitmix64, by Sebastiano Vigna, public domain).
#[derive(Debug, Clone)]
pub(super) struct Random(pub(super) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub(super) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.next() % end).unwrap_or(0)
    }
}

/// What readers of text trip over.
const PIECES: &[&str] = &[
    "\u{1b}[31m",
    "\u{202e}",
    "\u{feff}",
    "\0",
    "\r",
    "\t",
    "\u{2028}",
    "\"",
    "'",
    "`",
    "&",
    "*",
    "<<: ",
    "- ",
    ": ",
    "? ",
    "{",
    "}",
    "[",
    "]",
    "---\n",
    "...\n",
    "!!str ",
    "null",
    "~",
    "-1",
    "1e999",
    "18446744073709551616",
    "99999999999999999999",
    "\\u0000",
    "\\ud800",
    "everyone",
    "unmanaged",
    "</details>",
    "Mon, 01 Jan 2035 00:00:00 GMT",
    "W/",
    "\u{e5}\u{4}",
    "\"enabled\":",
    "\"accessible_to\":\"everyone\"",
    "\"clinic\":\"hamnen\"",
    "\"items\":[",
    "\"next_cursor\":",
    "\"order\":[\"book\"]",
    "\"title\":{\"sv\":\"\"}",
    "{\"professional\":\"st-1\"}",
    "Sunday, 22-Nov-26 22:01:30 GMT",
    "\"7\"",
    "\n/close\n",
    "```",
    "~~~",
    "::error::",
    "%0A",
    "]]>",
    "-->",
    "<!--",
    "<script>",
    "&#0;",
    "| a |",
    "\u{9b}",
    "\u{ffff}",
    "@everyone",
];

/// `seed` after a few random changes; with pieces of `other`, so that two good files make a bad one.
pub(super) fn mutate(seed: &[u8], other: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(bytes.len() + 1);
        let end = (at + random.below(24)).min(bytes.len());
        match random.below(6) {
            0 => bytes[at..end].iter_mut().for_each(|byte| *byte ^= 1 << (at % 8)),
            1 => drop(bytes.drain(at..end)),
            2 => bytes.truncate(at.max(1).min(bytes.len())),
            3 => insert(&mut bytes, at, PIECES[random.below(PIECES.len())].as_bytes()),
            4 => {
                let again = bytes[at..end].to_vec();
                insert(&mut bytes, at, &again);
            }
            _ => {
                let from = random.below(other.len());
                let to = (from + random.below(64)).min(other.len());
                insert(&mut bytes, at, &other[from..to]);
            }
        }
    }
    bytes
}

fn insert(bytes: &mut Vec<u8>, at: usize, piece: &[u8]) {
    bytes.splice(at..at, piece.iter().copied());
}
