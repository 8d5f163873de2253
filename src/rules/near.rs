//! Near spellings, for "did you mean".

use crate::domain::{Directory, PersonRef};

/// One edit in six characters is a typing error; more is another word. Short words may differ in one place.
const LETTERS_PER_EDIT: usize = 6;

/// The candidate that is most like `written`, if one is like it at all. The first wins among equals.
pub fn nearest<'a>(written: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let most = (written.chars().count() / LETTERS_PER_EDIT).max(1);
    let apart = |candidate: &'a str| {
        (candidate.len().abs_diff(written.len()) <= 4 * most)
            .then(|| (strsim::osa_distance(written, candidate), candidate))
    };
    let near = candidates.filter_map(apart).filter(|(distance, _)| *distance <= most);
    near.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// The spelling in `directory` that is most like `person`, with the name of that person.
#[must_use]
pub fn nearest_person(written: &str, directory: &Directory) -> Option<String> {
    let person = PersonRef::parse(written)?;
    let staff = directory.staff();
    let spelling = match person {
        PersonRef::Email(_) => {
            nearest(written, staff.iter().filter_map(|member| member.email.as_ref()?.as_str().into()))
        }
        PersonRef::HsaId(_) => {
            nearest(written, staff.iter().filter_map(|member| member.hsa_id.as_ref()?.as_str().into()))
        }
        PersonRef::StaffId(_) => nearest(written, staff.iter().map(|member| member.id.as_str())),
    }?;
    let same = PersonRef::parse(spelling)?;
    let member = staff.iter().find(|member| same.names(member))?;
    Some(super::people::full_name(member, spelling))
}
