//! The token: a text that never prints.

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};

/// The bearer token of a run. `Debug` does not show it, and it is wiped from memory when dropped.
#[derive(Debug, Clone)]
pub struct Token(SecretString);

/// Why a text is no token. The text is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nothing there.
    #[error("the token is empty")]
    Empty,
    /// Something that no token holds.
    #[error("the token holds a space, a line break or another character that no token has")]
    Character,
}

impl Token {
    /// Reads a token. One line break at the end is left out, as files and commands end in one.
    ///
    /// # Errors
    /// When nothing is left, or anything but visible ASCII characters.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let token = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
        if token.is_empty() {
            return Err(TokenError::Empty);
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(TokenError::Character);
        }
        Ok(Self(token.into()))
    }

    /// The value of `Authorization`, marked so that no library logs it.
    pub(super) fn header(&self) -> Result<HeaderValue, TokenError> {
        let text = SecretString::from(format!("Bearer {}", self.0.expose_secret()));
        let mut value = HeaderValue::from_str(text.expose_secret()).map_err(|_| TokenError::Character)?;
        value.set_sensitive(true);
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::{Token, TokenError};

    const CANARY: &str = "canary-4711";

    #[test]
    fn one_line_break_at_the_end_is_left_out() {
        for text in [CANARY.to_owned(), format!("{CANARY}\n"), format!("{CANARY}\r\n")] {
            let header = Token::parse(&text).and_then(|token| token.header()).expect("a token");
            assert_eq!(header.to_str().ok(), Some("Bearer canary-4711"));
        }
    }

    #[test]
    fn anything_else_than_visible_ascii_is_refused() {
        for text in ["", "\n", "\r\n"] {
            assert_eq!(Token::parse(text).expect_err(text), TokenError::Empty);
        }
        for text in [" a", "a ", "a b", "a\n\n", "a\nb", "a\0", "\u{1b}[0m", "hemlöst", "a\u{202e}b"] {
            assert_eq!(Token::parse(text).expect_err(text), TokenError::Character);
        }
    }

    #[test]
    fn it_never_prints() {
        let token = Token::parse(CANARY).expect("a token");
        let header = token.header().expect("a header");
        assert!(!format!("{token:?} {header:?}").contains(CANARY));
    }
}
