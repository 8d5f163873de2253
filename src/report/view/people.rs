//! Who gains and who loses what in one clinic.

use crate::domain::{Right, StaffId};
use crate::plan::RightRow;
use std::collections::{BTreeMap, BTreeSet};

/// A person with the rights that they gain, or those that they lose, in one clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person<'p> {
    /// The id.
    pub id: &'p StaffId,
    /// The name. Raw.
    pub name: &'p str,
    /// The rights.
    pub rights: BTreeSet<Right>,
}

impl Person<'_> {
    /// `send`, `respond`, or `send and respond`.
    #[must_use]
    pub fn rights_joined(&self) -> String {
        joined(&self.rights, "and")
    }
}

/// Each person of `rows` once, by name and id.
pub(super) fn people<'p>(rows: &[&'p RightRow]) -> Vec<Person<'p>> {
    let mut people = BTreeMap::<(&str, &StaffId), BTreeSet<Right>>::new();
    for row in rows {
        people.entry((&row.name, &row.person)).or_default().insert(row.right);
    }
    people.into_iter().map(|((name, id), rights)| Person { id, name, rights }).collect()
}

/// The rights of several people together: `and` if all of them have the same, else `or`.
#[must_use]
pub fn rights_of_all(people: &[Person<'_>]) -> String {
    let all: BTreeSet<_> = people.iter().flat_map(|person| &person.rights).copied().collect();
    let alike = people.iter().all(|person| person.rights == all);
    joined(&all, if alike { "and" } else { "or" })
}

fn joined(rights: &BTreeSet<Right>, word: &str) -> String {
    rights.iter().map(ToString::to_string).collect::<Vec<_>>().join(&format!(" {word} "))
}
