//! What must hold after a run, whatever went wrong in it.

use super::lab::{Lab, Ran};
use crate::support::history;
use crate::support::history::{By, Commit, Sent};
use crate::support::invariants::rights;
use crate::support::oracle::{Committed, replay, violations};
use crate::support::sent::{sent, unanswered};
use clinicctl::domain::{ActorKind, Button, ClinicId, ClinicState, LiveClinic};
use clinicctl::execute::{ClinicOutcome, PerformError, StepOutcome};
use clinicctl::plan::{ClinicWork, Write};
use std::collections::BTreeMap;

/// The clinics as they were before a run.
pub(super) struct Judge<'a> {
    lab: &'a Lab,
    before: BTreeMap<ClinicId, LiveClinic>,
    /// How long each clinic's log was.
    known: BTreeMap<ClinicId, usize>,
}

/// Whether this run made this commit.
fn is_of(ran: &Ran, commit: &Committed) -> bool {
    commit.entry.kind == ActorKind::Service && commit.entry.reference.as_ref() == Some(&ran.reference)
}

/// One clinic before and after a run.
struct Trial<'a> {
    before: &'a LiveClinic,
    after: &'a LiveClinic,
    committed: &'a [Committed],
    ran: &'a Ran,
    work: Option<&'a ClinicWork>,
    outcome: Option<&'a ClinicOutcome>,
}

impl<'a> Judge<'a> {
    /// Looks at clinics that nobody has changed yet.
    pub(super) async fn before(lab: &'a Lab, clinics: &[ClinicId]) -> Self {
        Self { lab, before: lab.live(clinics).await, known: BTreeMap::new() }
    }

    /// How many entries the clinics' logs have, when looked at last.
    pub(super) fn entries(&self) -> u64 {
        self.known.values().map(|known| *known as u64).sum()
    }

    /// Takes whatever happened for given; the next run is judged from here.
    pub(super) async fn skip(&mut self) {
        let clinics: Vec<_> = self.before.keys().cloned().collect();
        self.before = self.lab.live(&clinics).await;
        for clinic in clinics {
            let known = self.lab.console.log(&clinic).await.len();
            self.known.insert(clinic, known);
        }
    }

    /// What is wrong with a run; the next one is judged from here.
    pub(super) async fn judge(&mut self, ran: &Ran) -> Vec<String> {
        self.judge_all(&[ran]).await
    }

    /// The same for runs that happened at the same time.
    pub(super) async fn judge_all(&mut self, runs: &[&Ran]) -> Vec<String> {
        let clinics: Vec<_> = self.before.keys().cloned().collect();
        let now = self.lab.live(&clinics).await;
        let mut found = Vec::new();
        for clinic in &clinics {
            let log = self.lab.console.log(clinic).await;
            let known = self.known.insert(clinic.clone(), log.len()).unwrap_or_default();
            let (before, after) = (&self.before[clinic], &now[clinic]);
            let committed = replay(&before.state, &log[known..]);
            let strangers = committed.iter().filter(|commit| !runs.iter().any(|ran| is_of(ran, commit)));
            let strangers = strangers.filter(|commit| commit.entry.kind == ActorKind::Service);
            let mut wrong: Vec<_> = strangers.map(|commit| format!("whose is {:?}?", commit.entry)).collect();
            for ran in runs {
                wrong.extend(Trial::new((before, after), &committed, ran).wrong());
            }
            if !wrong.is_empty() {
                found.extend(wrong.into_iter().map(|wrong| format!("{clinic}: {wrong}")));
                found.extend(log[known..].iter().map(|entry| format!("  in the log: {entry:?}")));
            }
        }
        if !found.is_empty() {
            for ran in runs {
                let requests = ran.tape.iter().enumerate();
                found.extend(requests.map(|(number, taped)| format!("  {} {number}: {taped}", ran.reference)));
            }
        }
        self.before = now;
        found
    }
}

impl<'a> Trial<'a> {
    fn new((before, after): (&'a LiveClinic, &'a LiveClinic), committed: &'a [Committed], ran: &'a Ran) -> Self {
        let work = ran.assembled.iter().flat_map(|assembled| &assembled.work).find(|it| it.clinic == before.clinic);
        let outcome = ran.outcomes.iter().find(|outcome| outcome.clinic == before.clinic);
        Self { before, after, committed, ran, work, outcome }
    }

    fn wrong(&self) -> Vec<String> {
        let mut found = self.state();
        let goal = self.work.map(|work| rights(&work.wanted, &self.before.directory)).unwrap_or_default();
        found.extend(violations(self.ours(), &goal, &self.before.directory));
        found.extend(self.history());
        found.extend(
            self.ours()
                .filter(|commit| !self.was_planned(commit))
                .map(|commit| format!("entry {}: `{}` was not planned so", commit.entry.seq, commit.entry.resource)),
        );
        found.extend(self.report());
        found
    }

    /// The log leads to the present, one revision an entry.
    fn state(&self) -> Vec<String> {
        let last = self.committed.last().map_or(&self.before.state, |commit| &commit.after);
        let revision = self.before.revision.0 + self.committed.len() as u64;
        let same = *last == self.after.state && revision == self.after.revision.0;
        (!same).then(|| format!("the log leads to {last:?}, not to {:?}", self.after)).into_iter().collect()
    }

    fn history(&self) -> Vec<String> {
        let start = self.before.revision.0;
        let commits = (start + 1..).zip(self.committed).map(|(revision, commit)| Commit {
            revision,
            resource: commit.entry.resource.clone(),
            by: if is_of(self.ran, commit) { By::Us } else { By::Others },
            before: commit.entry.before.clone(),
            after: commit.entry.after.clone(),
        });
        let commits: Vec<_> = commits.collect();
        let shown = self.work.map_or(start, |work| work.revision.0);
        let clinic = self.before.clinic.as_str();
        let mut sent = sent(&self.ran.tape, clinic);
        // A system that was killed may have done what it never answered: then the log tells, once.
        let done = |write: &Sent| {
            let same = |it: &Commit| it.revision == write.left && it.resource == write.resource;
            commits.iter().any(|it| it.by == By::Us && same(it))
        };
        let unanswered = unanswered(&self.ran.tape, clinic).into_iter().filter(done);
        let known: Vec<_> = sent.iter().map(|write| write.left).collect();
        sent.extend(unanswered.filter(|write| !known.contains(&write.left)));
        history::wrong(start, shown, &commits, &sent).iter().map(|wrong| format!("{wrong:?}")).collect()
    }

    fn ours(&self) -> impl Iterator<Item = &'a Committed> {
        let ran = self.ran;
        self.committed.iter().filter(move |commit| is_of(ran, commit))
    }

    /// Whether a commit is a step of the plan, over the value that the plan shows, no more and no less.
    fn was_planned(&self, commit: &Committed) -> bool {
        let Some(work) = self.work else { return false };
        let mut shown = work.before.clone();
        work.steps.iter().any(|step| {
            let planned = did(&step.write, commit) && overwrites_the_same(&step.write, &shown, &commit.before);
            apply(&mut shown, &step.write);
            planned
        })
    }

    /// What the report says of each step is what the log says.
    fn report(&self) -> Vec<String> {
        let (Some(work), Some(outcome)) = (self.work, self.outcome) else { return Vec::new() };
        let steps = work.steps.iter().zip(&outcome.steps);
        let lies = steps.filter_map(|(step, (id, outcome))| {
            assert_eq!(step.id, *id, "one outcome a step");
            let done = self.ours().any(|commit| did(&step.write, commit));
            // Of an answer that never came, a read tells what is, and not by whom.
            let so = self.committed.iter().any(|commit| did(&step.write, commit));
            let lie = match outcome {
                StepOutcome::Done => !so,
                StepOutcome::Skipped => done,
                StepOutcome::Stopped(error) => done && says_not_done(error),
                StepOutcome::AlreadySo => false,
            };
            lie.then(|| format!("step {id} is reported as {outcome:?}; in the log: {done}"))
        });
        lies.collect()
    }
}

/// Whether an error says that the write did not happen.
fn says_not_done(error: &PerformError) -> bool {
    !matches!(error, PerformError::Unknown(_) | PerformError::Unsettled { .. } | PerformError::NoRevision)
}

/// Whether a write finds the same in both states.
fn overwrites_the_same(write: &Write, one: &ClinicState, other: &ClinicState) -> bool {
    match write {
        Write::PutDirection { direction, .. } => one.direction(*direction) == other.direction(*direction),
        Write::PutButton(Button { id, .. }) | Write::DeleteButton(id) => one.button(id) == other.button(id),
        Write::PutOrder(_) => one.order() == other.order(),
    }
}

/// Does to a state what the plan says that a write does.
fn apply(state: &mut ClinicState, write: &Write) {
    match write {
        Write::PutDirection { direction, to } => *state.direction_mut(*direction) = to.clone(),
        Write::PutButton(button) => match state.buttons.iter_mut().find(|known| known.id == button.id) {
            Some(known) => *known = button.clone(),
            None => state.buttons.push(button.clone()),
        },
        Write::DeleteButton(id) => state.buttons.retain(|button| button.id != *id),
        Write::PutOrder(order) => {
            state.buttons.sort_by_key(|button| order.iter().position(|id| *id == button.id));
        }
    }
}

/// Whether a commit is what this write asks for.
fn did(write: &Write, commit: &Committed) -> bool {
    let Committed { entry, after, .. } = commit;
    let same = match write {
        Write::PutDirection { direction, to } => after.direction(*direction) == to,
        Write::PutButton(button) => after.button(&button.id) == Some(button),
        Write::DeleteButton(id) => after.button(id).is_none(),
        Write::PutOrder(order) => after.order() == *order,
    };
    same && entry.resource == write.resource().to_string()
}
