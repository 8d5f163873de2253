//! The port over HTTP.
//!
//! [`Client::observe`] reads what a plan needs: the snapshot line by line where the system offers one, single clinics
//! otherwise, and turns every clinic into what the caller wants while the rest still arrives. As an
//! [`execute::Port`](crate::execute::Port) it sends single writes under their precondition.
//!
//! It never follows a redirect, never sends a request twice, sends the token to its own system alone, and believes no
//! answer that does not have the shape of the contract.

mod clinics;
mod connect;
mod convert;
mod decode;
mod error;
mod exchange;
mod fetch;
mod gather;
mod limits;
mod log;
mod observe;
mod pages;
mod perform;
mod read;
mod reference;
mod refusal;
mod root;
mod snapshot;
mod system;
mod token;

pub use connect::{Client, ConnectError};
pub use error::ObserveError;
pub use exchange::ExchangeError;
pub use limits::Limits;
pub use log::{LogError, Question, Told};
pub use system::{SystemUrl, SystemUrlError};
pub use token::{Token, TokenError};
