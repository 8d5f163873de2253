//! One plan from the plans of its clinics.

use super::document::FORMAT;
use super::guard::exceeded;
use super::{
    ClinicPlan, ClinicWork, FindingRow, GuardLimits, GuardRow, GuardSettings, Impact, Plan, PlanContext, PlannedChange,
    Redaction, Step, Summary,
};
use crate::diff::{Action, Known};
use crate::domain::DesiredFleet;
use crate::rules;
use std::collections::{BTreeMap, BTreeSet};

/// What a plan says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The fleet's name.
    pub fleet: String,
    /// The system's origin, or `embedded`.
    pub system: String,
    /// The commit or pull request that the run names.
    pub reference: Option<String>,
    /// What the guards are measured against.
    pub guards: GuardSettings,
    /// Findings that are about no single clinic: warnings of the files, and what [`unknown_members`] finds.
    pub findings: Vec<FindingRow>,
}

/// A plan for people and other programs, and the work that carries it out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assembled {
    /// The document.
    pub plan: Plan,
    /// What to do, clinic by clinic; clinics without work are not in it.
    pub work: Vec<ClinicWork>,
    /// What the guards allow, whether it is exceeded or not.
    pub limits: GuardLimits,
}

/// Joins the plans of clinics, in the order of their ids. Ids of changes count on from clinic to clinic.
#[must_use]
pub fn assemble(header: Header, mut clinics: Vec<ClinicPlan>) -> Assembled {
    clinics.sort_by(|a, b| a.clinic.cmp(&b.clinic));
    let Header { fleet, system, reference, guards, findings } = header;
    let limits = guards.allowed();
    let guards = exceeded(&guards, &clinics);
    let plan = Plan {
        format: FORMAT.to_owned(),
        fleet,
        system,
        reference: recorded(reference, &guards),
        names: Redaction::Told,
        summary: summary(&clinics),
        changes: Vec::new(),
        impact: Impact::default(),
        people: BTreeMap::new(),
        blocked: Vec::new(),
        findings,
        guards,
        notes: Vec::new(),
        drift_unknown: None,
    };
    let mut assembled = Assembled { plan, work: Vec::new(), limits };
    for clinic in clinics {
        assembled.add(clinic);
    }
    sort_findings(&mut assembled.plan.findings);
    assembled
}

/// What the live system's change log shall say: which guards a person accepted, and then the reference of the run. What
/// is too long for the log is cut at its end, so that the acceptance stands first.
fn recorded(reference: Option<String>, guards: &[GuardRow]) -> Option<String> {
    let Some(accepts) = accepts(guards) else { return reference };
    Some(reference.map_or(accepts.clone(), |reference| format!("{accepts}: {reference}")))
}

/// What the change log says of the guards that a person accepted, where there is one.
pub(super) fn accepts(guards: &[GuardRow]) -> Option<String> {
    let accepted: Vec<_> = guards.iter().filter(|row| row.accepted).map(|row| row.guard.as_str()).collect();
    (!accepted.is_empty()).then(|| format!("accepts {}", accepted.join(", ")))
}

/// What only a whole run can tell: members of groups whom none of the clinics read knows, for [`Header::findings`].
#[must_use]
pub fn unknown_members(fleet: &DesiredFleet, context: &PlanContext<'_>, clinics: &[ClinicPlan]) -> Vec<FindingRow> {
    let mut known = Known::default();
    let mut read = BTreeSet::new();
    for (clinic, knows) in clinics.iter().filter_map(|plan| Some((&plan.clinic, plan.known.as_ref()?))) {
        known.join(knows.clone());
        read.insert(clinic.clone());
    }
    let findings = rules::unknown_members(fleet, context.members, &known, &read);
    findings.iter().map(|finding| FindingRow::of(finding, context.sources)).collect()
}

fn summary(clinics: &[ClinicPlan]) -> Summary {
    let count = |action| clinics.iter().flat_map(|plan| &plan.changes).filter(|change| change.action == action).count();
    Summary {
        clinics: clinics.len(),
        clinics_changed: clinics.iter().filter(|plan| !plan.changes.is_empty()).count(),
        create: count(Action::Create),
        update: count(Action::Update),
        delete: count(Action::Delete),
    }
}

impl Assembled {
    fn add(&mut self, clinic: ClinicPlan) {
        let ClinicPlan { clinic: _, changes, impact, people, blocked, findings, notes, work, known: _ } = clinic;
        let offset = u32::try_from(self.plan.changes.len()).unwrap_or(u32::MAX);
        self.plan.changes.extend(changes.into_iter().map(|change| shift_change(change, offset)));
        let Impact { gain, lose, menus, single_responders, pictures } = impact;
        self.plan.impact.gain.extend(gain);
        self.plan.impact.lose.extend(lose);
        self.plan.impact.menus.extend(menus);
        self.plan.impact.single_responders.extend(single_responders);
        self.plan.impact.pictures.extend(pictures);
        self.plan.people.extend(people);
        self.plan.blocked.extend(blocked);
        self.plan.findings.extend(findings);
        self.plan.notes.extend(notes);
        self.work.extend(work.map(|work| shift_work(work, offset)));
    }
}

fn shift_change(mut change: PlannedChange, offset: u32) -> PlannedChange {
    shift(&mut change.id, &mut change.waits_for, offset);
    change
}

fn shift_work(mut work: ClinicWork, offset: u32) -> ClinicWork {
    for Step { id, write: _, waits_for } in &mut work.steps {
        shift(id, waits_for, offset);
    }
    work
}

fn shift(id: &mut u32, waits_for: &mut [u32], offset: u32) {
    for id in waits_for.iter_mut().chain([id]) {
        *id = id.saturating_add(offset);
    }
}

/// By file and place; what has no place comes last, clinic by clinic.
fn sort_findings(findings: &mut [FindingRow]) {
    findings.sort_by_cached_key(|row| {
        let FindingRow { rule, severity, clinic, message, help: _, already_so: _, waived: _, location } = row;
        (location.is_none(), location.clone(), clinic.clone(), *severity, rule.clone(), message.clone())
    });
}
