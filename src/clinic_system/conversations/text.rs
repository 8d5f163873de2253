//! The text of a message: what may be said, wherever it was typed.

use clinic_wire::MESSAGE_TEXT_MAX;

/// Why a text is no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BadText {
    /// There is nothing in it.
    Empty,
    /// It has more characters than a message may have: this many.
    Long(usize),
    /// It has a control character that is neither a tab nor the end of a line.
    Control,
}

/// Whether `text` can be a message.
pub(crate) fn check(text: &str) -> Result<(), BadText> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Err(BadText::Empty);
    }
    if length > MESSAGE_TEXT_MAX {
        return Err(BadText::Long(length));
    }
    let strange = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if text.contains(strange) { Err(BadText::Control) } else { Ok(()) }
}

impl BadText {
    /// The same as a sentence.
    pub(crate) fn detail(self) -> String {
        match self {
            Self::Empty => "is empty".to_owned(),
            Self::Long(length) => format!("has {length} characters, at most {MESSAGE_TEXT_MAX} are allowed"),
            Self::Control => "has a control character other than a tab or a line break".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BadText, check};

    #[test]
    fn a_message_says_something_and_not_too_much() {
        for good in ["Hej", " å\r\n\t", &"å".repeat(2000)] {
            assert_eq!(check(good), Ok(()), "{good:?}");
        }
        for (bad, why) in [
            ("", BadText::Empty),
            (" \n", BadText::Empty),
            (&"å".repeat(2001), BadText::Long(2001)),
            ("a\u{0}", BadText::Control),
            ("\u{1b}[31m", BadText::Control),
            ("a\u{85}", BadText::Control),
        ] {
            assert_eq!(check(bad), Err(why), "{bad:?}");
        }
    }
}
