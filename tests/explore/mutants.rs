//! Wrong planners. Each is the real one with one thing taken away, turned round or split, and the explorer must find
//! the harm that it does.

use clinicctl::diff::{Change, ResourceState};
use clinicctl::domain::{Access, Direction, Resource};
use clinicctl::plan::Phase::{ButtonOrder, Buttons, CloseButtons, GiveRights, TakeRights};
use clinicctl::plan::{Edge, Phase, Sequence, Step, Write, order, order_with};

/// A planner that is wrong in one way.
pub(crate) struct Mutant {
    /// What is wrong with it.
    pub name: &'static str,
    /// The wrong planner.
    pub plan: fn(&[Change]) -> Vec<Step>,
    /// What the explorer says about the first pair that it finds.
    pub harm: &'static str,
}

/// All of them.
pub(crate) const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "messaging, buttons and their order as the files list them",
        plan: |changes| in_phases([], changes),
        harm: "I1",
    },
    Mutant {
        name: "rights are taken before buttons are hidden",
        plan: |changes| in_phases([TakeRights, CloseButtons, GiveRights, Buttons, ButtonOrder], changes),
        harm: "I1",
    },
    Mutant {
        name: "buttons open before rights are given",
        plan: |changes| in_phases([CloseButtons, TakeRights, Buttons, GiveRights, ButtonOrder], changes),
        harm: "I1",
    },
    Mutant {
        name: "buttons are ordered before they exist",
        plan: |changes| in_phases([CloseButtons, TakeRights, GiveRights, ButtonOrder, Buttons], changes),
        harm: "is refused",
    },
    Mutant {
        name: "incoming goes off without waiting for the buttons that lead to it",
        plan: |changes| without(Edge::CloseBeforeIncomingGoesOff, changes),
        harm: "I1",
    },
    Mutant {
        name: "buttons open without waiting for incoming",
        plan: |changes| without(Edge::OpenAfterIncomingIsOn, changes),
        harm: "I1",
    },
    Mutant {
        name: "new buttons come in any order",
        plan: |changes| without(Edge::CreateInTurn, changes),
        harm: "the goal is not reached",
    },
    Mutant {
        name: "buttons are ordered without waiting for new ones",
        plan: |changes| without(Edge::OrderComesLast, changes),
        harm: "is refused",
    },
    Mutant {
        name: "a direction's switch is written before its list",
        plan: |changes| split(changes, |before, after| Direction { enabled: after.enabled, ..before }),
        harm: "I2",
    },
    Mutant {
        name: "a direction's list is written before its switch",
        plan: |changes| split(changes, |before, after| Direction { enabled: before.enabled, ..after }),
        harm: "I2",
    },
    Mutant {
        name: "a direction is open to everyone for a moment",
        plan: |changes| split(changes, |_, _| Direction { enabled: true, accessible_to: Access::Everyone }),
        harm: "I3",
    },
    Mutant { name: "the last step is forgotten", plan: one_short, harm: "the goal is not reached" },
];

/// The real planner with its phases in another order.
pub(crate) fn in_phases<const N: usize>(phases: [Phase; N], changes: &[Change]) -> Vec<Step> {
    order_with(Sequence { phases: &phases, ..Sequence::SAFE }, changes)
}

fn without(edge: Edge, changes: &[Change]) -> Vec<Step> {
    let edges: Vec<_> = Sequence::SAFE.edges.iter().copied().filter(|other| *other != edge).collect();
    order_with(Sequence { edges: &edges, ..Sequence::SAFE }, changes)
}

fn one_short(changes: &[Change]) -> Vec<Step> {
    let mut steps = order(changes);
    steps.pop();
    steps
}

/// The real steps one after another, and each direction in two writes, of which `half` says the first.
fn split(changes: &[Change], half: fn(Direction, Direction) -> Direction) -> Vec<Step> {
    let writes = order(changes).into_iter().flat_map(|step| match &step.write {
        Write::PutDirection { direction, to } => {
            let before = before(changes, &step.write.resource());
            let first = half(before.clone(), to.clone());
            let useless = first == before || first == *to;
            let first = (!useless).then_some(Write::PutDirection { direction: *direction, to: first });
            first.into_iter().chain([step.write]).collect()
        }
        Write::PutButton(_) | Write::DeleteButton(_) | Write::PutOrder(_) => vec![step.write],
    });
    (1..).zip(writes).map(|(id, write)| Step { id, write, waits_for: (1..id).collect() }).collect()
}

fn before(changes: &[Change], resource: &Resource) -> Direction {
    let change = changes.iter().find(|change| change.resource == *resource);
    match change.and_then(|change| change.before.clone()) {
        Some(ResourceState::Direction(before)) => before,
        other => panic!("{resource} was {other:?}"),
    }
}
