//! Bodies of requests.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// A BCP 47 language tag (RFC 5646, section 2.1), the few grandfathered ones left out.
const LANGUAGE_TAG: &str = "^(([A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?\
    (-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-[0-9A-WYZa-wyz](-[A-Za-z0-9]{2,8})+)*(-[Xx](-[A-Za-z0-9]{1,8})+)?\
    |[Xx](-[A-Za-z0-9]{1,8})+)$";
/// A text without control characters that is not blank. Spelt out, because `\s` means something else in each dialect.
const TITLE: &str = "^[^\\u0000-\\u001F\\u007F-\\u009F]*\
    [^\\u0000-\\u0020\\u007F-\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]\
    [^\\u0000-\\u001F\\u007F-\\u009F]*$";

/// Who may use a direction: the word `everyone`, or a list of staff ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Access {
    /// `"everyone"`.
    Everyone(Everyone),
    /// Exactly these people; none means nobody.
    #[schemars(extend("uniqueItems" = true, "maxItems" = 5000, "items" = json!({"type": "string", "maxLength": 63})))]
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
    #[schemars(extend(
        "minProperties" = 1,
        "maxProperties" = 50,
        "propertyNames" = json!({"pattern": LANGUAGE_TAG}),
        "additionalProperties" = json!({"type": "string", "minLength": 1, "maxLength": 40, "pattern": TITLE}),
    ))]
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
    #[schemars(length(max = 5000))]
    pub order: Vec<String>,
}
