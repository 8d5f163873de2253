//! The demonstration as its user meets it: `clinicctl serve --demo`, and the people who can sign in to it.

use super::driver::client;
use super::page::Page;
use crate::support::sandbox::Sandbox;
use crate::support::server;
use crate::support::server::Server;
use serde_json::Value;

/// Where the demonstration of a sandbox keeps its data.
const DATABASE: &str = "demo.db";
/// The administrator of everything.
pub(super) const SYSTEM: &str = "system@demo.example";
/// An administrator of Norrtull who also works there.
pub(super) const KARIN: &str = "karin.holm@norrtull.example";

/// A demonstration that runs.
pub(super) struct Demo {
    pub(super) sandbox: Sandbox,
    pub(super) server: Server,
    password: String,
    /// A token for everything that a reconciler does.
    pub(super) token: String,
}

impl Demo {
    pub(super) fn start() -> Self {
        let sandbox = Sandbox::with_real_fleet();
        let arguments = ["serve", "--demo", "--listen", "127.0.0.1:0", "--database", DATABASE];
        let (server, talk) = Server::serve(&sandbox, &arguments, "The password is new");
        let (_, rest) = talk.split_once("with the password ").expect("the demonstration says its password");
        let password = rest.split_whitespace().next().unwrap_or_default().to_owned();
        let token = server::token_of(&sandbox, DATABASE, server::ALL_SCOPES);
        Self { sandbox, server, password, token }
    }

    /// A browser at the start page.
    pub(super) fn visitor(&self) -> Page {
        Page::new(&self.server.address)
    }

    /// Signs somebody in, in English, and is at the start page then.
    pub(super) fn sign_in(&self, page: &Page, login: &str) {
        page.open("/sign-in?lang=en");
        page.fill("E-mail address", login);
        page.fill("Password", &self.password);
        page.press("Sign in");
        page.sees("Sign out");
    }

    /// The live state of a clinic, without when and by whom it was made.
    pub(super) fn live(&self, clinic: &str) -> Value {
        let address = format!("{}/api/v1/clinics/{clinic}", self.server.address);
        let asked = async { client().get(address).bearer_auth(&self.token).send().await?.json::<Value>().await };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let mut live = runtime.block_on(asked).expect("the clinic is answered");
        forget(&mut live);
        live
    }
}

/// Takes out what differs from run to run.
fn forget(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|key, _| key != "revision" && key != "last_change");
            fields.values_mut().for_each(forget);
        }
        Value::Array(values) => values.iter_mut().for_each(forget),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
