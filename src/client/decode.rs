//! JSON of the contract, and what to say if it is not.

use serde::Deserializer as _;
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, Visitor};
use std::fmt;

/// Reads a whole document; trailing bytes are an error.
///
/// # Errors
/// A sentence that names the field.
pub(super) fn decode<T: DeserializeOwned>(json: &[u8]) -> Result<T, String> {
    // The second reading, which remembers the path, is slower and only needed to say what is wrong.
    serde_json::from_slice(json).map_err(|error| located::<T>(json).unwrap_or_else(|| error.to_string()))
}

fn located<T: DeserializeOwned>(json: &[u8]) -> Option<String> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let error = serde_path_to_error::deserialize::<_, T>(&mut deserializer).err()?;
    let path = error.path().to_string();
    (path != ".").then(|| format!("`{path}`: {}", error.inner()))
}

/// The value of `clinic` in a line of a snapshot, read as far as that key and no further, so that a line that is cut
/// short or wrong later on still says which clinic it was meant for.
pub(super) fn clinic_of(line: &[u8]) -> Option<String> {
    let mut found = None;
    let mut deserializer = serde_json::Deserializer::from_slice(line);
    // The visitor stops the reading with an error on purpose.
    let _stopped = deserializer.deserialize_map(Name(&mut found));
    found
}

struct Name<'a>(&'a mut Option<String>);

impl<'de> Visitor<'de> for Name<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a clinic")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            if key == "clinic" {
                *self.0 = Some(map.next_value()?);
                return Err(A::Error::custom("found"));
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{clinic_of, decode};
    use clinic_wire::{ApiRoot, Page, StaffItem};

    #[test]
    fn the_clinic_of_a_line_is_read_wherever_it_stands_and_whatever_follows() {
        for (line, clinic) in [
            (r#"{"clinic":"norrtull","name":"#, Some("norrtull")),
            (r#"{"name":{"clinic":"not-this"},"clinic" : "norrtull", nonsense"#, Some("norrtull")),
            (r#"{"clinic":"norr"#, None),
            (r#"{"clinic":4}"#, None),
            (r#"{"name":"clinic"}"#, None),
            (r#"["clinic","norrtull"]"#, None),
            ("", None),
        ] {
            assert_eq!(clinic_of(line.as_bytes()).as_deref(), clinic, "{line}");
        }
    }

    #[test]
    fn a_wrong_shape_is_told_with_its_path() {
        let staff = r#"{"items": [{"id": 7}]}"#;
        let error = decode::<Page<StaffItem>>(staff.as_bytes()).expect_err("a number is no id");
        assert!(error.starts_with("`items[0].id`: "), "{error}");
    }

    #[test]
    fn cut_and_trailing_bytes_are_errors_and_unknown_fields_are_not() {
        let root = r#"{"x": 1, "api": "a", "version": "1", "system": "s"}"#;
        assert!(decode::<ApiRoot>(root.as_bytes()).is_ok());
        assert!(decode::<ApiRoot>(format!("{root} x").as_bytes()).is_err());
        assert!(decode::<ApiRoot>(&root.as_bytes()[..20]).is_err());
    }
}
