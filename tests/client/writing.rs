//! Writes: exactly what the contract says goes out, once, and every answer is taken for what it proves.

use super::fake::Fake;
use super::port::{button, clinic};
use super::raw;
use super::raw::{Reply, http};
use super::support::{assert_asked, assert_secret, client, client_within, small};
use clinicctl::client::Client;
use clinicctl::domain::{
    Access, Button, ClinicState, Direction, DirectionKind, Language, LeadsTo, Revision, ShownIn, StaffId,
};
use clinicctl::execute::{NeverAgain, Observed, Options, PerformError, Performed, Port, Sending, StepOutcome, run};
use clinicctl::plan::{ClinicWork, Step, Write};
use clinicctl::rules::Policy;
use serde_json::json;

const AT: Revision = Revision(1000);

fn incoming() -> Write {
    let staff = ["a-2", "a-1"].map(|id| StaffId::parse(id).expect("an id"));
    let to = Direction { enabled: true, accessible_to: Access::Listed(staff.into_iter().collect()) };
    Write::PutDirection { direction: DirectionKind::Incoming, to }
}

fn delete(id: &str) -> Write {
    Write::DeleteButton(button(id).id)
}

async fn perform(client: &Client, write: &Write) -> Result<Performed, PerformError> {
    let sending = Sending { clinic: &clinic("a"), precondition: AT, write, reference: None };
    let performed = client.perform(sending, &mut Default::default()).await;
    if let Err(error) = &performed {
        assert_secret(&format!("{error} {error:?}"));
    }
    performed
}

#[tokio::test]
async fn every_write_has_its_path_its_body_and_its_precondition() {
    let everyone = Direction { enabled: false, accessible_to: Access::Everyone };
    let title = [(Language::parse("sv").expect("a tag"), "Öppet".to_owned())];
    let forms = Button {
        leads_to: LeadsTo::Other("chat-room:4".into()),
        title: title.into(),
        active: false,
        shown_in: ShownIn::Web,
        ..button("forms")
    };
    let cases = [
        (incoming(), "PUT /clinics/a/messaging/incoming", json!({"enabled": true, "accessible_to": ["a-1", "a-2"]})),
        (
            Write::PutDirection { direction: DirectionKind::HealthcareInitiated, to: everyone },
            "PUT /clinics/a/messaging/healthcare-initiated",
            json!({"enabled": false, "accessible_to": "everyone"}),
        ),
        (
            Write::PutButton(forms),
            "PUT /clinics/a/buttons/forms",
            json!({"leads_to": "chat-room:4", "title": {"sv": "Öppet"}, "active": false, "shown_in": ["web"]}),
        ),
        (delete("chat"), "DELETE /clinics/a/buttons/chat", json!(null)),
        (
            Write::PutOrder(vec![button("chat").id, button("new-message").id]),
            "PUT /clinics/a/button-order",
            json!({"order": ["chat", "new-message"]}),
        ),
    ];
    for (write, line, body) in cases {
        let (fake, root) = Fake::of(&["a"]).start().await;
        let reference = Some("höst 9f3");
        let sending = Sending { clinic: &clinic("a"), precondition: AT, write: &write, reference };
        let performed = client(&root).perform(sending, &mut Default::default()).await;
        assert_eq!(performed, Ok(Performed { revision: Revision(1017), changed: true }), "{line}");
        let asked = fake.last();
        assert_eq!((asked.line.as_str(), &asked.body), (line, &body));
        assert_eq!(asked.headers["if-match"], "\"1000\"");
        assert_eq!(asked.headers["change-reference"], "h%C3%B6st 9f3");
        assert_eq!(fake.lines().len(), 1);
    }
}

#[tokio::test]
async fn a_write_that_changes_nothing_keeps_the_revision() {
    let (fake, root) = Fake::of(&["a"]).start().await;
    let order = Write::PutOrder(vec![button("new-message").id, button("chat").id]);
    let performed = perform(&client(&root), &order).await;
    assert_eq!(performed, Ok(Performed { revision: AT, changed: false }));
    assert!(!fake.last().headers.contains_key("change-reference"));
}

#[tokio::test]
async fn an_old_revision_is_a_conflict_with_the_current_one() {
    let (fake, root) = Fake::of(&["a"]).start().await;
    fake.clinics.lock().expect("not poisoned").get_mut("a").expect("a clinic")["revision"] = json!(2000);
    let current = Some(Revision(2000));
    assert_eq!(perform(&client(&root), &incoming()).await, Err(PerformError::Conflict { current }));
    assert_eq!(fake.lines().len(), 1);
}

#[tokio::test]
async fn an_etag_that_is_no_strong_quoted_number_names_no_revision() {
    for etag in ["", "W/\"1017\"", "1017", "\"1017", "\"\"", "\"abc\"", "\"+1017\"", "\"99999999999999999999999\""] {
        let (fake, root) = Fake { etag: Some(etag), ..Fake::of(&["a"]) }.start().await;
        assert_eq!(perform(&client(&root), &incoming()).await, Err(PerformError::NoRevision), "{etag}");
        assert_eq!(fake.lines().len(), 1);
    }
}

/// What a system that answers every write like this is taken to have done.
async fn answered(reply: Reply, write: &Write) -> Result<Performed, PerformError> {
    answered_after(1, reply, write).await
}

/// The same of a write that is sent so many times.
async fn answered_after(times: usize, reply: Reply, write: &Write) -> Result<Performed, PerformError> {
    let answer = reply.clone();
    let (requests, root) = raw::start(move |_| answer.clone()).await;
    let performed = perform(&client_within(&root, small(&reply)), write).await;
    assert_asked(times, &reply, &requests);
    performed
}

#[tokio::test]
async fn success_is_believed_in_every_form_of_the_contract() {
    for (status, body) in [(200, "{}"), (201, " {\"any\": [1]} "), (204, ""), (200, "")] {
        let performed = answered(http(status, "etag: \"7\"\r\n", body), &incoming()).await;
        assert_eq!(performed, Ok(Performed { revision: Revision(7), changed: true }), "{status} {body}");
    }
}

#[tokio::test]
async fn what_does_not_prove_success_is_unknown() {
    let cut = raw::head(200, "etag: \"7\"\r\n", 50);
    for reply in [
        http(200, "content-type: text/html\r\netag: \"7\"\r\n", "welcome"),
        http(200, "etag: \"7\"\r\n", "<html>sign in</html>"),
        http(200, "etag: \"7\"\r\n", "{\"cut\": "),
        http(200, "etag: \"7\"\r\n", "{} {}"),
        http(200, "etag: \"7\"\r\ncontent-encoding: br\r\n", "{}"),
        http(202, "etag: \"7\"\r\n", "{}"),
        http(500, "", ""),
        http(502, "", "<html>"),
        http(503, "", ""),
        http(503, "retry-after: 5\r\n", ""),
        http(504, "", ""),
        Reply::Bytes(cut.clone()),
        Reply::Silence(cut),
        Reply::Bytes(Vec::new()),
        Reply::Silence(Vec::new()),
        Reply::Endless(raw::open_head("etag: \"7\"\r\n"), b"          "),
        Reply::Endless(b"HTTP/1.1 200 X\r\n".to_vec(), b"x-more: and more\r\n"),
    ] {
        let performed = answered(reply.clone(), &incoming()).await;
        assert!(matches!(performed, Err(PerformError::Unknown(_))), "{reply:?}: {performed:?}");
    }
}

#[tokio::test]
async fn refusals_are_told_apart() {
    let fields =
        r#"{"type": "t", "title": "No", "detail": "because", "errors": [{"pointer": "/enabled", "detail": "off"}]}"#;
    let refused =
        PerformError::Refused { detail: "because".to_owned(), fields: vec![("/enabled".to_owned(), "off".to_owned())] };
    let bare = PerformError::Refused { detail: "the system answered 422".to_owned(), fields: Vec::new() };
    let conflict = |current: u64| PerformError::Conflict { current: Some(Revision(current)) };
    for (reply, expected) in [
        (http(401, "", ""), PerformError::Unauthenticated),
        (http(403, "", "<html>"), PerformError::Forbidden),
        (http(404, "", ""), PerformError::Missing),
        (http(412, "", r#"{"type": "t", "title": "t", "current": {"revision": 9}}"#), conflict(9)),
        (http(412, "", r#"{"clinic": "a", "revision": 9}"#), conflict(9)),
        (http(412, "etag: \"9\"\r\n", ""), conflict(9)),
        (http(412, "etag: W/\"9\"\r\n", "<html>"), PerformError::Conflict { current: None }),
        (http(422, "", fields), refused),
        (http(422, "", "<html>"), bare),
    ] {
        assert_eq!(answered(reply, &incoming()).await, Err(expected));
    }
    let gone = answered(http(404, "", ""), &delete("chat")).await;
    assert_eq!(gone, Err(PerformError::Gone));
}

#[tokio::test]
async fn other_statuses_are_failures_with_what_the_system_said() {
    let because = r#"{"type": "t", "title": "Too big", "detail": "the body is too big"}"#;
    for (times, status, headers, text) in [
        (1, 400, "", "400: the body is too big"),
        (1, 409, "", "409"),
        (1, 413, "", "413"),
        (1, 415, "", "415"),
        (1, 428, "", "428"),
        (4, 429, "", "429: the body is too big; tried 4 times"),
        (4, 429, "retry-after: 5\r\n", "come back in 5 s; tried 4 times"),
        (1, 429, "retry-after: 99999999\r\n", "come back in 1158 days"),
    ] {
        let performed = answered_after(times, http(status, headers, because), &incoming()).await;
        assert!(matches!(&performed, Err(PerformError::Failed(why)) if why.contains(text)), "{performed:?}");
    }
}

#[tokio::test]
async fn a_redirected_write_goes_nowhere_else() {
    let (elsewhere, other) = raw::start(|_| http(200, "etag: \"7\"\r\n", "{}")).await;
    for status in [301, 302, 303, 307, 308] {
        let performed = answered(http(status, &format!("location: {other}/\r\n"), ""), &incoming()).await;
        assert!(matches!(&performed, Err(PerformError::Failed(why)) if why.contains(&other)), "{performed:?}");
    }
    assert!(elsewhere.lock().expect("not poisoned").is_empty());
}

#[tokio::test]
async fn without_a_connection_nothing_was_written() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let performed = perform(&client(&format!("http://{free}")), &incoming()).await;
    assert!(matches!(performed, Err(PerformError::Failed(_))), "{performed:?}");
}

/// Work that switches incoming off for all but two, removes `chat` and adds `forms`.
async fn work(client: &Client) -> ClinicWork {
    let Ok(Observed::Live(live)) = Port::observe(client, &clinic("a")).await else { panic!("a live clinic") };
    let forms = button("forms");
    let Write::PutDirection { to, .. } = incoming() else { panic!("a direction") };
    let wanted =
        ClinicState { incoming: to, buttons: vec![live.state.buttons[0].clone(), forms.clone()], ..live.state.clone() };
    let writes = [incoming(), delete("chat"), Write::PutButton(forms)];
    let steps = writes.into_iter().zip(1..).map(|(write, id)| Step { id, write, waits_for: Vec::new() });
    let (revision, before) = (live.revision, live.state);
    let (policy, people) = (Policy::default(), Vec::new());
    ClinicWork { clinic: live.clinic, revision, before, steps: steps.collect(), wanted, policy, people }
}

#[tokio::test]
async fn a_run_over_http_ends_as_wanted_and_a_second_one_changes_nothing() {
    let (fake, root) = Fake::of(&["a"]).start().await;
    let client = client(&root);
    let work = work(&client).await;
    let done = run(&client, std::slice::from_ref(&work), &NeverAgain, &Options::default(), |_| ()).await;
    assert_eq!(done[0].stop, None, "{done:?}");
    assert_eq!(fake.lines().len(), 1 + 3 + 1);
    let Ok(Observed::Live(live)) = Port::observe(&client, &clinic("a")).await else { panic!("a live clinic") };
    assert_eq!((&live.state, live.revision), (&work.wanted, Revision(1000 + 3 * 17)));
    let again = ClinicWork { revision: live.revision, before: live.state, ..work };
    let done = run(&client, &[again], &NeverAgain, &Options::default(), |_| ()).await;
    assert!(done[0].steps.iter().all(|(_, step)| *step == StepOutcome::AlreadySo), "{done:?}");
    assert_eq!(done[0].stop, None);
}

#[tokio::test]
async fn a_system_that_never_names_revisions_is_read_between_writes() {
    for etag in ["", "W/\"1\"", "1"] {
        let (fake, root) = Fake { etag: Some(etag), ..Fake::of(&["a"]) }.start().await;
        let client = client(&root);
        let work = work(&client).await;
        let done = run(&client, &[work], &NeverAgain, &Options::default(), |_| ()).await;
        assert_eq!(done[0].stop, None, "{done:?}");
        assert_eq!(fake.lines().len(), 1 + 3 + 2 + 1);
    }
}
