//! Bytes as lower-case hexadecimal text, and back.

/// `bytes` as text.
pub(crate) fn encode(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|nibble| char::from_digit(nibble.into(), 16))
        .collect()
}

/// The bytes of `text`; `None` if it is not what [`encode`] writes.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    let nibbles: Vec<u8> = text.bytes().map(nibble).collect::<Option<_>>()?;
    let pairs = nibbles.chunks_exact(2);
    pairs
        .remainder()
        .is_empty()
        .then(|| pairs.map(|pair| pair.iter().fold(0, |byte, nibble| byte << 4 | nibble)).collect())
}

const fn nibble(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, encode};

    #[test]
    fn bytes_come_back() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert_eq!(decode(&encode(&bytes)), Some(bytes));
        assert_eq!(encode(&[0, 10, 255]), "000aff");
    }

    #[test]
    fn other_text_is_refused() {
        for text in ["0", "0g", "AB", "å", "0 "] {
            assert_eq!(decode(text), None, "{text}");
        }
    }
}
