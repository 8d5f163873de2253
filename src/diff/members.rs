//! Which members of groups a directory knows.
//!
//! A group may hold people of several clinics, so that only after all directories were read is it known which members
//! none of them has. The members are indexed once a run ([`Members::of`]); each directory is asked once
//! ([`known_members`]), in the time that it takes to look its people up; the answers are joined ([`Known::join`]) in
//! any order.

use crate::domain::{DesiredFleet, Directory, Email, GroupName, HsaId, PersonRef, StaffId, StaffMember};
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Every person whom a group of the fleet names.
#[derive(Debug, Clone, Default)]
pub struct Members {
    people: Vec<NamedMember>,
    by_local_part: HashMap<Box<str>, Vec<usize>>,
    by_domain: HashMap<Box<str>, Vec<usize>>,
    by_hsa_id: HashMap<HsaId, usize>,
    by_staff_id: HashMap<StaffId, usize>,
}

/// A person as groups name them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedMember {
    /// The name as written.
    pub person: PersonRef,
    /// The groups that name the person, each with the place.
    pub lines: Vec<(GroupName, Place)>,
}

/// Which members some directories know.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Known {
    people: BTreeSet<usize>,
    near: BTreeMap<usize, String>,
}

impl Members {
    /// The members of all groups of `fleet`.
    #[must_use]
    pub fn of(fleet: &DesiredFleet) -> Self {
        let mut lines: BTreeMap<&PersonRef, Vec<(GroupName, Place)>> = BTreeMap::new();
        for group in fleet.groups.values() {
            for member in &group.members {
                lines.entry(&member.person).or_default().push((group.name.clone(), member.place));
            }
        }
        let mut members = Self::default();
        for (person, lines) in lines {
            members.index(person);
            members.people.push(NamedMember { person: person.clone(), lines });
        }
        members
    }

    /// Every member whom none of the directories behind `known` has, with a near spelling of one of them if one was
    /// seen.
    pub fn unknown<'a>(&'a self, known: &'a Known) -> impl Iterator<Item = (&'a NamedMember, Option<&'a str>)> {
        let unknown = self.people.iter().enumerate().filter(|(at, _)| !known.people.contains(at));
        unknown.map(|(at, member)| (member, known.near.get(&at).map(String::as_str)))
    }

    fn index(&mut self, person: &PersonRef) {
        let at = self.people.len();
        match person {
            PersonRef::Email(email) => {
                let (local, domain) = parts(email);
                self.by_local_part.entry(local.into()).or_default().push(at);
                self.by_domain.entry(domain.into()).or_default().push(at);
            }
            PersonRef::HsaId(hsa_id) => drop(self.by_hsa_id.insert(hsa_id.clone(), at)),
            PersonRef::StaffId(id) => drop(self.by_staff_id.insert(id.clone(), at)),
        }
    }

    fn email(&self, at: usize) -> Option<&Email> {
        match &self.people.get(at)?.person {
            PersonRef::Email(email) => Some(email),
            PersonRef::HsaId(_) | PersonRef::StaffId(_) => None,
        }
    }
}

impl Known {
    /// Adds what other directories know.
    pub fn join(&mut self, other: Self) {
        let Self { people, near } = other;
        self.people.extend(people);
        for (at, spelling) in near {
            self.near.entry(at).or_insert(spelling);
        }
    }
}

/// Which members `directory` knows.
#[must_use]
pub fn known_members(members: &Members, directory: &Directory) -> Known {
    let mut known = Known::default();
    if members.people.is_empty() {
        return known;
    }
    let mut domains = BTreeSet::new();
    for member in directory.staff() {
        known.people.extend(member.hsa_id.as_ref().and_then(|hsa_id| members.by_hsa_id.get(hsa_id)));
        known.people.extend(members.by_staff_id.get(&member.id));
        if let Some(email) = &member.email {
            let (local, domain) = parts(email);
            domains.insert(domain);
            let same_name = members.by_local_part.get(local);
            same_name.into_iter().flatten().for_each(|at| compare(*at, members, member, &mut known));
        }
    }
    for domain in domains {
        compare_suspects(members.by_domain.get(domain), members, directory, &mut known);
    }
    known
}

/// With more unknown members at one domain, most of them are not mistyped but work at another clinic that shares it.
const MOST_SUSPECTS: usize = 8;

/// Looks for near spellings of members whose address is at a domain of this directory and who are not in it.
fn compare_suspects(at_domain: Option<&Vec<usize>>, members: &Members, directory: &Directory, known: &mut Known) {
    let unknown = at_domain.into_iter().flatten().copied().filter(|at| !known.people.contains(at));
    let suspects: Vec<usize> = unknown.take(MOST_SUSPECTS + 1).collect();
    if suspects.len() > MOST_SUSPECTS {
        return;
    }
    for suspect in suspects {
        directory.staff().iter().for_each(|member| compare(suspect, members, member, known));
    }
}

/// Notes whether `member` is the person named `at`, or is spelled nearly like that.
fn compare(at: usize, members: &Members, member: &StaffMember, known: &mut Known) {
    let (Some(written), Some(email)) = (members.email(at), &member.email) else { return };
    if written == email {
        known.people.insert(at);
    } else if is_near(written.as_str(), email.as_str()) {
        known.near.entry(at).or_insert_with(|| format!("{} ({email})", member.name));
    }
}

/// The most bytes that one slip of the fingers changes: two letters swapped, one left out or doubled, one wrong.
const SLIP: usize = 2;

/// Whether two spellings differ in one place and by no more than a slip. Cheap, because it is asked for many pairs.
fn is_near(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > SLIP {
        return false;
    }
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    start + end + SLIP >= a.len().max(b.len())
}

fn parts(email: &Email) -> (&str, &str) {
    email.as_str().split_once('@').unwrap_or((email.as_str(), ""))
}
