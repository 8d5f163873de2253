//! One table of scenarios, run on every implementation of a clinic system.
//!
//! A scenario knows only [`System`](system::System), the contract without its transport, and starts each time from the
//! same two clinics. What holds for every write of one outcome (a refusal changes nothing, an accepted change is one
//! revision and one entry more) is checked by the [`Bench`](bench::Bench) behind every row. Requests with two faults
//! are left out: the contract does not say which one is told first.

mod bench;
mod on_model;
mod on_reference;
mod scenarios;
mod system;

use self::bench::{Bench, clinics};
use self::system::Start;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

#[test]
fn the_model_keeps_the_contract() {
    keeps_the_contract(on_model::start);
}

#[test]
fn the_reference_system_keeps_the_contract() {
    keeps_the_contract(on_reference::start_on_sqlite);
}

#[test]
fn the_reference_system_keeps_the_contract_on_postgresql() {
    keeps_the_contract(on_reference::start_on_postgres);
}

#[test]
fn no_two_scenarios_share_a_name() {
    let names: BTreeSet<_> = scenarios::all().map(|(name, _)| name).collect();
    assert_eq!(names.len(), scenarios::all().count());
}

/// Plays every scenario on a system of its own and names all that fail.
fn keeps_the_contract(start: Start) {
    let fails = |play: fn(&mut Bench)| {
        let mut bench = Bench::new(start(&clinics()));
        catch_unwind(AssertUnwindSafe(|| play(&mut bench))).is_err()
    };
    let failed: Vec<_> = scenarios::all().filter(|(_, play)| fails(*play)).map(|(name, _)| name).collect();
    assert!(failed.is_empty(), "not so: {failed:#?}");
}
