//! What no system could be, found in a seed; each sentence begins with its place in the file.

use super::Seed;
use super::SeedClinic;
use crate::reference::clinic;
use std::collections::HashMap;
use std::collections::HashSet;

/// Everything that is impossible about `seed`.
pub(super) fn problems(seed: &Seed) -> Vec<String> {
    let mut found = Vec::new();
    let mut clinics = HashMap::new();
    let mut people = HashMap::new();
    for (at, clinic) in seed.clinics.iter().enumerate() {
        let place = format!("clinics[{at}]");
        found.extend(key(&clinic.clinic).map(|what| format!("{place}.clinic: {what}")));
        found.extend(twice(&mut clinics, &clinic.clinic, format!("{place}.clinic")));
        for (at, person) in clinic.staff.iter().enumerate() {
            let place = format!("{place}.staff[{at}]");
            found.extend(twice(&mut people, &person.id, format!("{place}.id")));
            found.extend((!is_staff_id(&person.id)).then(|| format!("{place}.id: `{}` is no staff id", person.id)));
            let nameless = person.email.is_none() && person.hsa_id.is_none();
            found.extend(nameless.then(|| format!("{place}: needs an `email` or an `hsa_id`")));
        }
        found.extend(of_buttons(&place, clinic));
    }
    found
}

fn of_buttons(place: &str, clinic: &SeedClinic) -> Vec<String> {
    let mut found = Vec::new();
    let mut ids = HashMap::new();
    for (at, button) in clinic.buttons.iter().enumerate() {
        let place = format!("{place}.buttons[{at}]");
        found.extend(key(&button.id).map(|what| format!("{place}.id: {what}")));
        found.extend(twice(&mut ids, &button.id, format!("{place}.id")));
        let hidden = button.shown_in.is_empty();
        found.extend(hidden.then(|| format!("{place}.shown_in: needs `app`, `web` or both")));
    }
    let named: HashSet<&str> = ["messaging/incoming", "messaging/healthcare-initiated", "button-order"].into();
    for (at, change) in clinic.changes.iter().enumerate() {
        let button = change.resource.strip_prefix("buttons/").is_some_and(clinic::is_slug);
        let known = button || named.contains(change.resource.as_str());
        found.extend((!known).then(|| format!("{place}.changes[{at}].resource: `{}` is no resource", change.resource)));
    }
    found
}

fn key(text: &str) -> Option<String> {
    (!clinic::is_slug(text)).then(|| {
        format!("`{text}` is no key: 1 to 63 letters `a` to `z`, digits and hyphens, not starting with a hyphen")
    })
}

/// `^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$`: the form of a person's id.
pub(crate) fn is_staff_id(text: &str) -> bool {
    let Some((first, rest)) = text.as_bytes().split_first() else { return false };
    let inner = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    first.is_ascii_alphanumeric() && rest.len() <= 62 && rest.iter().all(inner)
}

fn twice<'a>(seen: &mut HashMap<&'a str, String>, id: &'a str, place: String) -> Option<String> {
    let first = seen.get(id).map(|first| format!("{place}: `{id}` stands at {first} already"));
    seen.entry(id).or_insert(place);
    first
}
