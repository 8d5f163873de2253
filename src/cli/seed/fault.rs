//! What is wrong with the text of a seed, as one finding with one line.

use super::RULE;
use crate::diagnostic::Finding;
use crate::source::{Content, FileId, Location, Node, Place, SourceFile, SourceSet, Span};
use crate::{compile, rules, source};
use clinic_system::{Seed, SeedError, SeedMisfit, SeedProblem};

/// Why a text is no seed.
#[derive(Debug)]
pub(super) enum Fault {
    /// It is no YAML, or YAML that no file of a fleet may hold.
    Yaml(Vec<Finding>),
    /// It is no seed.
    Seed(SeedError),
}

/// Reads the text of a seed.
pub(super) fn parse(file: &SourceFile) -> Result<Seed, Fault> {
    // Aliases above all: a few lines of them can mean more than any memory holds.
    let findings = compile::parse(FileId(0), file).findings;
    if !findings.is_empty() {
        return Err(Fault::Yaml(findings));
    }
    Seed::parse(&file.text).map_err(Fault::Seed)
}

impl Fault {
    /// The first thing that is wrong. The file joins the others, so that its line can be shown.
    pub(super) fn told(self, sources: &mut SourceSet, file: SourceFile) -> Finding {
        let id = sources.add(file);
        match self {
            Self::Yaml(findings) => first(findings, id, sources),
            Self::Seed(SeedError::Shape(misfit)) => misfitting(&misfit, id, sources),
            Self::Seed(SeedError::Impossible { problems }) => impossible(&problems, id, sources),
        }
    }
}

/// The first flaw of a text, without what it says of other lines than its own.
fn first(mut findings: Vec<Finding>, file: FileId, sources: &SourceSet) -> Finding {
    findings.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
    let more = findings.len().saturating_sub(1);
    let mut first = findings.swap_remove(0);
    first.labels.truncate(1);
    for label in &mut first.labels {
        label.place.file = file;
        let marked = sources.file(file).text.get(label.place.span.range()).unwrap_or_default();
        if marked.contains(['\n', '\r']) {
            first.message = rules::find(first.rule).map_or_else(String::new, |rule| rule.says.to_owned());
        }
    }
    if first.rule == "no-document" {
        first.help = vec!["a seed begins with `system:` and `clinics:`".to_owned()];
    }
    and_more(first, more)
}

fn misfitting(misfit: &SeedMisfit, file: FileId, sources: &SourceSet) -> Finding {
    let number = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let start = Place { file, span: Span::new(0, 0) };
    let place = misfit.line.and_then(|line| {
        let path = sources.file(file).path.clone();
        sources.place(&Location { file: path, line: number(line), column: number(misfit.column) })
    });
    Finding::error(RULE, place.unwrap_or(start), "this is not what a seed should be").labelled(&misfit.says)
}

fn impossible(problems: &[SeedProblem], file: FileId, sources: &SourceSet) -> Finding {
    let Some(SeedProblem { path, says }) = problems.first() else {
        return Finding::error(RULE, Place { file, span: Span::new(0, 0) }, "no clinic system could be so");
    };
    let document = source::read(&sources.file(file).text).document;
    let span = document.map_or(Span::new(0, 0), |document| reached(&document, path).span);
    let finding = Finding::error(RULE, Place { file, span }, "no clinic system could be so").labelled(says);
    and_more(finding, problems.len() - 1)
}

/// What stands at `clinics[2].staff[0].id`, or as near to it as the way goes.
fn reached<'n>(document: &'n Node, path: &str) -> &'n Node {
    let steps = path.split(['.', '[']).map(|step| step.trim_end_matches(']'));
    steps.fold(document, |node, step| next(node, step).unwrap_or(node))
}

fn next<'n>(node: &'n Node, step: &str) -> Option<&'n Node> {
    match &node.content {
        Content::List(nodes) => nodes.get(step.parse::<usize>().ok()?),
        Content::Map(_) => node.get(step).map(|entry| &entry.value),
        Content::Scalar(_) => None,
    }
}

/// Says that the first is not the only one. The others would show other lines.
fn and_more(finding: Finding, more: usize) -> Finding {
    match more {
        0 => finding,
        more => finding.help(format!("this is the first of {} faults; of a seed, one is told at a time", more + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::report;
    use crate::report::{Files, Format, Paint};
    use crate::source::{Lines, SourceFile, SourceSet, Unreadable};
    use proptest::prelude::*;

    const FORMATS: [Format; 8] = [
        Format::Human,
        Format::Json,
        Format::Markdown,
        Format::Html,
        Format::Github,
        Format::Gitlab,
        Format::Sarif,
        Format::Junit,
    ];

    /// The bytes of a file as they are read.
    fn file(bytes: Vec<u8>) -> SourceFile {
        let (text, unreadable) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let text = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
                (text, Some(Unreadable::NotUtf8))
            }
        };
        SourceFile { path: "seed.yaml".into(), text, unreadable }
    }

    /// Everything that any format says of what is wrong with a seed, and the line at which it is; nothing of a right one.
    fn told(file: SourceFile) -> Option<(String, String)> {
        let fault = parse(&file).err()?;
        let text = file.text.clone();
        let mut sources = SourceSet::default();
        let findings = [fault.told(&mut sources, file)];
        let line = sources.locate(findings[0].labels[0].place).line;
        let lines = Lines::new(&text);
        let files = Files { sources: &sources, findings: &findings, fleet: None };
        let told = FORMATS.map(|format| report::render_files(format, &files, Paint::Plain).to_string()).concat();
        Some((told, text[lines.line(line as usize)].to_owned()))
    }

    /// Numbers the words of a text, so that each can be told from all others.
    fn numbered(text: &str) -> String {
        let mut pieces = text.split("WORD");
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.enumerate().fold(first, |text, (at, piece)| format!("{text}hemlig{at:03}{piece}"))
    }

    /// Pieces of which texts are made that go wrong in every way.
    const PIECES: &[&str] = &[
        "WORD",
        "WORD",
        "WORD",
        "WORD: ",
        "- ",
        "\n",
        "\n",
        "\n  ",
        "\n\n",
        "'",
        "\"",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&WORD ",
        "*WORD",
        "!WORD ",
        "# WORD\n",
        "? ",
        ": ",
        "| \n",
        "> \n",
        "---\n",
        "\t",
        "\0",
        "system: ",
        "clinics:\n",
        "- clinic: ",
        "  name: ",
        "  staff: [",
        "id: ",
        "title: {",
        "system: x\nclinics:\n- {clinic: a, name: WORD}\n",
        "- {clinic: WORD, name: x}\n",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_word_comes_back_but_those_of_one_line(
            pieces in proptest::collection::vec(proptest::sample::select(PIECES), 0..40),
        ) {
            let text = numbered(&pieces.concat());
            if let Some((told, line)) = told(file(text.clone().into_bytes())) {
                let words = told.match_indices("hemlig").filter_map(|(at, _)| told.get(at..at + 9));
                let foreign: Vec<_> = words.filter(|word| !line.contains(word)).collect();
                prop_assert!(foreign.is_empty(), "{foreign:?} of {text:?}: {told}");
            }
        }

        #[test]
        fn no_run_of_bytes_comes_back_but_those_of_one_line(bytes: Vec<u8>) {
            let file = file(bytes);
            let text = file.text.clone();
            let Some((told, line)) = told(file) else { return Ok(()) };
            for run in text.as_bytes().windows(8) {
                let comes_back = told.as_bytes().windows(8).any(|window| window == run);
                prop_assert!(!comes_back || line.as_bytes().windows(8).any(|window| window == run), "{text:?}: {told}");
            }
        }
    }
}
