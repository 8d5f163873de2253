//! The pairs of start and goal that are explored; the module's documentation says why these suffice.

use crate::support::world::{button, leaver, listed, professional};
use clinicctl::domain::{Access, Button, ClinicState, Direction, Directory, LeadsTo};

/// Who works at the clinic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Team {
    /// `st-1` and `st-2`.
    Both,
    /// `st-1`; `st-2` has left.
    OneLeft,
}

impl Team {
    /// The people of the clinic.
    pub(crate) fn directory(self) -> Directory {
        let second = match self {
            Self::Both => professional(2),
            Self::OneLeft => leaver(2),
        };
        Directory::new(vec![professional(1), second])
    }
}

/// A part of all pairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slice {
    /// All buttons in one order, all of incoming; professional-initiated conversations stay, open or close.
    Buttons,
    /// All of both directions; one button stays, comes or goes.
    Directions,
    /// All buttons in all orders; incoming stays, opens or closes.
    Orders,
}

impl Slice {
    /// The small ones first.
    pub(crate) const ALL: [Self; 3] = [Self::Orders, Self::Directions, Self::Buttons];

    /// The transitions of this slice, part by part: any of each may be combined.
    pub(crate) fn parts(self) -> Parts {
        let (off, on) = (Direction::off(), direction(true, Access::Everyone));
        match self {
            Self::Buttons => Parts {
                healthcare_initiated: vec![(off.clone(), off.clone()), (on.clone(), off.clone()), (off, on)],
                incoming: pairs(&directions()),
                buttons: pairs(&menus_in_one_order()),
            },
            Self::Directions => Parts {
                healthcare_initiated: pairs(&directions()),
                incoming: pairs(&directions()),
                buttons: pairs(&[vec![], vec![button("a", LeadsTo::NewMessage)]]),
            },
            Self::Orders => Parts {
                healthcare_initiated: vec![(off.clone(), off.clone())],
                incoming: pairs(&[off, on]),
                buttons: pairs(&menus()),
            },
        }
    }
}

/// Transitions of the three independent parts of a clinic.
pub(crate) struct Parts {
    healthcare_initiated: Vec<(Direction, Direction)>,
    incoming: Vec<(Direction, Direction)>,
    buttons: Vec<(Vec<Button>, Vec<Button>)>,
}

impl Parts {
    /// Every combination, as start and goal; of two that mirror each other only one where `team` allows it.
    pub(crate) fn pairs(&self, team: Team) -> impl Iterator<Item = (ClinicState, ClinicState)> {
        let directions = self.healthcare_initiated.iter().flat_map(|hi| self.incoming.iter().map(move |inc| (hi, inc)));
        let kept = directions.filter(move |(hi, inc)| team == Team::OneLeft || !has_smaller_mirror(hi, inc));
        kept.flat_map(|(hi, inc)| {
            self.buttons.iter().map(move |menu| (state(&hi.0, &inc.0, &menu.0), state(&hi.1, &inc.1, &menu.1)))
        })
    }
}

/// Whether the transition in which the two people have changed places is another one, and explored in its stead.
fn has_smaller_mirror(hi: &(Direction, Direction), incoming: &(Direction, Direction)) -> bool {
    let here = [&hi.0, &hi.1, &incoming.0, &incoming.1];
    here.map(mirrored).iter().lt(here)
}

fn mirrored(direction: &Direction) -> Direction {
    let Direction { enabled, accessible_to } = direction.clone();
    let accessible_to = match accessible_to {
        one if one == listed([1]) => listed([2]),
        two if two == listed([2]) => listed([1]),
        same => same,
    };
    Direction { enabled, accessible_to }
}

fn state(healthcare_initiated: &Direction, incoming: &Direction, buttons: &[Button]) -> ClinicState {
    ClinicState {
        healthcare_initiated: healthcare_initiated.clone(),
        incoming: incoming.clone(),
        buttons: buttons.to_vec(),
    }
}

fn direction(enabled: bool, accessible_to: Access) -> Direction {
    Direction { enabled, accessible_to }
}

/// On and off for nobody, one, the other, both and everyone.
fn directions() -> Vec<Direction> {
    let lists = [listed([]), listed([1]), listed([2]), listed([1, 2]), Access::Everyone];
    [false, true].into_iter().flat_map(|on| lists.clone().map(|list| direction(on, list))).collect()
}

/// Every menu of up to two buttons, `a` before `b`.
fn menus_in_one_order() -> Vec<Vec<Button>> {
    let (first, second) = (one_button("a"), one_button("b"));
    first.iter().flat_map(|a| second.iter().map(move |b| a.iter().chain(b).cloned().collect())).collect()
}

/// Every menu of up to two buttons in every order.
fn menus() -> Vec<Vec<Button>> {
    let forward = menus_in_one_order();
    let backward = forward.iter().filter(|menu| menu.len() > 1).map(|menu| menu.iter().rev().cloned().collect());
    let backward: Vec<_> = backward.collect();
    forward.into_iter().chain(backward).collect()
}

/// What one button can be, absent included.
fn one_button(id: &str) -> Vec<Option<Button>> {
    let targets = [LeadsTo::NewMessage, LeadsTo::BookAppointment];
    let forms = targets
        .into_iter()
        .flat_map(|target| [true, false].map(|active| Some(Button { active, ..button(id, target.clone()) })));
    std::iter::once(None).chain(forms).collect()
}

fn pairs<T: Clone>(all: &[T]) -> Vec<(T, T)> {
    all.iter().flat_map(|start| all.iter().map(|goal| (start.clone(), goal.clone()))).collect()
}
