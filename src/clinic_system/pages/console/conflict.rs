//! Two people have saved the same thing: both versions beside each other, and the two ways on.

use super::description::{Describer, Description, pairs};
use super::frame::{Frame, frame};
use super::save::Conflict;
use super::when::Moment;
use crate::pages::answer;
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::pages::shell::Shell;
use crate::pages::shown::shown;
use crate::pages::text::console::conflict::{Conflict as Words, TEXTS};
use crate::store::ClinicRow;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use clinic_wire::ChangeEntry;

/// How the page goes on.
pub(super) struct Ways {
    /// Where the form is sent again.
    pub(super) action: String,
    /// The name of the field that holds the revision.
    pub(super) revision: String,
    /// A field that says something else now, and what.
    pub(super) instead: (&'static str, Vec<String>),
    /// What `do` says to save my version on top of theirs.
    pub(super) save: String,
    /// What `do` says to keep theirs; where it is absent, `back` is the way.
    pub(super) keep: Option<String>,
    pub(super) back: String,
}

#[derive(Template)]
#[template(path = "console/conflict.html", config = "pages/askama.toml")]
struct ConflictPage {
    shell: Shell,
    frame: Frame,
    text: &'static Words,
    thing: String,
    by: String,
    reference: Option<String>,
    rows: Vec<Row>,
    gone: bool,
    mine_gone: bool,
    /// Everything that the form said, with the new revision.
    fields: Vec<(String, String)>,
    ways: Ways,
}

struct Row {
    label: String,
    theirs: Vec<Part>,
    mine: Vec<Part>,
}

/// A part of what a version says.
struct Part {
    text: String,
    /// Whether the other version does not say it.
    differs: bool,
}

/// The page (409): nothing is saved, nothing is lost.
pub(super) fn page(
    (call, clinic): (&Call, &ClinicRow),
    speaker: &Describer<'_>,
    resource: &str,
    both: &Conflict,
    ways: Ways,
) -> Result<Response, Refusal> {
    let text = call.text(&TEXTS);
    let (shell, frame) = frame(call, clinic, text.title);
    let facts = |value| speaker.facts(resource, value);
    let rows = pairs(facts(&both.theirs), facts(&both.mine)).into_iter().map(|pair| Row {
        theirs: parts(pair.one.as_ref(), pair.other.as_ref(), text),
        mine: parts(pair.other.as_ref(), pair.one.as_ref(), text),
        label: pair.label,
    });
    let page = ConflictPage {
        shell,
        frame,
        text,
        thing: speaker.resource(resource),
        by: both.change.as_ref().map_or_else(|| text.theirs_unknown.to_owned(), |change| by(call, change)),
        reference: both.change.as_ref().and_then(|change| change.reference.as_deref()).map(shown),
        rows: rows.collect(),
        gone: both.theirs.is_null(),
        mine_gone: both.mine.is_null(),
        fields: fields(call, &ways, both.revision),
        ways,
    };
    answer::html_with(StatusCode::CONFLICT, &page)
}

/// What a version says beside another: of several people or places each by itself, else all of it.
fn parts(said: Option<&Description>, other: Option<&Description>, text: &Words) -> Vec<Part> {
    match (said, other) {
        (Some(Description::Set(items)), Some(Description::Set(others))) => {
            items.iter().map(|item| Part { text: item.clone(), differs: !others.contains(item) }).collect()
        }
        _ => {
            let line = said.map_or_else(|| text.nothing.to_owned(), Description::line);
            vec![Part { text: line, differs: said != other }]
        }
    }
}

fn by(call: &Call, change: &ChangeEntry) -> String {
    let when = Moment::read(&change.at, call.language());
    (call.text(&TEXTS).theirs_by)(&shown(&change.by), &when.words)
}

/// The form once more. The token is the new page's own, and what to do is for its buttons to say.
fn fields(call: &Call, ways: &Ways, revision: u64) -> Vec<(String, String)> {
    let (field, values) = &ways.instead;
    let kept = |name: &str| !matches!(name, "token" | "do") && name != ways.revision && name != *field;
    let said = call.form.iter().filter(|(name, _)| kept(name));
    let said = said.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let instead = values.iter().map(|value| ((*field).to_owned(), value.clone()));
    said.chain(instead).chain([(ways.revision.clone(), revision.to_string())]).collect()
}
