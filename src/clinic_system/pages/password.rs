//! Choosing a password, by the one-time link that an administrator has handed over.

use super::call::Call;
use super::problems::Problems;
use super::refusal::Refusal;
use super::route::{Needs, PageRoute};
use super::shell::Shell;
use super::text::account::AccountWords;
use super::{answer, cookies, text};
use crate::identity;
use crate::identity::{Password, Redeemed, Weak};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use futures_util::FutureExt;

/// Where a one-time link leads.
pub(super) const PATH: &str = "/choose-password";

pub(super) const ROUTES: &[PageRoute] = &[
    PageRoute::get(PATH, Needs::Nobody, |call| async move { show(&call) }.boxed()),
    PageRoute::post(PATH, Needs::Nobody, |call| choose(call).boxed()),
];

#[derive(Template)]
#[template(path = "password.html", config = "pages/askama.toml")]
struct PasswordPage<'a> {
    shell: Shell,
    text: &'static AccountWords,
    path: &'static str,
    code: &'a str,
    problems: Problems,
}

fn show(call: &Call) -> Result<Response, Refusal> {
    answer::html(&page(call, call.query.text("code"), Problems::default()))
}

async fn choose(call: Call) -> Result<Response, Refusal> {
    let text = call.text(&text::account::TEXTS);
    let code = call.form.text("code");
    let refused = |status, says| answer::html_with(status, &page(&call, code, Problems::one("password", says)));
    let password = match chosen(&call) {
        Ok(password) => password,
        Err(says) => return refused(StatusCode::UNPROCESSABLE_ENTITY, says),
    };
    match identity::choose_password(&call.app.store, code, &password, call.address).await? {
        // Its sessions are over, which may be this browser's own.
        Redeemed::Done => Ok(answer::with_cookie(answer::see_other("/sign-in?done=password"), cookies::no_session())),
        Redeemed::Refused => refused(StatusCode::UNPROCESSABLE_ENTITY, text.link_wrong),
        Redeemed::Locked => refused(StatusCode::TOO_MANY_REQUESTS, text.locked),
    }
}

fn page<'a>(call: &Call, code: &'a str, problems: Problems) -> PasswordPage<'a> {
    let text = call.text(&text::account::TEXTS);
    PasswordPage { shell: call.shell(text.choose), text, path: PATH, code, problems }
}

/// The new password of a form, or what is wrong with it.
pub(super) fn chosen(call: &Call) -> Result<Password, &'static str> {
    let text = call.text(&text::account::TEXTS);
    Password::parse(call.form.one("password").unwrap_or_default()).map_err(|weak| match weak {
        Weak::Short => text.password_short,
        Weak::Long => text.password_long,
        Weak::Plain => text.password_plain,
    })
}
