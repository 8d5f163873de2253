//! Cookies. Each has the prefix `__Host-`: a browser takes it over a trustworthy connection only, sends it to this host
//! only, and no neighbour under the same domain can set it.

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

/// Holds the secret of a session.
pub(crate) const SESSION: &str = "__Host-session";
/// Holds the secret by which a browser without a session is known: as a patient, and as the reader of a form.
pub(crate) const PATIENT: &str = "__Host-patient";
/// Holds the language that was chosen.
pub(crate) const LANGUAGE: &str = "__Host-language";

/// How long a browser is remembered as the same patient: long enough for a demonstration to be taken up again.
const PATIENT_KEPT: Duration = Duration::days(30);
/// How long a choice of language is remembered.
const LANGUAGE_KEPT: Duration = Duration::days(365);

/// The cookies of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cookies(Vec<(String, String)>);

impl Cookies {
    /// Reads the cookies of a request's head.
    pub(crate) fn read(headers: &HeaderMap) -> Self {
        let texts = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let cookies = texts.flat_map(Cookie::split_parse).filter_map(Result::ok);
        Self(cookies.map(|cookie| (cookie.name().to_owned(), cookie.value().to_owned())).collect())
    }

    /// The value of a cookie.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The session's cookie: it ends with the browser, and the session itself ends before.
pub(crate) fn session(secret: &str) -> HeaderValue {
    written(Cookie::build((SESSION, secret)))
}

/// Takes the session's cookie away.
pub(crate) fn no_session() -> HeaderValue {
    written(Cookie::build((SESSION, "")).max_age(Duration::ZERO))
}

/// The patient's cookie.
pub(crate) fn patient(secret: &str) -> HeaderValue {
    written(Cookie::build((PATIENT, secret)).max_age(PATIENT_KEPT))
}

/// The language's cookie.
pub(crate) fn language(tag: &str) -> HeaderValue {
    written(Cookie::build((LANGUAGE, tag)).max_age(LANGUAGE_KEPT))
}

/// `Lax`, so that a link in a letter finds its reader signed in. Nothing changes by following a link: changes are
/// posts, which other sites send without these cookies.
fn written(cookie: cookie::CookieBuilder<'_>) -> HeaderValue {
    let cookie = cookie.path("/").secure(true).http_only(true).same_site(SameSite::Lax).build();
    HeaderValue::try_from(cookie.to_string()).unwrap_or_else(|_| HeaderValue::from_static(""))
}
