//! The reference clinic system: the contract of [`clinic_wire`] on a real store, as a small product of its own.
//!
//! It shares `wire` with the client and none of its logic, so that a misunderstanding of the contract cannot cancel
//! itself out. It never decides whether a clinic's state is wise: a person in a console can make unwise states, and
//! the client has to cope with finding them.
//!
//! ```text
//! connection   a bounded number of connections, each with its time-outs       -> one request
//! router       one router of two tables: the API's for programs, the pages' for people
//! api          route table -> who asks, may they, what do they say            -> a read, or a write job
//! pages        route table -> who looks, may they, is the form their own      -> a page
//! identity     accounts, passwords, sessions, lockout, one-time codes
//! talk         who may send, respond, read and hand over: the API's answers and the pages ask the same service
//! store        readers on a pool; one writer that commits all waiting jobs at once, with their log entries
//! ```
//!
//! What is checked first, of a write: the route, the token and its scope, the preconditions' form, the body's form;
//! then, in the transaction, the clinic, its revision, and whatever depends on its state.

mod api;
mod clinic;
mod config;
mod connection;
mod conversations;
mod demo;
mod hex;
mod identity;
mod language;
mod leads_to;
mod menu;
mod metrics;
mod observe;
mod pages;
mod router;
mod seed;
mod serve;
mod store;
mod token;

pub use api::{Route, bodies, openapi, routes};
pub use config::{Config, Limits};
pub use demo::{Demo, DemoError, DemoSignIn};
pub use pages::{Needs, PageRoute, pages};
pub use seed::{
    Seed, SeedButton, SeedChange, SeedClinic, SeedDirection, SeedError, SeedMessaging, SeedMisfit, SeedPerson,
    SeedProblem, SeedRole, Surface, seed_schema,
};
pub use serve::{Running, ServeError, Server, SetUpError};
pub use store::{BackupError, Broken, Location, LocationError, StoreError, TokenRow, Verification, backup, verify_log};
pub use token::{ActorName, Scope, TokenError, create_token, revoke_token, tokens};
