//! The conversations that a professional may see.

use super::worker::Worker;
use crate::clinic::Direction;
use crate::conversations::{Context, ConversationService, Denied};
use crate::pages::call::Call;
use crate::pages::chat::{Moment, Names};
use crate::pages::refusal::Refusal;
use crate::pages::shell::Shell;
use crate::pages::shown::shown;
use crate::pages::text::conversations::Talk;
use crate::pages::text::work::Work;
use crate::pages::{answer, sending, text};
use crate::store::Behind;
use askama::Template;
use axum::response::Response;
use clinic_wire::{ConversationSummary, Party};

/// Conversations a page.
const PAGE: usize = 30;

#[derive(Template)]
#[template(path = "work/list.html", config = "pages/askama.toml")]
struct ListPage {
    shell: Shell,
    text: &'static Work,
    talk: &'static Talk,
    clinic: String,
    name: String,
    /// What was just done.
    done: Option<String>,
    /// What they do not see, and why not.
    hidden: Vec<(&'static str, String)>,
    here: Vec<Row>,
    elsewhere: Vec<Row>,
    /// Whether this is not the first page.
    later: bool,
    /// The place in the list after which the next page begins.
    older: Option<(String, String)>,
}

/// A conversation in the list.
struct Row {
    href: String,
    with: String,
    came_in: bool,
    last: String,
    at: Moment,
}

pub(super) async fn show(call: Call) -> Result<Response, Refusal> {
    let (text, worker) = (call.text(&text::work::TEXTS), Worker::of(&call)?);
    let behind = call.query.one("before").zip(call.query.one("id"));
    let behind = behind.map(|(touched, id)| Behind { touched: touched.to_owned(), id: id.to_owned() });
    let (context, mut held, started) = match read(&call, &worker, behind.as_ref()).await {
        Ok(read) => read,
        Err(Denied::Read(error)) => return Err(error.into()),
        // Who has just left, or has just another role, is no professional any more.
        Err(_) => return Err(Refusal::Forbidden),
    };
    let more = held.len() > PAGE;
    held.truncate(PAGE);
    let older = held.last().filter(|_| more).map(|last| (last.last.at.clone(), last.id.clone()));
    let mut names = Names::new(&call);
    let handed = match call.query.one("handed") {
        Some(clinic) => Some((text.handed_over)(&names.clinic(clinic).await?)),
        None => None,
    };
    answer::html(&ListPage {
        shell: call.shell(text.title),
        text,
        talk: call.text(&text::conversations::TEXTS),
        hidden: hidden(&call, &context).await?,
        here: rows(&mut names, &worker, held).await?,
        elsewhere: rows(&mut names, &worker, started).await?,
        clinic: worker.clinic,
        name: shown(&context.name),
        done: handed,
        later: behind.is_some(),
        older,
    })
}

type Read = (Context, Vec<ConversationSummary>, Vec<ConversationSummary>);

async fn read(call: &Call, worker: &Worker, behind: Option<&Behind>) -> Result<Read, Denied> {
    let service = ConversationService::new(&call.app.store);
    let rows = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let context = service.context(&worker.clinic, Some(&worker.staff)).await?;
    let held = service.list(&worker.clinic, &worker.party(), behind, rows).await?;
    Ok((context, held, service.started_by(&worker.clinic, rows).await?))
}

/// The directions whose conversations they may not read, with the setting that forbids it.
async fn hidden(call: &Call, context: &Context) -> Result<Vec<(&'static str, String)>, Refusal> {
    let text = call.text(&text::work::TEXTS);
    let mut hidden = Vec::new();
    for (direction, what) in
        [(Direction::Incoming, text.hidden_incoming), (Direction::HealthcareInitiated, text.hidden_initiated)]
    {
        if let Err(forbidden) = context.facts().may_read(direction) {
            hidden.push((what, sending::told(call, Denied::Forbidden(forbidden)).await?));
        }
    }
    Ok(hidden)
}

async fn rows(names: &mut Names<'_>, worker: &Worker, all: Vec<ConversationSummary>) -> Result<Vec<Row>, Refusal> {
    let mut rows = Vec::with_capacity(all.len());
    for ConversationSummary { id, clinic, governed_by, with, last } in all {
        let other = if clinic == worker.clinic { with } else { Party::Clinic(clinic) };
        rows.push(Row {
            href: format!("/work/{}/conversations/{id}", worker.clinic),
            with: names.of(&other).await?,
            came_in: governed_by == Direction::Incoming.resource(),
            last: shown(&last.text),
            at: Moment::of(&last.at),
        });
    }
    Ok(rows)
}
