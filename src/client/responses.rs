//! Answers without the requests around them: the functions that make values of the domain, or a sentence, of what a
//! system says.
//!
//! All of them are pure, and they are the ones that the client itself reads with: a test that passes invented responses
//! them in here learns what the client would make of them.

pub use super::api_root::{Offer, instance};
pub use super::clinics::ids;
pub use super::exchange::Answer;
pub use super::fetch::Fetched;
pub use super::gather::SnapshotLine;
pub use super::log::{log_entry, note};
pub use super::perform::judge;
pub use super::read::{ReadError, document};
pub use super::refusal::{Said, etag};
pub use super::retry::{Tries, WaitBounds};
pub use super::retry_after::asked;
