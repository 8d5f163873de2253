//! What a clinic's messaging configuration is, as types that are valid by construction.
//!
//! Nothing here knows YAML, HTTP or a terminal. A value of one of these types obeys the format of its entity;
//! whether a whole clinic is *wise* is a question for [`crate::rules`].

mod access;
mod address;
mod button;
mod check;
mod clinic;
mod directory;
mod fleet;
mod key;
mod layer;
mod live;
mod log;
mod messaging;
mod reach;
mod title;

pub use access::Access;
pub use address::{Address, Field, Resource};
pub use button::{Button, LeadsTo, LeadsToError, ShortText, ShownIn, Surface};
pub use check::{Check, Demand, Holders, Whose};
pub use clinic::ClinicState;
pub use directory::{Directory, Match, PersonRef, Role, StaffMember};
pub use fleet::{
    AccessRule, DesiredButton, DesiredButtons, DesiredClinic, DesiredDirection, DesiredFleet, Expectation, Group,
    Languages, Limit, Listed, Member, RuleSetting, Sourced, Unlisted, Waiver, Who,
};
pub use key::{
    BaselineName, ButtonId, ClinicId, Email, FleetName, GroupName, HsaId, KeyError, Language, Revision, Slug, StaffId,
    StaffTitle,
};
pub use layer::{Layer, Layers};
pub use live::{ActorKind, LastChange, LiveClinic};
pub use log::LogEntry;
pub use messaging::{Direction, DirectionKind, Right};
pub use title::{TITLE_MAX, title_flaw};
