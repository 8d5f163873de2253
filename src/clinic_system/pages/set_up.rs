//! The first account of a system, made with the code that its first start printed.

use super::call::Call;
use super::problems::Problems;
use super::refusal::Refusal;
use super::route::{Needs, PageRoute};
use super::shell::Shell;
use super::text::account::AccountWords;
use super::{answer, password, text};
use crate::identity;
use crate::identity::{Newcomer, Redeemed};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use futures_util::FutureExt;

pub(super) const ROUTES: &[PageRoute] = &[
    PageRoute::get("/set-up", Needs::Nobody, |call| show(call).boxed()),
    PageRoute::post("/set-up", Needs::Nobody, |call| set_up(call).boxed()),
];

#[derive(Template)]
#[template(path = "set_up.html", config = "pages/askama.toml")]
struct SetUpPage<'a> {
    shell: Shell,
    text: &'static AccountWords,
    code: &'a str,
    name: &'a str,
    login: &'a str,
    problems: Problems,
}

async fn show(call: Call) -> Result<Response, Refusal> {
    if call.app.store.has_accounts().await? {
        return Ok(answer::see_other("/sign-in"));
    }
    answer::html(&page(&call, Problems::default()))
}

async fn set_up(call: Call) -> Result<Response, Refusal> {
    if call.app.store.has_accounts().await? {
        return Ok(answer::see_other("/sign-in"));
    }
    let text = call.text(&text::account::TEXTS);
    let newcomer = Newcomer::parse(call.form.text("login"), call.form.text("name"), "", true);
    let password = password::chosen(&call);
    let (Ok(newcomer), Ok(password)) = (&newcomer, &password) else {
        let mut problems = Problems::default();
        let unfit = newcomer.err().unwrap_or_default();
        problems.add("name", unfit.name.then_some(text.name_wrong));
        problems.add("login", unfit.login.then_some(text.login_wrong));
        problems.add("password", password.err());
        return refused(&call, StatusCode::UNPROCESSABLE_ENTITY, problems);
    };
    let code = call.form.text("code");
    match identity::set_up(&call.app.store, code, newcomer, password, call.address).await? {
        Redeemed::Done => Ok(answer::see_other("/sign-in?done=set-up")),
        Redeemed::Refused => {
            refused(&call, StatusCode::UNPROCESSABLE_ENTITY, Problems::one("code", text.set_up_code_wrong))
        }
        Redeemed::Locked => refused(&call, StatusCode::TOO_MANY_REQUESTS, Problems::one("code", text.locked)),
    }
}

fn refused(call: &Call, status: StatusCode, problems: Problems) -> Result<Response, Refusal> {
    answer::html_with(status, &page(call, problems))
}

fn page(call: &Call, problems: Problems) -> SetUpPage<'_> {
    let text = call.text(&text::account::TEXTS);
    let field = |name| call.form.text(name);
    let (code, name, login) = (field("code"), field("name"), field("login"));
    SetUpPage { shell: call.shell(text.set_up), text, code, name, login, problems }
}
