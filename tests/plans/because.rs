//! Intent, drift and conflict: every combination of what is live, what the last apply left, and what is wanted.

use super::world::{button, button_id, clinic_id, on, people};
use clinicctl::diff::{ResourceState, diff};
use clinicctl::domain::{
    Access, ActorKind, Address, Button, ClinicState, Direction, DirectionKind, LastChange, Resource,
};
use clinicctl::plan::{Applied, Attribution, Because, ClinicPlan, FieldRow, Logged, PlannedChange, Unread};

const INCOMING: Resource = Resource::Direction(DirectionKind::Incoming);

/// What somebody left.
fn by(who: &str, kind: ActorKind) -> LastChange {
    LastChange { by: who.to_owned(), kind, at: "2026-11-21T16:40:02Z".to_owned(), reference: None }
}

fn karin() -> LastChange {
    by("karin.holm", ActorKind::Person)
}

fn pipeline() -> LastChange {
    by("config-pipeline", ActorKind::Service)
}

/// The plan that leads from one state to another; `last` is what the clinic says about who changed things.
fn plan(live: &ClinicState, wanted: &ClinicState, last: Option<&LastChange>) -> ClinicPlan {
    let mut plan = ClinicPlan::unread(&clinic_id("norrtull"), &Unread::Forbidden);
    plan.changes = diff(live, wanted).into_iter().map(|change| row(change, last)).collect();
    plan
}

fn row(change: clinicctl::diff::Change, last: Option<&LastChange>) -> PlannedChange {
    let rows = change.fields.iter().cloned().map(|field| FieldRow {
        path: field.field,
        before: field.before,
        after: field.after,
        origin: None,
        people: Vec::new(),
    });
    PlannedChange {
        id: 1,
        address: Address { clinic: clinic_id("norrtull"), resource: change.resource.clone() },
        clinic: clinic_id("norrtull"),
        action: change.action(),
        fields: rows.collect(),
        waits_for: Vec::new(),
        because: Because::Intent,
        applied: None,
        // What is not there says nothing about itself, and neither does the order.
        last_change: last.filter(|_| change.before.is_some() && change.resource != Resource::ButtonOrder).cloned(),
        before: change.before,
        after: change.after,
    }
}

/// What the plan makes of a log in which `newest` came last for this resource, and a service left `applied`.
fn learned(mut plan: ClinicPlan, resource: &Resource, newest: LastChange, applied: Option<Applied>) -> PlannedChange {
    plan.attribute(&Attribution::from([(resource.clone(), Logged { newest, applied })]));
    plan.changes.into_iter().find(|change| change.address.resource == *resource).expect("a change")
}

fn incoming(enabled: bool, accessible_to: Access) -> ClinicState {
    ClinicState { incoming: Direction { enabled, accessible_to }, ..ClinicState::new() }
}

fn state_of(state: &ClinicState) -> ResourceState {
    ResourceState::Direction(state.incoming.clone())
}

/// `on p1`, `off everyone`: the clinic's incoming messages.
fn spelt(text: &str) -> ClinicState {
    let (switch, who) = text.split_once(' ').expect("a switch and a list");
    incoming(switch == "on", if who == "everyone" { Access::Everyone } else { people(&[who]) })
}

#[test]
fn a_direction_is_judged_by_the_values_that_the_change_touches() {
    let table = [
        // Live, applied, wanted.
        ("the files changed", ["on p1", "on p1", "on p2"], Because::Intent),
        ("a person changed", ["on p1", "on p2", "on p2"], Because::Drift),
        ("both changed", ["on p1", "on p2", "on p3"], Because::Conflict),
        ("both, from everyone", ["on p1", "on everyone", "on p2"], Because::Conflict),
        ("the files one value, a person the other", ["off p1", "on p1", "on p2"], Because::Conflict),
        ("a person changed both", ["off p1", "on p2", "on p2"], Because::Drift),
        ("a person changed what is not declared", ["off p2", "off p1", "on p2"], Because::Intent),
        ("a person changed it and took it back", ["off p1", "off p1", "on p1"], Because::Intent),
    ];
    for (what, states, because) in table {
        let [live, applied, wanted] = states.map(spelt);
        let left = Applied::Present(state_of(&applied));
        let change = learned(plan(&live, &wanted, Some(&karin())), &INCOMING, karin(), Some(left));
        assert_eq!(change.because, because, "{what}");
        let expected = because.overrules().then(|| state_of(&applied));
        assert_eq!((change.applied, change.last_change), (expected, Some(karin())), "{what}");
    }
}

#[test]
fn without_an_apply_or_with_one_that_came_last_it_is_intent() {
    let (live, wanted) = (incoming(true, people(&["p1"])), incoming(true, people(&["p2"])));
    let never = learned(plan(&live, &wanted, Some(&karin())), &INCOMING, karin(), None);
    assert_eq!((never.because, never.applied), (Because::Intent, None));
    // A service wrote after the clinic was read: nobody changed anything by hand.
    let left = Applied::Present(state_of(&wanted));
    let since = learned(plan(&live, &wanted, Some(&karin())), &INCOMING, pipeline(), Some(left));
    assert_eq!((since.because, since.applied), (Because::Intent, None));
}

fn with_buttons(buttons: &[Button]) -> ClinicState {
    ClinicState { incoming: on(Access::Everyone), buttons: buttons.to_vec(), ..ClinicState::new() }
}

fn book(title: &str) -> Button {
    button("book", "book_appointment", &[("sv", title)])
}

#[test]
fn buttons_that_come_and_go_are_judged_too() {
    let (ours, other) = (book("Boka tid"), book("Boka"));
    let present = |button: &Button| Some(Applied::Present(ResourceState::Button(button.clone())));
    let (some, none) = (with_buttons(std::slice::from_ref(&ours)), with_buttons(&[]));
    let changed = with_buttons(std::slice::from_ref(&other));
    let table = [
        ("a person deleted what the files list", &none, &some, present(&ours), Because::Drift),
        ("a person deleted it, and the files changed", &none, &some, present(&other), Because::Conflict),
        ("we deleted it, a person created and deleted it", &none, &some, Some(Applied::Absent), Because::Intent),
        ("we never had it", &none, &some, None, Because::Intent),
        ("we deleted it, and a person created it again", &some, &none, Some(Applied::Absent), Because::Drift),
        ("the files list it no more", &some, &none, present(&ours), Because::Intent),
        ("a person changed what the files list no more", &changed, &none, present(&ours), Because::Conflict),
        ("a person changed the title", &changed, &some, present(&ours), Because::Drift),
    ];
    for (what, live, wanted, applied, because) in table {
        let left = applied.clone();
        let change =
            learned(plan(live, wanted, Some(&karin())), &Resource::Button(button_id("book")), karin(), applied);
        assert_eq!(change.because, because, "{what}");
        assert_eq!(change.last_change, Some(karin()), "{what}: the log says who, where the clinic cannot");
        let expected = match left {
            Some(Applied::Present(state)) if because.overrules() => Some(state),
            Some(Applied::Present(_) | Applied::Absent) | None => None,
        };
        assert_eq!(change.applied, expected, "{what}");
    }
}

#[test]
fn an_order_is_judged_by_the_buttons_that_were_there() {
    let menu = |ids: &str| {
        let buttons: Vec<_> = ids.chars().map(|id| button(&id.to_string(), "drop_in", &[("sv", "Kö")])).collect();
        with_buttons(&buttons)
    };
    let table = [
        // Live, applied, wanted.
        ("ba", "ab", "ab", Because::Drift),
        ("ab", "ab", "ba", Because::Intent),
        ("abc", "acb", "bac", Because::Conflict),
        ("abc", "ab", "cab", Because::Intent),
        ("bac", "ab", "abc", Because::Drift),
        ("ba", "axb", "ab", Because::Drift),
    ];
    for (live, applied, wanted, because) in table {
        let order = ResourceState::Order { order: applied.chars().map(|id| button_id(&id.to_string())).collect() };
        let left = Some(Applied::Present(order));
        let change = learned(plan(&menu(live), &menu(wanted), Some(&karin())), &Resource::ButtonOrder, karin(), left);
        assert_eq!(change.because, because, "live {live}, applied {applied}, wanted {wanted}");
    }
}

#[test]
fn only_what_a_person_may_have_done_is_asked_for() {
    let asked = |live: &ClinicState, wanted: &ClinicState, last: Option<&LastChange>| {
        plan(live, wanted, last).open_questions().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    let (off, open) = (incoming(false, Access::Everyone), incoming(true, Access::Everyone));
    assert_eq!(asked(&off, &open, Some(&karin())), "messaging/incoming");
    assert_eq!(asked(&off, &open, Some(&pipeline())), "");
    assert_eq!(asked(&off, &open, None), "", "nobody ever changed it");
    let (ours, other) = (with_buttons(&[book("Boka tid")]), with_buttons(&[book("Boka")]));
    assert_eq!(asked(&with_buttons(&[]), &ours, None), "buttons/book", "somebody may have deleted it");
    assert_eq!(asked(&other, &ours, None), "");
    let queue = button("queue", "drop_in", &[("sv", "Kö")]);
    let (one, two) = (with_buttons(&[book("Boka tid"), queue.clone()]), with_buttons(&[queue, book("Boka tid")]));
    assert_eq!(asked(&one, &two, Some(&pipeline())), "button-order", "the order does not say who changed it");
    assert_eq!(asked(&open, &open, Some(&karin())), "");
}

#[test]
fn a_log_that_says_nothing_leaves_everything_as_it_is() {
    let (live, wanted) = (incoming(false, Access::Everyone), incoming(true, Access::Everyone));
    let before = plan(&live, &wanted, Some(&karin()));
    let mut after = before.clone();
    after.attribute(&Attribution::new());
    assert_eq!(after, before);
}
