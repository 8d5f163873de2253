//! What the files want: a fleet of clinics, layers merged, every value with the place that says it.
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

/// A declared value, the place that says it, and the places that it shadows (nearest layer first).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sourced<T> {
    /// What is wanted.
    pub value: T,
    /// The value in the nearest layer that declares it; of a list, which may cover many lines, its key.
    pub place: Place,
    /// The same setting in the layers behind, nearest first; there it may also be `unmanaged`.
    pub shadows: Box<[Place]>,
}

/// All that one folder of files wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredFleet {
    /// The fleet's name.
    pub name: FleetName,
    /// Where `fleet:` stands.
    pub place: Place,
    /// The languages that patients are served in.
    pub languages: Languages,
    /// Severities that differ from the defaults, by the name of the rule.
    pub rules: BTreeMap<String, Sourced<RuleSetting>>,
    /// Limits of guards that differ from the defaults, by the name of the guard.
    pub guards: BTreeMap<String, Sourced<Limit>>,
    /// `system: embedded` stands in the file.
    pub embedded: bool,
    /// The seed of the embedded system, relative to the file that says so.
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
    /// The language in which reports show a title, where one is chosen.
    pub default: Option<Language>,
    /// The languages that every active button needs, in the order of the file.
    pub required: Vec<Language>,
}

/// What `rules:` in the fleet says about one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleSetting {
    /// A breach stops.
    Error,
    /// A breach is told.
    Warning,
    /// The rule is not asked.
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
    /// Where the file says so.
    pub place: Place,
}

/// What the files want of one clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredClinic {
    /// The key.
    pub clinic: ClinicId,
    /// Where `clinic:` names it.
    pub place: Place,
    /// The baselines it is built on, nearest first.
    pub extends: Vec<BaselineName>,
    /// Labels for selections.
    pub labels: LiteMap<ShortText, ShortText>,
    /// What is meant although it looks unusual.
    pub expects: Option<Sourced<Expectation>>,
    /// Professional-initiated conversations.
    pub healthcare_initiated: DesiredDirection,
    /// Conversations that patients and other clinics start.
    pub incoming: DesiredDirection,
    /// The buttons; `None` where no layer lists any.
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

/// What the files want of one direction; each part may be left to the live system.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DesiredDirection {
    /// The switch.
    pub enabled: Option<Sourced<bool>>,
    /// The accessibility.
    pub accessible_to: Option<Sourced<AccessRule>>,
}

/// Whom a file admits, before it is known who that is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AccessRule {
    /// Everyone.
    Everyone,
    /// Whoever these lines mean in the clinic's directory; none means nobody.
    Listed(Vec<Listed>),
}

/// One line of a list of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Whom it means.
    pub who: Who,
    /// Where it stands.
    pub place: Place,
}

/// Whom a line of a list means.
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
    /// Where the order is said, which is that of `listed`: `order:` or else `buttons:`, in the nearest layer. It shadows
    /// what layers behind say in `order:`.
    pub order: Sourced<()>,
    /// What is said about buttons that are live and not listed.
    pub unlisted: Option<Sourced<Unlisted>>,
}

impl DesiredButtons {
    /// What happens to buttons that are live and not listed.
    #[must_use]
    pub fn fate_of_unlisted(&self) -> Unlisted {
        self.unlisted.as_ref().map_or_else(Unlisted::default, |said| said.value)
    }
}

/// What `unlisted_buttons:` says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unlisted {
    /// They stay, where they are.
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
    /// Where the nearest layer lists it.
    pub place: Place,
    /// The target.
    pub leads_to: Option<Sourced<LeadsTo>>,
    /// The key `title` in the nearest layer that has it: where a missing language is missing.
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
    /// Where it stands.
    pub place: Place,
}
