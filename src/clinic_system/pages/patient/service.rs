//! What the other buttons lead to, as far as a demonstration goes: times to book, opening hours, forms. Nothing is
//! booked and nothing is kept.

use super::visit::Visit;
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::pages::shell::Shell;
use crate::pages::text::conversations::Talk;
use crate::pages::text::patient::Patient;
use crate::pages::{answer, text};
use askama::Template;
use axum::response::Response;

/// The times that every clinic has free.
const TIMES: [&str; 6] = ["08:20", "09:10", "10:40", "13:00", "14:30", "15:45"];
/// When every clinic is open: on most days, on Fridays, at weekends.
const HOURS: [&str; 3] = ["08:00–10:00", "08:00–09:30", "–"];

#[derive(Template)]
#[template(path = "patient/service.html", config = "pages/askama.toml")]
struct ServicePage {
    shell: Shell,
    text: &'static Patient,
    talk: &'static Talk,
    visit: Visit,
    title: String,
    service: Service,
}

/// A service, and how far the patient has come.
enum Service {
    Book { chosen: Option<String> },
    DropIn { rows: Vec<(&'static str, &'static str)> },
    Form { sent: bool },
}

pub(super) async fn book(call: Call) -> Result<Response, Refusal> {
    let text = call.text(&text::patient::TEXTS);
    let chosen = TIMES.into_iter().find(|time| call.query.one("time") == Some(time)).map(text.chosen);
    page(&call, "book_appointment", Service::Book { chosen }).await
}

pub(super) async fn drop_in(call: Call) -> Result<Response, Refusal> {
    let days = call.text(&text::patient::TEXTS).days;
    page(&call, "drop_in", Service::DropIn { rows: days.into_iter().zip(HOURS).collect() }).await
}

pub(super) async fn form(call: Call) -> Result<Response, Refusal> {
    let leads_to = format!("form:{}", call.segment("form"));
    page(&call, &leads_to, Service::Form { sent: false }).await
}

/// What the form said is forgotten at once.
pub(super) async fn form_sent(call: Call) -> Result<Response, Refusal> {
    let leads_to = format!("form:{}", call.segment("form"));
    page(&call, &leads_to, Service::Form { sent: true }).await
}

/// A service is there where an active button leads to it.
async fn page(call: &Call, leads_to: &str, service: Service) -> Result<Response, Refusal> {
    let (text, talk) = (call.text(&text::patient::TEXTS), call.text(&text::conversations::TEXTS));
    let visit = Visit::of(call).await?;
    let title = visit.title_of(leads_to).ok_or(Refusal::UnknownPage)?;
    answer::html(&ServicePage { shell: call.shell(&title), text, talk, visit, title, service })
}
