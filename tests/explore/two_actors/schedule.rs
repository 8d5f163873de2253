//! One schedule after the other, and one run of it.

use super::MOST;
use super::clinic::{Scenario, edits};
use super::watch::{Watched, harm_of};
use crate::laws::journey::plan;
use clinicctl::domain::{ClinicId, LiveClinic, Resource, Revision};
use clinicctl::execute::{FatalError, Observed, Options, PerformError, Performed, Port, Sending, run as execute};
use clinicctl::model::{Author, Model, Refusal};
use clinicctl::plan::{ClinicWork, Impact, RemainingWork, Replanned, Write};
use futures_util::FutureExt;
use std::sync::{Mutex, MutexGuard};

/// An executor, the real one or one that is wrong in one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Executor {
    Real,
    /// Writes under whatever revision the clinic has.
    WithoutPrecondition,
    /// Sends a write whose answer is lost once more, under whatever revision the clinic has then.
    RetriesBlindly,
    /// Goes on after every conflict.
    ComparesNothing,
}

/// Every schedule, in turn: which of the possible things happened at each moment, and how many were possible.
#[derive(Debug, Default)]
pub(super) struct Schedules {
    picks: Vec<(usize, usize)>,
    at: usize,
    told: Vec<String>,
}

impl Schedules {
    fn pick(&mut self, possible: usize) -> usize {
        if self.at == self.picks.len() {
            self.picks.push((0, possible));
        }
        let (pick, _) = self.picks[self.at];
        self.at += 1;
        pick
    }

    /// Goes to the next schedule; `false` where there is none.
    pub(super) fn advance(&mut self) -> bool {
        self.at = 0;
        self.told.clear();
        while let Some((pick, possible)) = self.picks.pop() {
            if pick + 1 < possible {
                self.picks.push((pick + 1, possible));
                return true;
            }
        }
        false
    }

    /// What happened in this one.
    pub(super) fn told(&self) -> &[String] {
        &self.told
    }
}

/// What happens around one request.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Happens {
    Nothing,
    Edit(Write),
    /// The person puts back what our last write changed.
    Undo,
    RequestLost,
    AnswerLost,
    CrashBefore,
    CrashAfter,
}

/// How much may still go wrong.
#[derive(Debug, Clone, Copy)]
struct Left {
    all: usize,
    edits: usize,
    lost: usize,
    crashes: usize,
}

impl Left {
    const NOTHING: Self = Self { all: 0, edits: 0, lost: 0, crashes: 0 };
    const START: Self = Self { all: MOST, edits: 2, lost: 2, crashes: 1 };

    fn possible(self, writes: bool, undoable: bool) -> Vec<Happens> {
        let mut possible = vec![Happens::Nothing];
        if self.all == 0 {
            return possible;
        }
        if self.edits > 0 {
            possible.extend(edits().into_iter().map(Happens::Edit));
            possible.extend(undoable.then_some(Happens::Undo));
        }
        if self.lost > 0 && writes {
            possible.extend([Happens::RequestLost, Happens::AnswerLost]);
        }
        if self.crashes > 0 {
            possible.push(Happens::CrashBefore);
            possible.extend(writes.then_some(Happens::CrashAfter));
        }
        possible
    }

    fn take(&mut self, happens: &Happens) {
        match happens {
            Happens::Nothing => return,
            Happens::Edit(_) | Happens::Undo => self.edits -= 1,
            Happens::RequestLost | Happens::AnswerLost => self.lost -= 1,
            Happens::CrashBefore | Happens::CrashAfter => self.crashes -= 1,
        }
        self.all -= 1;
    }
}

/// The port to the model, with the person in the console behind it.
struct Console<'a> {
    world: Mutex<World<'a>>,
    executor: Executor,
}

struct World<'a> {
    model: Model,
    schedules: &'a mut Schedules,
    left: Left,
    watched: Vec<Watched>,
}

/// Runs one schedule to its end; the harm that it does.
pub(super) fn run(scenario: &Scenario, executor: Executor, schedules: &mut Schedules) -> Result<(), String> {
    let model = Model::new([scenario.live()]);
    let world = World { model, schedules, left: Left::START, watched: Vec::new() };
    let console = Console { world: Mutex::new(world), executor };
    let ended = console.apply(scenario)?;
    if ended.is_none() {
        console.apply(scenario)?;
    }
    console.world().left = Left::NOTHING;
    console.converges(scenario)
}

impl<'a> Console<'a> {
    fn world(&self) -> MutexGuard<'_, World<'a>> {
        self.world.lock().expect("no test panics while it holds the world")
    }

    fn live(&self, scenario: &Scenario) -> LiveClinic {
        self.world().model.observe(&scenario.live().clinic).expect("the clinic is there").clone()
    }

    /// Plans and carries out; whether it ended well, nothing where it died.
    fn apply(&self, scenario: &Scenario) -> Result<Option<bool>, String> {
        let live = self.live(scenario);
        let planned = plan(&scenario.desired(), &live, false);
        let Some(work) = planned.work else { return Ok(Some(planned.blocked.is_empty())) };
        let again = |rest: &RemainingWork<'_>, live: &LiveClinic| self.again(scenario, &planned.impact, rest, live);
        let works = std::slice::from_ref(&work);
        let options = Options::default();
        let outcomes = execute(self, works, &again, &options, |_| ()).now_or_never();
        self.no_harm(&work, &live)?;
        Ok(outcomes.map(|outcomes| outcomes[0].stop.is_none()))
    }

    fn again(&self, scenario: &Scenario, shown: &Impact, rest: &RemainingWork<'_>, live: &LiveClinic) -> Replanned {
        match self.executor {
            Executor::ComparesNothing => Replanned::Same { wanted: rest.work.wanted.clone() },
            Executor::Real | Executor::WithoutPrecondition | Executor::RetriesBlindly => {
                rest.compare(shown, live, plan(&scenario.desired(), live, false))
            }
        }
    }

    fn no_harm(&self, work: &ClinicWork, live: &LiveClinic) -> Result<(), String> {
        let watched = std::mem::take(&mut self.world().watched);
        let mut numbered = watched.iter().enumerate();
        numbered.try_for_each(|(at, write)| harm_of(write, &watched[..at], work, &live.directory))
    }

    /// Without interference one more run reaches what the files say, and then there is nothing to do.
    fn converges(&self, scenario: &Scenario) -> Result<(), String> {
        if !plan(&scenario.desired(), &self.live(scenario), false).blocked.is_empty() {
            return Ok(());
        }
        if self.apply(scenario)? != Some(true) {
            return Err("a run without interference does not end well".to_owned());
        }
        match plan(&scenario.desired(), &self.live(scenario), false).work {
            None => Ok(()),
            Some(work) => Err(format!("it does not converge: {:?} is left", work.steps)),
        }
    }

    /// Lets happen what the schedule says around this request; edits are made on the way.
    fn around(&self, writes: bool) -> Happens {
        let mut world = self.world();
        loop {
            let undo = world.undo();
            let mut possible = world.left.possible(writes, undo.is_some());
            let pick = world.schedules.pick(possible.len());
            let happens = possible.swap_remove(pick);
            world.left.take(&happens);
            world.schedules.told.push(format!("{happens:?}"));
            match (happens, undo) {
                (Happens::Edit(edit), _) | (Happens::Undo, Some(edit)) => world.edit(&edit),
                (happens, _) => return happens,
            }
        }
    }

    fn read(&self, clinic: &ClinicId) -> Observed {
        let world = self.world();
        world.model.observe(clinic).map_or(Observed::Missing, |live| Observed::Live(Box::new(live.clone())))
    }

    fn write(
        &self,
        clinic: &ClinicId,
        precondition: Option<Revision>,
        write: &Write,
    ) -> Result<Performed, PerformError> {
        let mut world = self.world();
        let live = world.model.observe(clinic).expect("the clinic is there").clone();
        let named = precondition.filter(|_| self.executor != Executor::WithoutPrecondition);
        let revision = named.unwrap_or(live.revision);
        let answer = world.model.perform(clinic, Some(revision), write, &Author::service("config-pipeline"));
        let answer = answer.map_err(|refusal| refused(&refusal))?;
        let after = world.model.observe(clinic).expect("the clinic is there").state.clone();
        world.watched.push(Watched { resource: write.resource(), before: live.state, after });
        Ok(Performed { revision: answer.revision, changed: answer.changed() })
    }
}

impl World<'_> {
    fn edit(&mut self, edit: &Write) {
        let clinic = crate::support::world::clinic_id("norrtull");
        let revision = self.model.observe(&clinic).map(|live| live.revision);
        // The console may refuse it, as it may refuse anybody.
        let _answer = self.model.perform(&clinic, revision, edit, &Author::person("karin.holm"));
    }

    /// What puts back what our last write changed.
    fn undo(&self) -> Option<Write> {
        let Watched { resource, before, after: _ } = self.watched.last().filter(|last| last.before != last.after)?;
        Some(match resource {
            Resource::Direction(kind) => Write::PutDirection { direction: *kind, to: before.direction(*kind).clone() },
            Resource::Button(id) => match before.button(id) {
                Some(button) => Write::PutButton(button.clone()),
                None => Write::DeleteButton(id.clone()),
            },
            Resource::ButtonOrder => Write::PutOrder(before.order()),
        })
    }
}

impl Port for Console<'_> {
    type Tries = ();

    async fn observe(&self, clinic: &ClinicId) -> Result<Observed, FatalError> {
        if self.around(false) == Happens::CrashBefore {
            std::future::pending::<()>().await;
        }
        Ok(self.read(clinic))
    }

    async fn observe_with_people(&self, clinic: &ClinicId) -> Result<Observed, FatalError> {
        self.observe(clinic).await
    }

    async fn perform(
        &self,
        Sending { clinic, precondition, write, reference: _ }: Sending<'_>,
        (): &mut (),
    ) -> Result<Performed, PerformError> {
        let happens = self.around(true);
        if happens == Happens::CrashBefore {
            std::future::pending::<()>().await;
        }
        let answer =
            if happens == Happens::RequestLost { Err(lost()) } else { self.write(clinic, Some(precondition), write) };
        if happens == Happens::CrashAfter {
            std::future::pending::<()>().await;
        }
        let is_lost = matches!(happens, Happens::RequestLost | Happens::AnswerLost);
        match is_lost && self.executor == Executor::RetriesBlindly {
            true => {
                self.around(false);
                self.write(clinic, None, write)
            }
            false if is_lost => Err(lost()),
            false => answer,
        }
    }

    async fn once_more(&self, (): &mut ()) -> bool {
        true
    }
}

fn lost() -> PerformError {
    PerformError::Unknown("the connection was reset".to_owned())
}

fn refused(refusal: &Refusal) -> PerformError {
    match refusal {
        Refusal::UnknownClinic(_) => PerformError::Missing,
        Refusal::UnknownButton => PerformError::Gone,
        Refusal::Conflict { current } => PerformError::Conflict { current: Some(*current) },
        Refusal::Content(_) | Refusal::PreconditionMissing => PerformError::Failed(refusal.to_string()),
    }
}
