//! The plan of one clinic.

use super::impact::{impact, moved_people};
use super::origins::Origins;
use super::person::concerned;
use super::rows::{blocked, finding_row};
use super::{Blocked, ClinicWork, FindingRow, Impact, NoteRow, PlannedChange, PlannedPerson, Step, order};
use crate::diff::{Change, Known, Members, Scoped, diff, known_members, resolve, scope};
use crate::domain::{Address, ButtonId, ClinicId, ClinicState, DesiredClinic, Layers, LiveClinic, Resource, StaffId};
use crate::rules::{Judgement, Policy, Resulting, judge, unknown_clinic};
use crate::source::SourceSet;
use std::collections::BTreeMap;

/// What is the same for all clinics of a run.
#[derive(Debug, Clone, Copy)]
pub struct PlanContext<'a> {
    /// The files, to turn places into lines.
    pub sources: &'a SourceSet,
    /// Which layer each file is.
    pub layers: &'a Layers,
    /// The members of all groups, to find those whom no clinic knows.
    pub members: &'a Members,
    /// The run says `--prune`.
    pub prune: bool,
    /// The day of the run.
    pub today: jiff::civil::Date,
}

/// Everything that planning found out about one clinic; small when nothing changes. Ids of changes and steps count
/// from 1 until [`assemble`](super::assemble()) makes them unique.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClinicPlan {
    /// The clinic.
    pub clinic: ClinicId,
    /// What changes, in the order of execution; nothing if the clinic is blocked.
    pub changes: Vec<PlannedChange>,
    /// What people and patients notice of it.
    pub impact: Impact,
    /// The names of those who enter or leave a list.
    pub people: BTreeMap<StaffId, String>,
    /// Why the clinic is not written.
    pub blocked: Vec<Blocked>,
    /// Everything that the rules say.
    pub findings: Vec<FindingRow>,
    /// What is left undone on purpose.
    pub notes: Vec<NoteRow>,
    /// What to execute; `None` if there is nothing to do.
    pub work: Option<ClinicWork>,
    /// Which members of groups the clinic's directory knows; `None` if the clinic was not read.
    pub known: Option<Known>,
}

/// Why the live state of a clinic that the system has could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unread {
    /// The token may not read it.
    Forbidden,
    /// Reading failed; a sentence that says why.
    Failed(String),
}

/// Plans one clinic: the people that the files name, what would result, whether it may be so, what differs, in which
/// order.
#[must_use]
pub fn plan_clinic(
    desired: &DesiredClinic,
    live: &LiveClinic,
    policy: Policy,
    context: &PlanContext<'_>,
) -> ClinicPlan {
    let resolution = resolve(desired, &live.directory);
    let Scoped { wanted, kept } = scope(desired, live, &resolution, context.prune);
    let PlanContext { sources, layers, members, prune: _, today } = *context;
    let resulting =
        Resulting { live, wanted: &wanted, desired: Some(desired), resolution: &resolution, policy: &policy, today };
    let mut plan = ClinicPlan::judged(&live.clinic, &judge(&resulting), sources);
    plan.known = Some(known_members(members, &live.directory));
    plan.notes = kept.into_iter().map(|button| kept_note(&live.clinic, button)).collect();
    if plan.blocked.is_empty() && wanted != live.state {
        let people = concerned(live, &wanted);
        let origins = Origins { desired, live, resolution: &resolution, sources, layers };
        plan.lead(live, Aim { wanted, policy, people }, |step, change| origins.row(step, change));
    }
    plan
}

fn kept_note(clinic: &ClinicId, button: ButtonId) -> NoteRow {
    let message = format!("no file lists the button `{button}`; a run with `--prune` would remove it");
    NoteRow { address: Address { clinic: clinic.clone(), resource: Resource::Button(button) }, message }
}

impl ClinicPlan {
    /// The plan of a clinic that the live system, which has the clinics `known`, does not have.
    #[must_use]
    pub fn unknown<'a>(
        desired: &DesiredClinic,
        known: impl Iterator<Item = &'a ClinicId>,
        policy: &Policy,
        context: &PlanContext<'_>,
    ) -> Self {
        let judgement = unknown_clinic(desired, known, policy, context.today);
        Self::judged(&desired.clinic, judgement.as_slice(), context.sources)
    }

    /// The plan of a clinic that could not be read: it is blocked, and nothing of it is written.
    #[must_use]
    pub fn unread(clinic: &ClinicId, unread: &Unread) -> Self {
        let mut plan = Self::nothing(clinic);
        plan.blocked.push(Blocked {
            clinic: clinic.clone(),
            rule: unread.word().to_owned(),
            detail: unread.sentence(clinic),
        });
        plan
    }

    pub(super) fn nothing(clinic: &ClinicId) -> Self {
        Self {
            clinic: clinic.clone(),
            changes: Vec::new(),
            impact: Impact::default(),
            people: BTreeMap::new(),
            blocked: Vec::new(),
            findings: Vec::new(),
            notes: Vec::new(),
            work: None,
            known: None,
        }
    }

    fn judged(clinic: &ClinicId, judgements: &[Judgement], sources: &SourceSet) -> Self {
        let mut plan = Self::nothing(clinic);
        plan.findings = judgements.iter().map(|judgement| finding_row(clinic, judgement, sources)).collect();
        plan.blocked = judgements.iter().filter_map(|judgement| blocked(clinic, judgement)).collect();
        plan
    }

    /// Adds what leads `live` where it is to go. `row` makes of a change what the plan shows. Everything else follows from
    /// the two states and the people alone, so that a saved plan can be held against the same thing made once more.
    pub(super) fn lead(&mut self, live: &LiveClinic, aim: Aim, row: impl Fn(&Step, Change) -> PlannedChange) {
        let Aim { wanted, policy, people } = aim;
        let changes = diff(&live.state, &wanted);
        let steps = order(&changes);
        let mut changes: BTreeMap<Resource, Change> =
            changes.into_iter().map(|change| (change.resource.clone(), change)).collect();
        let row = |step: &Step| Some(row(step, changes.remove(&step.write.resource())?));
        self.changes = steps.iter().filter_map(row).collect();
        self.impact = impact(live, &wanted);
        self.people = moved_people(live, &wanted);
        self.work = Some(ClinicWork {
            clinic: live.clinic.clone(),
            revision: live.revision,
            before: live.state.clone(),
            steps,
            wanted,
            policy,
            people,
        });
    }
}

/// Where a clinic is to go.
#[derive(Debug)]
pub(super) struct Aim {
    /// The whole state afterwards.
    pub(super) wanted: ClinicState,
    /// What the fleet says about rules.
    pub(super) policy: Policy,
    /// Whom it is about.
    pub(super) people: Vec<PlannedPerson>,
}

impl Unread {
    /// The word for all that is not forbidden.
    pub(super) const UNREADABLE: &str = "unreadable";

    /// The word that stands in `blocked` in place of a rule.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::Failed(_) => Self::UNREADABLE,
        }
    }

    fn sentence(&self, clinic: &ClinicId) -> String {
        match self {
            Self::Forbidden => format!("the token may not read the clinic `{clinic}`"),
            Self::Failed(why) => format!("the clinic `{clinic}` could not be read: {why}"),
        }
    }
}
