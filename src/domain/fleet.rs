//! The desired state: a fleet of clinics, layers merged, every value with the place that declares it.
//!
//! A setting that no layer declares is absent here, and absent means unmanaged: it stays as it is live.

use super::{
    BaselineName, ButtonId, Check, ClinicId, DirectionKind, FleetName, GroupName, Language, Layers, LeadsTo, PersonRef,
    ShortText, ShownIn, StaffTitle,
};
use crate::source::Place;
use litemap::LiteMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A declared value, the place that declares it, and the places that it shadows (nearest layer first).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// The declared value.
    pub value: T,
    /// The value in the nearest layer that declares it; of a list, which may cover many lines, its key.
    pub place: Place,
    /// The same setting in the layers behind, nearest first; there it may also be `unmanaged`.
    pub shadows: Box<[Place]>,
}

/// The desired state of one folder of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredFleet {
    /// The fleet's name.
    pub name: FleetName,
    /// The place of `fleet:`.
    pub place: Place,
    /// The languages that patients are served in.
    pub languages: Languages,
    /// Severities that differ from the defaults, by the name of the rule.
    pub rules: BTreeMap<String, Sourced<RuleSetting>>,
    /// Limits of guards that differ from the defaults, by the name of the guard.
    pub guards: BTreeMap<String, Sourced<Limit>>,
    /// `system: embedded` stands in the file.
    pub embedded: bool,
    /// The seed of the embedded system, relative to the file that declares it.
    pub seed: Option<Sourced<String>>,
    /// Every group, by name, used or not.
    pub groups: BTreeMap<GroupName, Arc<Group>>,
    /// What must stay true, in the order of the files.
    pub checks: Vec<Check>,
    /// Which layer each file is.
    pub layers: Layers,
    /// Every clinic, by id; in boxes, so that building a map of thousands moves pointers.
    pub clinics: BTreeMap<ClinicId, Box<DesiredClinic>>,
}

/// The languages of a fleet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Languages {
    /// The language in which reports show a title, if one is chosen.
    pub default: Option<Language>,
    /// The languages that every active button needs, in the order of the file.
    pub required: Vec<Language>,
}

/// The severity that `rules:` in the fleet gives to one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSetting {
    /// A breach stops the run.
    Error,
    /// A breach is reported and does not stop the run.
    Warning,
    /// The rule is not evaluated.
    Off,
}

/// The largest that a guard still allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// That many.
    Count(u64),
    /// That many percent of the clinics in the folder.
    Percent(u8),
    /// The guard is off.
    Off,
}

/// People named once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The name.
    pub name: GroupName,
    /// The people, as written.
    pub members: Vec<Member>,
}

/// One person of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person: PersonRef,
    /// The place of the line.
    pub place: Place,
}

/// The desired state of one clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredClinic {
    /// The key.
    pub clinic: ClinicId,
    /// The place of `clinic:`.
    pub place: Place,
    /// The baselines it is built on, nearest first.
    pub extends: Vec<BaselineName>,
    /// Labels for selections.
    pub labels: LiteMap<ShortText, ShortText>,
    /// Unusual settings that are intended.
    pub expects: Option<Sourced<Expectation>>,
    /// Professional-initiated conversations.
    pub healthcare_initiated: DesiredDirection,
    /// Conversations that patients and other clinics start.
    pub incoming: DesiredDirection,
    /// The buttons; `None` if no layer lists any.
    pub buttons: Option<DesiredButtons>,
    /// Rules waived for this clinic.
    pub waivers: Vec<Waiver>,
}

impl DesiredClinic {
    /// One of the two directions.
    #[must_use]
    pub const fn direction(&self, kind: DirectionKind) -> &DesiredDirection {
        match kind {
            DirectionKind::HealthcareInitiated => &self.healthcare_initiated,
            DirectionKind::Incoming => &self.incoming,
        }
    }
}

/// `expects:` of a clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expectation {
    /// Incoming is on for other clinics; having no `new_message` button is meant.
    HandoverOnly,
}

/// The desired state of one direction; each part may be left to the live system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DesiredDirection {
    /// The switch.
    pub enabled: Option<Sourced<bool>>,
    /// The accessibility.
    pub accessible_to: Option<Sourced<AccessRule>>,
}

/// The people whom a file admits, before they are looked up in a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessRule {
    /// Everyone.
    Everyone,
    /// The people that these lines match in the clinic's directory; without lines, no one.
    Listed(Vec<Listed>),
}

/// One line of a list of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The person, title or group that it names.
    pub who: Who,
    /// The place of the line.
    pub place: Place,
}

/// The person, title or group that a line of a list names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// One person.
    Person(PersonRef),
    /// Every active professional of the clinic with this title.
    Title(StaffTitle),
    /// Those members of a group who are in the clinic's directory.
    Group(Arc<Group>),
}

/// The buttons that the files list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredButtons {
    /// The listed buttons, in the order in which they fill their places.
    pub listed: Vec<DesiredButton>,
    /// The place of the order, which is that of `listed`: `order:` or else `buttons:`, in the nearest layer. It shadows
    /// the `order:` of the layers behind.
    pub order: Sourced<()>,
    /// `unlisted_buttons:`, if any layer declares it.
    pub unlisted: Option<Sourced<Unlisted>>,
}

impl DesiredButtons {
    /// What happens to buttons that are live and not listed.
    #[must_use]
    pub fn fate_of_unlisted(&self) -> Unlisted {
        self.unlisted.as_ref().map_or_else(Unlisted::default, |said| said.value)
    }
}

/// The values of `unlisted_buttons:`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unlisted {
    /// They stay at their places.
    #[default]
    Keep,
    /// They are removed by a run with `--prune`.
    Remove,
}

/// What the files want of one button; every part may be left to the live system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredButton {
    /// The key.
    pub id: ButtonId,
    /// The place of the button in the nearest layer that lists it.
    pub place: Place,
    /// The target.
    pub leads_to: Option<Sourced<LeadsTo>>,
    /// The key `title` in the nearest layer that has it: the place at which a missing language is reported.
    pub title_place: Option<Place>,
    /// The titles that some layer names.
    pub title: LiteMap<Language, Sourced<ShortText>>,
    /// Whether it is active.
    pub active: Option<Sourced<bool>>,
    /// Where it is shown.
    pub shown_in: Option<Sourced<ShownIn>>,
}

/// A rule waived for one clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The rule's name; known and one that may be waived.
    pub rule: String,
    /// Why, for the plan.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<jiff::civil::Date>,
    /// The place of the line.
    pub place: Place,
}
