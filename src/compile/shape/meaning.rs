//! What YAML takes a scalar for that is written without quotes.

use crate::source::{Scalar, Style};

/// What YAML 1.2 takes a plain scalar for, if that is not text.
pub(super) fn plain_meaning(scalar: &Scalar) -> Option<&'static str> {
    if scalar.style != Style::Plain {
        return None;
    }
    match &*scalar.text {
        "" | "~" | "null" | "Null" | "NULL" => Some("nothing"),
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => Some("a switch"),
        text => is_number(text).then_some("a number"),
    }
}

/// Whether YAML 1.2's core schema, or an older reader's habits (`0b1`), take a plain text for a number.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned.as_bytes() {
        [b'0', b'x' | b'o' | b'b', digits @ ..] => {
            !digits.is_empty() && digits.iter().all(|digit| digit.is_ascii_hexdigit())
        }
        [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..] => unsigned.parse::<f64>().is_ok(),
        [b'.', ..] => matches!(&unsigned[1..], "inf" | "Inf" | "INF" | "nan" | "NaN" | "NAN"),
        _ => false,
    }
}
