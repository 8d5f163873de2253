//! The person of a question.

use crate::domain::{Directory, Match, PersonRef, StaffMember};
use crate::rules::near_person;

/// The most people that a message suggests.
const SUGGESTIONS: usize = 5;

/// Why a text names no particular person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonError {
    /// No person in the directory; those who may have been meant.
    Nobody(Vec<String>),
    /// Several people, each with the staff id.
    Several(Vec<String>),
}

/// The person whom `written` names: an e-mail address, an HSA-id or a staff id.
///
/// # Errors
/// [`PersonError`] if it names no person or several.
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

/// The people with a near spelling; else those who have the text in their name.
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
