//! Refusals as pages: what happened, and what to do now.

use super::shell::Shell;
use super::text::refusal::Words;
use super::viewer::Viewer;
use super::{answer, cookies, text};
use crate::identity::IdentityError;
use crate::store::{StoreError, Trouble, WriteFailure};
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded::byte_serialize;

/// Why a request gets another page than it asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Nobody is signed in.
    SignInFirst,
    /// Who is signed in may not do this.
    Forbidden,
    /// There is no such page, clinic or thing.
    UnknownPage,
    /// The page does not answer to this method.
    OtherMethod,
    /// The form was sent by a page of another site.
    OtherSite,
    /// The form's token is missing or of another session.
    OldForm,
    /// The form is too large, too slow, or no form.
    UnreadableForm,
    /// Too much is being asked at the moment.
    Busy,
    /// The store cannot do this now; how many seconds later it makes sense to ask again.
    Unable(u64),
    /// Nobody knows whether it was kept.
    Unknown,
    /// The system failed.
    Failed,
}

#[derive(Template)]
#[template(path = "refusal.html", config = "pages/askama.toml")]
struct RefusalPage<'a> {
    shell: Shell,
    words: &'a Words,
    home: &'a str,
}

impl Refusal {
    const fn status(self) -> StatusCode {
        match self {
            Self::SignInFirst => StatusCode::SEE_OTHER,
            Self::Forbidden | Self::OtherSite | Self::OldForm => StatusCode::FORBIDDEN,
            Self::UnknownPage => StatusCode::NOT_FOUND,
            Self::OtherMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::UnreadableForm => StatusCode::BAD_REQUEST,
            Self::Busy | Self::Unable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Unknown | Self::Failed => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The page that says so.
    pub(super) fn page(self, viewer: &Viewer) -> Response {
        if self == Self::SignInFirst {
            return sign_in_first(viewer);
        }
        let texts = text::refusal::TEXTS.of(viewer.language);
        let words = texts.of(self);
        let page = RefusalPage { shell: viewer.shell(words.title), words, home: texts.home };
        let answered = answer::html_with(self.status(), &page);
        let mut response = answered.unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response());
        if let Some(seconds) = self.come_back() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }

    /// The answer where nobody can be recognised, and so not even the language is known.
    pub(super) fn without_page(self) -> Response {
        let seconds = HeaderValue::from(self.come_back().unwrap_or(1));
        (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, seconds)]).into_response()
    }

    /// How many seconds later it makes sense to ask again; `None` where it makes none.
    fn come_back(self) -> Option<u64> {
        match self {
            Self::Unable(seconds) => Some(seconds),
            Self::Busy => Some(1),
            Self::SignInFirst | Self::Forbidden | Self::UnknownPage | Self::OtherMethod | Self::OtherSite => None,
            Self::OldForm | Self::UnreadableForm | Self::Unknown | Self::Failed => None,
        }
    }
}

/// To the sign-in page, which leads back afterwards. What a form said is not kept: it may be anything.
fn sign_in_first(viewer: &Viewer) -> Response {
    let next: String = byte_serialize(viewer.path.as_bytes()).collect();
    answer::with_cookie(answer::see_other(&format!("/sign-in?next={next}")), cookies::no_session())
}

impl From<Trouble> for Refusal {
    fn from(trouble: Trouble) -> Self {
        if trouble == Trouble::Busy { Self::Busy } else { Self::Unable(trouble.come_back().as_secs()) }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        if let Some(trouble) = error.trouble() {
            return trouble.into();
        }
        tracing::error!(error = &error as &dyn std::error::Error, "a page could not be read from the store");
        Self::Failed
    }
}

impl From<WriteFailure> for Refusal {
    fn from(failure: WriteFailure) -> Self {
        match failure {
            WriteFailure::Now(trouble) => trouble.into(),
            WriteFailure::Unknown => Self::Unknown,
            WriteFailure::Failed => Self::Failed,
        }
    }
}

impl From<getrandom::Error> for Refusal {
    fn from(error: getrandom::Error) -> Self {
        tracing::error!(%error, "the operating system gave no random bytes");
        Self::Failed
    }
}

impl From<IdentityError> for Refusal {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::Read(error) => error.into(),
            IdentityError::Write(failure) => failure.into(),
            IdentityError::Random(error) => error.into(),
            IdentityError::Hash(_) | IdentityError::Gone(_) => {
                tracing::error!(error = &error as &dyn std::error::Error, "a password could not be hashed");
                Self::Failed
            }
        }
    }
}
