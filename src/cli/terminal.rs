//! The streams of a run: results to stdout, talk to stderr, and one question.

use super::args::{ColorChoice, Common};
use super::outlet;
use super::outlet::Outlet;
use super::progress::WaitLine;
use crate::report::{Paint, Printed};
use std::io::{IsTerminal, Write};
use std::{io, thread};
use tokio::sync::oneshot;

/// Where a run writes and asks.
#[derive(Debug)]
pub(crate) struct Terminal {
    out: Paint,
    err: Paint,
    quiet: bool,
    wait_line: WaitLine,
}

impl Terminal {
    /// The streams of this process as the common arguments want them.
    pub(crate) fn new(common: &Common) -> Self {
        let [out, err] = [Outlet::Stdout, Outlet::Stderr].map(|outlet| paint(common.color, outlet));
        Self { out, err, quiet: common.quiet, wait_line: WaitLine::default() }
    }

    /// How results are coloured.
    pub(crate) const fn paint(&self) -> Paint {
        self.out
    }

    /// How talk is coloured.
    pub(crate) const fn status_paint(&self) -> Paint {
        self.err
    }

    /// Whether somebody watches stderr, so that progress makes sense.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.quiet && Outlet::Stderr.is_terminal()
    }

    /// Where waits are shown.
    pub(crate) const fn wait_line(&self) -> &WaitLine {
        &self.wait_line
    }

    /// Whether a person reads results as they come, and no program.
    pub(crate) fn shows_results(&self) -> bool {
        Outlet::Stdout.is_terminal()
    }

    /// Writes a result. A reader that went away ends the output quietly and changes nothing else: an apply goes on.
    ///
    /// # Errors
    /// When stdout cannot be written for another reason, such as a full disk.
    pub(crate) fn result(&self, result: impl Into<Printed>) -> io::Result<()> {
        outlet::print(&result.into())
    }

    /// Says something to the person; silent with `--quiet`.
    pub(crate) fn status(&self, text: &str) {
        if !self.quiet {
            self.error(text);
        }
    }

    /// Says what must be said even with `--quiet`. Nobody hears what stderr does not take.
    pub(crate) fn error(&self, text: &str) {
        let _ = outlet::talk().write_all(text.as_bytes());
    }

    /// Says what must be said, without waiting for anybody to take it.
    pub(crate) fn notice(&self, text: &'static str) {
        // A pipe that is full keeps the thread, and nobody waits for that. Where there is no thread, nobody is told.
        let _ = thread::Builder::new().spawn(move || outlet::talk().write_all(text.as_bytes()));
    }

    /// Whether a person can be asked: both ends are a terminal.
    pub(crate) fn can_ask(&self) -> bool {
        io::stdin().is_terminal() && Outlet::Stderr.is_terminal()
    }

    /// Asks for the word `yes`. Anything else, and the end of input, is a no. Whoever leaves this question does not
    /// wait for the answer.
    ///
    /// # Errors
    /// When stdin cannot be read.
    pub(crate) async fn confirm(&self, question: &str) -> io::Result<bool> {
        self.error(&format!("{question} Only `yes` is taken as a yes: "));
        let (said, answer) = oneshot::channel();
        // Reading a line cannot be given up; a thread that nobody waits for can.
        thread::Builder::new().spawn(move || said.send(read_line()))?;
        let answer = answer.await.unwrap_or_else(|_| Err(io::ErrorKind::BrokenPipe.into()))?;
        Ok(answer.trim() == "yes")
    }
}

fn read_line() -> io::Result<String> {
    let mut line = String::new();
    io::stdin().read_line(&mut line).map(|_| line)
}

fn paint(choice: ColorChoice, outlet: Outlet) -> Paint {
    let coloured = match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => outlet.takes_colours(),
    };
    if coloured { Paint::Coloured } else { Paint::Plain }
}
