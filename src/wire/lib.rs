//! The Clinic Settings API, v1, as data: bodies, paths, headers and problems.
//!
//! The client and the reference system share this module and nothing else, so that a misunderstanding of the
//! contract cannot cancel itself out. Requests are strict (unknown fields are refused); answers are read leniently
//! (a later version may add fields).

mod answer;
mod conversations;
mod problem;
mod request;

pub use answer::{
    Actor, ApiRoot, ButtonState, ChangeEntry, ClinicLine, ClinicSummary, DirectionState, Instance, LastChange, Menu,
    MenuButton, Messaging, OrderState, Page, StaffItem,
};
pub use conversations::{
    AccessAnswer, Conversation, ConversationBody, ConversationSummary, HandoverBody, IDEMPOTENCY_KEY,
    IDEMPOTENCY_KEY_MAX, MESSAGE_TEXT_MAX, Message, Party, ReplyBody,
};
pub use problem::{FieldProblem, Problem};
pub use request::{Access, ButtonBody, DirectionBody, Everyone, OrderBody};

/// The media type of every problem document (RFC 9457).
pub const PROBLEM_JSON: &str = "application/problem+json";
/// The media type of the snapshot: one JSON document a line.
pub const NDJSON: &str = "application/x-ndjson";
/// The request header that carries a commit or pull request into the change log.
pub const CHANGE_REFERENCE: &str = "change-reference";
/// The longest `Change-Reference`, in bytes.
pub const CHANGE_REFERENCE_MAX: usize = 200;
/// The path of the API below the root of a system.
pub const API_PATH: &str = "/api/v1";
/// What [`ApiRoot::api`] says.
pub const API_NAME: &str = "clinic-settings";
/// The capability of answering `GET /api/v1/snapshot`.
pub const SNAPSHOT: &str = "snapshot";
/// The capability of telling which system this is: [`ApiRoot::instance`].
pub const INSTANCE: &str = "instance";

/// Something that a system may offer beyond what every system does; [`ApiRoot::capabilities`] names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capability {
    /// Its name in the API.
    pub name: &'static str,
    /// What a system that names it does.
    pub offers: &'static str,
    /// What a client does if it is missing.
    pub without: &'static str,
}

/// Every capability that the contract knows.
pub const CAPABILITIES: &[Capability] = &[
    Capability {
        name: INSTANCE,
        offers: "`GET /api/v1` names the system by an id and an epoch, and saved plans are bound to both.",
        without: "A saved plan is bound to the address of the system and to the states that it was made against.",
    },
    Capability {
        name: SNAPSHOT,
        offers: "`GET /api/v1/snapshot` answers every clinic, one line of JSON each, and with `?include=staff` its directory.",
        without: "Clinics and their directories are read one by one.",
    },
];
