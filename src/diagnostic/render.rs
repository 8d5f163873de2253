//! Findings as rustc draws them: the sentence, the line of the file, and carets.
//!
//! The drawing is done by `annotate-snippets`. What it is given are excerpts that are escaped and cut already, so that
//! no text of a file reaches a terminal raw and no file is too long to be drawn from. Because an excerpt is not the
//! line as it stands, the place above it cannot be left to the drawing either: a mark goes in, and the place replaces
//! it in what comes out.

use super::book::Book;
use super::excerpt::{Excerpt, Mark, excerpts};
use super::finding::sorted;
use super::{Finding, Severity, escape_cut};
use crate::source::SourceSet;
use annotate_snippets::{Annotation, AnnotationKind, Element, Level, Origin, Renderer, Snippet};

/// How findings are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// With or without colours.
    pub colour: Colour,
    /// The columns that excerpts may fill. Sentences are not broken.
    pub width: usize,
}

/// Whether escape sequences of colours may be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// None.
    Plain,
    /// As rustc does.
    Coloured,
}

impl Style {
    /// Without colours, 100 columns wide: for files, pipes and tests.
    pub const PLAIN: Self = Self { colour: Colour::Plain, width: 100 };
}

/// The longest sentence that is shown whole. Our own are shorter; what they quote may have any length.
const LONGEST_SENTENCE: usize = 400;

/// Draws the findings, sorted by file and place, with an empty line between them. The text ends with a line feed unless
/// there are none.
#[must_use]
pub fn render(findings: &[Finding], sources: &SourceSet, style: Style) -> String {
    let findings = sorted(findings);
    let book = Book::of(&findings, sources);
    let renderer = match style.colour {
        Colour::Plain => Renderer::plain(),
        Colour::Coloured => Renderer::styled(),
    };
    let renderer = renderer.term_width(style.width);
    let drawn = findings.iter().map(|finding| draw(finding, &excerpts(finding, &book, style.width), &renderer) + "\n");
    drawn.collect::<Vec<_>>().join("\n")
}

fn draw(finding: &Finding, excerpts: &[Excerpt], renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(escape_cut(&finding.message, LONGEST_SENTENCE)).id(finding.rule);
    let pictures = excerpts.iter().enumerate().map(|(at, excerpt)| picture(excerpt, &mark(at)));
    let help = finding.help.iter().map(|help| Level::HELP.message(escape_cut(help, LONGEST_SENTENCE)).into());
    let group = title.elements(pictures.chain(help).collect::<Vec<Element<'_>>>());
    with_places(&renderer.render(&[group]), excerpts)
}

fn picture<'e>(excerpt: &'e Excerpt, mark: &str) -> Element<'e> {
    let Excerpt { place: _, source, first_line, marks } = excerpt;
    let Some(source) = source else { return Origin::path(mark.to_owned()).into() };
    let snippet = Snippet::source(source).path(mark.to_owned()).line_start(*first_line);
    snippet.annotations(marks.iter().map(annotation)).into()
}

fn annotation(mark: &Mark) -> Annotation<'_> {
    let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
    kind.span(mark.span.clone()).label((!mark.text.is_empty()).then_some(&mark.text))
}

/// A character that stands in no excerpt and in no sentence, since all of them are escaped.
const MARK: char = '\u{1}';

fn mark(at: usize) -> String {
    format!("{MARK}{at}{MARK}")
}

/// `drawn` with the places of the excerpts for their marks, and for the line and column that were drawn behind these.
fn with_places(drawn: &str, excerpts: &[Excerpt]) -> String {
    let mut pieces = drawn.split(MARK);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    while let (Some(at), Some(rest)) = (pieces.next(), pieces.next()) {
        let excerpt = at.parse().ok().and_then(|at: usize| excerpts.get(at));
        text.extend(excerpt.map(|excerpt| &*excerpt.place));
        text.push_str(rest.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    text
}
