//! Starting a conversation: with a patient, or with another clinic in the name of one's own.

use super::conversation::status;
use super::handover::{clinic_called, suggested};
use super::worker::Worker;
use crate::conversations::{Action, ConversationService, Denied};
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::pages::sending::Typed;
use crate::pages::shell::Shell;
use crate::pages::shown::shown;
use crate::pages::text::conversations::Talk;
use crate::pages::text::work::Work;
use crate::pages::{answer, sending, text};
use crate::seed::is_staff_id;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use clinic_wire::{ClinicSummary, Party};

#[derive(Template)]
#[template(path = "work/new.html", config = "pages/askama.toml")]
struct NewPage {
    shell: Shell,
    text: &'static Work,
    talk: &'static Talk,
    clinic: String,
    name: String,
    /// Why they may not write to patients; nothing if they may.
    shut: Option<String>,
    patient: Form,
    other: Form,
    clinics: Vec<ClinicSummary>,
}

/// One of the two forms.
struct Form {
    to: String,
    /// What is wrong with whom they want to write to; empty if nothing is.
    wrong: String,
    typed: Typed,
}

/// Which of the two was sent.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sent {
    ToPatient,
    ToClinic,
}

pub(super) async fn show(call: Call) -> Result<Response, Refusal> {
    page(&call, [Form::blank()?, Form::blank()?], StatusCode::OK).await
}

pub(super) async fn to_patient(call: Call) -> Result<Response, Refusal> {
    let worker = Worker::of(&call)?;
    let to = call.form.text("to").to_owned();
    if !is_staff_id(&to) {
        let wrong = call.text(&text::work::TEXTS).no_patient.to_owned();
        return again(&call, Sent::ToPatient, (wrong, String::new()), StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    start(&call, Sent::ToPatient, (&worker.clinic, worker.party()), Party::Patient(to)).await
}

pub(super) async fn to_clinic(call: Call) -> Result<Response, Refusal> {
    let worker = Worker::of(&call)?;
    let text = call.text(&text::work::TEXTS);
    let Some(to) = clinic_called(&call, call.form.text("to")).await? else {
        let wrong = (text.no_clinic.to_owned(), String::new());
        return again(&call, Sent::ToClinic, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    start(&call, Sent::ToClinic, (&to, worker.for_clinic()), Party::Clinic(to.clone())).await
}

/// Starts a conversation that `clinic` will hold, in the name of `from`.
async fn start(call: &Call, sent: Sent, (clinic, from): (&str, Party), to: Party) -> Result<Response, Refusal> {
    let draft = match sending::draft(call, from) {
        Ok(draft) => draft,
        Err(problem) => {
            return again(call, sent, (String::new(), problem), StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match ConversationService::new(&call.app.store).start(clinic, &to, &draft).await {
        Ok(begun) => {
            let path = format!("/work/{}/conversations/{}", call.segment("clinic"), begun.what.id);
            Ok(answer::see_other(&path))
        }
        Err(denied) => {
            let status = status(&denied);
            let why = sending::told(call, denied).await?;
            again(call, sent, (why, String::new()), status).await
        }
    }
}

/// The page again, with what is wrong about whom they want to write to, or about the text.
async fn again(
    call: &Call,
    sent: Sent,
    (wrong, problem): (String, String),
    status: StatusCode,
) -> Result<Response, Refusal> {
    let form = Form { to: call.form.text("to").to_owned(), wrong, typed: Typed::again(call, problem)? };
    let forms = match sent {
        Sent::ToPatient => [form, Form::blank()?],
        Sent::ToClinic => [Form::blank()?, form],
    };
    page(call, forms, status).await
}

async fn page(call: &Call, [patient, other]: [Form; 2], status: StatusCode) -> Result<Response, Refusal> {
    let (text, talk, worker) =
        (call.text(&text::work::TEXTS), call.text(&text::conversations::TEXTS), Worker::of(call)?);
    let context = match ConversationService::new(&call.app.store).context(&worker.clinic, Some(&worker.staff)).await {
        Ok(context) => context,
        Err(denied) => return sending::told(call, denied).await.and(Err(Refusal::Failed)),
    };
    let shut = match context.facts().may(Action::Send) {
        Ok(()) => None,
        Err(forbidden) => Some(sending::told(call, Denied::Forbidden(forbidden)).await?),
    };
    let (clinics, name, clinic) = (suggested(call).await?, shown(&context.name), worker.clinic);
    let shell = call.shell(text.new);
    answer::html_with(status, &NewPage { shell, text, talk, clinic, name, shut, patient, other, clinics })
}

impl Form {
    fn blank() -> Result<Self, Refusal> {
        Ok(Self { to: String::new(), wrong: String::new(), typed: Typed::nothing()? })
    }
}
