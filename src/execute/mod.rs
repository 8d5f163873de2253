//! Plan × port -> events -> outcomes.
//!
//! The executor makes no choices. It performs the steps of each clinic in order, each under the revision that the step
//! before it left, several clinics at a time; a conflict or failure stops its clinic and not the others. Where an
//! answer does not say what became of a write, it reads the clinic and compares before it does anything else. Where
//! another writer has changed a clinic, it asks [`Replan`], once, whether the rest is still what was shown.
//!
//! After its last step a clinic is read back. While it is at the revision that this step left, all of it must be as
//! wanted; after that another writer has changed the clinic, and only what the run wrote is compared.

mod clinic;
mod expected;
mod halt;
mod interrupt;
mod names;
mod outcome;
mod port;
mod position;
mod replan;
mod run;
mod step;
mod unsigned;

pub use interrupt::Interrupt;
pub use outcome::{ClinicOutcome, ClinicStatus, Conflict, Edit, Event, StepOutcome, Stop};
pub use port::{FatalError, Observed, PerformError, Performed, Port, Sending};
pub use replan::{NeverAgain, Replan};
pub use run::{Options, run};
