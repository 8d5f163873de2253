//! Who may talk to whom, decided by a clinic's settings and directory alone.
//!
//! ```text
//! rights         one person, one clinic, one action        -> allowed, or the one thing that forbids it
//! conversation   who started it, who may read, answer, hand it over
//! service           reads what a decision needs, decides, writes under the revision that the decision was made on
//! ```
//!
//! `rights` and `conversation` are pure. The API's conversations, its access answers and all pages ask the service, so
//! that no two of them can disagree. Messages are demonstration data: they are no settings, and never in the change
//! log.

mod context;
mod conversation;
mod draft;
mod rights;
mod service;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use context::Context;
pub(crate) use conversation::{Conversation, Counterpart, opening};
pub(crate) use draft::{Denied, Draft, Sent};
pub(crate) use rights::{Action, Facts, Forbidden, Verdict, Why};
pub(crate) use service::ConversationService;
pub(crate) use text::{BadText, check as check_text};
