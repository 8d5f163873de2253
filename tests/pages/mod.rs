//! The pages of the reference system over HTTP: who may see them, what a form must bring along, how a session begins
//! and ends.

mod accounts;
mod authorisation;
mod forms;
mod headers;
mod languages;
mod lockout;
mod patient;
mod postgres;
mod sessions;
mod set_up;
mod talking;
mod troubles;
mod work;
pub(crate) mod world;
