//! The demonstration as its user meets it: `clinicctl serve --demo`, and the people who can sign in to it.

use super::page::Page;
use crate::support::sandbox::Sandbox;
use crate::support::server;
use crate::support::server::Server;

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
}

impl Demo {
    pub(super) fn start() -> Self {
        let sandbox = Sandbox::with_real_fleet();
        let arguments = ["serve", "--demo", "--listen", "127.0.0.1:0", "--database", DATABASE];
        let (server, talk) = Server::serve(&sandbox, &arguments, "The password is new");
        let (_, rest) = talk.split_once("with the password ").expect("the demonstration says its password");
        let password = rest.split_whitespace().next().unwrap_or_default().to_owned();
        Self { sandbox, server, password }
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

    /// A token for everything that a reconciler does.
    pub(super) fn token(&self) -> String {
        server::token_of(&self.sandbox, DATABASE, server::ALL_SCOPES)
    }
}
