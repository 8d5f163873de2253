//! Whether a saved plan shows what it would do: everything that follows from its work is made again, by the functions
//! that make a plan, and compared.

use super::SavedPlan;
use crate::diagnostic::Severity;
use crate::domain::{ButtonId, ClinicId, ClinicState, Field};
use crate::plan::assemble::{accepts, assemble};
use crate::plan::clinic::Aim;
use crate::plan::origins::{bare_row, items};
use crate::plan::person::concerned;
use crate::plan::{
    Assembled, Because, Blocked, ClinicPlan, ClinicWork, FieldRow, FindingRow, GUARDS, GuardSettings, Header, Plan,
    PlannedChange, Summary, Unread, Write,
};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// In what a saved plan does not fit together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// This part is not what the work gives.
    #[error("what it shows under `{0}` is not what its work would do")]
    Shown(&'static str),
    /// The work of this clinic is not what leads from its state before to the one that is wanted.
    #[error("its work for `{0}` is not what leads that clinic from `before` to `wanted`")]
    Work(ClinicId),
    /// Two parts contradict each other, or one contradicts itself.
    #[error("its `{0}` cannot be so")]
    Claim(&'static str),
}

impl SavedPlan {
    /// Whether everything that the plan shows is what it would do.
    pub(super) fn fits(&self) -> Result<(), Unfit> {
        self.work.par_iter().try_for_each(|work| if work.can_be() { Ok(()) } else { Err(work.unfit()) })?;
        if !self.work.is_sorted_by(|one, next| one.clinic < next.clinic) {
            return Err(Unfit::Claim("work"));
        }
        self.claims_fit()?;
        let again = self.made_again();
        let wrong = self.work.iter().zip(&again.work).find(|(work, again)| work != again);
        wrong.map_or(Ok(()), |(work, _)| Err(work.unfit()))?;
        self.shows(again.plan)
    }

    /// The plan that the work gives.
    fn made_again(&self) -> Assembled {
        let accepted = self.plan.guards.iter().filter(|row| row.accepted).map(|row| row.guard.clone());
        let header = Header {
            fleet: String::new(),
            system: String::new(),
            reference: None,
            guards: GuardSettings::of_saved(&self.limits, accepted.collect()),
            findings: Vec::new(),
        };
        assemble(header, self.work.par_iter().map(ClinicWork::planned_again).collect())
    }

    fn shows(&self, again: Plan) -> Result<(), Unfit> {
        let Plan { summary, changes, impact, people, guards, .. } = &self.plan;
        let wrote: BTreeSet<_> = self.work.iter().map(|work| &work.clinic).collect();
        let others = self.plan.blocked.iter().map(|row| &row.clinic).filter(|clinic| !wrote.contains(clinic));
        let clinics = wrote.len() + others.collect::<BTreeSet<_>>().len();
        let counts = Summary { clinics: summary.clinics.max(clinics), ..again.summary };
        let parts = [
            ("changes", changes.len() == again.changes.len() && changes.iter().zip(&again.changes).all(is_shown)),
            ("impact", *impact == again.impact),
            ("people", *people == again.people),
            ("guards", *guards == again.guards),
            ("summary", *summary == counts),
        ];
        parts.into_iter().find(|(_, fits)| !fits).map_or(Ok(()), |(part, _)| Err(Unfit::Shown(part)))
    }

    /// Whether what does not follow from the work could be so beside it.
    fn claims_fit(&self) -> Result<(), Unfit> {
        let Plan { changes, findings, guards, reference, system, .. } = &self.plan;
        let names = GUARDS.iter().map(|guard| guard.name);
        let logged = accepts(guards).is_none_or(|accepts| {
            let rest = reference.as_ref().and_then(|said| said.strip_prefix(&accepts));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(": "))
        });
        let deletes = |work: &ClinicWork| work.steps.iter().any(|step| matches!(step.write, Write::DeleteButton(_)));
        let claims = [
            ("system", system == self.binding.name()),
            ("limits", self.limits.keys().map(String::as_str).eq(names)),
            ("prune", self.prune || !self.work.iter().any(deletes)),
            ("reference", logged),
            ("because", changes.iter().all(PlannedChange::says_why)),
            ("changes", changes.iter().flat_map(|change| &change.fields).all(admits_who_comes)),
            ("findings", findings.iter().all(is_weighed)),
            ("blocked", self.blocked_by_what_is_found()),
        ];
        claims.into_iter().find(|(_, fits)| !fits).map_or(Ok(()), |(part, _)| Err(Unfit::Claim(part)))
    }

    /// A clinic is blocked by each error that is found in it, or because it could not be read; and none is written that is.
    fn blocked_by_what_is_found(&self) -> bool {
        let Plan { blocked, findings, .. } = &self.plan;
        let wrote: BTreeSet<_> = self.work.iter().map(|work| &work.clinic).collect();
        let unread = [Unread::Forbidden.word(), Unread::UNREADABLE];
        let by_rules = blocked.iter().filter(|row| !unread.contains(&row.rule.as_str()));
        let mut by_rules: Vec<_> =
            by_rules.map(|Blocked { clinic, rule, detail }| (clinic, rule.as_str(), detail.as_str())).collect();
        let errors = findings.iter().filter(|row| row.severity == Severity::Error);
        let mut errors: Vec<_> =
            errors.filter_map(|row| Some((row.clinic.as_ref()?, row.rule.as_str(), row.message.as_str()))).collect();
        by_rules.sort_unstable();
        errors.sort_unstable();
        by_rules == errors && blocked.iter().all(|row| !wrote.contains(&row.clinic))
    }
}

impl ClinicWork {
    /// Whether these could be two states of a clinic and an excerpt of its directory.
    fn can_be(&self) -> bool {
        self.people.is_sorted_by(|one, next| one.id < next.id)
            && self.before != self.wanted
            && [&self.before, &self.wanted].into_iter().all(has_each_button_once)
    }

    /// The plan of the clinic, from the two states and the people alone.
    fn planned_again(&self) -> ClinicPlan {
        let live = self.as_planned();
        let whom: BTreeSet<_> = concerned(&live, &self.wanted).into_iter().map(|person| person.id).collect();
        let people = self.people.iter().filter(|person| whom.contains(&person.id)).cloned().collect();
        let aim = Aim { wanted: self.wanted.clone(), policy: self.policy.clone(), people };
        let mut plan = ClinicPlan::nothing(&self.clinic);
        plan.lead(&live, aim, |step, change| bare_row(&self.clinic, step, change));
        plan
    }

    fn unfit(&self) -> Unfit {
        Unfit::Work(self.clinic.clone())
    }
}

fn has_each_button_once(state: &ClinicState) -> bool {
    let ids: BTreeSet<&ButtonId> = state.buttons.iter().map(|button| &button.id).collect();
    ids.len() == state.buttons.len()
}

/// Whether a change is this one, whatever it says about files and about its past.
fn is_shown((shown, again): (&PlannedChange, &PlannedChange)) -> bool {
    let bare = |row: &FieldRow| FieldRow { origin: None, people: Vec::new(), ..row.clone() };
    let shown = PlannedChange {
        because: Because::Intent,
        applied: None,
        last_change: None,
        fields: shown.fields.iter().map(bare).collect(),
        ..shown.clone()
    };
    shown == *again
}

/// A line admits somebody who comes, and each person once.
fn admits_who_comes(row: &FieldRow) -> bool {
    let (stood, stand) = (items(row.before.as_ref()), items(row.after.as_ref()));
    let comes = |id: &str| stand.contains(id) && !stood.contains(id);
    row.people.iter().all(|admitted| row.path == Field::AccessibleTo && comes(admitted.person.as_str()))
        && row.people.is_sorted_by(|one, next| one.person < next.person)
}

/// What is already so or waived is no error, and not both.
fn is_weighed(row: &FindingRow) -> bool {
    match (row.already_so, &row.waived) {
        (false, None) => true,
        (true, Some(_)) => false,
        (true, None) | (false, Some(_)) => row.severity != Severity::Error,
    }
}
