//! Accounts, for global administrators: who may sign in, how they begin, and how they end.

use super::call::Call;
use super::problems::Problems;
use super::refusal::Refusal;
use super::route::{Needs, PageRoute};
use super::shell::Shell;
use super::text::account::AccountWords;
use super::{answer, password, shell, text};
use crate::identity;
use crate::identity::{Created, Newcomer};
use crate::store::AccountRow;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use clinic_wire::StaffItem;
use futures_util::FutureExt;

pub(super) const ROUTES: &[PageRoute] = &[
    PageRoute::get("/admin/accounts", Needs::GlobalAdministrator, |call| show(call).boxed()),
    PageRoute::post("/admin/accounts", Needs::GlobalAdministrator, |call| create(call).boxed()),
    PageRoute::post("/admin/accounts/{account}/link", Needs::GlobalAdministrator, |call| link(call).boxed()),
    PageRoute::post("/admin/accounts/{account}/end", Needs::GlobalAdministrator, |call| end(call).boxed()),
    PageRoute::post("/admin/accounts/{account}/restore", Needs::GlobalAdministrator, |call| restore(call).boxed()),
];

/// The most accounts on one page; the search finds the others.
const MOST: i64 = 200;

#[derive(Template)]
#[template(path = "accounts.html", config = "pages/askama.toml")]
struct AccountsPage<'a> {
    shell: Shell,
    text: &'static AccountWords,
    search: &'a str,
    accounts: Vec<Account>,
    more: bool,
    newcomer: Fields<'a>,
    problems: Problems,
}

/// A row of the table.
struct Account {
    id: String,
    name: String,
    login: String,
    role: &'static str,
    clinic: Option<String>,
    state: State,
    own: bool,
}

/// What an account is good for.
#[derive(PartialEq, Eq)]
enum State {
    Active,
    Waiting,
    Ended,
}

/// What the form for a newcomer held when it was refused.
#[derive(Default)]
struct Fields<'a> {
    login: &'a str,
    name: &'a str,
    staff: &'a str,
    global: bool,
}

#[derive(Template)]
#[template(path = "account_link.html", config = "pages/askama.toml")]
struct LinkPage {
    shell: Shell,
    text: &'static AccountWords,
    link: String,
}

async fn show(call: Call) -> Result<Response, Refusal> {
    listed(&call, StatusCode::OK, Fields::default(), Problems::default()).await
}

async fn listed(
    call: &Call,
    status: StatusCode,
    newcomer: Fields<'_>,
    problems: Problems,
) -> Result<Response, Refusal> {
    let text = call.text(&text::account::TEXTS);
    let search = call.query.text("q");
    let mut rows = call.app.store.accounts(&search.to_lowercase(), MOST + 1).await?;
    let more = rows.len() > usize::try_from(MOST).unwrap_or(usize::MAX);
    rows.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    let own = &call.person()?.account;
    let accounts = rows.into_iter().map(|row| account(row, own, text)).collect();
    let shell = call.shell(text.accounts).with_sidebar(shell::system_sidebar(&call.viewer));
    answer::html_with(status, &AccountsPage { shell, text, search, accounts, more, newcomer, problems })
}

fn account(row: AccountRow, own: &str, text: &'static AccountWords) -> Account {
    let AccountRow { id, login, name, global_administrator, active, ready, clinic, document } = row;
    let member: Option<StaffItem> = document.as_deref().and_then(|document| serde_json::from_str(document).ok());
    let has = |role: &str| member.as_ref().is_some_and(|member| member.roles.iter().any(|known| known == role));
    let role = match (global_administrator == 1, has("administrator"), has("healthcare_professional")) {
        (true, ..) => text.role_global,
        (_, true, _) => text.role_clinic,
        (_, _, true) => text.role_professional,
        _ => text.role_none,
    };
    let left = member.is_some_and(|member| !member.active);
    let state = match (active == 1 && !left, ready == 1) {
        (false, _) => State::Ended,
        (true, false) => State::Waiting,
        (true, true) => State::Active,
    };
    Account { own: id == own, id, name, login, role, clinic, state }
}

async fn create(call: Call) -> Result<Response, Refusal> {
    let text = call.text(&text::account::TEXTS);
    let field = |name| call.form.text(name);
    let global = call.form.one("global").is_some();
    let said = || Fields { login: field("login"), name: field("name"), staff: field("staff"), global };
    let refused = |problems| listed(&call, StatusCode::UNPROCESSABLE_ENTITY, said(), problems);
    let newcomer = match Newcomer::parse(field("login"), field("name"), field("staff"), global) {
        Ok(newcomer) => newcomer,
        Err(unfit) => {
            let mut problems = Problems::default();
            problems.add("name", unfit.name.then_some(text.name_wrong));
            problems.add("login", unfit.login.then_some(text.login_wrong));
            return refused(problems).await;
        }
    };
    match identity::create(&call.app.store, &newcomer).await? {
        Created::Done(account) => show_link(&call, &account).await,
        Created::Taken => refused(Problems::one("login", text.taken)).await,
    }
}

async fn link(call: Call) -> Result<Response, Refusal> {
    show_link(&call, call.segment("account")).await
}

/// The link is shown on the answer itself and nowhere else: the store knows a digest of its code.
async fn show_link(call: &Call, account: &str) -> Result<Response, Refusal> {
    let text = call.text(&text::account::TEXTS);
    let code = identity::link(&call.app.store, account).await?.ok_or(Refusal::UnknownPage)?;
    let link = format!("{}{}?code={}", call.origin, password::PATH, code.text());
    let shell = call.shell(text.link_title).with_sidebar(shell::system_sidebar(&call.viewer));
    answer::html(&LinkPage { shell, text, link })
}

/// Nobody ends their own account: somebody must be left who can undo it.
async fn end(call: Call) -> Result<Response, Refusal> {
    let account = call.segment("account");
    let own = call.person()?.account == account;
    set_active(&call, account, false, !own).await
}

async fn restore(call: Call) -> Result<Response, Refusal> {
    set_active(&call, call.segment("account"), true, true).await
}

async fn set_active(call: &Call, account: &str, active: bool, allowed: bool) -> Result<Response, Refusal> {
    let done = allowed && call.app.store.set_active(account, active).await?;
    if done { Ok(answer::see_other("/admin/accounts")) } else { Err(Refusal::UnknownPage) }
}
