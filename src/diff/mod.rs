//! Desired × live: what would result, and what differs.
//!
//! Three pure steps for one clinic. [`resolve`](fn@resolve) looks the people of the files up in the clinic's directory.
//! [`scope`](fn@scope) copies everything that the files do not declare from the live state into the wanted one, so that
//! what follows cannot touch what is not ours. [`diff`] compares two states, resource by resource, and knows nothing of
//! files.

mod admitted;
mod change;
mod members;
mod places;
mod resolve;
mod scope;

pub use admitted::admitted;
pub use change::{Action, Change, FieldChange, FieldValue, ResourceState, diff};
pub use members::{Known, Members, NamedMember, known_members};
pub use resolve::{Found, Mention, Resolution, resolve};
pub use scope::{Scoped, scope};
