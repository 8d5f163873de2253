//! Which lines of a list admit one person.

use super::Files;
use crate::diff::{Found, Mention};
use crate::domain::{AccessRule, DirectionKind, GroupName, Listed, StaffMember, StaffTitle, Who};
use crate::source::{Location, Place, SourceSet};
use serde::Serialize;

/// A line of the files that admits a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Admission {
    /// How.
    #[serde(flatten)]
    pub through: Through,
    /// The line of the list, or of the group's member.
    #[serde(flatten)]
    pub location: Location,
}

/// How a line admits a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "through", rename_all = "snake_case")]
pub enum Through {
    /// It names the person.
    Name,
    /// It names a group that the person is a member of.
    Group {
        /// The group.
        group: GroupName,
    },
    /// It names the title that the person has.
    Title {
        /// The title.
        title: StaffTitle,
    },
}

/// Every line that admits `member` to the list of `kind`, in the order of the files: by name and through groups, then
/// by title. None if the files do not declare the list, or declare everyone.
#[must_use]
pub fn admissions(files: Files<'_>, sources: &SourceSet, kind: DirectionKind, member: &StaffMember) -> Vec<Admission> {
    let at = |(through, place)| Admission { through, location: sources.locate(place) };
    named(files, kind, member).chain(titled(files, kind, member)).map(at).collect()
}

fn named<'a>(
    files: Files<'a>,
    kind: DirectionKind,
    member: &'a StaffMember,
) -> impl Iterator<Item = (Through, Place)> + use<'a> {
    let is_meant = move |mention: &&Mention| {
        mention.direction == kind && matches!(&mention.found, Found::One(id) if *id == member.id)
    };
    files.resolution.mentions.iter().filter(is_meant).map(|mention| {
        let group = mention.group.clone();
        (group.map_or(Through::Name, |group| Through::Group { group }), mention.place)
    })
}

fn titled<'a>(
    files: Files<'a>,
    kind: DirectionKind,
    member: &'a StaffMember,
) -> impl Iterator<Item = (Through, Place)> + use<'a> {
    let lines = match files.desired.direction(kind).accessible_to.as_ref().map(|said| &said.value) {
        Some(AccessRule::Listed(lines)) => lines.as_slice(),
        Some(AccessRule::Everyone) | None => &[],
    };
    let title = member.title.as_ref().filter(|_| member.may_message());
    lines.iter().filter_map(move |Listed { who, place }| match who {
        Who::Title(listed) if Some(listed) == title => Some((Through::Title { title: listed.clone() }, *place)),
        Who::Title(_) | Who::Person(_) | Who::Group(_) => None,
    })
}
