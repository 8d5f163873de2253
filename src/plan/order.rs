//! The order of one clinic's writes: close from the outside in, open from the inside out.
//!
//! ```text
//!   CLOSING                                                   OPENING
//!   1 CloseButtons   what leads to a new message goes         4 Buttons        ... and comes, last
//!        |                                                         ^
//!        v                                                         |
//!   2 TakeRights     directions that only take rights  --->   3 GiveRights     all other directions
//!
//!   5 ButtonOrder    the menu, if creating and deleting alone did not lead to it
//!   (6               the executor's read-back, which must equal what was wanted)
//! ```
//!
//! One write a resource, each with the whole final state, so that switch and access of a direction change together. A
//! phase says when a write is sent; an [`Edge`] says which of that is needed, and is what `waits_for` shows. Both are
//! data, so that a test can take one away and see an invariant break.

use super::{Step, Write};
use crate::diff::{Action, Change, ResourceState};
use crate::domain::{Access, Button, Direction, DirectionKind, Resource};

/// When a change is written. Every change belongs to exactly one phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Active `new_message` buttons that go: hidden, led elsewhere or deleted.
    CloseButtons,
    /// Directions in which no person gains a right.
    TakeRights,
    /// All other directions.
    GiveRights,
    /// All other buttons: changed, new and deleted.
    Buttons,
    /// The order of the buttons.
    ButtonOrder,
}

impl Phase {
    /// The phase of a change.
    #[must_use]
    pub fn of(change: &Change) -> Self {
        match &change.resource {
            Resource::Direction(_) if takes_only(change) => Self::TakeRights,
            Resource::Direction(_) => Self::GiveRights,
            Resource::Button(_) if closes_a_button(change) => Self::CloseButtons,
            Resource::Button(_) => Self::Buttons,
            Resource::ButtonOrder => Self::ButtonOrder,
        }
    }
}

/// A reason why one write needs another one done before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// Incoming is switched off after the buttons that lead to it are gone: none of them may lead nowhere.
    CloseBeforeIncomingGoesOff,
    /// A button that leads to a new message opens after incoming is on, for the same reason.
    OpenAfterIncomingIsOn,
    /// New buttons come one after another: each goes to the end of the menu.
    CreateInTurn,
    /// An order names exactly the buttons that exist: it comes after what creates and deletes.
    OrderComesLast,
}

impl Edge {
    /// Whether `then` must wait for `first`, an earlier write of the same clinic.
    #[must_use]
    pub fn binds(self, first: &Change, then: &Change) -> bool {
        match self {
            Self::CloseBeforeIncomingGoesOff => closes_a_button(first) && turns_incoming(then, false),
            Self::OpenAfterIncomingIsOn => turns_incoming(first, true) && opens_a_button(then),
            Self::CreateInTurn => first.action() == Action::Create && then.action() == Action::Create,
            Self::OrderComesLast => first.action() != Action::Update && then.resource == Resource::ButtonOrder,
        }
    }
}

/// The phases in their order, and the edges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sequence<'a> {
    /// First to last. A change whose phase is missing comes after all others.
    pub phases: &'a [Phase],
    /// In no particular order.
    pub edges: &'a [Edge],
}

impl Sequence<'static> {
    /// The order that keeps the invariants at every moment.
    pub const SAFE: Self = Self {
        phases: &[Phase::CloseButtons, Phase::TakeRights, Phase::GiveRights, Phase::Buttons, Phase::ButtonOrder],
        edges: &[
            Edge::CloseBeforeIncomingGoesOff,
            Edge::OpenAfterIncomingIsOn,
            Edge::CreateInTurn,
            Edge::OrderComesLast,
        ],
    };
}

/// The writes that carry out `changes`, in the order that keeps the invariants. Ids count from 1;
/// [`assemble`](super::assemble()) makes them unique.
#[must_use]
pub fn order(changes: &[Change]) -> Vec<Step> {
    order_with(Sequence::SAFE, changes)
}

/// The writes that carry out `changes`, in the order of any sequence.
#[must_use]
pub fn order_with(sequence: Sequence<'_>, changes: &[Change]) -> Vec<Step> {
    let changes = sorted(sequence, changes);
    let steps = changes.iter().enumerate().filter_map(|(at, change)| {
        let waits_for = waits_for(sequence, &changes[..at], change);
        Some(Step { id: id(at), write: write(change)?, waits_for })
    });
    steps.collect()
}

fn sorted<'a>(sequence: Sequence<'_>, changes: &'a [Change]) -> Vec<&'a Change> {
    let mut sorted: Vec<&Change> = changes.iter().collect();
    sorted.sort_by_key(|change| {
        let phase = Phase::of(change);
        sequence.phases.iter().position(|other| *other == phase).unwrap_or(sequence.phases.len())
    });
    sorted
}

fn waits_for(sequence: Sequence<'_>, earlier: &[&Change], change: &Change) -> Vec<u32> {
    let needed = |first: &Change| sequence.edges.iter().any(|edge| edge.binds(first, change));
    earlier.iter().enumerate().filter(|(_, first)| needed(first)).map(|(at, _)| id(at)).collect()
}

fn id(at: usize) -> u32 {
    u32::try_from(at + 1).unwrap_or(u32::MAX)
}

/// The request that carries out a change; `None` if the change contradicts itself, which [`crate::diff::diff`]
/// never does.
fn write(change: &Change) -> Option<Write> {
    match (&change.resource, &change.after) {
        (Resource::Direction(direction), Some(ResourceState::Direction(to))) => {
            Some(Write::PutDirection { direction: *direction, to: to.clone() })
        }
        (Resource::Button(_), Some(ResourceState::Button(button))) => Some(Write::PutButton(button.clone())),
        (Resource::Button(id), None) => Some(Write::DeleteButton(id.clone())),
        (Resource::ButtonOrder, Some(ResourceState::Order { order })) => Some(Write::PutOrder(order.clone())),
        (Resource::Direction(_) | Resource::Button(_) | Resource::ButtonOrder, _) => None,
    }
}

fn closes_a_button(change: &Change) -> bool {
    opens_messages(change.before.as_ref()) && !opens_messages(change.after.as_ref())
}

fn opens_a_button(change: &Change) -> bool {
    !opens_messages(change.before.as_ref()) && opens_messages(change.after.as_ref())
}

fn opens_messages(state: Option<&ResourceState>) -> bool {
    matches!(state, Some(ResourceState::Button(button)) if Button::opens_messages(button))
}

/// Whether the switch of incoming goes to `on`.
fn turns_incoming(change: &Change, on: bool) -> bool {
    change.resource == Resource::Direction(DirectionKind::Incoming)
        && directions(change).is_some_and(|(before, after)| before.enabled != on && after.enabled == on)
}

/// Whether no person can gain a right, for any directory.
fn takes_only(change: &Change) -> bool {
    directions(change).is_some_and(|(before, after)| {
        !after.enabled || (before.enabled && is_within(&after.accessible_to, &before.accessible_to))
    })
}

fn is_within(inner: &Access, outer: &Access) -> bool {
    match (inner, outer) {
        (_, Access::Everyone) => true,
        (Access::Everyone, Access::Listed(_)) => false,
        (Access::Listed(inner), Access::Listed(outer)) => inner.is_subset(outer),
    }
}

fn directions(change: &Change) -> Option<(&Direction, &Direction)> {
    match (&change.before, &change.after) {
        (Some(ResourceState::Direction(before)), Some(ResourceState::Direction(after))) => Some((before, after)),
        _ => None,
    }
}
