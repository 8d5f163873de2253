//! Changes -> an ordered plan: a value that can be compared, printed and stored.
//!
//! [`plan_clinic`] plans one clinic from the files and its live state and is called once a clinic, on all cores, while
//! the live system is still being read. [`assemble`](fn@assemble) joins the results into one [`Plan`] and the
//! [`ClinicWork`] that carries it out. Every choice is made here: what [`crate::execute`] gets has nothing left to
//! decide.
//!
//! ```text
//! plan_clinic   resolve -> scope -> rules::judge -> diff -> order -> impact        per clinic, a ClinicPlan
//! attribute         intent, drift or conflict, by what the change log says             per clinic that needs it
//! assemble      ids, summary, guards, findings in their order                      Plan + Vec<ClinicWork>
//! Rest          a clinic planned again in the middle of its steps: the same, or a conflict
//! SavedPlan     the same as text, bound to its system; all that it shows is made again from its work, or it is refused
//! ```

mod assemble;
mod because;
mod binding;
mod clinic;
mod compare_rest;
mod digest;
mod document;
mod guard;
mod impact;
mod order;
mod origins;
mod person;
mod rows;
mod saved;
mod step;
mod work;

pub use assemble::{Assembled, Header, assemble, unknown_members};
pub use because::{Applied, Attribution, Logged};
pub use binding::{Binding, Instance};
pub use clinic::{ClinicPlan, PlanContext, Unread, plan_clinic};
pub use compare_rest::{RemainingWork, Replanned};
pub use document::{
    Because, Blocked, DrawnButton, DriftUnknown, FieldRow, FindingRow, GuardRow, Impact, MenuRow, NoteRow, Origin,
    PersonOrigin, PictureRow, Plan, PlannedChange, Pseudonyms, Redaction, RightRow, Shadow, SingleResponderRow,
    Summary, anonymous,
};
pub use guard::{GUARDS, Guard, GuardLimits, GuardSettings, find_guard};
pub use impact::menus;
pub use order::{Edge, Phase, Sequence, order, order_with};
pub use origins::said_by;
pub use person::PlannedPerson;
pub use saved::{SAVED_PLAN_MAX, SavedPlan, SavedPlanError, Unfit};
pub use step::{Step, Write};
pub use work::{ClinicWork, Moved};
