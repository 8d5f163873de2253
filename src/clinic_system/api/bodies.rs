//! Bodies of requests without the requests around them: bytes -> JSON -> the contract's types, or everything that is
//! wrong. The functions with which the server itself reads.

pub use super::json::parse;
pub use super::shape::conversations::{handover, reply, start};
pub use super::shape::{Shaped, button, direction, order};
