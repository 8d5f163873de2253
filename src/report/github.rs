//! Workflow commands of GitHub Actions: marks at the lines of a pull request, made by printing them.
//!
//! Every line but the last few is one command, and says so by its type. Line breaks in texts are escaped, so that nothing
//! in the data can begin a command of its own.

use super::annotation::{Annotation, Level};
use super::printed::Line;
use super::view::View;
use super::words::count;
use super::{Files, Printed, annotation};
use crate::diagnostic::{escape, escape_cut};
use crate::plan::Plan;

/// The most marks of a kind: GitHub keeps ten of each from one step and drops the rest without a word.
const MOST: usize = 10;

/// A plan as marks, and a line that sums it up.
pub(super) fn plan(plan: &Plan) -> Printed {
    let sum = format!("Plan: {}", escape_cut(&View::of(plan).verdict().sentence(), LONGEST));
    commands(&annotation::of_plan(plan)).into_iter().chain([Line::Text(sum)]).collect()
}

/// What is wrong in files as marks, and a line that sums it up.
pub(super) fn files(files: &Files<'_>) -> Printed {
    commands(&annotation::of_files(files)).into_iter().chain([Line::Text(files.verdict())]).collect()
}

/// The longest line that sums a plan up.
const LONGEST: usize = 1_000;

/// The first ten of each kind, and one line that counts the rest.
fn commands(annotations: &[Annotation<'_>]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut rest = Vec::new();
    for (level, word) in [(Level::Error, "error"), (Level::Warning, "warning"), (Level::Notice, "notice")] {
        let of_kind: Vec<_> = annotations.iter().filter(|annotation| annotation.level == level).collect();
        lines.extend(of_kind.iter().take(MOST).map(|annotation| command(word, annotation)));
        if let Some(more @ 1..) = of_kind.len().checked_sub(MOST) {
            rest.push(count(more, &format!("more {word}/more {word}s")));
        }
    }
    if !rest.is_empty() {
        lines.push(Line::Text(format!("Not marked, because GitHub shows {MOST} of a kind: {}.", rest.join(", "))));
    }
    lines
}

fn command(word: &'static str, annotation: &Annotation<'_>) -> Line {
    let place = annotation.place.as_ref().map_or_else(String::new, |place| {
        let file = property(&escape(&place.file));
        format!("file={file},line={},col={},", place.line, place.column)
    });
    Line::Command {
        word,
        rest: format!("{place}title={}::{}", property(&annotation.title()), data(&annotation.text())),
    }
}

/// A message, escaped as GitHub's own toolkit does.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value between the commas of a command, escaped as GitHub's own toolkit does.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{data, property};

    #[test]
    fn texts_are_escaped_as_the_toolkit_escapes_them() {
        assert_eq!(data("100 %0A\r\n::error::x, y"), "100 %250A%0D%0A::error::x, y");
        assert_eq!(property("a:b,c%\n"), "a%3Ab%2Cc%25%0A");
    }
}
