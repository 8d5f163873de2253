//! The start page: the three doors of the system.

use super::call::Call;
use super::refusal::Refusal;
use super::route::{Needs, PageRoute};
use super::shell::Shell;
use super::text::home::Home;
use super::{answer, text};
use askama::Template;
use axum::response::Response;
use clinic_wire::ClinicSummary;
use futures_util::FutureExt;

pub(super) const ROUTES: &[PageRoute] = &[PageRoute::get("/", Needs::Nobody, |call| show(call).boxed())];

/// How many clinics the start page offers to a patient.
const CLINICS: i64 = 24;

#[derive(Template)]
#[template(path = "home.html", config = "pages/askama.toml")]
struct HomePage {
    shell: Shell,
    text: &'static Home,
    system: String,
    clinics: Vec<ClinicSummary>,
    /// Whether nobody can sign in yet.
    new: bool,
}

async fn show(call: Call) -> Result<Response, Refusal> {
    let text = call.text(&text::home::TEXTS);
    let clinics = call.app.store.clinics("", CLINICS).await?;
    let new = !call.app.store.has_accounts().await?;
    let system = call.app.store.system_name().await?;
    answer::html(&HomePage { shell: call.shell(text.title), text, system, clinics, new })
}
