//! The clinics that the reader may administer.

use super::collate::in_order;
use crate::clinic::ClinicState;
use crate::pages::answer;
use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::pages::shell::{Shell, system_sidebar};
use crate::pages::shown::shown;
use crate::pages::text::console::clinics::{Clinics as Words, TEXTS};
use crate::pages::text::console::words;
use askama::Template;
use axum::response::Response;
use clinic_wire::ClinicSummary;
use url::form_urlencoded::Serializer;

/// How many clinics a page shows.
const PAGE: usize = 25;

#[derive(Template)]
#[template(path = "console/clinics.html", config = "pages/askama.toml")]
struct ClinicsPage {
    shell: Shell,
    text: &'static Words,
    search: String,
    count: String,
    rows: Vec<Row>,
    empty: String,
    previous: Option<String>,
    next: Option<String>,
}

struct Row {
    clinic: String,
    name: String,
    hsa_id: String,
    initiated: Switch,
    incoming: Switch,
    active: String,
}

struct Switch {
    on: bool,
    word: &'static str,
}

pub(super) async fn show(call: Call) -> Result<Response, Refusal> {
    let text = call.text(&TEXTS);
    let search = call.query.text("q").to_owned();
    let clinics = found(&call, &search).await?;
    let (count, page) = (clinics.len(), asked_page(&call, clinics.len()));
    let mut rows = Vec::new();
    for clinic in clinics.into_iter().skip(page * PAGE).take(PAGE) {
        rows.push(row(&call, clinic).await?);
    }
    let empty = if search.is_empty() { text.none.to_owned() } else { (text.none_found)(&shown(&search)) };
    let previous = page.checked_sub(1).map(|page| address(&search, page));
    let next = ((page + 1) * PAGE < count).then(|| address(&search, page + 1));
    // To an administrator of clinics alone, the list is the whole system.
    let sidebar = if call.person()?.global_administrator { system_sidebar(&call.viewer) } else { Vec::new() };
    let shell = call.shell(text.title).with_sidebar(sidebar);
    answer::html(&ClinicsPage { shell, text, search, count: (text.count)(count), rows, empty, previous, next })
}

/// The clinics that the reader may administer and whose name or key has `search` in it.
async fn found(call: &Call, search: &str) -> Result<Vec<ClinicSummary>, Refusal> {
    let person = call.person()?;
    let mut clinics = call.app.store.clinics("", i64::MAX).await?;
    let search = search.to_lowercase();
    clinics.retain(|clinic| person.is_administrator(Some(&clinic.clinic)));
    clinics.retain(|clinic| clinic.name.to_lowercase().contains(&search) || clinic.clinic.contains(&search));
    Ok(in_order(clinics.into_iter(), |clinic| &clinic.name))
}

/// The page that is asked for, from 0; the last one if there are not that many.
fn asked_page(call: &Call, count: usize) -> usize {
    let asked: usize = call.query.text("page").parse().unwrap_or(1);
    asked.saturating_sub(1).min(count.saturating_sub(1) / PAGE)
}

fn address(search: &str, page: usize) -> String {
    let mut query = Serializer::new(String::new());
    if !search.is_empty() {
        query.append_pair("q", search);
    }
    format!("/admin?{}", query.append_pair("page", &(page + 1).to_string()).finish())
}

async fn row(call: &Call, clinic: ClinicSummary) -> Result<Row, Refusal> {
    let ClinicSummary { clinic, name, hsa_id, revision: _ } = clinic;
    let found = call.app.store.clinic(&clinic).await?.ok_or(Refusal::UnknownPage)?;
    let ClinicState { messaging, buttons } = found.state()?;
    let words = call.text(&words::TEXTS);
    let switch = |on: bool| Switch { on, word: words.switch(on) };
    let active = buttons.iter().filter(|button| button.active).count();
    Ok(Row {
        clinic,
        name: shown(&name),
        hsa_id: hsa_id.as_deref().map(shown).unwrap_or_default(),
        initiated: switch(messaging.healthcare_initiated.enabled),
        incoming: switch(messaging.incoming.enabled),
        active: (call.text(&TEXTS).active)(active),
    })
}
