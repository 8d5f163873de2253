//! The law that every trouble keeps, and the system on which it is tried.
#![expect(clippy::unwrap_used, reason = "a test whose store is not there has nothing more to say")]

use crate::reference::world::World;
use crate::support::http;
use clinic_system::{Location, Scope, Verification, verify_log};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How soon after a trouble a server that nobody writes to says that it is ready.
pub(super) const SOON: Duration = Duration::from_secs(10);
/// For how long a server believes what it has found out.
const BELIEVED: Duration = Duration::from_secs(1);

/// A trouble of a store.
pub(super) trait Trouble {
    /// Whether clinics can be read while it lasts.
    const READS: bool = true;
    /// How often it is met before it ends.
    const MEETINGS: usize = 3;

    async fn begin(&mut self);

    async fn end(&mut self);
}

/// A system, and what it has said it keeps: buttons of a clinic that has no others.
pub(super) struct System {
    address: String,
    token: String,
    http: Client,
    kept: Vec<String>,
    tried: usize,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

impl Told {
    /// A refusal that says to come back, and is none that nobody foresaw.
    pub(super) fn assert_come_back(&self) {
        assert_eq!(self.status, 503, "{self:?}");
        assert_eq!(self.headers["content-type"], "application/problem+json", "{self:?}");
        assert_eq!((&self.body["type"], &self.body["status"]), (&json!("unavailable"), &json!(503)), "{self:?}");
        let seconds = self.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap();
        assert!((1..=60).contains(&seconds), "{self:?}");
    }
}

impl System {
    pub(super) fn at(address: String, token: String) -> Self {
        Self { address, token, http: http::client(), kept: Vec::new(), tried: 0 }
    }

    pub(super) fn of(world: &World) -> Self {
        Self::at(world.url(""), world.token(&Scope::ALL))
    }

    /// The same system at another address, after a restart.
    pub(super) fn moved_to(self, address: String) -> Self {
        Self { address, ..self }
    }

    /// What was kept by then is what this one goes by.
    pub(super) fn having_kept(self, other: &Self) -> Self {
        Self { kept: other.kept.clone(), tried: other.tried, ..self }
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.address)).bearer_auth(&self.token)
    }

    pub(super) async fn get(&self, path: &str) -> Told {
        told(self.request(Method::GET, path)).await
    }

    /// A write of one more button, based on everything that was kept.
    pub(super) async fn write(&mut self) -> Told {
        self.tried += 1;
        let button = format!("b{}", self.tried);
        let told = self.put(&button, 1 + self.kept.len()).await;
        if told.status == 201 {
            self.kept.push(button);
        }
        told
    }

    async fn put(&self, button: &str, revision: usize) -> Told {
        let body = json!({"leads_to": "drop_in", "title": {"sv": "Drop-in"}, "active": true, "shown_in": ["app"]});
        let request = self.request(Method::PUT, &format!("/api/v1/clinics/vasa/buttons/{button}"));
        told(request.header("If-Match", format!("\"{revision}\"")).json(&body)).await
    }

    /// A write is refused because of what it is based on.
    pub(super) async fn must_be_stale(&self) {
        assert_eq!(self.put("stale", 1000).await.status, 412);
    }

    /// The same, where nothing keeps it from being made.
    pub(super) async fn must_write(&mut self) {
        let told = self.write().await;
        assert_eq!(told.status, 201, "{told:?}");
    }

    pub(super) async fn must_be_ready(&self) {
        let told = self.get("/readyz").await;
        assert_eq!(told.status, 200, "{told:?}");
    }

    /// Asks until it is ready.
    pub(super) async fn must_become_ready(&self) {
        let begun = Instant::now();
        loop {
            let told = self.get("/readyz").await;
            if told.status == 200 {
                return;
            }
            told.assert_come_back();
            assert!(begun.elapsed() < SOON, "it does not become ready: {told:?}");
        }
    }

    /// Also when what is known of the last write is too old to be believed.
    async fn must_stay_unready(&self) {
        let begun = Instant::now();
        while begun.elapsed() < BELIEVED.mul_f64(1.25) {
            self.get("/readyz").await.assert_come_back();
        }
    }

    /// A write is refused, and says that nothing was written.
    pub(super) async fn must_not_write(&mut self) {
        let told = self.write().await;
        told.assert_come_back();
        assert!(told.body["detail"].as_str().unwrap().ends_with("nothing was written"), "{told:?}");
    }

    /// The clinic has what was answered with success, and nothing that was refused.
    pub(super) async fn must_hold_what_it_kept(&self) {
        let told = self.get("/api/v1/clinics/vasa").await;
        assert_eq!(told.status, 200, "{told:?}");
        let ids: Vec<&str> =
            told.body["buttons"].as_array().unwrap().iter().map(|button| button["id"].as_str().unwrap()).collect();
        assert_eq!(ids, self.kept);
        assert_eq!(told.body["revision"], 1 + self.kept.len());
    }

    /// And so has its log, which is whole: two entries are of the seed.
    pub(super) async fn log_must_hold_what_it_kept(&self, database: &Location) {
        let entries = 2 + self.kept.len() as u64;
        assert_eq!(verify_log(database).await.unwrap(), Verification::Whole { entries });
    }

    /// A trouble, from before it to after it: the first that comes then is a write.
    pub(super) async fn keeps_the_law<T: Trouble>(&mut self, trouble: &mut T) {
        self.must_write().await;
        self.must_be_ready().await;
        trouble.begin().await;
        for _ in 0..T::MEETINGS {
            self.must_not_write().await;
            self.get("/readyz").await.assert_come_back();
            match T::READS {
                true => self.must_hold_what_it_kept().await,
                false => self.get("/api/v1/clinics/vasa").await.assert_come_back(),
            }
            assert_eq!(self.get("/healthz").await.status, 200, "nothing is wrong with the server itself");
        }
        self.must_stay_unready().await;
        trouble.end().await;
        self.must_write().await;
        self.must_be_ready().await;
        self.must_hold_what_it_kept().await;
    }

    /// The same where nobody writes, neither during the trouble nor after it.
    pub(super) async fn keeps_the_law_unwritten<T: Trouble>(&mut self, trouble: &mut T) {
        self.must_be_ready().await;
        trouble.begin().await;
        let begun = Instant::now();
        while self.get("/readyz").await.status == 200 {
            assert!(begun.elapsed() < SOON, "it does not notice");
        }
        trouble.end().await;
        self.must_become_ready().await;
        self.must_hold_what_it_kept().await;
        self.must_write().await;
    }
}

async fn told(request: RequestBuilder) -> Told {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    Told { status, headers, body: response.json().await.unwrap_or_default() }
}
