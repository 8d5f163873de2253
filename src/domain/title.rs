//! What a live system takes for a title of a button. What it shows may be longer: a title that was written before
//! the limit came stays as it is.

/// The most characters of a title.
pub const TITLE_MAX: usize = 40;

/// What is wrong with `text` as a title in a write, as the rest of a sentence that begins with the title.
#[must_use]
pub fn title_flaw(text: &str) -> Option<String> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Some("is blank".to_owned());
    }
    if length > TITLE_MAX {
        return Some(format!("has {length} characters where {TITLE_MAX} are allowed"));
    }
    text.contains(char::is_control).then(|| "holds a tab, a line break or another control character".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{TITLE_MAX, title_flaw};

    #[test]
    fn a_title_has_one_to_forty_visible_characters() {
        for (text, fits) in [
            ("Nytt meddelande", true),
            ("ö", true),
            (&"ö".repeat(TITLE_MAX), true),
            (&"ö".repeat(TITLE_MAX + 1), false),
            ("", false),
            (" \u{a0}", false),
            ("Nytt\nmeddelande", false),
            ("Nytt\u{7}", false),
        ] {
            assert_eq!(title_flaw(text).is_none(), fits, "{text:?}");
        }
    }
}
