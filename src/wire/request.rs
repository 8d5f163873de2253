//! Bodies of requests.

use schemars::JsonSchema;
use serde::Deserialize;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

/// Who may use a direction: the word `everyone`, or a list of staff ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Access {
    /// `"everyone"`.
    Everyone(Everyone),
    /// Exactly these people; none means nobody.
    #[schemars(extend("uniqueItems" = true))]
    People(Vec<String>),
}

/// The word `everyone`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Everyone {
    /// Every healthcare professional of the clinic.
    #[serde(rename = "everyone")]
    Everyone,
}

/// `PUT .../messaging/incoming` and `PUT .../messaging/healthcare-initiated`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectionBody {
    /// Whether conversations may start this way.
    pub enabled: bool,
    /// Who may send or respond.
    pub accessible_to: Access,
}

/// `PUT .../buttons/{button}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ButtonBody {
    /// `new_message`, `book_appointment`, `drop_in`, `form:<slug>`, `phone:<E.164>` or `link:<https URL>`.
    #[schemars(
        length(max = 2000),
        regex(
            pattern = r"^(new_message|book_appointment|drop_in|form:[a-z0-9][a-z0-9-]{0,62}|phone:\+[1-9][0-9]{1,14}|link:https://[^\s]+)$"
        )
    )]
    pub leads_to: String,
    /// Language tag to a text of 1 to 40 characters.
    #[schemars(extend("minProperties" = 1, "additionalProperties" = json!({"type": "string", "minLength": 1, "maxLength": 40})))]
    pub title: BTreeMap<String, String>,
    /// Whether patients see it.
    pub active: bool,
    /// A non-empty subset of `app` and `web`.
    #[schemars(extend("minItems" = 1, "uniqueItems" = true, "items" = json!({"enum": ["app", "web"]})))]
    pub shown_in: Vec<String>,
}

/// `PUT .../button-order`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderBody {
    /// Exactly the clinic's buttons, in the order of the menu.
    pub order: Vec<String>,
}
