//! Where lines leave the process: the only file that opens stdout and stderr.
//!
//! Whoever reads them may be a program that runs pipelines and obeys some of the lines. Stdout takes nothing but
//! [`Printed`]. Stderr takes any text, in any pieces, and makes it as harmless on the way.

use crate::diagnostic::{Disarmer, Notation};
use crate::report::Printed;
use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{IsTerminal, Write};
use std::panic::PanicHookInfo;
use std::{io, panic, thread};

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outlet {
    /// Results.
    Stdout,
    /// Talk.
    Stderr,
}

impl Outlet {
    /// Whether somebody watches it.
    pub(crate) fn is_terminal(self) -> bool {
        match self {
            Self::Stdout => io::stdout().is_terminal(),
            Self::Stderr => io::stderr().is_terminal(),
        }
    }

    /// Whether it takes colours, where nobody says when to use them.
    pub(crate) fn takes_colours(self) -> bool {
        let choice = match self {
            Self::Stdout => anstream::AutoStream::choice(&io::stdout()),
            Self::Stderr => anstream::AutoStream::choice(&io::stderr()),
        };
        choice != anstream::ColorChoice::Never
    }
}

/// Writes a result. A reader that went away ends the output quietly and changes nothing else: an apply goes on.
///
/// # Errors
/// When stdout cannot be written for another reason, such as a full disk.
pub(crate) fn print(result: &Printed) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(result.as_bytes()).and_then(|()| stdout.flush());
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Something to say on stderr, from the beginning of a line.
pub(crate) fn talk() -> Talk<io::Stderr> {
    Talk::to(io::stderr())
}

/// What a panic says goes the way of all talk: it may quote anything.
pub(crate) fn hear_panics() {
    panic::set_hook(Box::new(|panic| {
        let _nobody_hears_it = talk().write_all(told(panic, &Backtrace::capture()).as_bytes());
    }));
}

fn told(panic: &PanicHookInfo<'_>, way: &Backtrace) -> String {
    let thread = thread::current();
    let way = if way.status() == BacktraceStatus::Captured {
        format!("stack backtrace:\n{way}")
    } else {
        "note: run with `RUST_BACKTRACE=1` to see the way there\n".to_owned()
    };
    format!("\nthread '{}' {panic}\n{way}", thread.name().unwrap_or("<unnamed>"))
}

/// A writer that lets no command through, wherever its text is cut.
#[derive(Debug)]
pub(crate) struct Talk<W: Write> {
    to: W,
    disarmer: Disarmer,
    /// The beginning of a character that has not ended.
    begun: Vec<u8>,
}

impl<W: Write> Talk<W> {
    fn to(to: W) -> Self {
        Self { to, disarmer: Disarmer::new(Notation::Text), begun: Vec::new() }
    }
}

impl<W: Write> Write for Talk<W> {
    /// Takes everything. What is no UTF-8 is shown as �.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        self.begun = all.split_off(ended(&all));
        let mut text = String::with_capacity(all.len());
        self.disarmer.push(&String::from_utf8_lossy(&all), &mut text);
        self.to.write_all(text.as_bytes()).map(|()| bytes.len())
    }

    /// Nothing that was written waits for more.
    fn flush(&mut self) -> io::Result<()> {
        let mut rest = String::new();
        self.disarmer.end(&mut rest);
        self.to.write_all(rest.as_bytes()).and_then(|()| self.to.flush())
    }
}

impl<W: Write> Drop for Talk<W> {
    fn drop(&mut self) {
        let _nobody_hears_it = self.flush();
    }
}

/// Up to where no character of `bytes` waits for its end.
fn ended(bytes: &[u8]) -> usize {
    let waits = |rest: &[u8]| str::from_utf8(rest).is_err_and(|error| error.error_len().is_none());
    let rest = bytes.utf8_chunks().last().map_or(&[][..], |chunk| chunk.invalid());
    bytes.len() - if waits(rest) { rest.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::Talk;
    use crate::report::Printed;
    use proptest::prelude::*;
    use std::io::Write as _;

    /// Pieces of commands, of what may stand around them, and of characters of more than one byte.
    fn text() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("::"),
            Just(":"),
            Just("##"),
            Just("#"),
            Just("["),
            Just("vso["),
            Just("section_"),
            Just("start:"),
            Just("\n"),
            Just("\r"),
            Just(" "),
            Just("\u{a0}"),
            Just("\u{1b}[31m"),
            Just("\u{1b}"),
            Just("å"),
            Just("🩺"),
        ];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn a_text_may_be_cut_anywhere(text in text(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6)) {
            let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
            cuts.extend([0, text.len()]);
            cuts.sort_unstable();
            let mut said = Vec::new();
            let mut talk = Talk::to(&mut said);
            for cut in cuts.windows(2) {
                talk.write_all(&text.as_bytes()[cut[0]..cut[1]]).unwrap();
            }
            drop(talk);
            prop_assert_eq!(String::from_utf8(said).unwrap(), &*Printed::from(text));
        }
    }

    #[test]
    fn what_is_no_text_is_shown_as_such() {
        let mut said = Vec::new();
        Talk::to(&mut said).write_all(b"a\xff::\xc3\n\xe2\x82").unwrap();
        assert_eq!(String::from_utf8(said).unwrap(), "a\u{fffd}::\u{fffd}\n");
    }
}
