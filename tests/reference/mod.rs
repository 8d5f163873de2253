//! The reference system over HTTP: every route, scope, limit and refusal.

mod agreement;
mod contract;
mod document;
mod door;
mod limits;
mod log;
mod operations;
mod pages;
mod paging;
mod postgres;
mod preconditions;
mod refusals;
mod replicas;
mod schemathesis;
mod scopes;
mod seeding;
mod store;
mod talk;
mod troubles;
mod world;
