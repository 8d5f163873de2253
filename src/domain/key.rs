//! Keys: texts that name things, checked once and cheap to clone.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;
use std::fmt;

/// A text that cannot be the key it was meant to be; `expected` is a noun phrase for a message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}")]
pub struct KeyError {
    /// What would be right, as in "expected {expected}".
    pub expected: &'static str,
}

/// Defines a key: a checked, immutable, cheaply cloned text; up to 23 bytes of it need no memory of their own.
macro_rules! key {
    ($(#[$doc:meta])* $name:ident, $expected:expr, $normal:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(SmolStr);

        impl $name {
            /// Checks `text` and brings it into its one spelling.
            ///
            /// # Errors
            /// When `text` is outside the key's alphabet.
            pub fn parse(text: &str) -> Result<Self, KeyError> {
                let normal: fn(&str) -> Option<SmolStr> = $normal;
                normal(text).map(Self).ok_or(KeyError { expected: $expected })
            }

            /// The key as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = KeyError;
            fn try_from(text: String) -> Result<Self, KeyError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(key: $name) -> Self {
                key.0.into()
            }
        }
    };
}

const SLUG: &str = "1 to 63 lower-case letters `a` to `z`, digits and hyphens, not starting with a hyphen";

key!(/// A slug: `^[a-z0-9][a-z0-9-]{0,62}$`.
    Slug, SLUG, slug);
key!(/// A clinic's key in YAML, in the API and in addresses. Immutable.
    ClinicId, SLUG, slug);
key!(/// A button's key, unique in its clinic. Immutable.
    ButtonId, SLUG, slug);
key!(/// The name of a fleet.
    FleetName, SLUG, slug);
key!(/// The name of a baseline.
    BaselineName, SLUG, slug);
key!(/// The name of a group of people.
    GroupName, SLUG, slug);
key!(/// A staff member's title (`nurse`, `physician`, ...): a free vocabulary of slugs.
    StaffTitle, SLUG, slug);
key!(/// The live system's own id of a staff member, unique in that system.
    StaffId, "1 to 63 letters, digits, `.`, `_` and `-`, starting with a letter or digit", staff_id);
key!(/// An e-mail address, in lower case: addresses compare without case.
    Email, "an e-mail address such as `name@clinic.example`", email);
key!(/// An HSA-id, in upper case: `^SE[0-9]{10}-[A-Z0-9]{1,18}$`, compared without case.
    HsaId, "an HSA-id such as `SE2321000131-N1001`", hsa_id);
key!(/// A BCP 47 language tag in its canonical case.
    Language, "a language tag such as `sv` or `en`", language);

fn slug(text: &str) -> Option<SmolStr> {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let (first, rest) = text.as_bytes().split_first()?;
    (letter(*first) && rest.len() <= 62 && rest.iter().all(|b| letter(*b) || *b == b'-')).then(|| text.into())
}

fn staff_id(text: &str) -> Option<SmolStr> {
    let (first, rest) = text.as_bytes().split_first()?;
    let inner = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    (first.is_ascii_alphanumeric() && rest.len() <= 62 && rest.iter().all(inner)).then(|| text.into())
}

fn email(text: &str) -> Option<SmolStr> {
    let (name, host) = text.split_once('@')?;
    let plain = |part: &str| !part.is_empty() && !part.contains(['@', ',']) && part.chars().all(is_visible);
    (text.len() <= 254 && plain(name) && plain(host)).then(|| lower_case(text))
}

fn is_visible(c: char) -> bool {
    matches!(c, '!'..='~') || !c.is_whitespace() && !c.is_control()
}

/// In lower case; most addresses are already, and then nothing is copied twice.
fn lower_case(text: &str) -> SmolStr {
    let already = text.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if already { text.into() } else { text.to_lowercase().into() }
}

fn hsa_id(text: &str) -> Option<SmolStr> {
    let (country, number) = text.split_at_checked(2)?;
    let (organisation, unit) = number.split_once('-')?;
    let digits = organisation.len() == 10 && organisation.bytes().all(|b| b.is_ascii_digit());
    let serial = (1..=18).contains(&unit.len()) && unit.bytes().all(|b| b.is_ascii_alphanumeric());
    let sweden = country.eq_ignore_ascii_case("SE");
    (sweden && digits && serial).then(|| text.to_ascii_uppercase().into())
}

fn language(text: &str) -> Option<SmolStr> {
    // Two or three small letters are a language in its canonical case, and nearly every tag is that.
    if matches!(text.len(), 2 | 3) && text.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(text.into());
    }
    oxilangtag::LanguageTag::parse_and_normalize(text).ok().map(|tag| tag.as_str().into())
}

impl HsaId {
    /// Whether the check digit of the organisation number (Luhn, ten digits) is right.
    #[must_use]
    pub fn check_digit_holds(&self) -> bool {
        let digits = self.0.bytes().skip(2).take(10).map(|b| u32::from(b - b'0'));
        let sum: u32 = digits.enumerate().map(|(at, digit)| luhn_share(at, digit)).sum();
        sum.is_multiple_of(10)
    }
}

/// What the digit at place `at` (from 0) of a ten-digit number adds to its Luhn sum.
fn luhn_share(at: usize, digit: u32) -> u32 {
    if !at.is_multiple_of(2) {
        return digit;
    }
    let doubled = digit * 2;
    doubled / 10 + doubled % 10
}

/// The version of one clinic's live state; a write names the one that it was planned against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Revision(pub u64);

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::{Email, HsaId, Language};

    #[test]
    fn keys_have_one_spelling_each() {
        for (written, spelling) in [("a.b@c.example", "a.b@c.example"), ("A.Ö@C.example", "a.ö@c.example")] {
            assert_eq!(Email::parse(written).map(String::from).as_deref(), Ok(spelling));
        }
        for written in ["SE2321000131-N1", "se2321000131-n1", "Se2321000131-N1"] {
            assert_eq!(HsaId::parse(written).map(String::from).as_deref(), Ok("SE2321000131-N1"));
        }
        for (written, spelling) in [("sv", "sv"), ("SV", "sv"), ("en-gb", "en-GB"), ("zh-hans", "zh-Hans")] {
            assert_eq!(Language::parse(written).map(String::from).as_deref(), Ok(spelling));
        }
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for text in ["", "@", "a@", "a b@c", "a@b@c", "a@b,c"] {
            assert!(Email::parse(text).is_err(), "{text}");
        }
        for text in [
            "",
            "S",
            "SE",
            "€1",
            "NO2321000131-N1",
            "SE232100013-N1",
            "SE2321000131-",
            "SE2321000131N1",
            "SE2321000131-Ö",
        ] {
            assert!(HsaId::parse(text).is_err(), "{text}");
        }
        for text in ["", "s", "svenska språket", "s1", "sv_SE", "-"] {
            assert!(Language::parse(text).is_err(), "{text}");
        }
    }
}
