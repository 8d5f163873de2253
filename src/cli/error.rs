//! What ends a run: one sentence, its causes, hints, and an exit code.

use super::exit::Exit;
use std::error::Error;
use std::fmt::Write as _;

/// A run that cannot go on.
#[derive(Debug)]
pub(crate) struct Failure {
    /// How the process ends.
    pub(crate) exit: Exit,
    /// What went wrong, cause after cause.
    message: String,
    /// What a person can do about it.
    hints: Vec<String>,
    /// What went wrong besides.
    others: Vec<Failure>,
}

impl Failure {
    /// Ends the run with `exit` and says `message`.
    pub(crate) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), hints: Vec::new(), others: Vec::new() }
    }

    /// Ends the run because it was called wrongly.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// Ends the run with `exit` and says `error` with all its causes. Errors of other crates often say their cause
    /// themselves; it is not said twice.
    pub(crate) fn from_error(exit: Exit, error: &dyn Error) -> Self {
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let said = error.to_string();
            if !message.ends_with(&said) {
                let _ = write!(message, ": {said}");
            }
            cause = error.source();
        }
        Self::new(exit, message)
    }

    /// Ends the run with `exit` instead, where that counts for more.
    pub(crate) fn or_worse(mut self, exit: Exit) -> Self {
        self.exit = self.exit.and(exit);
        self
    }

    /// Says both, and ends the run as the worse of them does.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.exit = self.exit.and(other.exit);
        self.others.push(other);
        self
    }

    /// Adds what a person can do.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds several such hints.
    pub(crate) fn hints(mut self, hints: impl IntoIterator<Item = String>) -> Self {
        self.hints.extend(hints);
        self
    }

    /// The message and its hints, as they are printed. The message is escaped line by line, since it may quote files,
    /// arguments and servers.
    pub(crate) fn rendered(&self, paint: crate::report::Paint) -> String {
        let mut text = format!("{} {}\n", paint.removed("error:"), crate::diagnostic::escape(&self.message));
        for hint in &self.hints {
            let _ = writeln!(text, "  {} {hint}", paint.title("hint:"));
        }
        text.extend(self.others.iter().map(|other| other.rendered(paint)));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{Exit, Failure};
    use crate::report::Paint;

    #[derive(Debug, thiserror::Error)]
    #[error("the store cannot be opened")]
    struct Ours(#[source] Theirs);

    #[derive(Debug, thiserror::Error)]
    #[error("database: {0}")]
    struct Theirs(#[source] std::fmt::Error);

    #[test]
    fn a_cause_that_an_error_says_itself_is_not_said_twice() {
        let failure = Failure::from_error(Exit::Failed, &Ours(Theirs(std::fmt::Error)));
        let cause = std::fmt::Error.to_string();
        assert_eq!(failure.rendered(Paint::Plain), format!("error: the store cannot be opened: database: {cause}\n"));
    }
}
