//! The administrator's console: clinics, and of each its settings, its patient interface and its history.
//!
//! ```text
//! clinics    the clinics that the reader may administer
//! settings   the two widgets (`widget`), with the people to choose from (`people`)
//! interface  the buttons and the menu that they make (`preview`); `button` is the page of one (`form`), `remove` its end
//! history    the change log in words (`facts`)
//! save       what happens when two people save the same thing; `conflict` is the page on which they meet
//! ```
//!
//! A form says what is to be saved and the revision that it was opened with, and nothing else is trusted about it. What
//! is unwise is saved and warned about; only what no clinic could be is refused.

mod button;
mod clinics;
mod collate;
mod conflict;
mod description;
mod draft;
mod form;
mod frame;
mod history;
mod interface;
mod people;
mod preview;
mod remove;
mod save;
mod settings;
mod target;
mod when;
mod widget;

pub(crate) use target::Kind;
pub(crate) use when::local;

use super::answer;
use super::call::Call;
use super::refusal::Refusal;
use super::route::Needs::ClinicAdministrator;
use super::route::PageRoute;
use axum::response::Response;
use futures_util::FutureExt;

pub(super) const ROUTES: &[PageRoute] = &[
    PageRoute::get("/admin", ClinicAdministrator, |call| clinics::show(call).boxed()),
    PageRoute::get("/admin/{clinic}", ClinicAdministrator, |call| first(call).boxed()),
    PageRoute::get("/admin/{clinic}/settings", ClinicAdministrator, |call| settings::show(call).boxed()),
    PageRoute::post("/admin/{clinic}/settings", ClinicAdministrator, |call| settings::change(call).boxed()),
    PageRoute::get("/admin/{clinic}/interface", ClinicAdministrator, |call| interface::show(call).boxed()),
    PageRoute::post("/admin/{clinic}/interface", ClinicAdministrator, |call| interface::change(call).boxed()),
    PageRoute::get("/admin/{clinic}/interface/new", ClinicAdministrator, |call| button::show_new(call).boxed()),
    PageRoute::post("/admin/{clinic}/interface/new", ClinicAdministrator, |call| button::create(call).boxed()),
    PageRoute::get("/admin/{clinic}/interface/buttons/{button}", ClinicAdministrator, |call| {
        button::show(call).boxed()
    }),
    PageRoute::post("/admin/{clinic}/interface/buttons/{button}", ClinicAdministrator, |call| {
        button::change(call).boxed()
    }),
    PageRoute::get("/admin/{clinic}/interface/buttons/{button}/delete", ClinicAdministrator, |call| {
        remove::show(call).boxed()
    }),
    PageRoute::post("/admin/{clinic}/interface/buttons/{button}/delete", ClinicAdministrator, |call| {
        remove::remove(call).boxed()
    }),
    PageRoute::get("/admin/{clinic}/history", ClinicAdministrator, |call| history::show(call).boxed()),
];

/// A clinic's own address leads to its settings.
async fn first(call: Call) -> Result<Response, Refusal> {
    let clinic = call.clinic().await?.clinic;
    Ok(answer::see_other(&format!("/admin/{clinic}/settings")))
}
