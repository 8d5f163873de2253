//! What a page is: a row of the table.

use super::call::Call;
use super::refusal::Refusal;
use crate::identity::Person;
use axum::http::Method;
use axum::response::Response;
use futures_util::future::BoxFuture;

/// What answers a request.
pub(crate) type Run = fn(Call) -> BoxFuture<'static, Result<Response, Refusal>>;

/// One page, or one thing that a form on a page does.
#[derive(Debug)]
pub struct PageRoute {
    pub(crate) verb: Verb,
    pub(crate) path: &'static str,
    pub(crate) needs: Needs,
    pub(crate) run: Run,
}

/// The methods that pages have: a form knows no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Get,
    Post,
}

/// Who may use a page. This column of the table is the whole authorisation of the pages: [`Needs::judge`] is asked
/// before anything else runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Anybody.
    Nobody,
    /// Anybody, as a patient: the browser is remembered.
    Visitor,
    /// Anybody who is signed in.
    SignedIn,
    /// A healthcare professional, of the clinic in the path if there is one.
    Professional,
    /// An administrator of the clinic in the path, or a global one. Without a clinic in the path: an administrator of
    /// any clinic.
    ClinicAdministrator,
    /// An administrator of the whole system.
    GlobalAdministrator,
}

/// What becomes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is answered.
    Allowed,
    /// It may be answered after signing in.
    SignInFirst,
    /// It is refused.
    Forbidden,
}

impl PageRoute {
    /// A page that is looked at.
    pub(crate) const fn get(path: &'static str, needs: Needs, run: Run) -> Self {
        Self { verb: Verb::Get, path, needs, run }
    }

    /// What a form does.
    pub(crate) const fn post(path: &'static str, needs: Needs, run: Run) -> Self {
        Self { verb: Verb::Post, path, needs, run }
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> Method {
        match self.verb {
            Verb::Get => Method::GET,
            Verb::Post => Method::POST,
        }
    }

    /// The path, with its parameters in braces.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Who may use it.
    #[must_use]
    pub const fn needs(&self) -> Needs {
        self.needs
    }
}

impl Needs {
    /// Whether `person` may use a page that needs this, of `clinic` where the path names one.
    pub(crate) fn judge(self, person: Option<&Person>, clinic: Option<&str>) -> Verdict {
        let Some(person) = person else {
            return if self.without_session() { Verdict::Allowed } else { Verdict::SignInFirst };
        };
        let allowed = match self {
            Self::Nobody | Self::Visitor | Self::SignedIn => true,
            Self::Professional => person.is_professional(clinic),
            Self::ClinicAdministrator => person.is_administrator(clinic),
            Self::GlobalAdministrator => person.global_administrator,
        };
        if allowed { Verdict::Allowed } else { Verdict::Forbidden }
    }

    /// Whether it needs no session. The forms of such a page are bound to the visitor's cookie instead.
    pub(crate) const fn without_session(self) -> bool {
        matches!(self, Self::Nobody | Self::Visitor)
    }
}
