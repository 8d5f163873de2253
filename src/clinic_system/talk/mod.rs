//! Who may talk to whom, decided by a clinic's settings and directory alone.
//!
//! ```text
//! rights         one person, one clinic, one action        -> allowed, or the one thing that forbids it
//! conversation   who started it, who may read, answer, hand it over
//! desk           reads what a decision needs, decides, writes under the revision that the decision was made on
//! ```
//!
//! `rights` and `conversation` are pure. The API's conversations, its access answers and all pages ask the desk, so
//! that no two of them can disagree. Messages are demonstration data: they are no settings, and never in the change log.

mod conversation;
mod desk;
mod draft;
mod house;
mod rights;
#[cfg(test)]
mod tests;
mod text;

pub(crate) use conversation::Conversation;
pub(crate) use conversation::Counterpart;
pub(crate) use conversation::opening;
pub(crate) use desk::Desk;
pub(crate) use draft::Denied;
pub(crate) use draft::Draft;
pub(crate) use draft::Sent;
pub(crate) use house::House;
pub(crate) use rights::Action;
pub(crate) use rights::Facts;
pub(crate) use rights::Forbidden;
pub(crate) use rights::Verdict;
pub(crate) use rights::Why;
pub(crate) use text::BadText;
pub(crate) use text::check as check_text;
