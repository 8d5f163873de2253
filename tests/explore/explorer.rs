//! Runs the steps of a planner in every order that they allow, and looks at every state on the way.

use super::lab::{Lab, StateId, WriteId};
use super::slices::{Slice, Team};
use crate::support::invariants::may_be_wanted;
use clinicctl::diff::{Change, diff};
use clinicctl::domain::ClinicState;
use clinicctl::plan::Step;
use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;

/// What orders the writes that carry out changes.
pub(crate) type Planner = fn(&[Change]) -> Vec<Step>;

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    /// Pairs of start and goal.
    pub pairs: usize,
    /// Moments in them: which steps are done, and the state that they led to.
    pub moments: usize,
}

/// A pair whose steps do something wrong.
#[derive(Debug)]
pub(crate) struct Violation {
    start: ClinicState,
    goal: ClinicState,
    steps: Vec<Step>,
    what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { start, goal, steps, what } = self;
        write!(f, "{what}\nstart: {start:#?}\ngoal: {goal:#?}\nsteps: {steps:#?}")
    }
}

/// Explores every pair of `slice`.
///
/// # Errors
/// The first pair that goes wrong.
pub(crate) fn explore(team: Team, slice: Slice, planner: Planner) -> Result<Counts, Box<Violation>> {
    let mut lab = Lab::new(team.directory());
    let mut counts = Counts::default();
    let mut plans = Plans { planner, known: HashMap::new() };
    for (start, goal) in slice.parts().pairs(team) {
        if !may_be_wanted(&start, &goal, lab.directory()) {
            continue;
        }
        let pair = Pair { start: lab.number(start), goal: lab.number(goal) };
        counts.pairs += 1;
        counts.moments += walk(&mut lab, &mut plans, pair).map_err(|what| {
            let (start, goal) = (lab.state(pair.start).clone(), lab.state(pair.goal).clone());
            let steps = planner(&diff(&start, &goal));
            Box::new(Violation { start, goal, steps, what })
        })?;
    }
    Ok(counts)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Pair {
    start: StateId,
    goal: StateId,
}

/// A step as numbers: what it writes, and which steps it waits for, one bit each.
#[derive(Debug, Clone, Copy)]
struct Numbered {
    write: WriteId,
    waits_for: u32,
}

/// The plans that were made, each once.
struct Plans {
    planner: Planner,
    known: HashMap<Pair, Rc<[Numbered]>>,
}

impl Plans {
    fn of(&mut self, lab: &mut Lab, pair: Pair) -> Result<Rc<[Numbered]>, String> {
        if let Some(known) = self.known.get(&pair) {
            return Ok(Rc::clone(known));
        }
        let (start, goal) = (lab.state(pair.start), lab.state(pair.goal));
        let steps = (self.planner)(&diff(start, goal));
        let numbered: Rc<[Numbered]> = number(lab, &steps)?.into();
        self.known.insert(pair, Rc::clone(&numbered));
        Ok(numbered)
    }
}

/// The steps as numbers. A step may wait only for steps before it, so that the plan's own order is always one of those
/// that `waits_for` allows.
fn number(lab: &mut Lab, steps: &[Step]) -> Result<Vec<Numbered>, String> {
    let mut numbered = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let waits_for = step.waits_for.iter().map(|id| steps[..at].iter().position(|other| other.id == *id));
        let waits_for = waits_for.map(|at| at.map(|at| 1_u32 << at)).sum::<Option<u32>>();
        let waits_for = waits_for.ok_or_else(|| format!("step {} waits for one that is not before it", step.id))?;
        numbered.push(Numbered { write: lab.write_number(&step.write), waits_for });
    }
    Ok(numbered)
}

/// Which steps are done, one bit each, and the state that they led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment {
    done: u32,
    state: StateId,
}

/// Walks through every moment between start and goal; how many there are.
fn walk(lab: &mut Lab, plans: &mut Plans, pair: Pair) -> Result<usize, String> {
    let steps = plans.of(lab, pair)?;
    let all = (1_u32 << steps.len()) - 1;
    let mut moments = vec![Moment { done: 0, state: pair.start }];
    let mut next = 0;
    while let Some(now) = moments.get(next).copied() {
        next += 1;
        if now.done == all {
            reached(lab, pair, now.state)?;
            continue;
        }
        for later in successors(lab, &steps, now)? {
            check(lab, pair, now.state, later.state)?;
            if !moments.contains(&later) {
                moments.push(later);
            }
        }
    }
    for at in moments.iter().filter(|moment| moment.done != all) {
        plan_again(lab, plans, Crash { pair, steps: &steps, at: *at })?;
    }
    Ok(moments.len())
}

/// Law 2: what stands at the end is the goal, and so nothing is left that the start broke and the goal does not.
fn reached(lab: &Lab, pair: Pair, end: StateId) -> Result<(), String> {
    if end == pair.goal {
        return Ok(());
    }
    Err(format!("the goal is not reached, but {:#?}", lab.state(end)))
}

/// Every moment that one step more can lead to.
fn successors(lab: &mut Lab, steps: &[Numbered], now: Moment) -> Result<Vec<Moment>, String> {
    let mut successors = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let bit = 1 << at;
        if now.done & bit == 0 && step.waits_for & !now.done == 0 {
            let state = perform(lab, now.state, step.write)?;
            successors.push(Moment { done: now.done | bit, state });
        }
    }
    Ok(successors)
}

fn perform(lab: &mut Lab, state: StateId, write: WriteId) -> Result<StateId, String> {
    lab.perform(state, write).map_err(|refusal| format!("{:?} is refused: {refusal}", lab.write(write)))
}

/// Law 4: one step breaks nothing further, and nobody holds a right that neither start nor goal gives.
fn check(lab: &Lab, pair: Pair, before: StateId, after: StateId) -> Result<(), String> {
    let (before, now) = (lab.facts(before), lab.facts(after));
    let given = lab.facts(pair.start).rights | lab.facts(pair.goal).rights;
    match (now.broken & !before.broken, now.rights & !given) {
        (0, 0) => Ok(()),
        (0, _) => Err(format!("I3 is broken by {:#?}", lab.state(after))),
        (further, _) if further & 0b11 != 0 => Err(format!("I1 is broken by {:#?}", lab.state(after))),
        _ => Err(format!("I2 is broken by {:#?}", lab.state(after))),
    }
}

/// A run that ended at a moment of its plan.
#[derive(Clone, Copy)]
struct Crash<'a> {
    pair: Pair,
    steps: &'a [Numbered],
    at: Moment,
}

/// Law 5: planning again from where a run ended reaches the goal and sends nothing twice.
fn plan_again(lab: &mut Lab, plans: &mut Plans, crash: Crash<'_>) -> Result<(), String> {
    let Crash { pair, steps, at } = crash;
    let rest = plans.of(lab, Pair { start: at.state, goal: pair.goal })?;
    let mut state = at.state;
    for step in &*rest {
        let twice = steps.iter().enumerate().any(|(bit, done)| at.done & 1 << bit != 0 && done.write == step.write);
        if twice {
            return Err(format!("after a crash, sent a second time: {:?}", lab.write(step.write)));
        }
        let before = state;
        state = perform(lab, before, step.write)?;
        check(lab, pair, before, state)?;
    }
    reached(lab, pair, state)
}
