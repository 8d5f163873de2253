//! The buttons of the patient's menu.

use super::{LanguageTag, LeadsTo, Setting, Slug, TitleText};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What patients see in the menu of the app and of the web.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PatientInterface {
    /// The buttons that the files care about. Layers merge by `id`; live buttons that are not listed stay as they are.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub buttons: Setting<Vec<Button>>,
    /// The order of listed buttons, each at most once; listed ones that it omits follow. Left out: the baseline's
    /// buttons first, then the clinic's own, as written.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub order: Setting<Vec<Slug>>,
    /// What happens to live buttons that are not listed.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub unlisted_buttons: Setting<UnlistedButtons>,
}

/// What happens to live buttons that are not listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnlistedButtons {
    /// They stay, where they are. The default.
    Keep,
    /// They are removed by a run with `--prune`.
    Remove,
}

/// One button. A part that is left out stays as it is live; a button that does not exist yet needs `leads_to` and
/// `title`, and is inactive and shown in app and web unless said otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Button {
    /// The button's id, unique in its clinic; it never changes.
    pub id: Slug,
    /// What pressing the button does.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub leads_to: Setting<LeadsTo>,
    /// The text on the button, by language. It names every language that the fleet requires, unless `active: false`.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub title: Setting<Title>,
    /// Whether patients see the button: `true` or `false`.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub active: Setting<bool>,
    /// Where patients see the button.
    #[serde(default, skip_serializing_if = "Setting::is_absent")]
    pub shown_in: Setting<ShownIn>,
}

/// The text on a button, by language tag; at least one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("minProperties" = 1, "propertyNames" = {"pattern": r"^[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*$"}))]
pub struct Title(pub BTreeMap<LanguageTag, Setting<TitleText>>);

/// The app, the web, or both; never none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("minItems" = 1))]
pub struct ShownIn(pub Vec<Surface>);

/// One place where patients meet a clinic's menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Surface {
    /// The patient app.
    App,
    /// The patient web.
    Web,
}
