//! Handing a conversation to another clinic.

use super::conversation;
use super::worker::Worker;
use crate::clinic::is_slug;
use crate::conversations::{ConversationService, Denied};
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::pages::sending::Typed;
use crate::pages::{answer, sending, text};
use axum::http::StatusCode;
use axum::response::Response;
use clinic_wire::{ClinicSummary, Party};

/// The most clinics that are suggested while somebody types.
const SUGGESTED: i64 = 500;

/// The form to hand a conversation over.
#[derive(Debug)]
pub(super) struct Handing {
    pub(super) typed: Typed,
    /// The clinic that was asked for.
    pub(super) to: String,
    /// What is wrong with that clinic; empty if nothing is.
    pub(super) wrong: String,
    pub(super) clinics: Vec<ClinicSummary>,
}

/// The form with nothing in it.
pub(super) async fn blank(call: &Call) -> Result<Handing, Refusal> {
    let clinics = suggested(call).await?;
    Ok(Handing { typed: Typed::nothing()?, to: String::new(), wrong: String::new(), clinics })
}

/// The clinics that may be written to or handed to, as suggestions.
pub(super) async fn suggested(call: &Call) -> Result<Vec<ClinicSummary>, Refusal> {
    let mut clinics = call.app.store.clinics("", SUGGESTED).await?;
    clinics.retain(|clinic| clinic.clinic != call.segment("clinic"));
    Ok(clinics)
}

/// The key of another clinic that is meant by its key or by its name, whatever the case.
pub(super) async fn clinic_called(call: &Call, text: &str) -> Result<Option<String>, Refusal> {
    let key = text.to_lowercase();
    let here = call.segment("clinic");
    if is_slug(&key) && key != here && call.app.store.clinic(&key).await?.is_some() {
        return Ok(Some(key));
    }
    let mut called = suggested(call).await?;
    called.retain(|clinic| clinic.name.to_lowercase() == key);
    // Two of one name: only the key says which.
    Ok(called.pop().filter(|_| called.is_empty()).map(|clinic| clinic.clinic))
}

pub(super) async fn hand_over(call: Call) -> Result<Response, Refusal> {
    let seat = Worker::of(&call)?.seat(&call).await?;
    let Party::Professional(_) = seat.party else { return Err(Refusal::UnknownPage) };
    let (asked, to) = (call.form.text("to").to_owned(), clinic_called(&call, call.form.text("to")).await?);
    let again = async |typed: Typed, wrong: String, status: StatusCode| {
        let handing = Handing { typed, to: asked.clone(), wrong, clinics: suggested(&call).await? };
        conversation::page(&call, &seat, Typed::nothing()?, Some(handing), status).await
    };
    let text = call.text(&text::work::TEXTS);
    let draft = match sending::draft(&call, seat.party.clone()) {
        Ok(draft) => draft,
        Err(problem) => {
            return again(Typed::again(&call, problem)?, String::new(), StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    let Some(to) = to else {
        let typed = Typed::again(&call, String::new())?;
        return again(typed, text.no_clinic.to_owned(), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match ConversationService::new(&call.app.store).hand_over((&seat.clinic, &seat.id), &to, &draft).await {
        Ok(_) => Ok(answer::see_other(&format!("/work?handed={to}"))),
        Err(Denied::Unfit(_)) => {
            let typed = Typed::again(&call, String::new())?;
            again(typed, text.same_clinic.to_owned(), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(denied) => {
            let status = conversation::status(&denied);
            let wrong = sending::told(&call, denied).await?;
            again(Typed::again(&call, String::new())?, wrong, status).await
        }
    }
}
