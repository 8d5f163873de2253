//! Looks the people of the files up in one clinic's directory.

use crate::domain::{
    AccessRule, DesiredClinic, DirectionKind, Directory, Group, GroupName, Listed, PersonRef, StaffId, StaffMember, Who,
};
use crate::source::Place;

/// Every naming of a person in one clinic's lists, and the person that it matches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Resolution {
    /// In the order of the files, direction by direction; titles are expanded in `scope` and are not looked up here.
    /// Members of groups who are not in the directory are left out: a group may hold people of several clinics.
    pub mentions: Vec<Mention>,
}

/// A person named in a list, directly or as a member of a group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The direction of the list.
    pub direction: DirectionKind,
    /// The name as written.
    pub person: PersonRef,
    /// The place: the line of the list, or of the group's member.
    pub place: Place,
    /// The group through which, if any.
    pub group: Option<GroupName>,
    /// The result of the lookup.
    pub found: Found,
}

/// The result of looking a name up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// No person in this directory.
    Nobody,
    /// This person.
    One(StaffId),
    /// More than one person.
    Several(Vec<StaffId>),
}

/// Looks up every person that `desired` names.
///
/// A lookup costs at most the logarithm of the directory's size, however long the lists are.
#[must_use]
pub fn resolve(desired: &DesiredClinic, directory: &Directory) -> Resolution {
    let named = DirectionKind::ALL.map(|kind| names(lines(desired, kind))).iter().sum();
    let lookup = Lookup::of(directory, named);
    let mut mentions = Vec::with_capacity(named.min(directory.staff().len()));
    for direction in DirectionKind::ALL {
        lines(desired, direction).iter().for_each(|line| mention(direction, line, &lookup, &mut mentions));
    }
    Resolution { mentions }
}

fn mention(direction: DirectionKind, Listed { who, place }: &Listed, lookup: &Lookup<'_>, mentions: &mut Vec<Mention>) {
    match who {
        Who::Person(person) => {
            let found = lookup.find(person);
            mentions.push(Mention { direction, person: person.clone(), place: *place, group: None, found });
        }
        Who::Group(group) => mentions.extend(mentions_of_group(direction, group, lookup)),
        Who::Title(_) => {}
    }
}

fn lines(desired: &DesiredClinic, direction: DirectionKind) -> &[Listed] {
    match desired.direction(direction).accessible_to.as_ref().map(|said| &said.value) {
        Some(AccessRule::Listed(lines)) => lines,
        Some(AccessRule::Everyone) | None => &[],
    }
}

/// How many people the lines name.
fn names(lines: &[Listed]) -> usize {
    let names = |line: &Listed| match &line.who {
        Who::Person(_) => 1,
        Who::Group(group) => group.members.len(),
        Who::Title(_) => 0,
    };
    lines.iter().map(names).sum()
}

fn mentions_of_group<'a>(
    direction: DirectionKind,
    group: &'a Group,
    lookup: &'a Lookup<'_>,
) -> impl Iterator<Item = Mention> + 'a {
    group.members.iter().filter_map(move |member| match lookup.find(&member.person) {
        Found::Nobody => None,
        found @ (Found::One(_) | Found::Several(_)) => Some(Mention {
            direction,
            person: member.person.clone(),
            place: member.place,
            group: Some(group.name.clone()),
            found,
        }),
    })
}

/// From how many comparisons on sorting the directory's spellings is cheaper than comparing: sorting thirty people
/// costs about as much as five hundred comparisons.
const WORTH_SORTING: usize = 512;

/// A directory as it is looked up in: as it stands for a few names, sorted by spelling for many.
enum Lookup<'a> {
    AsItStands(&'a Directory),
    Sorted { directory: &'a Directory, emails: Spellings<'a>, hsa_ids: Spellings<'a> },
}

/// Spellings in order, each with the person whom it names.
type Spellings<'a> = Vec<(&'a str, &'a StaffId)>;

impl<'a> Lookup<'a> {
    fn of(directory: &'a Directory, names: usize) -> Self {
        let staff = directory.staff();
        if names.saturating_mul(staff.len()) <= WORTH_SORTING {
            return Self::AsItStands(directory);
        }
        let emails = sorted(staff, |member| Some(member.email.as_ref()?.as_str()));
        let hsa_ids = sorted(staff, |member| Some(member.hsa_id.as_ref()?.as_str()));
        Self::Sorted { directory, emails, hsa_ids }
    }

    fn find(&self, person: &PersonRef) -> Found {
        match (self, person) {
            (Self::AsItStands(directory) | Self::Sorted { directory, .. }, PersonRef::StaffId(id)) => {
                directory.get(id).map_or(Found::Nobody, |member| Found::One(member.id.clone()))
            }
            (Self::AsItStands(directory), person) => {
                found(directory.staff().iter().filter(|member| person.names(member)).map(|member| &member.id))
            }
            (Self::Sorted { emails, .. }, PersonRef::Email(email)) => found(spelled(emails, email.as_str())),
            (Self::Sorted { hsa_ids, .. }, PersonRef::HsaId(hsa_id)) => found(spelled(hsa_ids, hsa_id.as_str())),
        }
    }
}

fn sorted<'a>(staff: &'a [StaffMember], spelling: impl Fn(&'a StaffMember) -> Option<&'a str>) -> Spellings<'a> {
    let spellings = staff.iter().filter_map(|member| Some((spelling(member)?, &member.id)));
    let mut spellings: Spellings<'a> = spellings.collect();
    spellings.sort_unstable();
    spellings
}

/// Every person with this spelling.
fn spelled<'a>(spellings: &[(&'a str, &'a StaffId)], text: &str) -> impl Iterator<Item = &'a StaffId> {
    let first = spellings.partition_point(|(spelling, _)| *spelling < text);
    spellings.iter().skip(first).take_while(move |(spelling, _)| *spelling == text).map(|(_, id)| *id)
}

fn found<'a>(mut people: impl Iterator<Item = &'a StaffId>) -> Found {
    let Some(first) = people.next() else { return Found::Nobody };
    let Some(second) = people.next() else { return Found::One(first.clone()) };
    Found::Several([first, second].into_iter().chain(people).cloned().collect())
}
