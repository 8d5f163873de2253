//! Preconditions: every write names the revision of its clinic.

use crate::conformance::bench::{
    Bench, Scenario, a_new_button, delete, healthcare_initiated, incoming, norrtull, one_of_each, order, skanstull,
};
use crate::conformance::system::{By, Reply};
use crate::support::world::{clinic_id, listed, on};
use clinicctl::domain::{Access, ActorKind, DirectionKind, Resource};

pub(crate) const TABLE: &[Scenario] = &[
    ("a write without a revision is refused", |bench| {
        for write in one_of_each() {
            nothing_happens(bench, |bench| assert_eq!(bench.reply(None, &write), Reply::PreconditionRequired));
        }
    }),
    ("a write of an old revision is refused with the clinic as it is", |bench| {
        let old = bench.seen().revision;
        bench.changes(&healthcare_initiated(on(Access::Everyone)));
        refuses_all(bench, old);
    }),
    ("a write of a revision that is still to come is refused", |bench| {
        let next = bench.seen().revision + 1;
        refuses_all(bench, next);
    }),
    ("a write that would change nothing needs the revision as well", |bench| {
        let old = bench.seen().revision;
        bench.changes(&a_new_button());
        let same = incoming(on(listed([1, 3])));
        assert_eq!(bench.reply(Some(old), &same), Reply::Stale(bench.seen()));
        assert_eq!(bench.reply(None, &same), Reply::PreconditionRequired);
    }),
    ("every write answers the revision that the next one needs", |bench| {
        let mut revision = bench.seen().revision;
        for write in
            one_of_each().into_iter().take(2).chain([delete("write"), order(&["book", "renew", "new-message"])])
        {
            let Reply::Done(done) = bench.reply(Some(revision), &write) else { panic!("{write:?} is not accepted") };
            assert_eq!(done.revision, revision + 1);
            revision = done.revision;
        }
        assert_eq!(bench.log().len(), 4);
    }),
    ("a write that changes nothing leaves the revision valid", |bench| {
        let revision = bench.seen().revision;
        bench.changes_nothing(&incoming(on(listed([1, 3]))));
        assert!(matches!(bench.reply(Some(revision), &a_new_button()), Reply::Done(_)));
    }),
    ("a refused write leaves the revision valid", |bench| {
        let revision = bench.seen().revision;
        bench.refuses(&incoming(on(listed([9]))), &["/accessible_to/0"]);
        assert!(matches!(bench.reply(Some(revision), &a_new_button()), Reply::Done(_)));
    }),
    ("the same change twice is once accepted and once outdated", |bench| {
        let revision = bench.seen().revision;
        assert!(matches!(bench.reply(Some(revision), &a_new_button()), Reply::Done(_)));
        assert_eq!(bench.reply(Some(revision), &a_new_button()), Reply::Stale(bench.seen()));
    }),
    ("who edited the clinic is in the answer to an outdated write", |bench| {
        let old = bench.seen().revision;
        bench.changes_by(By::Karin, &incoming(on(listed([1, 2, 3]))));
        let Reply::Stale(seen) = bench.reply(Some(old), &a_new_button()) else { panic!("it is accepted") };
        let change = &seen.last_changes[&Resource::Direction(DirectionKind::Incoming)];
        assert_eq!((change.by.as_str(), change.kind), ("karin.holm", ActorKind::Person));
    }),
    ("each clinic has a revision of its own", |bench| {
        let other = bench.seen_at(&skanstull());
        bench.changes(&a_new_button());
        assert_eq!(bench.seen_at(&skanstull()), other);
        let (mine, revision) = (bench.seen(), other.map(|seen| seen.revision));
        let reply = bench.system().write(&skanstull(), revision, By::Pipeline(None), &a_new_button());
        assert!(matches!(reply, Reply::Done(_)));
        assert_eq!(bench.seen(), mine);
    }),
    ("an unknown clinic can be neither read nor written", |bench| {
        let nowhere = clinic_id("nowhere");
        assert_eq!(bench.seen_at(&nowhere), None);
        assert_eq!(bench.log_at(&nowhere), None);
        for write in one_of_each() {
            assert_eq!(bench.system().write(&nowhere, Some(1), By::Pipeline(None), &write), Reply::NotFound);
        }
        assert_eq!(bench.seen_at(&nowhere), None);
    }),
    ("another clinic's button cannot be deleted", |bench| {
        let revision = bench.seen_at(&skanstull()).map(|seen| seen.revision);
        let reply = bench.system().write(&skanstull(), revision, By::Pipeline(None), &delete("book"));
        assert_eq!(reply, Reply::NotFound);
        assert!(bench.seen_at(&norrtull()).is_some_and(|seen| seen.state.buttons.len() == 3));
    }),
];

/// Every kind of write is outdated with `revision`.
fn refuses_all(bench: &mut Bench, revision: u64) {
    for write in one_of_each() {
        nothing_happens(bench, |bench| assert_eq!(bench.reply(Some(revision), &write), Reply::Stale(bench.seen())));
    }
}

fn nothing_happens(bench: &mut Bench, act: impl FnOnce(&mut Bench)) {
    let before = (bench.seen(), bench.log());
    act(bench);
    assert_eq!((bench.seen(), bench.log()), before);
}
