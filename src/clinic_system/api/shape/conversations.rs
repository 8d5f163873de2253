//! Bodies of conversations.

use super::{Body, Shaped, kind_of, problem, wrong};
use crate::clinic::is_slug;
use crate::conversations;
use crate::seed::is_staff_id;
use clinic_wire::{ConversationBody, HandoverBody, Party, ReplyBody};
use serde_json::Value;

const PARTY: &str = "an object with one of the keys `professional`, `patient` and `clinic`";

/// `{from, to, text}`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn start(value: &Value) -> Shaped<ConversationBody> {
    let mut body = Body::of(value, &["from", "to", "text"])?;
    let from = body.field("from", party);
    let to = body.field("to", party);
    let text = body.field("text", text);
    body.end(from.zip(to).zip(text)).map(|((from, to), text)| ConversationBody { from, to, text })
}

/// `{from, text}`.
///
/// # Errors
/// Everything that is wrong with it.
pub fn reply(value: &Value) -> Shaped<ReplyBody> {
    let mut body = Body::of(value, &["from", "text"])?;
    let from = body.field("from", party);
    let text = body.field("text", text);
    body.end(from.zip(text)).map(|(from, text)| ReplyBody { from, text })
}

/// `{from, to, text}`, from a professional to a clinic.
///
/// # Errors
/// Everything that is wrong with it.
pub fn handover(value: &Value) -> Shaped<HandoverBody> {
    let mut body = Body::of(value, &["from", "to", "text"])?;
    let from = body.field("from", |value, at| {
        let from = party(value, at)?;
        let professional = matches!(from, Party::Professional(_));
        professional.then_some(from).ok_or_else(|| vec![problem(at, "a professional hands over")])
    });
    let to = body.field("to", |value, at| {
        let to = party(value, at)?;
        let clinic = matches!(to, Party::Clinic(_));
        clinic.then_some(to).ok_or_else(|| vec![problem(at, "a conversation is handed to a clinic")])
    });
    let text = body.field("text", text);
    body.end(from.zip(to).zip(text)).map(|((from, to), text)| HandoverBody { from, to, text })
}

fn party(value: &Value, at: &str) -> Shaped<Party> {
    let Value::Object(object) = value else { return Err(wrong(at, PARTY, value)) };
    let mut keys = object.iter();
    let (Some((key, id)), None) = (keys.next(), keys.next()) else {
        return Err(vec![problem(at, format!("expected {PARTY}, found {}", object.len()))]);
    };
    let pointer = super::below(at, key);
    let id = id.as_str().ok_or_else(|| vec![problem(&pointer, format!("expected a text, found {}", kind_of(id)))])?;
    of_key(key, id)
        .ok_or_else(|| vec![problem(at, format!("expected {PARTY}, found `{key}`"))])?
        .map_err(|expected| vec![problem(&pointer, expected)])
}

/// Whoever `id` is under this key; `None` for another key.
pub(crate) fn of_key(key: &str, id: &str) -> Option<Result<Party, String>> {
    let checked = |good: bool, party: fn(String) -> Party, what: &str| {
        if good { Ok(party(id.to_owned())) } else { Err(format!("is not {what}")) }
    };
    match key {
        "professional" => Some(checked(is_staff_id(id), Party::Professional, "a staff id such as `st-1007`")),
        "patient" => Some(checked(is_staff_id(id), Party::Patient, "a patient's id such as `pt-41c7`")),
        "clinic" => Some(checked(is_slug(id), Party::Clinic, "a clinic's key such as `norrtull`")),
        _ => None,
    }
}

fn text(value: &Value, at: &str) -> Shaped<String> {
    let text = value.as_str().ok_or_else(|| wrong(at, "a text", value))?;
    conversations::check_text(text).map(|()| text.to_owned()).map_err(|bad| vec![problem(at, bad.detail())])
}
