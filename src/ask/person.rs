//! Whom a question is about.

use crate::domain::{Directory, Match, PersonRef, StaffMember};
use crate::rules::near_person;

/// The most people that a message suggests.
const SUGGESTIONS: usize = 5;

/// Why a text names nobody in particular.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonError {
    /// Nobody in the directory; those who may have been meant.
    Nobody(Vec<String>),
    /// Several people, each with the staff id.
    Several(Vec<String>),
}

/// The person whom `written` names: an e-mail address, an HSA-id or a staff id.
///
/// # Errors
/// [`PersonError`] where it names nobody or several people.
pub fn find_person<'a>(written: &str, directory: &'a Directory) -> Result<&'a StaffMember, PersonError> {
    let Some(person) = PersonRef::parse(written) else {
        return Err(PersonError::Nobody(alike(written, directory)));
    };
    match directory.find(&person) {
        Match::One(member) => Ok(member),
        Match::Nobody => Err(PersonError::Nobody(alike(written, directory))),
        Match::Several(people) => Err(PersonError::Several(people.into_iter().map(full_name).collect())),
    }
}

/// Whoever is spelled nearly like this; else whoever has it in the name.
fn alike(written: &str, directory: &Directory) -> Vec<String> {
    if let Some(near) = near_person(written.trim(), directory) {
        return vec![near];
    }
    let part = written.trim().to_lowercase();
    let has_it = |member: &&StaffMember| !part.is_empty() && member.name.to_lowercase().contains(&part);
    directory.staff().iter().filter(has_it).map(full_name).take(SUGGESTIONS).collect()
}

fn full_name(member: &StaffMember) -> String {
    format!("{} ({})", member.name, member.id)
}
