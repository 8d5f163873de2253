//! The patients' pages: the list of clinics, the menu that results from a clinic's settings (as the web and as the app
//! show it), conversations, and what the other buttons lead to.
//!
//! A patient is a browser that is remembered; there are no accounts. The settings alone decide what is possible: the
//! pages ask the same service as the API.

mod clinics;
mod menu;
mod message;
mod service;
mod visit;

use super::route::Needs::{Nobody, Visitor};
use super::route::PageRoute;
use futures_util::FutureExt;

pub(super) const ROUTES: &[PageRoute] = &[
    PageRoute::get("/p", Nobody, |call| clinics::show(call).boxed()),
    PageRoute::get("/p/{clinic}", Visitor, |call| menu::show(call).boxed()),
    PageRoute::get("/p/{clinic}/new", Visitor, |call| message::new(call).boxed()),
    PageRoute::post("/p/{clinic}/new", Visitor, |call| message::start(call).boxed()),
    PageRoute::get("/p/{clinic}/conversations/{conversation}", Visitor, |call| message::show(call).boxed()),
    PageRoute::post("/p/{clinic}/conversations/{conversation}", Visitor, |call| message::reply(call).boxed()),
    PageRoute::get("/p/{clinic}/book", Visitor, |call| service::book(call).boxed()),
    PageRoute::get("/p/{clinic}/drop-in", Visitor, |call| service::drop_in(call).boxed()),
    PageRoute::get("/p/{clinic}/form/{form}", Visitor, |call| service::form(call).boxed()),
    PageRoute::post("/p/{clinic}/form/{form}", Visitor, |call| service::form_sent(call).boxed()),
];
