//! Digests as plan files write them.

use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// How many bytes of a person's address are kept: enough to tell people of one clinic apart, too few to find out an
/// address that nobody has guessed.
const SHORT: usize = 8;

/// SHA-256 of a text, in hexadecimal digits.
pub(super) fn digest(text: &str) -> String {
    hex(&Sha256::digest(text))
}

/// The first bytes of SHA-256 of a person's address, in hexadecimal digits. The person's id goes into it, so that two
/// files do not tell that somebody works in two clinics.
pub(super) fn short(id: &str, address: &str) -> String {
    let whole = Sha256::digest(format!("{id}\n{address}"));
    hex(whole.get(..SHORT).unwrap_or_default())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        // Writing into a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
