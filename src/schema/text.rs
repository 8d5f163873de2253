//! Texts with a form of their own, each with the pattern that an editor checks while somebody types.
//!
//! The patterns are the domain's, or a little wider where a pattern cannot say it all; the compiler has the last word.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Defines a text with its description, its pattern and an example.
macro_rules! text {
    ($(#[doc = $doc:literal])* $name:ident, $pattern:literal, $example:literal) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "description": concat!($($doc),*).trim(),
                    "type": "string",
                    "pattern": $pattern,
                    "examples": [$example],
                })
            }
        }
    };
}

text!(/// An id: 1 to 63 lower-case letters `a` to `z`, digits and hyphens, not starting with a hyphen.
    Slug, r"^[a-z0-9][a-z0-9-]{0,62}$", "norrtull");
text!(/// A person, by e-mail address, HSA-id or the live system's staff id, whichever the reader knows.
    Person, r"^([A-Za-z0-9][A-Za-z0-9._-]{0,62}|[^@\s,]+@[^@\s,]+)$", "anna.berg@norrtull.example");
text!(/// A language tag (BCP 47) such as `sv` or `en`.
    LanguageTag, r"^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$", "sv");
text!(/// A button's text in one language: 1 to 40 characters, without tabs and line breaks.
    TitleText, r"^[^\t\r\n]{1,40}$", "Nytt meddelande");
text!(/// What pressing a button does: `new_message`, `book_appointment`, `drop_in`, `form:<slug>`, `phone:<number>`
    /// (international form, `+46...`) or `link:<https address>`. Only `new_message` depends on messaging.
    LeadsTo,
    r"^(new_message|book_appointment|drop_in|form:[a-z0-9][a-z0-9-]{0,62}|phone:\+[1-9][0-9]{6,14}|link:https://\S+)$",
    "new_message");
text!(/// A label's name: lower-case letters `a` to `z`, digits, `-` and `_`, starting with a letter.
    LabelKey, r"^[a-z][a-z0-9_-]{0,62}$", "region");
text!(/// A label's value: 1 to 63 characters without spaces, commas and equals signs.
    LabelValue, r"^[^\s,=]{1,63}$", "stockholm");
text!(/// The name of a rule, as findings and `clinicctl explain` name it.
    RuleName, r"^[a-z][a-z-]*$", "single-responder");
text!(/// Why a rule is waived, for everybody who reads the plan.
    Reason, r"\S", "Two more nurses start in March");
text!(/// A day, as `YYYY-MM-DD`.
    Date, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2027-03-31");
text!(/// The path of a YAML file of the same checkout, relative to the file that names it.
    SeedPath, r"\S", "../examples/live-system.yaml");
