//! Reading a system that is not ours: the same clinics through the snapshot and one by one, and nothing taken for
//! gone that could merely not be read.

use super::fake::{Fake, Snapshot, TOKEN};
use super::support::{assert_secret, client, ids, observe, told};
use clinicctl::client::ObserveError;
use clinicctl::domain::{Access, ActorKind, ClinicId, LeadsTo, LiveClinic, Resource, Revision, Role, ShownIn};
use clinicctl::execute::{Observed, Port};
use serde_json::json;
use std::sync::Mutex;

fn live(observed: &Observed) -> &LiveClinic {
    let Observed::Live(live) = observed else { panic!("{observed:?}") };
    live
}

fn failed(observed: &Observed) -> &str {
    let Observed::Failed(why) = observed else { panic!("{observed:?}") };
    why
}

#[tokio::test]
async fn a_clinic_is_read_whole_and_leniently() {
    let (fake, root) = Fake::of(&["norr"]).start().await;
    let read = observe(&client(&root), &["norr"]).await;
    let norr = live(&read[0].1);
    assert_eq!((norr.revision, norr.name.as_str()), (Revision(1000), "Clinic norr \u{1b}[31m"));
    assert_eq!(norr.hsa_id, None);
    assert_eq!(norr.state.incoming.accessible_to, Access::Everyone);
    let Access::Listed(people) = &norr.state.healthcare_initiated.accessible_to else { panic!("a list") };
    assert_eq!(people.len(), 2);
    assert_eq!(norr.state.buttons[0].shown_in, ShownIn::Both);
    assert_eq!(norr.state.buttons[1].leads_to, LeadsTo::Other("chat-room:4".into()));
    let changes: Vec<_> = norr.last_changes.iter().map(|(at, change)| (at.to_string(), change.kind)).collect();
    let expected = [("messaging/incoming", ActorKind::Person), ("buttons/chat", ActorKind::Person)];
    assert_eq!(changes, expected.map(|(at, kind)| (at.to_owned(), kind)));
    assert!(!norr.last_changes.contains_key(&Resource::ButtonOrder));
    let staff = norr.directory.staff();
    assert_eq!(staff.len(), 5);
    assert_eq!(staff[0].title, None, "no slug");
    assert!(staff[0].roles.contains(&Role::Other("wizard".to_owned())));
    assert_eq!(staff[0].email.as_ref().map(ToString::to_string).as_deref(), Some("person.1@norr.example"));
    assert!(!staff[4].active);
    let expected = [
        "GET ",
        "GET /clinics/norr",
        "GET /clinics/norr/staff",
        "GET /clinics/norr/staff?cursor=%2F%3D%2B%2B",
        "GET /clinics/norr/staff?cursor=%2F%3D%2B%2B%2B%2B",
    ];
    assert_eq!(fake.lines(), expected);
}

#[tokio::test]
async fn every_request_carries_the_token_and_our_name() {
    let (fake, root) = Fake::of(&["norr"]).start().await;
    observe(&client(&root), &["norr"]).await;
    for asked in fake.requests.lock().expect("not poisoned").iter() {
        assert_eq!(asked.headers["authorization"], format!("Bearer {TOKEN}"));
        assert_eq!(asked.headers["user-agent"], concat!("clinicctl/", env!("CARGO_PKG_VERSION")));
        assert!(!asked.headers.contains_key("accept-encoding"));
    }
}

#[tokio::test]
async fn the_snapshot_and_single_clinics_say_the_same() {
    let names = ["c", "a", "b"];
    let (_, single) = Fake::of(&names).start().await;
    let (fake, together) = Fake { snapshot: Snapshot::Given, ..Fake::of(&names) }.start().await;
    let read = observe(&client(&together), &names).await;
    assert_eq!(read, observe(&client(&single), &names).await);
    let order: Vec<_> = read.iter().map(|(clinic, _)| clinic.as_str()).collect();
    assert_eq!(order, ["a", "b", "c"]);
    assert_eq!(fake.lines(), ["GET ", "GET /snapshot?clinic=a&clinic=b&clinic=c"]);
}

#[tokio::test]
async fn a_long_list_of_clinics_is_not_put_into_the_address() {
    let names: Vec<_> = (0..600).map(|n| format!("clinic-{n:04}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let (fake, root) = Fake { snapshot: Snapshot::Given, ..Fake::of(&names) }.start().await;
    let read = client(&root).observe(&ids(&names[..500]), |_, observed| live(&observed).directory.staff().len()).await;
    let read = read.expect("readable");
    assert_eq!(read.len(), 500, "clinics that nobody asked for are left out");
    assert!(read.iter().all(|(_, staff)| *staff == 5));
    assert_eq!(fake.lines(), ["GET ", "GET /snapshot"]);
}

#[tokio::test]
async fn a_promised_snapshot_that_is_not_given_is_replaced_by_single_reads() {
    for status in [404, 403] {
        let (fake, root) = Fake { snapshot: Snapshot::Refused(status), ..Fake::of(&["a", "b"]) }.start().await;
        let read = observe(&client(&root), &["a", "b"]).await;
        assert!(read.iter().all(|(_, observed)| live(observed).directory.staff().len() == 5));
        assert_eq!(fake.lines().len(), 10);
    }
}

#[tokio::test]
async fn a_clinic_outside_the_snapshot_is_asked_for_before_it_counts_as_missing() {
    let mut fake = Fake { snapshot: Snapshot::Given, ..Fake::of(&["a"]) };
    fake.refused.insert("/clinics/hidden".to_owned(), 403);
    let (fake, root) = fake.start().await;
    let read = observe(&client(&root), &["a", "gone", "hidden"]).await;
    assert!(matches!(read[0].1, Observed::Live(_)));
    assert_eq!(read[1].1, Observed::Missing);
    assert_eq!(read[2].1, Observed::Forbidden);
    assert_eq!(fake.lines().len(), 4);
}

#[tokio::test]
async fn trouble_with_one_clinic_is_that_clinics() {
    for (path, status, text) in [
        ("/clinics/a", 500, "500: no: because"),
        ("/clinics/a", 429, "429"),
        ("/clinics/a/staff", 403, "directory"),
        ("/clinics/a/staff", 404, "directory"),
        ("/clinics/a/staff?cursor=%2F%3D%2B%2B", 502, "502"),
    ] {
        let mut fake = Fake::of(&["a", "b"]);
        fake.refused.insert(path.to_owned(), status);
        let (_, root) = fake.start().await;
        let read = observe(&client(&root), &["a", "b"]).await;
        assert!(failed(&read[0].1).contains(text), "{read:?}");
        assert!(matches!(read[1].1, Observed::Live(_)));
    }
}

#[tokio::test]
async fn a_token_that_may_read_nothing_fails_the_run() {
    let refusals =
        [("", ObserveError::Forbidden.to_string()), ("/staff", ObserveError::DirectoryForbidden.to_string())];
    for (what, expected) in refusals {
        let mut fake = Fake::of(&["a", "b"]);
        fake.refused.extend(["a", "b"].map(|clinic| (format!("/clinics/{clinic}{what}"), 403)));
        let (_, root) = fake.start().await;
        let error = client(&root).observe(&ids(&["a", "b"]), |_, _| ()).await.expect_err("403 everywhere");
        assert_eq!(error.to_string(), expected);
        assert!(error.hint().is_some());
    }
}

#[tokio::test]
async fn a_token_that_ends_in_the_middle_fails_the_run() {
    for path in ["", "/snapshot?clinic=a&clinic=b", "/clinics/b", "/clinics/b/staff"] {
        let mut fake = Fake::of(&["a", "b"]);
        fake.snapshot = if path.starts_with("/snapshot") { Snapshot::Given } else { Snapshot::None };
        fake.refused.insert(path.to_owned(), 401);
        let (_, root) = fake.start().await;
        let error = client(&root).observe(&ids(&["a", "b"]), |_, _| ()).await.expect_err("401");
        assert!(matches!(error, ObserveError::Unauthenticated), "{path}");
        told(&error);
    }
}

#[tokio::test]
async fn a_wrong_shape_names_its_place() {
    let cases = [
        ("/revision", json!("1000"), "`revision`"),
        ("/name", json!(4), "`name`"),
        ("/messaging/incoming/enabled", json!("yes"), "`messaging.incoming.enabled`"),
        ("/messaging/incoming/accessible_to", json!("nobody"), "`messaging.incoming.accessible_to`"),
        ("/messaging/incoming/last_change/kind", json!("robot"), "`messaging.incoming.last_change.kind`"),
        (
            "/messaging/healthcare_initiated/accessible_to/0",
            json!("-"),
            "`messaging.healthcare_initiated.accessible_to[0]`",
        ),
        ("/buttons/1/id", json!("new-message"), "`buttons[1].id`: a second button"),
        ("/buttons/1/id", json!("No Slug"), "`buttons[1].id`: expected"),
        ("/buttons/0/shown_in", json!([]), "`buttons[0].shown_in`"),
        ("/buttons/0/shown_in", json!(["wall"]), "`buttons[0].shown_in`"),
        ("/buttons/0/title", json!({"no language!": "x"}), "`buttons[0].title`"),
        ("/buttons/0/title", json!({"sv": "x", "SV": "y"}), "`buttons[0].title`"),
        ("/clinic", json!("b"), "`b` instead"),
    ];
    for (pointer, wrong, text) in cases {
        let fake = Fake::of(&["a"]);
        *fake
            .clinics
            .lock()
            .expect("not poisoned")
            .get_mut("a")
            .and_then(|clinic| clinic.pointer_mut(pointer))
            .expect(pointer) = wrong;
        let (_, root) = fake.start().await;
        let read = observe(&client(&root), &["a"]).await;
        assert!(failed(&read[0].1).contains(text), "{pointer}: {read:?}");
    }
}

#[tokio::test]
async fn a_person_who_stands_there_twice_is_refused() {
    for snapshot in [Snapshot::None, Snapshot::Given] {
        let fake = Fake { snapshot, ..Fake::of(&["a"]) };
        fake.staff.lock().expect("not poisoned").get_mut("a").expect("staff")[3]["id"] = json!("a-1");
        let (_, root) = fake.start().await;
        let read = observe(&client(&root), &["a"]).await;
        assert!(failed(&read[0].1).contains("`staff[3].id`: a second person `a-1`"), "{read:?}");
    }
}

#[tokio::test]
async fn no_clinics_need_no_more_than_the_root() {
    for snapshot in [Snapshot::None, Snapshot::Given] {
        let (fake, root) = Fake { snapshot, ..Fake::of(&["a"]) }.start().await;
        assert!(observe(&client(&root), &[]).await.is_empty());
        assert_eq!(fake.lines(), ["GET "]);
    }
}

#[tokio::test]
async fn a_clinic_asked_for_twice_is_read_once() {
    let (fake, root) = Fake::of(&["a"]).start().await;
    assert_eq!(observe(&client(&root), &["a", "a"]).await.len(), 1);
    assert_eq!(fake.lines().len(), 5);
}

#[tokio::test]
async fn the_mapping_may_borrow_and_sees_every_clinic_once() {
    let names: Vec<_> = (0..200).map(|n| format!("c{n}")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    for snapshot in [Snapshot::None, Snapshot::Given] {
        let (_, root) = Fake { snapshot, ..Fake::of(&names) }.start().await;
        let seen = Mutex::new(Vec::<ClinicId>::new());
        let read =
            client(&root).observe(&ids(&names), |clinic, _| seen.lock().expect("not poisoned").push(clinic)).await;
        let mut seen = seen.into_inner().expect("not poisoned");
        seen.sort();
        let read: Vec<_> = read.expect("readable").into_iter().map(|(clinic, ())| clinic).collect();
        assert_eq!(seen, read);
        assert_eq!(read.len(), 200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_may_live_on_another_thread() {
    for snapshot in [Snapshot::None, Snapshot::Given] {
        let (_, root) = Fake { snapshot, ..Fake::of(&["a"]) }.start().await;
        let read = tokio::spawn(async move { client(&root).observe(&ids(&["a"]), |_, observed| observed).await });
        assert_eq!(read.await.expect("joined").expect("readable").len(), 1);
    }
}

#[tokio::test]
async fn the_executor_reads_the_state_without_the_people() {
    let (fake, root) = Fake::of(&["a"]).start().await;
    let read = client(&root).observe_one("a").await;
    assert!(live(&read).directory.staff().is_empty());
    assert_eq!(fake.lines(), ["GET /clinics/a"]);
    assert_secret(&format!("{read:?}"));
}

/// [`Port::observe`] by name.
trait ObserveOne {
    async fn observe_one(&self, clinic: &str) -> Observed;
}

impl<P: Port> ObserveOne for P {
    async fn observe_one(&self, clinic: &str) -> Observed {
        Port::observe(self, &ids(&[clinic])[0]).await.expect("no trouble but the clinic's")
    }
}
