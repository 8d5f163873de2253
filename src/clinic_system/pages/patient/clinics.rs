//! The list of clinics that patients choose from.

use crate::pages::call::Call;
use crate::pages::refusal::Refusal;
use crate::pages::shell::Shell;
use crate::pages::shown::shown;
use crate::pages::text::patient::Patient;
use crate::pages::{answer, text};
use askama::Template;
use axum::response::Response;
use clinic_wire::ClinicSummary;

/// Clinics a page.
const PAGE: usize = 60;
/// Clinics that are read at a time while looking for a name.
const PIECE: i64 = 500;

#[derive(Template)]
#[template(path = "patient/clinics.html", config = "pages/askama.toml")]
struct ClinicsPage<'a> {
    shell: Shell,
    text: &'static Patient,
    search: &'a str,
    clinics: Vec<ClinicSummary>,
    /// The last clinic of this page, where there are more.
    more: Option<String>,
}

pub(super) async fn show(call: Call) -> Result<Response, Refusal> {
    let text = call.text(&text::patient::TEXTS);
    let search = call.query.text("q");
    let mut clinics = found(&call, &search.to_lowercase(), call.query.text("after")).await?;
    clinics.iter_mut().for_each(|clinic| clinic.name = shown(&clinic.name));
    let more = (clinics.len() > PAGE).then(|| clinics.truncate(PAGE));
    let more = more.and_then(|()| clinics.last().map(|clinic| clinic.clinic.clone()));
    answer::html(&ClinicsPage { shell: call.shell(text.choose), text, search, clinics, more })
}

/// One clinic more than a page holds of those after `after` whose name contains `search`.
async fn found(call: &Call, search: &str, after: &str) -> Result<Vec<ClinicSummary>, Refusal> {
    let (mut found, mut after) = (Vec::new(), after.to_owned());
    loop {
        let piece = call.app.store.clinics(&after, PIECE).await?;
        let Some(last) = piece.last().map(|clinic| clinic.clinic.clone()) else { return Ok(found) };
        found.extend(piece.into_iter().filter(|clinic| clinic.name.to_lowercase().contains(search)));
        if found.len() > PAGE {
            found.truncate(PAGE + 1);
            return Ok(found);
        }
        after = last;
    }
}
