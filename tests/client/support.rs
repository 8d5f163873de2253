//! Clients for tests, and what every error must keep to itself.

use super::clock::hooks;
use super::fake::TOKEN;
use super::raw::{Reply, Requests};
use crate::support::http;
use clinicctl::client::{Client, Limits, Settings, SystemUrl, Token};
use clinicctl::domain::ClinicId;
use clinicctl::execute::Observed;
use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

/// A client with the default limits, which waits for nothing.
pub(super) fn client(root: &str) -> Client {
    client_within(root, Limits::default())
}

pub(super) fn client_within(root: &str, limits: Limits) -> Client {
    client_with(root, Settings { limits, hooks: hooks(&Arc::default()).0, ..Settings::default() })
}

/// A client that behaves like this.
pub(super) fn client_with(root: &str, settings: Settings) -> Client {
    http::install_crypto();
    let system = SystemUrl::parse(root).expect("an address");
    let client = Client::connect(system, &Token::parse(TOKEN).expect("a token"), settings).expect("a client");
    assert_secret(&format!("{client:?}"));
    client
}

pub(super) fn ids(names: &[&str]) -> Vec<ClinicId> {
    names.iter().map(|name| ClinicId::parse(name).expect("a slug")).collect()
}

/// What was read of these clinics.
pub(super) async fn observe(client: &Client, names: &[&str]) -> Vec<(String, Observed)> {
    let read = client.observe(&ids(names), |_, observed| observed).await;
    read.expect("readable").into_iter().map(|(clinic, observed)| (clinic.to_string(), observed)).collect()
}

/// Limits of size for tests, and of time for those in which the system never says a word: there patience ends soon,
/// anywhere else it lasts longer than any test. Whoever says nothing is asked once.
pub(super) fn small(reply: &Reply) -> Limits {
    let small = Limits { body: 4096, ..Limits::default() };
    match reply {
        Reply::Silence(said) if said.ends_with(b"\r\n\r\n") => {
            Limits { whole: MOMENT, retry_budget: Duration::ZERO, ..small }
        }
        Reply::Silence(_) => Limits { first_byte: MOMENT, retry_budget: Duration::ZERO, ..small },
        Reply::Bytes(_) | Reply::Endless(..) => small,
    }
}

const MOMENT: Duration = Duration::from_millis(500);

/// That the system got this many requests. Of a silent one the client may have had enough before the request was read.
pub(super) fn assert_asked(times: usize, reply: &Reply, requests: &Requests) {
    let asked = requests.lock().expect("not poisoned").len();
    assert!(asked == times || asked == 0 && matches!(reply, Reply::Silence(_)), "{asked} requests for {reply:?}");
}

/// Everything that an error could print, causes included; never the token.
pub(super) fn told(error: &(dyn Error + 'static)) -> String {
    let mut text = format!("{error} {error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(text, " {error} {error:?}").expect("memory");
        cause = error.source();
    }
    assert_secret(&text);
    text
}

pub(super) fn assert_secret(text: &str) {
    assert!(!text.contains(TOKEN), "the token stands in: {text}");
}
