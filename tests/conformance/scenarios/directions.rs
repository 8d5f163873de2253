//! Directions: switch and list in one write, and who may be in a list.

use crate::conformance::bench::{Scenario, healthcare_initiated, incoming};
use crate::conformance::system::How;
use crate::support::world::{listed, on, staff_id};
use clinicctl::domain::{Access, Direction};

pub(crate) const TABLE: &[Scenario] = &[
    ("switch and list change in one write", |bench| {
        let done = bench.changes(&healthcare_initiated(on(listed([1, 2]))));
        assert_eq!(done.how, How::Set);
        assert_eq!(bench.seen().state.healthcare_initiated, on(listed([1, 2])));
    }),
    ("a list gives way to everyone, and everyone to a list", |bench| {
        bench.changes(&incoming(on(Access::Everyone)));
        bench.changes(&incoming(on(listed([2]))));
        assert_eq!(bench.seen().state.incoming, on(listed([2])));
    }),
    ("a direction goes off and keeps its list", |bench| {
        bench.changes(&incoming(Direction { enabled: false, accessible_to: listed([1, 3]) }));
    }),
    ("a direction that is so already does not change", |bench| {
        bench.changes_nothing(&incoming(on(listed([1, 3]))));
        bench.changes_nothing(&healthcare_initiated(Direction::off()));
    }),
    ("one direction does not touch the other, nor the buttons", |bench| {
        let before = bench.seen().state;
        bench.changes(&healthcare_initiated(on(Access::Everyone)));
        let after = bench.seen().state;
        assert_eq!((before.incoming, before.buttons), (after.incoming, after.buttons));
    }),
    ("incoming may be on for nobody, though it is unwise", |bench| {
        bench.changes(&incoming(on(Access::nobody())));
    }),
    ("incoming may go off under an active button, though it is unwise", |bench| {
        bench.changes(&incoming(Direction::off()));
        assert!(bench.seen().state.buttons[0].active);
    }),
    ("who left may stay in a list", |bench| {
        bench.changes(&incoming(on(listed([3]))));
        bench.changes(&incoming(on(listed([1, 2, 3, 5]))));
    }),
    ("who left may not be added to a list", |bench| {
        bench.refuses(&healthcare_initiated(on(listed([1, 3]))), &["/accessible_to/1"]);
    }),
    ("who left and was taken out may not come back", |bench| {
        bench.changes(&incoming(on(listed([1]))));
        bench.refuses(&incoming(on(listed([1, 3]))), &["/accessible_to/1"]);
    }),
    ("everyone is no list in which somebody stands who left", |bench| {
        bench.changes(&incoming(on(Access::Everyone)));
        bench.refuses(&incoming(on(listed([3]))), &["/accessible_to/0"]);
    }),
    ("who is no healthcare professional may not be added", |bench| {
        bench.refuses(&incoming(on(listed([1, 4]))), &["/accessible_to/1"]);
    }),
    ("whom nobody knows may not be added", |bench| {
        bench.refuses(&incoming(on(listed([9]))), &["/accessible_to/0"]);
    }),
    ("who works at another clinic may not be added", |bench| {
        bench.refuses(&incoming(on(Access::Listed([staff_id(1), staff_id(11)].into()))), &["/accessible_to/1"]);
    }),
    ("everybody who may not be added is pointed at", |bench| {
        let wrong = ["/accessible_to/1", "/accessible_to/2", "/accessible_to/4"];
        bench.refuses(&healthcare_initiated(on(listed([2, 3, 4, 5, 9]))), &wrong);
    }),
    ("a list is checked where the direction is off, too", |bench| {
        let off = Direction { enabled: false, accessible_to: listed([4]) };
        bench.refuses(&incoming(off), &["/accessible_to/0"]);
    }),
];
