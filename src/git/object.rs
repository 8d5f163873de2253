//! The names of objects.

use sha1::{Digest as _, Sha1};
use sha2::Sha256;
use std::fmt;
use std::fmt::Write as _;

/// The full name of an object: 40 hexadecimal digits, or 64 where the repository counts with SHA-256.
///
/// It is the only way for a text from outside to reach git, but for what is typed behind `--changed-since`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ObjectId(Box<str>);

impl ObjectId {
    /// Reads a full name; nothing else is one, neither a branch nor the beginning of a name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        (digits && matches!(text.len(), 40 | 64)).then(|| Self(text.into()))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the name of a file with this text, or of the same text as another system or editor spells it: with
    /// other ends of lines throughout, or with or without a byte order mark.
    ///
    /// git would ask its attributes, its configuration and the index, each of which the checkout or a flag can turn.
    #[must_use]
    pub fn is_of(&self, text: &str) -> bool {
        self.names(text.as_bytes()) || spellings(text).any(|spelling| self.names(spelling.as_bytes()))
    }

    /// Whether this is the name of a file, or of a link, with exactly these bytes.
    #[must_use]
    pub fn names(&self, bytes: &[u8]) -> bool {
        let head = format!("blob {}\0", bytes.len());
        let name = match self.0.len() {
            40 => hexadecimal(&Sha1::new().chain_update(head).chain_update(bytes).finalize()),
            _ => hexadecimal(&Sha256::new().chain_update(head).chain_update(bytes).finalize()),
        };
        name == *self.0
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn spellings(text: &str) -> impl Iterator<Item = String> {
    let unix = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let windows = unix.replace('\n', "\r\n");
    [unix, windows].into_iter().flat_map(|text| [format!("\u{feff}{text}"), text])
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::ObjectId;

    /// As `git hash-object` names `clinic: a` with an end of line, in a repository of either kind.
    const NAMES: [&str; 2] = [
        "f8e04a39c3dc5b27c70690a01fe49bfdbfe74fd6",
        "99e88de4e114d15268f0e5fdc23c648227db046396d4bd0a374be4b305587794",
    ];

    #[test]
    fn a_file_is_known_by_its_name_however_its_lines_end() {
        for name in NAMES.map(|name| ObjectId::parse(name).expect("a name")) {
            for same in ["clinic: a\n", "clinic: a\r\n", "\u{feff}clinic: a\n", "\u{feff}clinic: a\r\n"] {
                assert!(name.is_of(same), "{name} {same:?}");
            }
            for other in ["clinic: a", "clinic: a\n\n", "clinic: a\r", "clinic: b\n", "", "\u{feff}\u{feff}clinic: a\n"]
            {
                assert!(!name.is_of(other), "{name} {other:?}");
            }
            assert!(name.names(b"clinic: a\n") && !name.names(b"clinic: a\r\n"));
        }
    }

    #[test]
    fn nothing_but_a_full_name_is_one() {
        let full = NAMES[0];
        for text in [
            "",
            "HEAD",
            "main",
            "--output=x",
            &full[1..],
            &format!("{full}0"),
            &full.to_uppercase(),
            &format!("{full}\n"),
            &format!("{} ", &full[1..]),
        ] {
            assert_eq!(ObjectId::parse(text), None, "{text:?}");
        }
    }
}
