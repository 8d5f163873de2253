//! Which line of the files admits a person to a list.

use super::scope::titled;
use super::{Found, Resolution};
use crate::domain::{AccessRule, DesiredClinic, DirectionKind, Directory, StaffId, Who};
use crate::source::Place;
use std::collections::BTreeMap;

/// The line that admits each person of one list: the line of the list, or of the group's member. Of
/// several lines the first; a person who is named is admitted by the name and not by a title.
#[must_use]
pub fn admitted(
    kind: DirectionKind,
    desired: &DesiredClinic,
    directory: &Directory,
    resolution: &Resolution,
) -> BTreeMap<StaffId, Place> {
    let mut lines = BTreeMap::new();
    for mention in resolution.mentions.iter().filter(|mention| mention.direction == kind) {
        if let Found::One(id) = &mention.found {
            lines.entry(id.clone()).or_insert(mention.place);
        }
    }
    let Some(AccessRule::Listed(listed)) = desired.direction(kind).accessible_to.as_ref().map(|said| &said.value)
    else {
        return lines;
    };
    for line in listed {
        if let Who::Title(title) = &line.who {
            for id in titled(title, directory) {
                lines.entry(id).or_insert(line.place);
            }
        }
    }
    lines
}
