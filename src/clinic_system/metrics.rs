//! What a server counts about itself, as Prometheus reads it. Labels are words of this program (methods, patterns of
//! routes, statuses): never an id, a name, or anything else that a request said.

use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;
use std::time::Duration;

/// The media type of [`Metrics::text`].
pub(crate) const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Everything that is counted.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter>,
    durations: Family<Asked, Histogram, fn() -> Histogram>,
    connections: Gauge,
    waiting: Gauge,
}

/// What is asked: a method and the pattern of a route.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Asked {
    pub(crate) method: &'static str,
    pub(crate) route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

/// The writes of settings, by what became of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Writes(Family<Judged, Counter>);

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Judged {
    outcome: &'static str,
}

/// A connection, as long as it is open.
pub(crate) struct Open(Gauge);

impl Metrics {
    /// Nothing counted yet, but for the writes, which the store counts.
    pub(crate) fn new(writes: &Writes) -> Self {
        let (requests, connections, waiting) = (Family::default(), Gauge::default(), Gauge::default());
        let durations = Family::<Asked, Histogram, fn() -> Histogram>::new_with_constructor(durations);
        let mut registry = Registry::with_prefix("clinicctl");
        registry.register("http_requests", "Requests that were answered", requests.clone());
        registry.register(
            "http_request_duration_seconds",
            "The time from the head of a request to the head of its answer",
            durations.clone(),
        );
        registry.register("http_connections", "Connections that are open", connections.clone());
        registry.register("settings_writes", "Writes of settings, by what became of them", writes.0.clone());
        registry.register("waiting_writes", "Writes that wait for the writer", waiting.clone());
        Self { registry, requests, durations, connections, waiting }
    }

    /// Counts a request that is answered.
    pub(crate) fn answered(&self, asked: Asked, status: u16, took: Duration) {
        self.durations.get_or_create(&asked).observe(took.as_secs_f64());
        let Asked { method, route } = asked;
        self.requests.get_or_create(&Answered { method, route, status }).inc();
    }

    /// Counts a connection until what this returns is dropped.
    pub(crate) fn open(&self) -> Open {
        self.connections.inc();
        Open(self.connections.clone())
    }

    /// All counts as text, with how many writes are waiting now.
    pub(crate) fn text(&self, waiting: usize) -> Result<String, std::fmt::Error> {
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        let mut page = String::new();
        text::encode(&mut page, &self.registry)?;
        Ok(page)
    }
}

impl Writes {
    /// Counts a write that became so: `accepted`, `refused` or `failed`.
    pub(crate) fn count(&self, outcome: &'static str) {
        self.0.get_or_create(&Judged { outcome }).inc();
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// From half a millisecond, which a read takes, to eight seconds, beyond which nobody waits.
fn durations() -> Histogram {
    Histogram::new(exponential_buckets(0.0005, 2.0, 15))
}
