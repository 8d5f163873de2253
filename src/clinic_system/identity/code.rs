//! One-time codes: a person types one, or follows a link that carries one. The store keeps a digest.

use crate::hex;
use sha2::{Digest, Sha256};

/// Digits and letters that nobody takes for another: no I, L, O, U (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 100 bits: beyond guessing, and still typed without despair.
const LENGTH: usize = 20;
/// Letters between two hyphens.
const GROUP: usize = 5;

/// A one-time code.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Code([u8; LENGTH]);

impl Code {
    /// A new one from the operating system's random bytes.
    pub(crate) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; LENGTH];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes.map(|byte| ALPHABET[usize::from(byte & 31)])))
    }

    /// Reads what somebody typed: hyphens, blanks and case do not matter, nor letters that look like digits.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let typed = text.bytes().filter(|byte| !matches!(byte, b'-' | b' '));
        let letters: Vec<u8> = typed.map(letter).collect::<Option<_>>()?;
        letters.try_into().ok().map(Self)
    }

    /// As people read it: `K7QF2-...`.
    pub(crate) fn text(&self) -> String {
        let groups = self.0.chunks(GROUP).map(|group| group.iter().copied().map(char::from).collect::<String>());
        groups.collect::<Vec<_>>().join("-")
    }

    /// What the store knows of it.
    pub(crate) fn digest(&self) -> String {
        hex::encode(&Sha256::digest(self.0))
    }
}

fn letter(byte: u8) -> Option<u8> {
    let meant = match byte.to_ascii_uppercase() {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    ALPHABET.contains(&meant).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = Code::random().unwrap();
        let text = code.text();
        assert_eq!(text.len(), 23);
        for typed in
            [text.clone(), text.to_lowercase(), text.replace('-', " "), text.replace('-', ""), format!(" {text} ")]
        {
            assert!(Code::parse(&typed) == Some(code.clone()), "{typed}");
        }
        assert!(Code::parse("OIL00-00000-00000-00000") == Code::parse("01100-00000-00000-00000"));
        for bad in ["", &text[1..], &format!("{text}0"), &text.replace('-', "_"), "UUUUU-UUUUU-UUUUU-UUUUU"] {
            assert!(Code::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn two_codes_differ() {
        assert_ne!(Code::random().unwrap().digest(), Code::random().unwrap().digest());
    }
}
