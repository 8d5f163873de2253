//! Texts of others, made fit to be looked at. (That they are no HTML is the templates' doing.)

/// The most characters of a text that is only looked at. Where it can be changed, it stands whole in its field.
const LONGEST: usize = 200;

/// The text with its invisible commands written out, so that none of them turns the direction of what stands around it,
/// and cut where it is very long.
pub(crate) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(LONGEST).map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown
}

fn visible(c: char) -> String {
    if c.is_control() || turns(c) { c.escape_unicode().to_string() } else { c.to_string() }
}

/// Whether the character changes the direction of its neighbours, or breaks the line, without being seen.
const fn turns(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, shown};

    #[test]
    fn commands_are_seen_and_obeyed_by_nobody() {
        assert_eq!(shown("Åsa Öberg <b>"), "Åsa Öberg <b>");
        assert_eq!(shown("a\u{202e}b\u{1b}[31m\n"), "a\\u{202e}b\\u{1b}[31m\\u{a}");
        assert_eq!(shown("سلام"), "سلام");
    }

    #[test]
    fn long_texts_are_cut() {
        let exact = "å".repeat(LONGEST);
        assert_eq!(shown(&exact), exact);
        assert_eq!(shown(&"å".repeat(LONGEST + 1)), exact + "…");
    }
}
