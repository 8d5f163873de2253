//! A write of which nobody knows what became of it, and that a read shows as not done: how often it is sent again, and
//! after which waits. Through the executor and the client, on a clock that stands still.

use super::behaviours::tiny;
use super::clock::Frozen;
use super::patience::Scene;
use super::raw::{Reply, http};
use super::support::ids;
use clinicctl::client::Limits;
use clinicctl::domain::{ClinicId, DirectionKind};
use clinicctl::execute::{ClinicOutcome, NeverAgain, Observed, Options, PerformError, Port, StepOutcome, run};
use clinicctl::plan::{ClinicWork, Step, Write};
use clinicctl::rules::Policy;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// A system that never does a write, and answers them one after the other like this, the last answer for ever.
fn answering(writes: Vec<Reply>) -> impl Fn(&str) -> Reply {
    let count = AtomicUsize::new(0);
    move |request| {
        if request.starts_with("PUT") {
            return writes[count.fetch_add(1, Ordering::SeqCst).min(writes.len() - 1)].clone();
        }
        let name = request.split([' ', '/']).nth(5).expect("a clinic");
        http(200, "", &tiny::clinic(name).to_string())
    }
}

/// Incoming messages are to be switched on.
async fn work(scene: &Scene, clinic: &ClinicId) -> ClinicWork {
    let Ok(Observed::Live(live)) = Port::observe(&scene.client, clinic).await else { panic!("a live clinic") };
    let mut wanted = live.state.clone();
    wanted.incoming.enabled = true;
    let write = Write::PutDirection { direction: DirectionKind::Incoming, to: wanted.incoming.clone() };
    ClinicWork {
        clinic: live.clinic,
        revision: live.revision,
        before: live.state,
        steps: vec![Step { id: 1, write, waits_for: Vec::new() }],
        wanted,
        policy: Policy::default(),
        people: Vec::new(),
    }
}

async fn apply(scene: &Scene, clinics: &[ClinicId]) -> Vec<ClinicOutcome> {
    let mut works = Vec::new();
    for clinic in clinics {
        works.push(work(scene, clinic).await);
    }
    let options = Options { interrupt: scene.interrupt.clone(), ..Options::default() };
    run(&scene.client, &works, &NeverAgain, &options, |_| ()).await
}

fn writes(scene: &Scene) -> usize {
    scene.requests().iter().filter(|request| request.starts_with("PUT")).count()
}

fn why(outcome: &ClinicOutcome) -> &str {
    let StepOutcome::Stopped(PerformError::Unknown(why)) = &outcome.steps[0].1 else { panic!("{outcome:?}") };
    why
}

#[tokio::test]
async fn a_write_is_sent_at_most_four_times_and_each_time_after_a_longer_wait() {
    let busy = |status, headers| vec![http(status, headers, "")];
    let mixed = vec![http(429, "", ""), http(429, "", ""), http(500, "", "")];
    let page = vec![http(200, "content-type: text/html\r\n", "<p>")];
    let backs_off = [500, 1_000, 2_000];
    for (replies, waits, said) in [
        (busy(500, ""), &backs_off[..], "answered 500; tried 4 times; the clinic was read afterwards and is as it was"),
        (busy(502, ""), &backs_off, "answered 502; tried 4 times"),
        (busy(503, ""), &backs_off, "answered 503; tried 4 times"),
        (busy(504, ""), &backs_off, "answered 504; tried 4 times"),
        (vec![Reply::Bytes(Vec::new())], &backs_off, "tried 4 times"),
        (page, &backs_off, "not one of a clinic system"),
        (mixed, &backs_off, "answered 500; tried 4 times"),
        // Everybody waits as the system asks, the read too; after that the write waits for itself.
        (busy(503, "retry-after: 2\r\n"), &[2_000, 500, 2_000, 1_000, 2_000, 2_000, 2_000], "tried 4 times"),
        (busy(502, "retry-after: 7\r\n"), &[7_000; 3], "come back in 7 s; tried 4 times"),
    ] {
        let scene = Scene::of(Limits::default(), Frozen::default(), answering(replies)).await;
        let done = apply(&scene, &ids(&["a"])).await;
        assert_eq!((scene.clock.waits().as_slice(), writes(&scene)), (waits, 4), "{said}");
        assert!(why(&done[0]).contains(said) && why(&done[0]).ends_with("not sent again"), "{}", why(&done[0]));
    }
}

#[tokio::test]
async fn a_write_is_not_sent_again_before_the_system_wants_it_nor_beyond_the_budget() {
    let (minute, nothing) = (Duration::from_secs(60), Duration::ZERO);
    for (reply, retry_budget, said) in [
        (
            http(503, "retry-after: 3600\r\n", ""),
            minute,
            "answered 503; it asks to come back in 60 min; the clinic was",
        ),
        (http(503, "retry-after: 60\r\n", ""), minute, "come back in 60 s"),
        (http(503, "", ""), nothing, "answered 503; the clinic was read afterwards"),
        (http(500, "", ""), nothing, "answered 500; the clinic was read afterwards"),
        (Reply::Bytes(Vec::new()), nothing, "the connection broke"),
    ] {
        let limits = Limits { retry_budget, ..Limits::default() };
        let scene = Scene::of(limits, Frozen::default(), answering(vec![reply])).await;
        let done = apply(&scene, &ids(&["a"])).await;
        assert_eq!((writes(&scene), scene.requests().len(), scene.clock.waits().len()), (1, 3, 0), "{said}");
        assert!(why(&done[0]).contains(said), "{}", why(&done[0]));
    }
}

#[tokio::test]
async fn the_time_that_a_read_has_waited_counts_for_the_budget_of_its_write() {
    let reply = http(503, "retry-after: 25\r\n", "");
    let scene = Scene::of(Limits::default(), Frozen::default(), answering(vec![reply])).await;
    apply(&scene, &ids(&["a"])).await;
    assert_eq!((writes(&scene), scene.clock.waits()), (3, vec![25_000, 500, 25_000, 1_000, 25_000]));
}

#[tokio::test]
async fn writes_that_are_sent_again_are_paid_out_of_the_runs_purse() {
    let names: Vec<_> = (0..60).map(|number| format!("c{number}")).collect();
    let clinics = ids(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let scene = Scene::of(Limits::default(), Frozen::default(), answering(vec![http(500, "", "")])).await;
    let done = apply(&scene, &clinics).await;
    assert!(done.iter().all(|outcome| why(outcome).ends_with("not sent again")), "{done:?}");
    let again = writes(&scene) - clinics.len();
    let first = scene.requests().len() - again;
    // The tenth of what was not asked yet when the purse was empty is missing.
    assert!((100..=100 + first / 10).contains(&again), "{again} of the {} that were wanted", 3 * clinics.len());
}

#[tokio::test]
async fn the_wait_of_a_write_ends_when_the_run_is_to_stop() {
    let scene = Scene::of(Limits::default(), Frozen::for_ever(), answering(vec![http(500, "", "")])).await;
    let clinics = ids(&["a"]);
    let stop = async {
        while scene.told().is_empty() {
            tokio::task::yield_now().await;
        }
        scene.interrupt.raise("the run was asked to stop");
    };
    let (done, ()) = tokio::join!(apply(&scene, &clinics), stop);
    assert!(why(&done[0]).ends_with("the write was not sent again: the run was asked to stop"), "{done:?}");
    assert_eq!(scene.told(), ["waiting 1 s: the system answered 500", "goes on"]);
    assert_eq!(writes(&scene), 1);
}
