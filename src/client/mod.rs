//! The port over HTTP.
//!
//! [`Client::observe`] reads what a plan needs: the snapshot line by line if the system offers one, single clinics
//! otherwise, and turns every clinic into what the caller wants while the rest still arrives. As an
//! [`execute::Port`](crate::execute::Port) it sends single writes under their precondition.
//!
//! Every request passes one gate, which keeps the pace that the system can follow and tries again what may be tried
//! again: reads, and writes that were certainly not carried out.
//!
//! It never follows a redirect, never repeats a write whose outcome is unknown, sends the token to its own system
//! alone and nothing more after a 401, and believes no answer that does not have the shape of the contract.

mod api_root;
mod change_reference;
mod clinics;
mod clock;
mod concurrency;
mod connect;
mod convert;
mod decode;
mod error;
mod events;
mod exchange;
mod fetch;
mod gate;
mod gather;
mod limits;
mod log;
mod observe;
mod pages;
mod perform;
mod read;
mod redact;
mod refusal;
mod resend;
pub mod responses;
mod retry;
mod retry_after;
mod snapshot;
mod system;
mod tls;
mod tls_roots;
mod token;

pub use clock::{Clock, SystemClock};
pub use connect::{Client, ConnectError, Settings};
pub use error::ObserveError;
pub use events::{Event, Wait, WaitReason};
pub use exchange::ExchangeError;
pub use gate::ClientHooks;
pub use limits::Limits;
pub use log::{LogError, Question, Told};
pub use system::{SystemUrl, SystemUrlError};
pub use tls_roots::{TlsRoots, TlsRootsError};
pub use token::{Token, TokenError};
