//! Who looks at a page, in which language, from where: known of every request, also of one that is refused.

use super::cookies;
use super::cookies::Cookies;
use super::fields::Fields;
use super::language::Language;
use super::shell::Shell;
use crate::identity::{Person, Secret};
use axum::http::request::Parts;

/// Who looks.
#[derive(Debug, Clone)]
pub(crate) struct Viewer {
    pub(crate) language: Language,
    /// Who is signed in.
    pub(crate) person: Option<Person>,
    /// The secret of the session; there is one exactly where there is a person.
    pub(crate) session: Option<Secret>,
    /// The secret of the browser.
    pub(crate) browser: Browser,
    /// The path of the request.
    pub(crate) path: String,
    /// The query of the request.
    pub(crate) query: Fields,
    /// Whether the forms of this page are bound to the browser and not to the session.
    pub(crate) without_session: bool,
}

/// A browser that is remembered.
#[derive(Debug, Clone)]
pub(crate) enum Browser {
    /// It has shown its cookie.
    Known(Secret),
    /// It has shown none; this is what it will be given.
    New(Secret),
}

impl Browser {
    pub(super) fn read(cookies: &Cookies) -> Result<Self, getrandom::Error> {
        match cookies.one(cookies::PATIENT).and_then(Secret::parse) {
            Some(secret) => Ok(Self::Known(secret)),
            None => Secret::random().map(Self::New),
        }
    }

    const fn secret(&self) -> &Secret {
        match self {
            Self::Known(secret) | Self::New(secret) => secret,
        }
    }
}

impl Viewer {
    /// What is known before the session was looked up.
    pub(super) fn read(parts: &Parts, cookies: &Cookies, without_session: bool) -> Result<Self, getrandom::Error> {
        let query = Fields::read(parts.uri.query().unwrap_or_default().as_bytes());
        Ok(Self {
            language: Language::choose(&query, cookies, &parts.headers),
            person: None,
            session: None,
            browser: Browser::read(cookies)?,
            path: parts.uri.path().to_owned(),
            query,
            without_session,
        })
    }

    /// The patient that this browser is: the same one for as long as its cookie lives, and nobody can come to the
    /// cookie from it.
    pub(crate) fn patient(&self) -> String {
        format!("pt-{}", &self.browser.secret().derive("patient")[..16])
    }

    /// The token that a form of this page carries.
    pub(crate) fn form_token(&self) -> String {
        let secret = self.session.as_ref().filter(|_| !self.without_session);
        secret.unwrap_or_else(|| self.browser.secret()).derive("form")
    }

    /// The token that a form for a session carries; empty if there is none.
    pub(crate) fn session_token(&self) -> String {
        self.session.as_ref().map_or_else(String::new, |secret| secret.derive("form"))
    }

    /// What surrounds a page of this title.
    pub(crate) fn shell(&self, title: impl Into<String>) -> Shell {
        Shell::new(self, title.into())
    }
}
