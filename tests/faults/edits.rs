//! Somebody in the console, before any request of an apply: whatever they change stays, or was shown before.

use super::lab::Lab;
use super::scene::{Scene, pair};
use super::schedules::Schedule;
use super::script::{Edit, Script};
use crate::support::world::{button, button_id, listed, on};
use clinicctl::domain::{Access, Direction, DirectionKind, LeadsTo};
use clinicctl::plan::Write;

/// More requests than an apply of the two clinics sends, reads and all.
const REQUESTS: usize = 14;

/// One edit of each thing that the apply writes, and two of what it does not.
fn edits() -> Vec<Write> {
    let direction = |direction, to| Write::PutDirection { direction, to };
    let [healthcare_initiated, incoming] = DirectionKind::ALL;
    vec![
        direction(healthcare_initiated, on(listed([3]))),
        direction(incoming, on(Access::Everyone)),
        direction(incoming, Direction::off()),
        Write::PutButton(button("book", LeadsTo::DropIn)),
        Write::PutButton(button("write", LeadsTo::NewMessage)),
        Write::DeleteButton(button_id("book")),
        Write::PutButton(button("renew", LeadsTo::DropIn)),
    ]
}

/// Every edit of either clinic before every request.
fn schedules() -> Vec<Schedule> {
    let moments = (0..REQUESTS).flat_map(|at| [(at, 0), (at, 1)]);
    let edits = moments.flat_map(|(at, clinic)| edits().into_iter().map(move |write| Edit { at, clinic, write }));
    let schedules = (0..).zip(edits).map(|(seed, edit)| {
        let scenes: [Scene; 2] = pair(&format!("e{seed}"));
        Schedule { seed, scenes: scenes.into(), script: Script { faults: Vec::new(), edits: vec![edit] } }
    });
    schedules.collect()
}

#[test]
fn p04_an_edit_between_any_two_requests_is_never_overwritten_unseen() {
    let schedules = schedules();
    super::kills::on_one_thread(async {
        let lab = Lab::start(schedules.iter().flat_map(|schedule| &schedule.scenes)).await;
        let mut disturbed = 0;
        for schedule in &schedules {
            disturbed += usize::from(schedule.run(&lab).await.disturbed);
        }
        assert!(disturbed * 4 > schedules.len(), "only {disturbed} of {} edits were in the way", schedules.len());
    });
}
