//! What must hold for any bytes: each function takes some, gives them to a reader or a renderer, and panics where the
//! tool would mislead somebody. `cargo test` calls them with the corpus and its mutations; `targets/` hands them to a
//! fuzzer that looks for new paths.

mod bodies;
mod headers;
mod markup;
mod renderers;
pub(crate) mod resealed;

pub(crate) use bodies::bodies;
pub(crate) use headers::headers;
pub(crate) use renderers::renderers;

use clinicctl::compile::compile;
use clinicctl::diagnostic::Style;
use clinicctl::plan::{SavedPlan, SavedPlanError};
use clinicctl::report::{Format, Paint};
use clinicctl::source::{SourceFile, SourceSet, Unreadable};
use clinicctl::{diagnostic, report};
use resealed::resealed;

/// A harness, by the name of its target and of its corpus.
pub(crate) type Harness = fn(&[u8]);

/// Every harness.
pub(crate) const ALL: &[(&str, Harness)] =
    &[("yaml", yaml), ("plan_file", plan_file), ("bodies", bodies), ("headers", headers), ("renderers", renderers)];

/// The YAML reader: a file among good ones. It never panics, every place lies inside its file, and the drawing of what
/// is wrong holds no hidden character.
pub(crate) fn yaml(data: &[u8]) {
    let sources = SourceSet::new(vec![
        file("clinics/fleet.yaml", b"fleet: fuzz\nlanguages: {default: sv, required: [sv]}\n"),
        file("clinics/base.yaml", b"baseline: base\nmessaging: {incoming: {enabled: true, accessible_to: everyone}}\n"),
        file("clinics/group.yaml", b"group: nurses\nmembers: [anna.berg@hamnen.example]\n"),
        file("clinics/hamnen.yaml", b"clinic: hamnen\nextends: base\n"),
        file("clinics/zz.yaml", data),
    ]);
    let compiled = compile(&sources, jiff::civil::date(2026, 11, 22));
    for label in compiled.findings.iter().flat_map(|finding| &finding.labels) {
        let file = sources.file(label.place.file);
        assert!(file.text.get(label.place.span.range()).is_some(), "{label:?} is no place of {}", file.path);
    }
    no_hidden_character(&diagnostic::render(&compiled.findings, &sources, Style::PLAIN));
    let told = diagnostic::json(&compiled.findings, &sources);
    assert_eq!(compiled.fleet.is_none(), told["errors"] != 0, "a fleet, or errors: {told}");
}

/// The reader of saved plans: what it takes, it writes again, and every report of it is harmless. Hardly a mutation has
/// the right digest, so that a plan with a wrong one is signed again: whoever can edit a plan can do that too. What is
/// refused even then may be shown by a program that does not ask, and must be harmless as well.
pub(crate) fn plan_file(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let read = SavedPlan::from_json(text);
    if let Err(error) = &read {
        no_hidden_character(&diagnostic::escape(&error.to_string()));
    }
    let Some(saved) = read.ok().or_else(|| resealed(serde_json::from_str(text).ok()?)) else { return };
    match SavedPlan::from_json(&saved.to_json()) {
        Err(error @ SavedPlanError::Unfit(_)) => no_hidden_character(&diagnostic::escape(&error.to_string())),
        read => assert_eq!(read.as_ref(), Ok(&saved)),
    }
    let format = Format::ALL[text.len() % Format::ALL.len()];
    no_hidden_character(&report::render_plan(format, &saved.plan, Paint::Plain));
}

/// Nothing but text and line breaks: no control byte reaches a terminal, a log or a comment.
fn no_hidden_character(text: &str) {
    let hidden = text.chars().find(|c| c.is_control() && *c != '\n');
    assert_eq!(hidden, None, "{text:?}");
}

fn file(path: &str, bytes: &[u8]) -> SourceFile {
    let (text, unreadable) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            (std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(), Some(Unreadable::NotUtf8))
        }
    };
    SourceFile { path: path.into(), text: text.to_owned(), unreadable }
}
