//! Opening files to read them, without waiting for anybody.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a regular file.
///
/// What had a name when somebody looked may be a pipe when it is opened, and opening a pipe waits until somebody writes
/// to it: so nothing is waited for, and what counts is what was opened.
///
/// # Errors
/// When the operating system refuses, or when it is anything else.
pub(super) fn regular(path: &Path) -> io::Result<File> {
    judged(at_once(Links::Followed).open(path)?)
}

/// Opens a regular file by a path that was found without links: one that took the place of the file since is not followed.
///
/// # Errors
/// As [`regular`], and when it is a link.
pub(super) fn itself(path: &Path) -> io::Result<File> {
    judged(at_once(Links::Refused).open(path)?)
}

fn judged(file: File) -> io::Result<File> {
    if file.metadata()?.is_file() { Ok(file) } else { Err(not_a_file()) }
}

/// What becomes of a link in the place of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Links {
    Followed,
    Refused,
}

/// What is said of everything that is no regular file.
pub(super) fn not_a_file() -> io::Error {
    io::Error::other("not a regular file")
}

#[cfg(unix)]
fn at_once(links: Links) -> OpenOptions {
    use rustix::fs::OFlags;
    use std::os::unix::fs::OpenOptionsExt as _;
    let itself = if links == Links::Refused { OFlags::NOFOLLOW } else { OFlags::empty() };
    let mut options = OpenOptions::new();
    options.read(true).custom_flags((OFlags::NONBLOCK | itself).bits().cast_signed());
    options
}

#[cfg(not(unix))]
fn at_once(_: Links) -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    options
}

#[cfg(all(test, target_os = "linux"))]
pub(super) mod tests {
    use super::{itself, regular};
    use rustix::fs::{CWD, FileType, Mode};
    use std::path::Path;
    use std::sync::mpsc;
    use std::time::Duration;
    use std::{io, thread};

    /// Longer than opening a file ever takes.
    const PATIENCE: Duration = Duration::from_secs(20);

    /// That a pipe to which nobody writes is refused, and at once.
    pub(in crate::files) fn assert_no_pipe<T: 'static>(open: fn(&Path) -> io::Result<T>) {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        rustix::fs::mknodat(CWD, &pipe, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).expect("a pipe");
        let (say, said) = mpsc::channel();
        thread::spawn(move || say.send(open(&pipe).err().map(|error| error.to_string())));
        let refused = said.recv_timeout(PATIENCE).expect("it waits for somebody to write");
        assert_eq!(refused.as_deref(), Some("not a regular file"));
    }

    #[test]
    fn a_pipe_is_not_waited_for() {
        assert_no_pipe(regular);
        assert_no_pipe(itself);
    }

    #[test]
    fn a_link_that_took_the_place_of_a_file_is_not_followed() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        std::fs::write(&file, "text").expect("a file");
        std::os::unix::fs::symlink(&file, &link).expect("a link");
        assert!(itself(&file).is_ok() && regular(&link).is_ok());
        assert!(itself(&link).is_err());
    }
}
