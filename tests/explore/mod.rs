//! Every prefix of every plan of one small clinic.
//!
//! The clinic has two people, `st-1` who works there and `st-2` who works there too or has left; two directions, each
//! on or off for nobody, one of them, both or everyone; and up to two buttons, each absent, hidden or active, leading
//! to a new message or elsewhere, in either order. For a start and a goal the planner under test makes its steps, and
//! the explorer runs them on the model in *every* order that `waits_for` allows, so that each set of steps that may run
//! in parallel is met with each of its interleavings. It demands
//!
//! - at every state I1, I2 and I3, as [`crate::support::invariants`] states them (law 4);
//! - that no write is refused, and that whatever ran last, the goal is reached exactly (law 2). With this the last step
//!   has ended whatever the start broke and the goal does not;
//! - that a crash at any state loses nothing: planning again from there reaches the goal, and no write that was done is
//!   sent again (law 5).
//!
//! Goals that break something new, or that add the leaver to a list, are left out: the rules block them.
//!
//! # What is left out, and why nothing hides there
//!
//! All pairs of states would be 16.8 million for each directory. Three facts allow to look at far fewer:
//!
//! 1. *No invariant sees the order of buttons.* Orders are explored in full ([`Slice::Orders`]) against the four
//!    transitions of incoming's switch, and stand still elsewhere.
//! 2. *No invariant sees both directions at once, and none sees buttons and professional-initiated conversations at
//!    once.* Buttons are explored against all of incoming, while professional-initiated conversations stay, open or
//!    close ([`Slice::Buttons`]); both directions are explored in full against the four transitions of one button
//!    ([`Slice::Directions`]).
//! 3. *Two people who both work there differ by name only.* Of a pair and its mirror, in which they have changed
//!    places, one is enough.

mod explorer;
mod lab;
mod mutants;
mod slices;
mod two_actors;

use self::explorer::{Counts, explore};
use self::mutants::{MUTANTS, Mutant, in_phases};
use self::slices::{Slice, Team};
use clinicctl::plan::Phase::{ButtonOrder, Buttons, CloseButtons, GiveRights, TakeRights};
use clinicctl::plan::order;

/// Explores with the real planner and demands that it looked at `at_least` that many pairs: an explorer that skips
/// everything finds nothing.
fn holds(team: Team, slice: Slice, at_least: usize) {
    let Counts { pairs, moments } = explore(team, slice, order).unwrap_or_else(|violation| panic!("{violation}"));
    assert!(pairs >= at_least, "only {pairs} pairs");
    assert!(moments > pairs, "only {moments} moments in {pairs} pairs");
}

/// What is explored to the end, with the fewest pairs that this can be.
const EXPLORED: [(Team, Slice, usize); 5] = [
    (Team::Both, Slice::Buttons, 90_000),
    (Team::OneLeft, Slice::Buttons, 90_000),
    (Team::Both, Slice::Directions, 13_000),
    (Team::OneLeft, Slice::Directions, 13_000),
    (Team::Both, Slice::Orders, 5_000),
];

#[test]
fn p06_every_state_during_an_apply_obeys_the_invariants() {
    std::thread::scope(|threads| {
        for (team, slice, at_least) in EXPLORED {
            threads.spawn(move || holds(team, slice, at_least));
        }
    });
}

/// A check that cannot fail is no check: the explorer must find what is wrong with each of these planners.
#[test]
fn every_wrong_planner_is_found() {
    for Mutant { name, plan, harm } in MUTANTS {
        let found = Slice::ALL.iter().find_map(|slice| explore(Team::Both, *slice, *plan).err());
        let what = found.unwrap_or_else(|| panic!("it does no harm that {name}")).to_string();
        assert!(what.contains(harm), "that {name} was found for another reason: {what}");
    }
}

/// Taking rights before giving them is a courtesy and no invariant: no right belongs to both directions.
#[test]
fn giving_rights_before_taking_others_does_no_harm() {
    let plan = |changes: &[_]| in_phases([CloseButtons, GiveRights, TakeRights, Buttons, ButtonOrder], changes);
    for slice in [Slice::Orders, Slice::Directions] {
        explore(Team::Both, slice, plan).unwrap_or_else(|violation| panic!("{violation}"));
    }
}
