//! Property tests of the laws that everything stands on.
//!
//! 1. The diff of a thing with itself is empty.
//! 2. Run the plan on the model, and nothing is left to do.
//! 3. Foreign buttons and undeclared fields are untouched.
//! 4. After every step, in every order that `waits_for` allows, the invariants hold.
//! 5. After a crash anywhere, planning again converges, and nothing is done twice.
//! 6. A console edit between plan and apply ends as a conflict, never as a lost update.
//!
//! Here they are tried on generated clinics that are larger than what [`crate::explore`] explores to the end.

mod blocked;
mod console;
pub(crate) mod diff;
pub(crate) mod journey;
mod meaning;
mod plans;
