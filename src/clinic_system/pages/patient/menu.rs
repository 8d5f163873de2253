//! The menu of a clinic, and the patient's conversations with it.

use super::visit::Visit;
use crate::conversations::Counterpart;
use crate::pages::call::Call;
use crate::pages::chat::Moment;
use crate::pages::refusal::Refusal;
use crate::pages::shell::Shell;
use crate::pages::shown::shown;
use crate::pages::text::patient::Patient;
use crate::pages::{answer, text};
use crate::store::{Listed, SummaryRow};
use askama::Template;
use axum::response::Response;

/// How many of their conversations a patient sees on the menu's page.
const CONVERSATIONS: i64 = 20;

#[derive(Template)]
#[template(path = "patient/menu.html", config = "pages/askama.toml")]
struct MenuPage {
    shell: Shell,
    text: &'static Patient,
    visit: Visit,
    conversations: Vec<Mine>,
    patient: String,
}

/// A conversation of the patient.
struct Mine {
    href: String,
    last: String,
    at: Moment,
}

pub(super) async fn show(call: Call) -> Result<Response, Refusal> {
    let text = call.text(&text::patient::TEXTS);
    let visit = Visit::of(&call).await?;
    let listed = Listed::With { party: Counterpart::Patient(call.patient()), clinic: Some(visit.clinic.clone()) };
    let rows = call.app.store.conversations(&listed, None, CONVERSATIONS).await?;
    let mine = |row: &SummaryRow| {
        let summary = row.summary()?;
        Ok(Mine {
            href: visit.href(&format!("/conversations/{}", summary.id)),
            at: Moment::of(&summary.last.at),
            last: shown(&summary.last.text),
        })
    };
    let conversations = rows.iter().map(mine).collect::<Result<_, Refusal>>()?;
    answer::html(&MenuPage { shell: call.shell(&visit.name), text, conversations, patient: call.patient(), visit })
}
