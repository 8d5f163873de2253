//! The proxy does what it is told: each way and each answer once.

use super::{Back, Fault, FaultProxy, Meddler, Message, Moment, Said, Taped, Way, Which};
use crate::support::http;
use axum::Router;
use futures_util::future::BoxFuture;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::net::TcpListener;

/// Does the same to every request, and remembers the moments.
struct Always(Fault, Arc<Mutex<Vec<Moment>>>);

impl Meddler for Always {
    fn fault(&self, _number: usize, _request: &Message) -> Fault {
        self.0
    }

    fn at(&self, moment: Moment, _number: usize) -> BoxFuture<'_, ()> {
        self.1.lock().expect("not poisoned").push(moment);
        Box::pin(std::future::ready(()))
    }
}

/// What one request through the proxy gave: what the client heard, and what the tape says.
struct Went {
    heard: Result<(u16, String, String), reqwest::Error>,
    taped: Taped,
    arrived: usize,
    moments: Vec<Moment>,
}

async fn went(way: Way, back: Back) -> Went {
    let arrivals = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&arrivals);
    let system = Router::new().fallback(move |body: String| {
        let number = counted.fetch_add(1, Ordering::SeqCst) + 1;
        async move { ([("etag", format!("\"{number}\""))], format!("answer {number} to {body}")) }
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let proxy = FaultProxy::start(listener.local_addr().expect("an address")).await;
    tokio::spawn(async move { axum::serve(listener, system).await });
    let moments = Arc::default();
    proxy.follow(Always(Fault { way, back }, Arc::clone(&moments)));
    let heard = ask(&proxy).await;
    proxy.rest().await;
    let taped = proxy.take().remove(0);
    let moments = moments.lock().expect("not poisoned").clone();
    Went { heard, taped, arrived: arrivals.load(Ordering::SeqCst), moments }
}

async fn ask(proxy: &FaultProxy) -> Result<(u16, String, String), reqwest::Error> {
    let answer = http::client().put(format!("{}/x", proxy.url())).body("me").send().await?;
    let tag = answer.headers().get("etag").map(|tag| tag.to_str().expect("text").to_owned());
    Ok((answer.status().as_u16(), tag.unwrap_or_default(), answer.text().await?))
}

const FIRST: (u16, &str, &str) = (200, "\"1\"", "answer 1 to me");

#[tokio::test]
async fn what_a_request_meets_on_its_way() {
    for (way, arrived, heard) in [
        (Way::Pass, 1, Some(FIRST)),
        (Way::Stop, 0, None),
        (Way::Delay(1), 1, Some(FIRST)),
        (Way::Late(1), 1, None),
        (Way::Twice(Which::First), 2, Some(FIRST)),
        (Way::Twice(Which::Second), 2, Some((200, "\"2\"", "answer 2 to me"))),
    ] {
        let went = went(way, Back::Give).await;
        assert_eq!((went.arrived, went.taped.answers.len()), (arrived, arrived), "{way:?}");
        let told = went.heard.ok();
        assert_eq!(told.as_ref().map(|(status, tag, body)| (*status, tag.as_str(), body.as_str())), heard, "{way:?}");
        assert_eq!(went.taped.told.is_some(), heard.is_some(), "{way:?}");
    }
}

#[tokio::test]
async fn what_the_client_hears() {
    for (back, heard) in [
        (Back::Give, Some(FIRST)),
        (Back::Drip, Some(FIRST)),
        (Back::HangUp, Some(FIRST)),
        (Back::Lose, None),
        (Back::Cut(0), None),
        (Back::Cut(30), None),
        (Back::Cut(100_000), Some(FIRST)),
        (Back::Say(Said::LoginPage), Some((200, "", "<html>Sign in</html>"))),
        (Back::Say(Said::Elsewhere(307)), Some((307, "", ""))),
        (Back::Say(Said::Without("etag")), Some((200, "", "answer 1 to me"))),
        (Back::Say(Said::With("etag", "W/\"9\"")), Some((200, "W/\"9\"", "answer 1 to me"))),
        (Back::Say(Said::Body("[")), Some((200, "\"1\"", "["))),
    ] {
        let went = went(Way::Pass, back).await;
        assert_eq!(went.arrived, 1, "{back:?}");
        let told = went.heard.ok();
        assert_eq!(told.as_ref().map(|(status, tag, body)| (*status, tag.as_str(), body.as_str())), heard, "{back:?}");
        assert_eq!(went.taped.told.is_some(), heard.is_some(), "{back:?}");
    }
    for (said, status) in [(Said::Problem(502), 502), (Said::ComeBack(429, "5"), 429)] {
        let went = went(Way::Stop, Back::Say(said)).await;
        assert_eq!((went.arrived, went.heard.expect("an answer").0), (0, status));
    }
}

#[tokio::test]
async fn every_moment_is_told_in_its_order() {
    assert_eq!(went(Way::Pass, Back::Give).await.moments, Moment::ALL);
    assert_eq!(went(Way::Stop, Back::Lose).await.moments, Moment::ALL[..2]);
}
