//! Digests by which the page's policy knows its own style and script.

use sha2::{Digest, Sha256};

/// `'sha256-…'` of a text, as a content security policy writes it.
pub(super) fn source(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text)))
}

/// The alphabet of RFC 4648, section 4.
const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    bytes.chunks(3).flat_map(four_letters).collect()
}

fn four_letters(bytes: &[u8]) -> [char; 4] {
    let bits = (0..3).fold(0_usize, |bits, at| bits << 8 | usize::from(bytes.get(at).copied().unwrap_or(0)));
    let letter = |at: usize| char::from(ALPHABET[bits >> (18 - 6 * at) & 63]);
    let mut letters = [letter(0), letter(1), letter(2), letter(3)];
    letters.iter_mut().skip(bytes.len() + 1).for_each(|letter| *letter = '=');
    letters
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn the_examples_of_the_standard() {
        for (text, encoded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE=")]
        {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
    }
}
