//! What no system could be, found in a seed.

use super::{Seed, SeedClinic};
use crate::clinic;
use std::collections::{HashMap, HashSet};
use std::fmt;

/// Something about a seed that no system could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedProblem {
    /// Where, by keys and by numbers from 0: `clinics[2].staff[0].id`.
    pub path: String,
    /// What is wrong there.
    pub says: String,
}

impl fmt::Display for SeedProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.says)
    }
}

impl SeedProblem {
    fn new(path: impl Into<String>, says: impl Into<String>) -> Self {
        Self { path: path.into(), says: says.into() }
    }
}

/// Everything that is impossible about `seed`.
pub(super) fn problems(seed: &Seed) -> Vec<SeedProblem> {
    let mut found = Vec::new();
    let mut clinics = HashMap::new();
    let mut people = HashMap::new();
    for (at, clinic) in seed.clinics.iter().enumerate() {
        let place = format!("clinics[{at}]");
        let key = format!("{place}.clinic");
        found.extend(no_key(&clinic.clinic, &key));
        found.extend(twice(&mut clinics, &clinic.clinic, key));
        for (at, person) in clinic.staff.iter().enumerate() {
            let place = format!("{place}.staff[{at}]");
            let id = format!("{place}.id");
            found.extend((!is_staff_id(&person.id)).then(|| SeedProblem::new(&id, "this is no staff id")));
            found.extend(twice(&mut people, &person.id, id));
            let nameless = person.email.is_none() && person.hsa_id.is_none();
            found.extend(nameless.then(|| SeedProblem::new(place, "this needs an `email` or an `hsa_id`")));
        }
        found.extend(of_buttons(&place, clinic));
    }
    found
}

fn of_buttons(place: &str, clinic: &SeedClinic) -> Vec<SeedProblem> {
    let mut found = Vec::new();
    let mut ids = HashMap::new();
    for (at, button) in clinic.buttons.iter().enumerate() {
        let place = format!("{place}.buttons[{at}]");
        let id = format!("{place}.id");
        found.extend(no_key(&button.id, &id));
        found.extend(twice(&mut ids, &button.id, id));
        let hidden = button.shown_in.is_empty();
        found.extend(hidden.then(|| SeedProblem::new(format!("{place}.shown_in"), "this needs `app`, `web` or both")));
    }
    let named: HashSet<&str> = ["messaging/incoming", "messaging/healthcare-initiated", "button-order"].into();
    for (at, change) in clinic.changes.iter().enumerate() {
        let button = change.resource.strip_prefix("buttons/").is_some_and(clinic::is_slug);
        let known = button || named.contains(change.resource.as_str());
        let place = || format!("{place}.changes[{at}].resource");
        found.extend((!known).then(|| SeedProblem::new(place(), "this is no resource")));
    }
    found
}

fn no_key(text: &str, path: &str) -> Option<SeedProblem> {
    const SAYS: &str = "this is no key: 1 to 63 letters `a` to `z`, digits and hyphens, not starting with a hyphen";
    (!clinic::is_slug(text)).then(|| SeedProblem::new(path, SAYS))
}

/// `^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$`: the form of a person's id.
pub(crate) fn is_staff_id(text: &str) -> bool {
    let Some((first, rest)) = text.as_bytes().split_first() else { return false };
    let inner = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    first.is_ascii_alphanumeric() && rest.len() <= 62 && rest.iter().all(inner)
}

fn twice<'a>(seen: &mut HashMap<&'a str, String>, id: &'a str, path: String) -> Option<SeedProblem> {
    let first = seen.get(id).map(|first| SeedProblem::new(&path, format!("this stands at {first} already")));
    seen.entry(id).or_insert(path);
    first
}
