//! What files may not contain: the rows of the reader's and the compiler's refusals.
//!
//! They are raised when the text is read; here they are explained. Each is an error and stays one, because a file
//! that can be read in two ways must not decide who answers patients.

pub(super) mod fleet;
pub(super) mod shape;
pub(super) mod text;
pub(super) mod yaml;
