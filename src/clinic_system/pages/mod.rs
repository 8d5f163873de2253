//! The pages: what people see of the reference system, rendered on the server, working without JavaScript, in Swedish
//! and English.
//!
//! ```text
//! route      a row: method, path, who may (`needs`), what answers (`run`)
//! router     per request: who looks -> may they -> (POST: from our own page? with our token?) -> run -> page
//! call       what a page's function is given: the app, who looks, the path, the query, the form
//! shell      what surrounds every page: top bar, sidebar, language switch, sign-out
//! text       every visible word, in both languages
//! ```
//!
//! # How to add a page
//!
//! 1. *Function*: a file `pages/<name>.rs` with `pub(super) async fn show(call: Call) -> Result<Response, Refusal>`.
//!    It reads `call.person()`, `call.clinic()?`, `call.query`, `call.form` (posts only: sender and token are checked
//!    by then), asks `call.app.store`, and ends in `answer::html(&Template {...})` or `answer::see_other("/path")`.
//!    `Refusal::UnknownPage`, `Refusal::Forbidden`, any `StoreError` or `WriteFailure` by `?` become pages by
//!    themselves.
//! 2. *Template*: a struct with `#[derive(Template)] #[template(path = "<name>.html", config =
//!    "pages/askama.toml")]` whose first field is `shell: Shell`, made by `call.shell(title)` and, for a
//!    sidebar, `.with_sidebar(vec![...])`. The file in `pages/templates/` begins with `{% extends "layout.html" %}` and
//!    fills `{% block main %}` (its one `<h1>` is its own). Every form that posts holds `{{ shell.token_field()|safe }}`.
//! 3. *Words*: a file `pages/text/<name>.rs` with a struct of `&'static str` (and `fn(...) -> String` where a word
//!    depends on a value) and one `Texts { sv, en }`; the function gets it by `call.text(&text::name::TEXTS)`.
//! 4. *Row*: a [`PageRoute`] in the area's own `ROUTES`; a new area adds one line to [`table`]. `needs` is decided
//!    before the function runs; paths of a clinic call their parameter `{clinic}`.
//! 5. *Look*: `assets/style.css` has a component for most needs; `templates/parts/` has the error summary and fields.

mod accounts;
mod address;
mod answer;
mod asset;
mod call;
mod chat;
mod console;
mod cookies;
mod fields;
mod home;
mod language;
mod origin;
mod password;
mod patient;
mod problems;
mod refusal;
mod route;
mod router;
mod sending;
mod set_up;
mod shell;
mod shown;
mod sign_in;
mod table;
mod text;
mod viewer;
mod work;

pub use route::{Needs, PageRoute};
pub(crate) use router::{HEADERS, missing, router};
pub use table::pages;
