//! The promises, one test each, named after them.

mod crashes;
