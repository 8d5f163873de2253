//! Secrets that a browser keeps: 256 random bits, of which the store knows a digest and the pages a derived token.

use crate::{hex, token};
use sha2::{Digest, Sha256};
use std::fmt;

/// 256 bits: beyond guessing, so that a plain SHA-256 of it is a safe thing to store.
const BYTES: usize = 32;

/// A secret, as the lower-case hexadecimal text of its cookie.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(String);

impl Secret {
    /// A new one from the operating system's random bytes.
    pub(crate) fn random() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        Ok(Self(hex::encode(&bytes)))
    }

    /// Reads one; `None` if it cannot be one of ours.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = hex::decode(text)?;
        (bytes.len() == BYTES).then(|| Self(text.to_owned()))
    }

    /// The text of its cookie.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// What the store knows of it.
    pub(crate) fn digest(&self) -> String {
        self.derive("stored")
    }

    /// Another value for one purpose, from which nobody comes back to the secret, nor to its value for another purpose.
    pub(crate) fn derive(&self, purpose: &str) -> String {
        hex::encode(&Sha256::digest(format!("clinicctl {purpose} {}", self.0)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// Whether two texts are equal, in a time that does not depend on where they differ.
pub(crate) fn same_text(one: &str, other: &str) -> bool {
    token::same_digest(&Sha256::digest(one), &Sha256::digest(other).into())
}

#[cfg(test)]
mod tests {
    use super::{Secret, same_text};

    #[test]
    fn every_purpose_has_its_own_value() {
        let secret = Secret::random().unwrap();
        assert_ne!(secret, Secret::random().unwrap());
        let values = [secret.as_str().to_owned(), secret.digest(), secret.derive("form"), secret.derive("patient")];
        for (at, value) in values.iter().enumerate() {
            assert!(!values[..at].contains(value));
        }
        assert!(!format!("{secret:?}").contains(secret.as_str()));
    }

    #[test]
    fn only_the_exact_form_is_read() {
        let text = "0a".repeat(32);
        assert_eq!(Secret::parse(&text).unwrap().as_str(), text);
        for bad in ["", "0a", &"0A".repeat(32), &"0a".repeat(33), &format!("{text} ")] {
            assert_eq!(Secret::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn equal_texts_are_equal() {
        assert!(same_text("a", "a"));
        assert!(!same_text("a", "b") && !same_text("", "b") && !same_text("a", "aa"));
    }
}
