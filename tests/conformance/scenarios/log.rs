//! The change log, and who changed each resource last.

use crate::conformance::bench::{Scenario, a_new_button, delete, incoming, norrtull, one_of_each, order, skanstull};
use crate::conformance::system::{By, Changed, Reply};
use crate::support::world::{button_id, listed, on, titled};
use clinicctl::diff::ResourceState;
use clinicctl::domain::{ActorKind, Button, Direction, DirectionKind, LeadsTo, Resource};
use clinicctl::plan::Write;

pub(crate) const TABLE: &[Scenario] = &[
    ("a clinic that nobody changed has no log and no last change", |bench| {
        assert_eq!(bench.log(), []);
        assert!(bench.seen().last_changes.is_empty());
    }),
    ("the log holds every accepted write, newest first", |bench| {
        let writes = [incoming(Direction::off()), a_new_button(), order(&["write", "renew", "book", "new-message"])];
        writes.iter().for_each(|write| drop(bench.changes(write)));
        let resources: Vec<_> = bench.log().into_iter().map(|entry| entry.resource).collect();
        assert_eq!(resources, writes.iter().rev().map(Write::resource).collect::<Vec<_>>());
    }),
    ("the numbers of a log rise", |bench| {
        bench.changes(&a_new_button());
        bench.changes(&delete("book"));
        bench.changes(&incoming(Direction::off()));
        let numbers: Vec<_> = bench.log().into_iter().map(|entry| entry.seq).collect();
        assert!(numbers.is_sorted_by(|newer, older| newer > older), "{numbers:?}");
    }),
    ("an entry holds a direction before and after", |bench| {
        bench.changes(&incoming(Direction::off()));
        let entry = bench.newest();
        assert_eq!(entry.clinic, norrtull());
        assert_eq!(entry.before, Some(ResourceState::Direction(on(listed([1, 3])))));
        assert_eq!(entry.after, Some(ResourceState::Direction(Direction::off())));
    }),
    ("an entry of a new button has nothing before", |bench| {
        let Write::PutButton(new) = a_new_button() else { panic!("it is a button") };
        bench.changes(&Write::PutButton(new.clone()));
        let entry = bench.newest();
        assert_eq!((entry.before, entry.after), (None, Some(ResourceState::Button(new))));
    }),
    ("an entry of a deleted button has nothing after", |bench| {
        bench.changes(&delete("renew"));
        let entry = bench.newest();
        let renew = Button { active: false, ..titled("renew", LeadsTo::DropIn) };
        assert_eq!((entry.before, entry.after), (Some(ResourceState::Button(renew)), None));
    }),
    ("an entry of an order holds both orders", |bench| {
        bench.changes(&order(&["renew", "book", "new-message"]));
        let entry = bench.newest();
        let ids = |ids: [&str; 3]| Some(ResourceState::Order { order: ids.map(button_id).into() });
        assert_eq!(entry.before, ids(["new-message", "book", "renew"]));
        assert_eq!(entry.after, ids(["renew", "book", "new-message"]));
    }),
    ("a pipeline is told from a person", |bench| {
        bench.changes(&a_new_button());
        assert_eq!(bench.newest().change, pipeline(None));
        bench.changes_by(By::Karin, &delete("book"));
        assert_eq!(bench.newest().change, karin());
    }),
    ("a reference is kept in the log and as last change", |bench| {
        bench.changes_by(By::Pipeline(Some("9f3c2ab")), &incoming(Direction::off()));
        assert_eq!(bench.newest().change, pipeline(Some("9f3c2ab")));
        assert_eq!(bench.seen().last_changes[&INCOMING], pipeline(Some("9f3c2ab")));
    }),
    ("a reference may have two hundred bytes", |bench| {
        const LONGEST: &str = "01234567890123456789012345678901234567890123456789012345678901234567890123456789\
             01234567890123456789012345678901234567890123456789012345678901234567890123456789\
             0123456789012345678901234567890123456789";
        assert_eq!(LONGEST.len(), clinic_wire::CHANGE_REFERENCE_MAX);
        bench.changes_by(By::Pipeline(Some(LONGEST)), &a_new_button());
        assert_eq!(bench.newest().change, pipeline(Some(LONGEST)));
    }),
    ("a reference does not outlive its write", |bench| {
        bench.changes_by(By::Pipeline(Some("9f3c2ab")), &incoming(Direction::off()));
        bench.changes(&incoming(on(listed([1]))));
        assert_eq!(bench.newest().change, pipeline(None));
    }),
    ("the last change of a resource is the last", |bench| {
        bench.changes_by(By::Karin, &incoming(Direction::off()));
        bench.changes(&incoming(on(listed([1]))));
        assert_eq!(bench.seen().last_changes[&INCOMING], pipeline(None));
        bench.changes_by(By::Karin, &incoming(Direction::off()));
        assert_eq!(bench.seen().last_changes[&INCOMING], karin());
    }),
    ("a write is the last change of its own resource only", |bench| {
        bench.changes_by(By::Karin, &a_new_button());
        bench.changes(&incoming(Direction::off()));
        let changes = bench.seen().last_changes;
        assert_eq!(changes.len(), 2);
        assert_eq!(changes[&Resource::Button(button_id("write"))], karin());
        assert_eq!(changes[&INCOMING], pipeline(None));
    }),
    ("who moves buttons did not change them", |bench| {
        bench.changes_by(By::Karin, &order(&["renew", "book", "new-message"]));
        assert!(bench.seen().last_changes.is_empty());
    }),
    ("a write that changes nothing is nobody's last change", |bench| {
        bench.changes_nothing(&incoming(on(listed([1, 3]))));
        assert!(bench.seen().last_changes.is_empty());
    }),
    ("a button that comes back remembers nothing", |bench| {
        bench.changes_by(By::Karin, &a_new_button());
        bench.changes_by(By::Karin, &delete("write"));
        assert!(bench.seen().last_changes.is_empty());
        bench.changes(&a_new_button());
        assert_eq!(bench.seen().last_changes[&Resource::Button(button_id("write"))], pipeline(None));
    }),
    ("each clinic has a log of its own", |bench| {
        let revision = bench.seen_at(&skanstull()).map(|seen| seen.revision);
        let reply = bench.system().write(&skanstull(), revision, By::Pipeline(None), &a_new_button());
        assert!(matches!(reply, Reply::Done(_)));
        assert_eq!(bench.log(), []);
        assert_eq!(bench.log_at(&skanstull()).map(|log| log.len()), Some(1));
    }),
    ("one write of each kind is one entry each", |bench| {
        let [direction, new, gone, _] = one_of_each();
        let moved = order(&["write", "book", "new-message"]);
        for write in [&direction, &new, &gone, &moved] {
            bench.changes(write);
        }
        assert_eq!(bench.log().len(), 4);
    }),
];

const INCOMING: Resource = Resource::Direction(DirectionKind::Incoming);

fn pipeline(reference: Option<&str>) -> Changed {
    Changed { by: "config-pipeline".to_owned(), kind: ActorKind::Service, reference: reference.map(str::to_owned) }
}

fn karin() -> Changed {
    Changed { by: "karin.holm".to_owned(), kind: ActorKind::Person, reference: None }
}
