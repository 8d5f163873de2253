//! Conversations and access: the bodies of requests and of answers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest text of a message, in characters.
pub const MESSAGE_TEXT_MAX: usize = 2000;
/// The request header that makes sending the same message twice harmless.
pub const IDEMPOTENCY_KEY: &str = "idempotency-key";
/// The longest `Idempotency-Key`, in bytes.
pub const IDEMPOTENCY_KEY_MAX: usize = 100;

/// A text that is not blank, with no control characters but tabs and ends of lines.
const TEXT: &str = "^[^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]*\
    [^\\u0000-\\u0020\\u007F-\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]\
    [^\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F]*$";

/// Somebody who takes part in a conversation: an object with exactly one of these keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// A staff id of the clinic of the path.
    Professional(#[schemars(regex(pattern = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$"))] String),
    /// A patient, by an id that means nothing anywhere else.
    Patient(#[schemars(regex(pattern = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$"))] String),
    /// A clinic's key.
    Clinic(#[schemars(regex(pattern = r"^[a-z0-9][a-z0-9-]{0,62}$"))] String),
}

/// `POST .../conversations`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConversationBody {
    /// A professional of the clinic, a patient, or another clinic.
    pub from: Party,
    /// A patient where a professional writes; else the clinic of the path.
    pub to: Party,
    /// The first message.
    #[schemars(length(min = 1, max = 2000), regex(pattern = TEXT))]
    pub text: String,
}

/// `POST .../conversations/{conversation}/replies`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyBody {
    /// A professional of the clinic, the patient, or the clinic that started the conversation.
    pub from: Party,
    /// The message.
    #[schemars(length(min = 1, max = 2000), regex(pattern = TEXT))]
    pub text: String,
}

/// `POST .../conversations/{conversation}/handover`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoverBody {
    /// A professional of the clinic.
    #[schemars(extend("required" = ["professional"]))]
    pub from: Party,
    /// The clinic that takes over.
    #[schemars(extend("required" = ["clinic"]))]
    pub to: Party,
    /// What the other clinic should know.
    #[schemars(length(min = 1, max = 2000), regex(pattern = TEXT))]
    pub text: String,
}

/// A conversation, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Conversation {
    /// The key.
    pub id: String,
    /// The clinic that holds it now.
    pub clinic: String,
    /// `messaging/incoming` or `messaging/healthcare-initiated`: the settings that say who may read and answer.
    pub governed_by: String,
    /// The patient, or the clinic that started it.
    pub with: Party,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
}

/// A conversation in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ConversationSummary {
    /// The key.
    pub id: String,
    /// The clinic that holds it now.
    pub clinic: String,
    /// `messaging/incoming` or `messaging/healthcare-initiated`: the settings that say who may read and answer.
    pub governed_by: String,
    /// The patient, or the clinic that started it.
    pub with: Party,
    /// The newest message.
    pub last: Message,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// Who wrote it.
    pub from: Party,
    /// When (RFC 3339).
    pub at: String,
    /// What it says.
    pub text: String,
    /// The clinic to which the conversation was handed over with these words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed_to: Option<String>,
}

/// `GET .../access`: whether a person may send or respond, and if not, why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AccessAnswer {
    /// The clinic.
    pub clinic: String,
    /// The staff id that was asked about, whether anybody has it or not.
    pub person: String,
    /// `send` or `respond`.
    pub action: String,
    /// Whether they may.
    pub allowed: bool,
    /// Why not: `direction-off`, `not-listed`, `left-the-clinic`, `not-a-professional` or `unknown-person`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The setting that forbids it, where one does; facts of the directory are no settings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// The same as a sentence.
    pub detail: String,
    /// The clinic's revision for which this was true.
    pub revision: u64,
}
