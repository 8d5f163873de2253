//! Whom the files mean in one clinic's directory.

use crate::domain::DesiredClinic;
use crate::domain::DirectionKind;
use crate::domain::Directory;
use crate::domain::GroupName;
use crate::domain::PersonRef;
use crate::domain::StaffId;
use crate::source::Place;

/// Every naming of a person in one clinic's lists, and whom it means there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolution {
    /// In the order of the files, direction by direction; titles are expanded in `scope` and name nobody here.
    pub mentions: Vec<Mention>,
}

/// A person named in a list, directly or as a member of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Whose list.
    pub direction: DirectionKind,
    /// The name as written.
    pub person: PersonRef,
    /// Where: the line of the list, or of the group's member.
    pub place: Place,
    /// The group through which, if any.
    pub group: Option<GroupName>,
    /// Whom it means.
    pub found: Found,
}

/// Whom a naming means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nobody in this directory.
    Nobody,
    /// This person.
    One(StaffId),
    /// More than one person.
    Several(Vec<StaffId>),
}

/// Looks up every person that `desired` names.
#[must_use]
pub fn resolve(_desired: &DesiredClinic, _directory: &Directory) -> Resolution {
    Resolution::default()
}
