//! Who loses access, who gains it, and which clinics have one responder left.

use super::prose::text;
use super::tags::{Kind, Tags};
use crate::report::view::{Clinic, Person, View, rights_of_all};
use crate::report::words::count;
use std::collections::BTreeSet;

/// The most people of a clinic who are named without being asked for.
const MOST_OPEN: usize = 12;

/// The people whom a plan concerns.
pub(super) struct Impact {
    pub(super) lists: Vec<List>,
    pub(super) single: Vec<Single>,
}

/// Who loses, or who gains.
pub(super) struct List {
    pub(super) heading: String,
    pub(super) class: &'static str,
    pub(super) clinics: Vec<Affected>,
}

/// The people of one clinic.
pub(super) struct Affected {
    pub(super) tags: Tags,
    pub(super) clinic: String,
    pub(super) says: String,
    pub(super) open: bool,
    pub(super) people: Vec<Somebody>,
}

pub(super) struct Somebody {
    pub(super) name: String,
    pub(super) id: String,
    /// Present if not all people of the clinic have the same.
    pub(super) rights: String,
}

/// The only person who is left to respond.
pub(super) struct Single {
    pub(super) tags: Tags,
    pub(super) clinic: String,
    pub(super) name: String,
    pub(super) id: String,
}

impl Impact {
    pub(super) fn of(view: &View<'_>) -> Self {
        let lose = list(view, Way::Loses, |clinic| &clinic.lose);
        let gain = list(view, Way::Gains, |clinic| &clinic.gain);
        let single = view.clinics.iter().filter_map(single).collect();
        Self { lists: [lose, gain].into_iter().filter(|list| !list.clinics.is_empty()).collect(), single }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty() && self.single.is_empty()
    }
}

/// Which way a right goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Loses,
    Gains,
}

impl Way {
    const fn class(self) -> &'static str {
        match self {
            Self::Loses => "loses",
            Self::Gains => "gains",
        }
    }

    fn verb(self, people: usize) -> &'static str {
        match (self, people) {
            (Self::Loses, 1) => "loses",
            (Self::Loses, _) => "lose",
            (Self::Gains, 1) => "gains",
            (Self::Gains, _) => "gain",
        }
    }

    const fn may(self) -> &'static str {
        match self {
            Self::Loses => "may no longer",
            Self::Gains => "may now",
        }
    }

    fn kinds(self) -> BTreeSet<Kind> {
        (self == Self::Loses).then_some(Kind::Losing).into_iter().collect()
    }
}

fn list<'p>(view: &View<'p>, way: Way, people: for<'c> fn(&'c Clinic<'p>) -> &'c Vec<Person<'p>>) -> List {
    let with = view.clinics.iter().filter(|clinic| !people(clinic).is_empty());
    let clinics: Vec<_> = with.map(|clinic| affected(clinic, people(clinic), way)).collect();
    let number = clinics.iter().map(|clinic| clinic.people.len()).sum();
    let (people, places) = (count(number, "person/people"), count(clinics.len(), "clinic"));
    List { heading: format!("{people} {} access in {places}", way.verb(number)), class: way.class(), clinics }
}

fn affected(clinic: &Clinic<'_>, people: &[Person<'_>], way: Way) -> Affected {
    let alike = people.windows(2).all(|pair| pair[0].rights == pair[1].rights);
    Affected {
        tags: Tags::new([clinic.id], &way.kinds()),
        clinic: clinic.id.to_string(),
        says: format!("{} {} {}", count(people.len(), "person/people"), way.may(), rights_of_all(people)),
        open: people.len() <= MOST_OPEN,
        people: people.iter().map(|person| somebody(person, alike)).collect(),
    }
}

fn somebody(person: &Person<'_>, alike: bool) -> Somebody {
    let rights = if alike { String::new() } else { person.rights_joined() };
    Somebody { name: text(person.name), id: person.id.to_string(), rights }
}

fn single(clinic: &Clinic<'_>) -> Option<Single> {
    let only = clinic.single_responder?;
    Some(Single {
        tags: Tags::new([clinic.id], &BTreeSet::new()),
        clinic: clinic.id.to_string(),
        name: text(&only.name),
        id: only.person.to_string(),
    })
}
