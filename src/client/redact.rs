//! Responses without the token: some gateways repeat the request in their responses, and the text of a response is
//! shown to people.

/// Puts stars in the place of the token in every encoding: as it is, or with some of its characters escaped as in
/// JSON or percent-encoded.
pub(super) fn redact(token: &[u8], text: &mut [u8]) {
    if token.is_empty() {
        return;
    }
    for at in 0..text.len() {
        if let Some(rest) = token.iter().try_fold(&text[at..], |rest, byte| spelled(*byte, rest)) {
            let end = text.len() - rest.len();
            text[at..end].fill(b'*');
        }
    }
}

/// What follows one character of the token, where the text begins with it.
fn spelled(byte: u8, text: &[u8]) -> Option<&[u8]> {
    let hex = |prefix: &[u8]| {
        let (digits, rest) = text.strip_prefix(prefix)?.split_at_checked(2)?;
        let digits = std::str::from_utf8(digits).ok()?;
        (u8::from_str_radix(digits, 16) == Ok(byte)).then_some(rest)
    };
    let escaped = || text.strip_prefix(b"\\")?.strip_prefix(&[byte]);
    hex(b"\\u00").or_else(|| hex(b"%")).or_else(escaped).or_else(|| text.strip_prefix(&[byte]))
}

#[cfg(test)]
mod tests {
    use super::redact;
    use proptest::prelude::*;

    const TOKEN: &str = "canary/4+2=6";

    fn hidden(text: &str) -> String {
        let mut bytes = text.as_bytes().to_vec();
        redact(TOKEN.as_bytes(), &mut bytes);
        String::from_utf8(bytes).expect("stars are text")
    }

    #[test]
    fn every_spelling_is_hidden_and_nothing_else() {
        for spelling in [
            TOKEN,
            r"canary\/4+2=6",
            r"canary\u002f4\u002B2\u003d6",
            "canary%2f4%2B2%3D6",
            r"\u0063\u0061\u006e\u0061\u0072\u0079\u002f\u0034\u002b\u0032\u003d\u0036",
        ] {
            let stars = "*".repeat(spelling.len());
            assert_eq!(hidden(&format!("a {spelling}{spelling} b")), format!("a {stars}{stars} b"));
        }
        for other in ["", "canary/4+2=", "canary 4+2=6", "anary/4+2=6", r"canary\u00", "canary%2", "Canary/4+2=6"] {
            assert_eq!(hidden(other), other);
        }
    }

    proptest! {
        /// However each character is spelled, and whatever stands around.
        #[test]
        fn no_mixture_of_spellings_is_shown(spellings in prop::collection::vec(0..5usize, TOKEN.len()), around in ".{0,8}") {
            let spell = |(byte, spelling): (u8, &usize)| match spelling {
                0 => format!("\\u00{byte:02x}"),
                1 => format!("\\u00{byte:02X}"),
                2 => format!("%{byte:02X}"),
                3 => format!("\\{}", char::from(byte)),
                _ => char::from(byte).to_string(),
            };
            let token: String = TOKEN.bytes().zip(&spellings).map(spell).collect();
            let stars = "*".repeat(token.len());
            let shown = hidden(&format!("{around}{token}{around}"));
            prop_assert!(shown.contains(&stars), "{shown}");
        }
    }
}
