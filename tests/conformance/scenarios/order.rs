//! The order of the buttons: exactly the clinic's buttons, each once.

use crate::conformance::bench::{Bench, Scenario, a_new_button, delete, ids, order};
use crate::conformance::system::How;

pub(crate) const TABLE: &[Scenario] = &[
    ("buttons stand in the order that is written", |bench| {
        assert_eq!(bench.changes(&order(&["renew", "new-message", "book"])).how, How::Set);
        assert_eq!(ids(&bench.seen()), ["renew", "new-message", "book"]);
    }),
    ("buttons move and do not change", |bench| {
        let mut before = bench.seen().state.buttons;
        bench.changes(&order(&["renew", "book", "new-message"]));
        before.reverse();
        assert_eq!(bench.seen().state.buttons, before);
    }),
    ("an order that is so already does not change", |bench| {
        bench.changes_nothing(&order(&["new-message", "book", "renew"]));
    }),
    ("an order names new buttons, too", |bench| {
        bench.changes(&a_new_button());
        bench.changes(&order(&["write", "new-message", "book", "renew"]));
    }),
    ("an order may not leave out a button", |bench| refuses_order(bench, &["new-message", "book"])),
    ("an order may not leave out every button", |bench| refuses_order(bench, &[])),
    ("an order may not name a button that is not there", |bench| {
        refuses_order(bench, &["new-message", "book", "renew", "write"]);
    }),
    ("an order may not name a stranger in a button's stead", |bench| {
        refuses_order(bench, &["new-message", "book", "write"]);
    }),
    ("an order may not name a button twice", |bench| {
        refuses_order(bench, &["new-message", "book", "renew", "book"]);
    }),
    ("an order may not name a button twice in another's stead", |bench| {
        refuses_order(bench, &["new-message", "book", "book"]);
    }),
    ("an order may not name a button that is deleted", |bench| {
        bench.changes(&delete("book"));
        refuses_order(bench, &["renew", "book", "new-message"]);
        bench.changes(&order(&["renew", "new-message"]));
    }),
    ("without buttons the empty order is so already", |bench| {
        for id in ["renew", "new-message", "book"] {
            bench.changes(&delete(id));
        }
        bench.changes_nothing(&order(&[]));
    }),
];

/// The contract wants a pointer and does not say whether it is to the list or into it.
fn refuses_order(bench: &mut Bench, ids: &[&str]) {
    let pointers = bench.refused(&order(ids));
    let points_at_order = |pointer: &String| pointer == "/order" || pointer.starts_with("/order/");
    assert!(pointers.iter().all(points_at_order), "{pointers:?}");
}
