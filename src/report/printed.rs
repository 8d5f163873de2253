//! A result as it leaves the program.

use crate::diagnostic::{Disarmer, Notation};
use std::fmt;
use std::ops::Deref;

/// A text in which no program that runs pipelines finds a command, but for those that [`Format::Github`] gives.
///
/// It is the only thing that is printed to stdout or written as a report.
///
/// [`Format::Github`]: super::Format::Github
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Printed(String);

/// Any text, in which nothing is meant as a command.
impl From<String> for Printed {
    fn from(text: String) -> Self {
        Self(Disarmer::new(Notation::Text).disarm(text))
    }
}

impl Deref for Printed {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Printed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A line of a result that the runner of GitHub reads.
pub(super) enum Line {
    /// `::word rest`, which it obeys.
    Command {
        /// What it shall do: a word of ours.
        word: &'static str,
        /// Everything behind the word, in which nothing else is meant as a command.
        rest: String,
    },
    /// What it only shows.
    Text(String),
}

impl FromIterator<Line> for Printed {
    fn from_iter<I: IntoIterator<Item = Line>>(lines: I) -> Self {
        let mut text = String::new();
        for line in lines {
            match line {
                Line::Command { word, rest } => {
                    text.extend(["::", word, " "]);
                    text.push_str(&Disarmer::within_a_line(Notation::Text).disarm(rest));
                }
                Line::Text(line) => text.push_str(&Disarmer::new(Notation::Text).disarm(line)),
            }
            text.push('\n');
        }
        Self(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Printed};

    #[test]
    fn only_what_is_said_to_be_a_command_is_one() {
        let lines = [
            Line::Command { word: "error", rest: "title=a::b ::c ##[debug]d\n::warning::e".to_owned() },
            Line::Text("::error::f".to_owned()),
        ];
        let shown = "::error title=a::b ::c ##\\u{5b}debug]d\n:\\u{3a}warning::e\n:\\u{3a}error::f\n";
        assert_eq!(&*lines.into_iter().collect::<Printed>(), shown);
    }
}
