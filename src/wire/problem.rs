//! Problem documents (RFC 9457).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The body of every refusal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// A stable slug such as `revision-mismatch`.
    #[serde(rename = "type")]
    pub kind: String,
    /// A short sentence, the same for every problem of this type.
    pub title: String,
    /// The HTTP status, repeated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// What is wrong this time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// On 422: what is wrong, field by field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
    /// On 412: the current state of the clinic.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<serde_json::Value>,
    /// On 403 `not-allowed`: why not, such as `direction-off`, `not-listed` or `left-the-clinic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// On 403 `not-allowed`: the setting that forbids it, such as `messaging/incoming.enabled`; absent if it is a fact
    /// of the directory, or the conversation is somebody else's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// On 403 `not-allowed`: the clinic whose setting or directory that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clinic: Option<String>,
}

/// What is wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldProblem {
    /// A JSON pointer into the request's body (RFC 6901).
    pub pointer: String,
    /// What is wrong.
    pub detail: String,
}
