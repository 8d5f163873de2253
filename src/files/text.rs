//! One file as text: bounded, and never half of an older and half of a newer version.

use crate::source::Unreadable;
use std::fs::File;
use std::fs::Metadata;
use std::io;
use std::io::Read as _;
use std::path::Path;
use std::time::SystemTime;

/// The largest file that is read. A clinic's document has a few thousand bytes; what is a hundred times larger is there
/// by mistake, and reading it whole would only hide that.
const LARGEST: u64 = 1024 * 1024;

/// How often a file is read that changes while it is read. Whoever saves it is done by then; a file that is written all
/// the time is not one that somebody reviewed.
const TRIES: usize = 3;

/// What is the same before and after reading a file that nobody writes meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self { bytes: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// A file's bytes, at most one more than [`LARGEST`], and its stamps before and after they were read.
struct Reading {
    bytes: Vec<u8>,
    before: Stamp,
    after: Stamp,
}

/// Reads a file: its text, or the text up to where it is wrong and what is wrong with it.
///
/// # Errors
/// When the operating system refuses, or when the file changes whenever it is read.
pub(super) fn read(path: &Path) -> io::Result<(String, Option<Unreadable>)> {
    settled(|| read_once(path))
}

/// The first reading during which the file did not change.
fn settled(mut read: impl FnMut() -> io::Result<Reading>) -> io::Result<(String, Option<Unreadable>)> {
    for _ in 0..TRIES {
        let Reading { bytes, before, after } = read()?;
        if before == after {
            return Ok(text(bytes, after.bytes));
        }
    }
    Err(io::Error::other("it changed while it was being read"))
}

fn read_once(path: &Path) -> io::Result<Reading> {
    let mut file = File::open(path)?;
    let before = Stamp::of(&file.metadata()?);
    let expected = usize::try_from(before.bytes.min(LARGEST)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(expected + 1);
    if before.bytes <= LARGEST {
        file.by_ref().take(LARGEST + 1).read_to_end(&mut bytes)?;
    }
    Ok(Reading { bytes, before, after: Stamp::of(&file.metadata()?) })
}

fn text(bytes: Vec<u8>, size: u64) -> (String, Option<Unreadable>) {
    let bytes_read = bytes.len() as u64;
    if size.max(bytes_read) > LARGEST {
        return (String::new(), Some(Unreadable::TooLarge { bytes: size.max(bytes_read) }));
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => (up_to(error), Some(Unreadable::NotUtf8)),
    }
}

/// The text before the byte that is wrong.
fn up_to(error: std::string::FromUtf8Error) -> String {
    let valid = error.utf8_error().valid_up_to();
    let mut bytes = error.into_bytes();
    bytes.truncate(valid);
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Reading;
    use super::Stamp;
    use super::TRIES;
    use super::settled;

    /// A file that changes during each of its first `changes` readings.
    fn changing(changes: usize) -> (usize, std::io::Result<String>) {
        let mut read = 0;
        let result = settled(|| {
            read += 1;
            let stamp = |bytes| Stamp { bytes, modified: None };
            let text = format!("version {read}").into_bytes();
            Ok(Reading { bytes: text, before: stamp(9), after: stamp(if read <= changes { 10 } else { 9 }) })
        });
        (read, result.map(|(text, _)| text))
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_read_again_and_not_for_ever() {
        for changes in 0..TRIES {
            let (read, text) = changing(changes);
            assert_eq!((read, text.expect("a text")), (changes + 1, format!("version {}", changes + 1)));
        }
        let (read, refused) = changing(TRIES);
        assert_eq!(read, TRIES);
        assert_eq!(refused.expect_err("it never settles").to_string(), "it changed while it was being read");
    }
}
