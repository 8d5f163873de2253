//! One file as text: bounded, and never half of an older and half of a newer version.

use super::open;
use crate::source::Unreadable;
use std::fs::{File, Metadata};
use std::io;
use std::io::Read as _;
use std::path::Path;
use std::time::SystemTime;

/// The largest document of a fleet that is read. A clinic's has a few thousand bytes; what is a hundred times larger is
/// there by mistake, and reading it whole would only hide that.
pub(super) const LARGEST: u64 = 1024 * 1024;

/// How often a file is read that changes while it is read. A program that saves it is done by then; a file that is
/// written all the time was not reviewed.
const TRIES: usize = 3;

/// What is equal before and after reading a file that is not written meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    bytes: u64,
    modified: Option<SystemTime>,
    changed: Changed,
}

/// A file that says whether it is still what it was.
trait Stamped: io::Read {
    fn stamp(&self) -> io::Result<Stamp>;
}

impl Stamped for File {
    fn stamp(&self) -> io::Result<Stamp> {
        let metadata = self.metadata()?;
        Ok(Stamp { bytes: metadata.len(), modified: metadata.modified().ok(), changed: changed(&metadata) })
    }
}

/// When anything about a file changed last, where the system keeps that: unlike the time of the last writing, nobody can
/// set it back.
#[cfg(unix)]
type Changed = (i64, i64);
#[cfg(not(unix))]
type Changed = ();

#[cfg(unix)]
fn changed(metadata: &Metadata) -> Changed {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
const fn changed(_: &Metadata) -> Changed {}

/// Reads a file of at most `largest` bytes: its text, or the text up to where it is wrong and what is wrong with it.
///
/// # Errors
/// When the operating system refuses, when it is no regular file, or when it changes whenever it is read.
pub(super) fn read(path: &Path, largest: u64) -> io::Result<(String, Option<Unreadable>)> {
    settled(|| open::itself(path), largest)
}

/// The first reading during which the file did not change.
fn settled<F: Stamped>(
    mut open: impl FnMut() -> io::Result<F>,
    largest: u64,
) -> io::Result<(String, Option<Unreadable>)> {
    for _ in 0..TRIES {
        if let Some((bytes, size)) = read_once(open()?, largest)? {
            return Ok(text(bytes, size, largest));
        }
    }
    Err(io::Error::other("it changed while it was being read"))
}

/// A file's bytes, at most one more than `largest`, and how many it has; `None` where it changed meanwhile.
fn read_once(mut file: impl Stamped, largest: u64) -> io::Result<Option<(Vec<u8>, u64)>> {
    let before = file.stamp()?;
    let expected = usize::try_from(before.bytes.min(largest)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(expected + 1);
    if before.bytes <= largest {
        file.by_ref().take(largest + 1).read_to_end(&mut bytes)?;
    }
    Ok((file.stamp()? == before).then_some((bytes, before.bytes)))
}

fn text(bytes: Vec<u8>, size: u64, largest: u64) -> (String, Option<Unreadable>) {
    let bytes_read = bytes.len() as u64;
    if size.max(bytes_read) > largest {
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
    use super::{LARGEST, Stamp, Stamped, TRIES, settled};
    use std::fs::File;
    use std::path::{Path, PathBuf};
    use std::{fs, io};

    /// A file to which something is done as soon as some of it was read.
    struct Meddled<M: FnOnce()> {
        file: File,
        meddle: Option<M>,
    }

    impl<M: FnOnce()> io::Read for Meddled<M> {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            let read = self.file.read(bytes);
            self.meddle.take().into_iter().for_each(|meddle| meddle());
            read
        }
    }

    impl<M: FnOnce()> Stamped for Meddled<M> {
        fn stamp(&self) -> io::Result<Stamp> {
            self.file.stamp()
        }
    }

    /// Reads a file to which `meddle` happens during its first `times` readings: how often it was read, and what came of it.
    fn meddled(path: &Path, times: usize, meddle: impl Fn()) -> (usize, io::Result<String>) {
        let mut read = 0;
        let open = || {
            read += 1;
            Ok(Meddled { file: File::open(path)?, meddle: (read <= times).then_some(&meddle) })
        };
        let result = settled(open, LARGEST);
        (read, result.map(|(text, _)| text))
    }

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("fleet.yaml");
        fs::write(&path, text).expect("a file");
        (folder, path)
    }

    #[test]
    fn a_file_that_is_written_while_it_is_read_is_read_again_and_not_for_ever() {
        for times in 0..=TRIES {
            let (_folder, path) = file("a");
            let longer = || fs::write(&path, fs::read_to_string(&path).expect("a file") + "b").expect("written");
            let (read, text) = meddled(&path, times, longer);
            if times < TRIES {
                assert_eq!((read, text.expect("a text")), (times + 1, format!("a{}", "b".repeat(times))));
            } else {
                assert_eq!(read, TRIES);
                assert_eq!(text.expect_err("it never settles").to_string(), "it changed while it was being read");
            }
        }
    }

    /// As long as it was, and with the time that it had: only the operating system knows.
    #[cfg(unix)]
    #[test]
    fn a_file_that_hides_that_it_was_written_is_read_again_too() {
        use std::os::unix::fs::MetadataExt as _;
        let (_folder, path) = file("older");
        let stamp = || File::open(&path).expect("a file").stamp().expect("a stamp");
        let metadata = || fs::metadata(&path).expect("a file");
        let (before, changed) = (stamp(), metadata());
        let (read, text) = meddled(&path, 1, || {
            // The clock of the system moves in steps.
            while (metadata().ctime(), metadata().ctime_nsec()) == (changed.ctime(), changed.ctime_nsec()) {
                fs::write(&path, "newer").expect("written");
                let writable = File::options().write(true).open(&path).expect("a file");
                writable.set_modified(before.modified.expect("a time")).expect("set back");
            }
            assert_eq!((stamp().bytes, stamp().modified), (before.bytes, before.modified));
        });
        assert_eq!((read, text.expect("a text").as_str()), (2, "newer"));
    }

    /// As one that took the place of a file after the folder was walked.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_pipe_is_not_waited_for() {
        crate::files::open::tests::assert_no_pipe(|path| super::read(path, LARGEST));
    }
}
