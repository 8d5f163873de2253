//! Identity: who is signed in to the pages, and how one becomes so. (Programs call the API with tokens instead; a
//! session opens no route of the API, a token no page.)
//!
//! ```text
//! sign_in    counters -> password -> a new session            an account that does not exist costs the same
//! signed_in  the session of a request -> who it is            asked on every request, so whatever ends a session
//!                                                             ends it at once
//! ```
//!
//! Nothing that opens a door is stored: of a session's cookie, a one-time code and a password there are digests only.

mod account;
mod code;
mod error;
mod lockout;
mod password;
mod person;
mod secret;
mod session;
mod time;

pub(crate) use account::{Created, Newcomer, Redeemed, admit, choose_password, create, link, set_up, set_up_code};
pub(crate) use code::Code;
pub(crate) use error::IdentityError;
pub(crate) use password::{Password, Weak};
pub(crate) use person::Person;
pub(crate) use secret::{Secret, same_text};
pub(crate) use session::{SignIn, sign_in, sign_out, signed_in};
