//! Reading: the root, clinics, people, the change log, the menu.

use super::answer;
use super::app::App;
use super::call::Call;
use super::page::Asked;
use super::problem::Refusal;
use super::query::malformed;
use crate::store::ClinicRow;
use crate::{language, menu};
use axum::response::Response;
use clinic_wire::{API_NAME, ApiRoot, ChangeEntry, ClinicSummary, INSTANCE, Instance, Menu, SNAPSHOT, StaffItem};

/// The longest search text, in characters.
const SEARCH_MAX: usize = 200;
/// The longest language tag of a menu: far beyond any real one.
const LANGUAGE_MAX: usize = 100;
/// Nothing puts the system back to an earlier state but a file that is put in the place of its own, and that file does
/// not know it.
const EPOCH: u64 = 1;

pub(super) async fn root(call: Call) -> Result<Response, Refusal> {
    Ok(answer::json(&ApiRoot {
        api: API_NAME.to_owned(),
        version: "1".to_owned(),
        system: call.app.store.system_name().await?,
        capabilities: vec![SNAPSHOT.to_owned(), INSTANCE.to_owned()],
        instance: Some(Instance { id: call.app.database_id.clone(), epoch: EPOCH }),
    }))
}

pub(super) async fn clinics(call: Call) -> Result<Response, Refusal> {
    let asked = Asked::read(&call.query, "clinics")?;
    let rows = call.app.store.clinics(asked.after.as_deref().unwrap_or_default(), asked.rows()).await?;
    Ok(answer::json(&asked.page(rows, |row: &ClinicSummary| row.clinic.clone())))
}

pub(super) async fn clinic(call: Call) -> Result<Response, Refusal> {
    let row = existing(&call.app, &call.clinic()?).await?;
    answer::with_revision(answer::json_text(row.line(None)), row.revision())
}

pub(super) async fn staff(call: Call) -> Result<Response, Refusal> {
    let search = call.query.one("q").unwrap_or_default();
    if search.chars().count() > SEARCH_MAX || search.contains(char::is_control) {
        return Err(malformed(format!("`q` has at most {SEARCH_MAX} characters and no control characters")));
    }
    let asked = Asked::read(&call.query, "staff")?;
    let clinic = existing(&call.app, &call.clinic()?).await?.clinic;
    let after = asked.after.as_deref().unwrap_or_default();
    let rows = call.app.store.staff(&clinic, &search.to_lowercase(), after, asked.rows()).await?;
    Ok(answer::json(&asked.page(rows, |person: &StaffItem| person.id.clone())))
}

pub(super) async fn changes(call: Call) -> Result<Response, Refusal> {
    let asked = Asked::read(&call.query, "changes")?;
    let before = match &asked.after {
        None => i64::MAX,
        Some(key) => key.parse().map_err(|_| malformed("`cursor` is not one that this list has given"))?,
    };
    let clinic = existing(&call.app, &call.clinic()?).await?.clinic;
    let rows = call.app.store.changes(&clinic, before, asked.rows()).await?;
    Ok(answer::json(&asked.page(rows, |entry: &ChangeEntry| entry.seq.to_string())))
}

/// What a patient sees now, the dead button of a clinic that takes no messages included: systems do not hide it.
pub(super) async fn menu(call: Call) -> Result<Response, Refusal> {
    let surface = call.query.one("surface").unwrap_or_default();
    if !matches!(surface, "app" | "web") {
        return Err(malformed("`surface` is `app` or `web`"));
    }
    let language = call.query.one("language");
    if language.is_some_and(|tag| tag.len() > LANGUAGE_MAX || language::normal(tag).is_none()) {
        return Err(malformed("`language` is a language tag such as `sv` or `en`"));
    }
    let state = existing(&call.app, &call.clinic()?).await?.state()?;
    Ok(answer::json(&Menu { buttons: menu::of(state, surface, language) }))
}

async fn existing(app: &App, clinic: &str) -> Result<ClinicRow, Refusal> {
    app.store.clinic(clinic).await?.ok_or_else(|| Refusal::unknown_clinic(clinic))
}
