//! The reference system over HTTP: every route, scope, limit and refusal.

mod contract;
mod document;
mod limits;
mod log;
mod pages;
mod paging;
mod preconditions;
mod refusals;
mod scopes;
mod seeding;
mod store;
mod world;
