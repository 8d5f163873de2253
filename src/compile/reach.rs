//! Reach: which clinics a set of files has a say about.
//!
//! What a clinic is wanted to be follows from its own file, the baselines that it extends directly or indirectly, the
//! groups that its lists name, and the fleet's document. Where all of these stand in two versions of a folder word for
//! word, at the same paths, the clinic is wanted to be the same: its file names the same baseline, which is the one in
//! the same file, and so on. So it is enough to know which files of *this* version are not as they were. A file that is
//! gone reaches nothing that another changed file does not reach: whoever named what it held names something else now, or
//! the folder is invalid; and a clinic whose file is gone is unmanaged.

use super::parse;
use super::shape::Claim;
use super::shape::claim;
use crate::domain::AccessRule;
use crate::domain::ClinicId;
use crate::domain::DesiredClinic;
use crate::domain::DesiredFleet;
use crate::domain::DirectionKind;
use crate::domain::Who;
use crate::schema::Kind;
use crate::source::FileId;
use crate::source::SourceSet;
use std::collections::BTreeSet;

/// The clinics of `fleet`, which was compiled from `sources`, that `files` have a say about.
#[must_use]
pub fn reached(fleet: &DesiredFleet, sources: &SourceSet, files: &BTreeSet<FileId>) -> BTreeSet<ClinicId> {
    let mut reached = BTreeSet::new();
    for (id, file) in sources.iter().filter(|(id, _)| files.contains(id)) {
        let claim = claim(parse(id, file).document.as_ref(), &file.text);
        let has_a_say = fleet.clinics.values().filter(|clinic| has_a_say(&claim, clinic));
        reached.extend(has_a_say.map(|clinic| clinic.clinic.clone()));
    }
    reached
}

/// Whether a document is one of those that a clinic is made of. What cannot be made out might be.
fn has_a_say(claim: &Claim, clinic: &DesiredClinic) -> bool {
    match claim {
        Claim::Unclear | Claim::Named(Kind::Fleet, _) => true,
        Claim::Named(Kind::Clinic, name) => *clinic.clinic.as_str() == **name,
        Claim::Named(Kind::Baseline, name) => clinic.extends.iter().any(|baseline| *baseline.as_str() == **name),
        Claim::Named(Kind::Group, name) => lists_group(clinic, name),
    }
}

fn lists_group(clinic: &DesiredClinic, name: &str) -> bool {
    let lists = DirectionKind::ALL.map(|kind| clinic.direction(kind).accessible_to.as_ref());
    lists.into_iter().flatten().any(|said| match &said.value {
        AccessRule::Everyone => false,
        AccessRule::Listed(lines) => lines.iter().any(|line| match &line.who {
            Who::Group(group) => group.name.as_str() == name,
            Who::Person(_) | Who::Title(_) => false,
        }),
    })
}
