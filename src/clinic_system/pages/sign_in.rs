//! Signing in and out.

use super::call::Call;
use super::refusal::Refusal;
use super::route::{Needs, PageRoute};
use super::shell::Shell;
use super::text::sign_in::SignInWords;
use super::{answer, cookies, text};
use crate::identity;
use crate::identity::SignIn;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use futures_util::FutureExt;

pub(super) const ROUTES: &[PageRoute] = &[
    PageRoute::get("/sign-in", Needs::Nobody, |call| async move { show(&call) }.boxed()),
    PageRoute::post("/sign-in", Needs::Nobody, |call| sign_in(call).boxed()),
    PageRoute::post("/sign-out", Needs::SignedIn, |call| sign_out(call).boxed()),
];

#[derive(Template)]
#[template(path = "sign_in.html", config = "pages/askama.toml")]
struct SignInPage<'a> {
    shell: Shell,
    text: &'static SignInWords,
    login: &'a str,
    next: &'a str,
    problem: Option<&'static str>,
    /// What was done just before.
    done: Option<&'static str>,
}

fn show(call: &Call) -> Result<Response, Refusal> {
    if call.viewer.person.is_some() {
        return Ok(answer::see_other(next(call.query.text("next"))));
    }
    answer::html(&page(call, call.query.text("next"), None))
}

fn page<'a>(call: &'a Call, next: &'a str, problem: Option<&'static str>) -> SignInPage<'a> {
    let text = call.text(&text::sign_in::TEXTS);
    let done = match call.query.text("done") {
        "password" => Some(text.password_chosen),
        "set-up" => Some(text.set_up),
        _ => None,
    };
    SignInPage { shell: call.shell(text.title), text, login: call.form.text("login"), next, problem, done }
}

async fn sign_in(call: Call) -> Result<Response, Refusal> {
    let password = call.form.one("password").unwrap_or_default();
    let text = call.text(&text::sign_in::TEXTS);
    let refused = |status, problem| answer::html_with(status, &page(&call, call.form.text("next"), Some(problem)));
    match identity::sign_in(&call.app.store, call.form.text("login"), password, call.address).await? {
        SignIn::Wrong => refused(StatusCode::UNPROCESSABLE_ENTITY, text.wrong),
        SignIn::Locked => refused(StatusCode::TOO_MANY_REQUESTS, text.locked),
        SignIn::Done(secret) => {
            // Whatever session this browser had is over; the new one has a new id.
            if let Some(old) = &call.viewer.session {
                identity::sign_out(&call.app.store, old).await?;
            }
            let response = answer::see_other(next(call.form.text("next")));
            Ok(answer::with_cookie(response, cookies::session(secret.as_str())))
        }
    }
}

async fn sign_out(call: Call) -> Result<Response, Refusal> {
    if let Some(session) = &call.viewer.session {
        identity::sign_out(&call.app.store, session).await?;
    }
    Ok(answer::with_cookie(answer::see_other("/"), cookies::no_session()))
}

/// Where to go after signing in: a path of this system, or the start page. `//evil.example` and `/\evil.example` are
/// addresses of other hosts to a browser.
fn next(asked: &str) -> &str {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.');
    let ours = asked.starts_with('/') && !asked.starts_with("//") && asked.bytes().all(plain);
    if ours { asked } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::next;

    #[test]
    fn signing_in_leads_to_our_own_pages_only() {
        assert_eq!(next("/admin/norrtull/settings"), "/admin/norrtull/settings");
        for bad in ["", "admin", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb", "/%0a", "/a?b"]
        {
            assert_eq!(next(bad), "/", "{bad:?}");
        }
    }
}
