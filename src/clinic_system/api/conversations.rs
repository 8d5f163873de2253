//! Conversations and access answers: each route reads what is asked, and the service decides.

use super::call::{Call, once};
use super::page::Asked;
use super::problem::{Reason, Refusal};
use super::query::malformed;
use super::{answer, body, shape};
use crate::conversations::{Action, ConversationService, Denied, Draft, Sent};
use crate::store::Behind;
use axum::http::{HeaderName, StatusCode};
use axum::response::Response;
use clinic_wire::{
    ConversationBody, ConversationSummary, HandoverBody, IDEMPOTENCY_KEY, IDEMPOTENCY_KEY_MAX, Party, ReplyBody,
};
use serde::Serialize;

/// The longest id of a person that can be asked about, in characters.
const PERSON_MAX: usize = 63;

pub(super) async fn access(call: Call) -> Result<Response, Refusal> {
    let person = call.query.one("person").unwrap_or_default();
    if person.is_empty() || person.chars().count() > PERSON_MAX || person.contains(char::is_control) {
        return Err(malformed("`person` is a staff id such as `st-1007`"));
    }
    let action = call.query.one("action").and_then(Action::of_word);
    let action = action.ok_or_else(|| malformed("`action` is `send` or `respond`"))?;
    let said = ConversationService::new(&call.app.store).access(&call.clinic()?, person, action).await?;
    let revision = said.revision;
    answer::with_revision(answer::json(&said), revision)
}

pub(super) async fn start(mut call: Call) -> Result<Response, Refusal> {
    let (clinic, once) = (call.clinic()?, key(&call, "start")?);
    let body = shape::conversations::start(&body::json(&mut call).await?).map_err(Refusal::fields)?;
    let ConversationBody { from, to, text } = body;
    let sent = ConversationService::new(&call.app.store).start(&clinic, &to, &Draft { from, text, once }).await?;
    Ok(added(&sent))
}

pub(super) async fn reply(mut call: Call) -> Result<Response, Refusal> {
    let (clinic, id, once) = (call.clinic()?, call.conversation()?, key(&call, "reply")?);
    let body = shape::conversations::reply(&body::json(&mut call).await?).map_err(Refusal::fields)?;
    let ReplyBody { from, text } = body;
    let sent = ConversationService::new(&call.app.store).reply(&clinic, &id, &Draft { from, text, once }).await?;
    Ok(added(&sent))
}

pub(super) async fn hand_over(mut call: Call) -> Result<Response, Refusal> {
    let (clinic, id, once) = (call.clinic()?, call.conversation()?, key(&call, "hand-over")?);
    let body = shape::conversations::handover(&body::json(&mut call).await?).map_err(Refusal::fields)?;
    let HandoverBody { from, to: Party::Professional(to) | Party::Patient(to) | Party::Clinic(to), text } = body;
    let sent =
        ConversationService::new(&call.app.store).hand_over((&clinic, &id), &to, &Draft { from, text, once }).await?;
    Ok(added(&sent))
}

pub(super) async fn conversation(call: Call) -> Result<Response, Refusal> {
    let (clinic, id, reader) = (call.clinic()?, call.conversation()?, reader(&call)?);
    let (read, _) = ConversationService::new(&call.app.store).read(&clinic, &id, &reader).await?;
    Ok(answer::json(&read))
}

pub(super) async fn conversations(call: Call) -> Result<Response, Refusal> {
    let (clinic, reader) = (call.clinic()?, reader(&call)?);
    let asked = Asked::read(&call.query, "conversations")?;
    let behind = asked.after.as_deref().map(behind).transpose()?;
    let listed =
        ConversationService::new(&call.app.store).list(&clinic, &reader, behind.as_ref(), asked.rows()).await?;
    let key = |row: &ConversationSummary| format!("{} {}", row.last.at, row.id);
    Ok(answer::json(&asked.page(listed, key)))
}

fn behind(key: &str) -> Result<Behind, Refusal> {
    let parts = key.split_once(' ').map(|(touched, id)| Behind { touched: touched.to_owned(), id: id.to_owned() });
    parts.ok_or_else(|| malformed("`cursor` is not one that this list has given"))
}

/// In whose name is read: exactly one of three parameters.
fn reader(call: &Call) -> Result<Party, Refusal> {
    let said = ["professional", "patient", "clinic"].map(|key| call.query.one(key).map(|id| (key, id)));
    let mut said = said.into_iter().flatten();
    let (Some((key, id)), None) = (said.next(), said.next()) else {
        return Err(malformed("say in whose name you read, by one of `professional`, `patient` and `clinic`"));
    };
    let party = shape::conversations::of_key(key, id).unwrap_or_else(|| Err("is unknown here".to_owned()));
    party.map_err(|what| malformed(format!("`{key}` {what}")))
}

/// What makes sending the same twice harmless: a key means something to its sender alone, and at one path.
fn key(call: &Call, act: &str) -> Result<Option<String>, Refusal> {
    let Some(key) = once(&call.headers, &HeaderName::from_static(IDEMPOTENCY_KEY))? else { return Ok(None) };
    if key.is_empty() || key.len() > IDEMPOTENCY_KEY_MAX || key.contains(char::is_control) {
        let detail = format!("`Idempotency-Key` has 1 to {IDEMPOTENCY_KEY_MAX} bytes and no control characters");
        return Err(Refusal::new(Reason::MalformedHeader, detail));
    }
    let sender = call.caller.as_ref().map_or("", |caller| caller.name.as_str());
    let path: Vec<&str> = call.path.iter().map(|(_, value)| value.as_str()).collect();
    Ok(Some(format!("{sender}\n{act} {}\n{key}", path.join("/"))))
}

fn added<T: Serialize>(sent: &Sent<T>) -> Response {
    let mut response = answer::json(&sent.what);
    if sent.new {
        *response.status_mut() = StatusCode::CREATED;
    }
    response
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Forbidden(forbidden) => Self::not_allowed(forbidden),
            Denied::UnknownClinic(clinic) => Self::unknown_clinic(&clinic),
            Denied::UnknownConversation => {
                Self::new(Reason::UnknownConversation, "it is at another clinic by now, or was never there")
            }
            Denied::Unfit(problem) => Self::fields(vec![problem]),
            Denied::KeyReused => {
                Self::new(Reason::KeyReused, "another message was sent with this `Idempotency-Key` at this path")
            }
            Denied::Full => Self::new(Reason::ConversationFull, "start a new conversation"),
            Denied::Read(error) => error.into(),
            Denied::Write(failure) => failure.into(),
        }
    }
}
