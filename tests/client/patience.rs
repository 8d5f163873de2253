//! How a client waits: for how long, how often, what it says meanwhile, and what ends it. On a clock that stands still.

use super::behaviours::tiny;
use super::clock::{Frozen, Told, hooks};
use super::port::{button, clinic};
use super::raw;
use super::raw::{Reply, Requests, http};
use super::support::{client_with, ids};
use clinicctl::client::{Client, Limits, ObserveError, Settings};
use clinicctl::domain::Revision;
use clinicctl::execute::{FatalError, Interrupt, Observed, PerformError, Performed, Port, Sending};
use clinicctl::plan::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A client with its clock, its talk and its switch, and the system's requests.
pub(super) struct Scene {
    pub(super) client: Client,
    pub(super) clock: Arc<Frozen>,
    told: Told,
    pub(super) interrupt: Interrupt,
    requests: Requests,
}

impl Scene {
    pub(super) async fn of(
        limits: Limits,
        clock: Frozen,
        answer: impl Fn(&str) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let (requests, root) = raw::start(answer).await;
        let clock = Arc::new(clock);
        let (hooks, told, interrupt) = hooks(&clock);
        let client = client_with(&root, Settings { limits, hooks, ..Settings::default() });
        Self { client, clock, told, interrupt, requests }
    }

    async fn answering(reply: Reply) -> Self {
        Self::of(Limits::default(), Frozen::default(), move |_| reply.clone()).await
    }

    pub(super) fn requests(&self) -> Vec<String> {
        let first = |request: &String| request.lines().next().unwrap_or_default().to_owned();
        self.requests.lock().expect("not poisoned").iter().map(first).collect()
    }

    pub(super) fn told(&self) -> Vec<String> {
        self.told.lock().expect("not poisoned").clone()
    }

    async fn write(&self) -> PerformError {
        write(&self.client).await.expect_err("a refusal")
    }
}

async fn write(client: &Client) -> Result<Performed, PerformError> {
    let write = Write::DeleteButton(button("a").id);
    let sending = Sending { clinic: &clinic("a"), precondition: Revision(7), write: &write, reference: None };
    client.perform(sending, &mut Default::default()).await
}

#[tokio::test]
async fn a_read_waits_as_long_as_it_was_asked_to_and_says_so() {
    let asked = "the system asked for it (429)";
    let cases: Vec<(Reply, Vec<u128>, String)> = vec![
        (http(429, "retry-after: 5\r\n", ""), vec![5_000; 3], format!("waiting 5 s: {asked}")),
        (http(429, "retry-after: -1\r\n", ""), vec![1_000; 3], format!("waiting 1 s: {asked}")),
        (http(429, "retry-after: 0\r\n", ""), vec![1_000; 3], format!("waiting 1 s: {asked}")),
        (http(429, "retry-after: 25\r\n", ""), vec![25_000; 2], format!("waiting 25 s: {asked}")),
        (http(429, "retry-after: 60\r\n", ""), vec![], String::new()),
        (http(429, "retry-after: 99999999\r\n", ""), vec![], String::new()),
        (http(429, "retry-after: 3\r\nretry-after: 4\r\n", ""), vec![4_000; 3], format!("waiting 4 s: {asked}")),
        (
            http(503, "retry-after: Sun, 22 Nov 2026 22:00:50 GMT\r\n", ""),
            vec![50_000],
            "waiting 50 s: the system asked for it (503)".to_owned(),
        ),
        (http(503, "", ""), vec![500, 1_000, 2_000], "waiting 1 s: the system answered 503".to_owned()),
        (
            http(429, "retry-after: soon\r\n", ""),
            vec![500, 1_000, 2_000],
            "waiting 1 s: the system answered 429".into(),
        ),
        (http(502, "retry-after: 9\r\n", ""), vec![500, 1_000, 2_000], "waiting 1 s: the system answered 502".into()),
        (http(504, "", ""), vec![500, 1_000, 2_000], "waiting 1 s: the system answered 504".to_owned()),
        (Reply::Bytes(Vec::new()), vec![500, 1_000, 2_000], "waiting 1 s: the system did not answer".to_owned()),
        (http(500, "retry-after: 5\r\n", ""), vec![], String::new()),
    ];
    for (reply, waits, first) in cases {
        let scene = Scene::answering(reply.clone()).await;
        scene.client.observe(&ids(&["a"]), |_, _| ()).await.expect_err("a refusal");
        assert_eq!(scene.clock.waits(), waits, "{reply:?}");
        assert_eq!(scene.requests().len(), waits.len() + 1, "{reply:?}");
        assert_eq!(scene.told().first().cloned().unwrap_or_default(), first, "{reply:?}");
        assert_eq!(scene.told().len(), 2 * waits.len(), "every wait begins and ends");
    }
}

#[tokio::test]
async fn a_clock_that_jumps_changes_no_wait_that_is_counted_in_seconds_or_from_the_date_of_the_answer() {
    let dated = "retry-after: Sun, 22 Nov 2026 22:00:18 GMT\r\n";
    let (counted, measured) = ("retry-after: 5\r\n", format!("date: Sun, 22 Nov 2026 22:00:00 GMT\r\n{dated}"));
    // Without a date of its own, and a hundred years too late, the time is over; before 1970, nobody waits for it.
    for (headers, waits) in [(counted, &[5_000; 3][..]), (&measured, &[18_000; 3]), (dated, &[1_000])] {
        let reply = http(503, headers, "");
        let scene = Scene::of(Limits::default(), Frozen::jumping(), move |_| reply.clone()).await;
        let error = scene.client.observe(&ids(&["a"]), |_, _| ()).await.expect_err("a refusal").to_string();
        assert_eq!((scene.clock.waits().as_slice(), scene.requests().len()), (waits, waits.len() + 1), "{headers}");
        assert!(error.ends_with(&format!("; tried {} times", waits.len() + 1)), "{error}");
    }
}

#[tokio::test]
async fn a_write_is_repeated_only_where_it_certainly_was_not_carried_out() {
    for (reply, waits) in [
        (http(429, "retry-after: 2\r\n", ""), vec![2_000; 3]),
        (http(429, "", ""), vec![500, 1_000, 2_000]),
        (http(429, "retry-after: 61\r\n", ""), vec![]),
        (http(503, "retry-after: 2\r\n", ""), vec![]),
        (http(502, "", ""), vec![]),
        (http(504, "", ""), vec![]),
        (Reply::Bytes(Vec::new()), vec![]),
    ] {
        let scene = Scene::answering(reply.clone()).await;
        scene.write().await;
        assert_eq!(scene.clock.waits(), waits, "{reply:?}");
        assert_eq!(scene.requests().len(), waits.len() + 1, "{reply:?}");
    }
}

#[tokio::test]
async fn nobody_at_the_address_is_tried_again_for_reads_and_writes() {
    let scene = Scene::answering(http(200, "", "")).await;
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr().expect("an address");
    let (hooks, told, _) = hooks(&scene.clock);
    let client = client_with(&format!("http://{free}"), Settings { hooks, ..Settings::default() });
    client.observe(&ids(&["a"]), |_, _| ()).await.expect_err("nobody there");
    let error = write(&client).await;
    assert!(matches!(error, Err(PerformError::Failed(_))), "{error:?}");
    assert_eq!(scene.clock.waits(), [500, 1_000, 2_000, 500, 1_000, 2_000]);
    assert_eq!(told.lock().expect("not poisoned")[0], "waiting 1 s: no connection to the system");
}

#[tokio::test]
async fn an_unknown_write_makes_the_next_request_wait_as_the_system_asked() {
    let answer = |request: &str| match request.starts_with("DELETE") {
        true => http(503, "retry-after: 20\r\n", ""),
        false => http(200, "", &tiny::clinic("a").to_string()),
    };
    let scene = Scene::of(Limits::default(), Frozen::default(), answer).await;
    assert!(matches!(scene.write().await, PerformError::Unknown(_)));
    assert!(scene.clock.waits().is_empty());
    assert!(matches!(Port::observe(&scene.client, &clinic("a")).await, Ok(Observed::Live(_))));
    assert_eq!(scene.clock.waits(), [20_000]);
    assert_eq!(scene.told(), ["waiting 20 s: the system asked for it", "goes on"]);
}

/// A system without a snapshot that answers every clinic like this.
fn each_clinic(reply: Reply) -> impl Fn(&str) -> Reply {
    move |request| match request.starts_with("GET /api/v1 ") {
        true => http(200, "", &tiny::root(false).to_string()),
        false => reply.clone(),
    }
}

fn many(count: usize) -> Vec<clinicctl::domain::ClinicId> {
    let names: Vec<_> = (0..count).map(|number| format!("c{number}")).collect();
    ids(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

#[tokio::test]
async fn a_system_that_wants_to_be_left_alone_for_an_hour_is_left_alone() {
    let limits = Limits { in_flight: 1, ..Limits::default() };
    let scene = Scene::of(limits, Frozen::default(), each_clinic(http(429, "retry-after: 3600\r\n", ""))).await;
    let read = scene.client.observe(&many(50), |_, observed| observed).await.expect("a list");
    let why = |observed: &Observed| {
        let Observed::Failed(why) = observed else { panic!("{observed:?}") };
        why.clone()
    };
    assert_eq!(scene.requests().len(), 1 + 3, "three clinics of fifty were asked for");
    assert!(read.iter().all(|(_, observed)| why(observed).contains("come back in 60 min")), "{read:?}");
    assert_eq!(read.iter().filter(|(_, observed)| why(observed).contains("nothing was sent")).count(), 47);
    assert!(scene.clock.waits().is_empty());
}

#[tokio::test]
async fn a_system_that_sends_everybody_away_keeps_nobody_waiting() {
    for in_flight in [10, 16] {
        let limits = Limits { in_flight, ..Limits::default() };
        let scene = Scene::of(limits, Frozen::default(), each_clinic(http(429, "retry-after: 60\r\n", ""))).await;
        let wanted = many(50);
        let reading = scene.client.observe(&wanted, |_, observed| observed);
        let read = tokio::time::timeout(Duration::from_secs(30), reading).await.expect("an end").expect("a list");
        assert!(read.iter().all(|(_, observed)| matches!(observed, Observed::Failed(_))), "{read:?}");
        // The root, and the five that are under way before the first clinic's answer.
        assert_eq!(scene.requests().len(), 1 + 5, "{in_flight}: {:?}", scene.requests());
    }
}

#[tokio::test]
async fn a_dying_system_is_not_asked_four_times_as_often() {
    let scene = Scene::of(Limits::default(), Frozen::default(), each_clinic(http(503, "", ""))).await;
    scene.client.observe(&many(400), |_, _| ()).await.expect("a list");
    let (first, again) = (401, 100 + 401 / 10);
    assert_eq!(scene.requests().len(), first + again);
}

#[tokio::test]
async fn a_wait_ends_when_the_run_is_to_stop() {
    let scene = Scene::of(Limits::default(), Frozen::for_ever(), |_| http(429, "retry-after: 50\r\n", "")).await;
    let wanted = ids(&["a"]);
    let reading = scene.client.observe(&wanted, |_, _| ());
    let stop = async {
        while scene.told().is_empty() {
            tokio::task::yield_now().await;
        }
        scene.interrupt.raise("the run was asked to stop");
    };
    let (read, ()) = tokio::join!(reading, stop);
    assert!(matches!(read, Err(ObserveError::Unavailable(said)) if said.contains("429")));
    assert_eq!((scene.requests().len(), scene.clock.waits().len()), (1, 1));
    // Whoever comes while everybody waits does not wait either, and is not sent.
    assert!(matches!(scene.write().await, PerformError::Interrupted(why) if why.contains("asked to stop")));
    assert_eq!(scene.requests().len(), 1);
}

#[tokio::test]
async fn after_a_401_nothing_is_sent_any_more() {
    let scene = Scene::answering(http(401, "", "")).await;
    assert_eq!(scene.write().await, PerformError::Unauthenticated);
    assert!(scene.client.token_refused());
    assert_eq!(scene.write().await, PerformError::Unauthenticated);
    let read = scene.client.observe(&ids(&["a"]), |_, _| ()).await;
    assert!(matches!(read, Err(ObserveError::Unauthenticated)));
    let observed = Port::observe(&scene.client, &clinic("a")).await;
    assert_eq!(observed, Err(FatalError::Unauthenticated));
    assert_eq!(scene.requests().len(), 1);
}

/// A snapshot of these clinics that breaks after `whole` of its lines, as long as `broken` is above nothing.
fn breaking(whole: usize, broken: usize) -> impl Fn(&str) -> Reply {
    let count = AtomicUsize::new(broken);
    move |request| {
        if request.starts_with("GET /api/v1 ") {
            return http(200, "", &tiny::root(true).to_string());
        }
        let lines: Vec<_> = ["a", "b", "c"].map(|name| tiny::line(name) + "\n").into();
        let text = lines.concat();
        let left = count.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        let sent = if left.is_ok() { lines[..whole].concat() + "{\"clin" } else { text.clone() };
        Reply::Bytes([raw::head(200, "", text.len()), sent.into_bytes()].concat())
    }
}

#[tokio::test]
async fn a_snapshot_that_breaks_is_read_on_from_where_it_broke() {
    for whole in 0..3 {
        let scene = Scene::of(Limits::default(), Frozen::default(), breaking(whole, 1)).await;
        let read = scene.client.observe(&ids(&["a", "b", "c"]), |_, observed| observed).await.expect("readable");
        assert!(read.iter().all(|(_, observed)| matches!(observed, Observed::Live(_))), "{read:?}");
        let left: String = ["a", "b", "c"][whole..].iter().map(|name| format!("&clinic={name}")).collect();
        assert_eq!(scene.requests()[2], format!("GET /api/v1/snapshot?include=staff{left} HTTP/1.1"));
        assert_eq!((scene.requests().len(), scene.clock.waits()), (3, vec![500]));
    }
}

#[tokio::test]
async fn a_snapshot_that_always_breaks_is_given_up() {
    let scene = Scene::of(Limits::default(), Frozen::default(), breaking(1, 100)).await;
    let read = scene.client.observe(&ids(&["a", "b", "c"]), |_, _| ()).await;
    assert!(matches!(read, Err(ObserveError::Exchange(_))), "{read:?}");
    assert_eq!((scene.requests().len(), scene.clock.waits()), (5, vec![500, 1_000, 2_000]));
}

#[tokio::test]
async fn without_a_budget_nothing_is_tried_again() {
    let limits = Limits { retry_budget: Duration::ZERO, ..Limits::default() };
    let scene = Scene::of(limits, Frozen::default(), |_| http(503, "", "")).await;
    scene.client.observe(&ids(&["a"]), |_, _| ()).await.expect_err("503");
    assert_eq!((scene.requests().len(), scene.clock.waits().len()), (1, 0));
}
