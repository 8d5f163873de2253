//! The port over HTTP.
//!
//! [`Client::observe`] reads what a plan needs: the snapshot line by line where the system offers one, single clinics
//! otherwise, and turns every clinic into what the caller wants while the rest still arrives. As an
//! [`execute::Port`](crate::execute::Port) it sends single writes under their precondition.
//!
//! Every request passes one gate, which keeps the pace that the system can follow and tries again what may be tried
//! again: reads, and writes that were certainly not carried out.
//!
//! It never follows a redirect, never repeats a write whose outcome is unknown, sends the token to its own system
//! alone and nothing more after a 401, and believes no answer that does not have the shape of the contract.

mod again;
pub mod answers;
mod clinics;
mod connect;
mod convert;
mod decode;
mod discreet;
mod error;
mod exchange;
mod fetch;
mod gate;
mod gather;
mod limits;
mod log;
mod observe;
mod pace;
mod pages;
mod perform;
mod read;
mod reference;
mod refusal;
mod retry;
mod retry_after;
mod root;
mod snapshot;
mod system;
mod tls;
mod token;
mod told;
mod trust;
mod waits;

pub use connect::{Client, ConnectError, Settings};
pub use error::ObserveError;
pub use exchange::ExchangeError;
pub use gate::Manners;
pub use limits::Limits;
pub use log::{LogError, Question, Told};
pub use system::{SystemUrl, SystemUrlError};
pub use token::{Token, TokenError};
pub use told::{Event, Waiting, Why};
pub use trust::{Trust, TrustError};
pub use waits::{Clock, Waits};
