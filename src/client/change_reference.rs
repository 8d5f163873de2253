//! The `Change-Reference` header: a commit or pull request beside every write.

use clinic_wire::CHANGE_REFERENCE_MAX;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use reqwest::header::HeaderValue;

/// Control characters; `utf8_percent_encode` adds everything outside ASCII by itself. The percent sign stays, since
/// people read this text as it is.
const UNSAFE: &AsciiSet = CONTROLS;

/// The header's value: characters that a header cannot carry are percent-encoded, and what is too long is cut between
/// two characters. `None` if nothing is left.
pub(super) fn header_value(reference: &str) -> Option<HeaderValue> {
    let mut value = String::new();
    for character in reference.trim().chars() {
        let mut bytes = [0; 4];
        let encoded = utf8_percent_encode(character.encode_utf8(&mut bytes), UNSAFE).to_string();
        if value.len() + encoded.len() > CHANGE_REFERENCE_MAX {
            break;
        }
        value.push_str(&encoded);
    }
    HeaderValue::from_str(value.trim_end()).ok().filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::header_value;
    use clinic_wire::CHANGE_REFERENCE_MAX;
    use proptest::prelude::*;

    fn sent(reference: &str) -> Option<String> {
        header_value(reference).map(|value| value.to_str().expect("ASCII").to_owned())
    }

    #[test]
    fn plain_references_go_as_they_are_and_others_encoded() {
        for (reference, expected) in [
            ("9f3c2ab", Some("9f3c2ab")),
            (" https://forge.example/pull/12?a=%20 ", Some("https://forge.example/pull/12?a=%20")),
            ("höst", Some("h%C3%B6st")),
            ("a\r\nX-Evil: 1", Some("a%0D%0AX-Evil: 1")),
            (" \t ", None),
            ("", None),
        ] {
            assert_eq!(sent(reference).as_deref(), expected);
        }
    }

    #[test]
    fn it_is_cut_between_characters() {
        let long = format!("{}ö", "a".repeat(CHANGE_REFERENCE_MAX - 5));
        assert_eq!(sent(&long).map(|value| value.len()), Some(CHANGE_REFERENCE_MAX - 5));
        let fits = format!("{}ö", "a".repeat(CHANGE_REFERENCE_MAX - 6));
        assert_eq!(sent(&fits).map(|value| value.len()), Some(CHANGE_REFERENCE_MAX));
    }

    proptest! {
        #[test]
        fn any_text_makes_a_header_or_none(reference in any::<String>()) {
            let value = sent(&reference).unwrap_or_default();
            prop_assert!(value.len() <= CHANGE_REFERENCE_MAX);
            prop_assert!(value.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()));
        }
    }
}
