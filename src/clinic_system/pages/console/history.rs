//! *History*: the change log of a clinic in words.

use super::description::{Describer, Description, Pair, pairs};
use super::frame::{Frame, frame};
use super::people::Directory;
use super::when::Moment;
use crate::pages::answer;
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::pages::shell::Shell;
use crate::pages::shown::shown;
use crate::pages::text::console::history::{History as Words, TEXTS};
use askama::Template;
use axum::response::Response;
use clinic_wire::{Actor, ChangeEntry};

/// How many entries a page shows.
const PAGE: usize = 25;

#[derive(Template)]
#[template(path = "console/history.html", config = "pages/askama.toml")]
struct HistoryPage {
    shell: Shell,
    frame: Frame,
    text: &'static Words,
    entries: Vec<Entry>,
    older: Option<u64>,
    /// Whether this is the page of the newest entries.
    newest: bool,
}

/// One entry in words.
struct Entry {
    number: String,
    when: Moment,
    by: String,
    service: bool,
    kind: &'static str,
    act: &'static str,
    resource: String,
    reference: Option<String>,
    /// What is said of it as a whole.
    remark: Option<&'static str>,
    lines: Vec<Line>,
}

/// What became of one thing.
struct Line {
    label: String,
    change: Change,
}

enum Change {
    /// One side alone is known.
    Is(String),
    FromTo(String, String),
    /// Members who came, and who went.
    Members {
        added: String,
        removed: String,
    },
}

pub(super) async fn show(call: Call) -> Result<Response, Refusal> {
    let clinic = call.clinic().await?;
    let before = call.query.text("before").parse::<i64>().ok();
    let rows = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut changes = call.app.store.changes(&clinic.clinic, before.unwrap_or(i64::MAX), rows).await?;
    let more = changes.len() > PAGE;
    changes.truncate(PAGE);
    let state = clinic.state()?;
    let directory = Directory::of(&call.app.store, &clinic.clinic).await?;
    let speaker = Describer { language: call.language(), state: &state, directory: &directory };
    let text = call.text(&TEXTS);
    let (shell, frame) = frame(&call, &clinic, text.title);
    answer::html(&HistoryPage {
        shell,
        frame,
        text,
        older: changes.last().filter(|_| more).map(|entry| entry.seq),
        entries: changes.iter().map(|entry| in_words(&speaker, text, entry)).collect(),
        newest: before.is_none(),
    })
}

fn in_words(speaker: &Describer<'_>, text: &Words, change: &ChangeEntry) -> Entry {
    let ChangeEntry { seq, clinic: _, resource, by, kind, at, reference, before, after } = change;
    let facts = |value| speaker.facts(resource, value);
    let button = resource.starts_with("buttons/");
    let act = match (before.is_null(), after.is_null()) {
        (true, false) if button => text.created,
        (_, true) if button => text.deleted,
        _ => text.changed,
    };
    let remark = match before {
        before if before == after => Some(text.same),
        before if before.is_null() && !button => Some(text.unknown_before),
        _ => None,
    };
    Entry {
        number: (text.number)(*seq),
        when: Moment::read(at, speaker.language),
        by: shown(by),
        service: *kind == Actor::Service,
        kind: if *kind == Actor::Service { text.service } else { text.person },
        act,
        resource: speaker.resource(resource),
        reference: reference.as_deref().map(shown),
        remark,
        lines: pairs(facts(before), facts(after))
            .into_iter()
            .filter(Pair::differs)
            .map(|pair| line(pair, text))
            .collect(),
    }
}

fn line(pair: Pair, text: &Words) -> Line {
    let Pair { label, one, other } = pair;
    let change = match (one, other) {
        (Some(Description::Set(one)), Some(Description::Set(other))) => {
            Change::Members { added: missing_in(&other, &one), removed: missing_in(&one, &other) }
        }
        (Some(one), Some(other)) => Change::FromTo(one.line(), other.line()),
        (Some(said), None) | (None, Some(said)) => Change::Is(said.line()),
        (None, None) => Change::Is(text.nothing.to_owned()),
    };
    Line { label, change }
}

/// Those of `members` who are not among `others`, in one line.
fn missing_in(members: &[String], others: &[String]) -> String {
    members.iter().filter(|member| !others.contains(member)).map(String::as_str).collect::<Vec<_>>().join(", ")
}
