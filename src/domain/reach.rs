//! Reach: which clinics a set of files has a say about.
//!
//! What a clinic is wanted to be follows from its own file, the baselines that it extends directly or indirectly, the
//! groups that its lists name, and the fleet's document; checks want nothing, and are judged where they are about. Where
//! all of these stand in two versions of a folder word for word, at the same paths, the clinic is wanted to be the same:
//! its file names the same baseline, which is the one in the same file, and so on. So it is enough to know which files of
//! *this* version are not as they were. A file that is gone reaches nothing that another changed file does not reach:
//! whoever named what it held names something else now, or the folder is invalid; and a clinic whose file is gone is
//! unmanaged. Only nobody names a check: whom one that is gone was about, the version before must tell.

use super::{AccessRule, ClinicId, DesiredClinic, DesiredFleet, DirectionKind, Layer, Who};
use crate::source::FileId;
use std::collections::BTreeSet;

impl DesiredFleet {
    /// The clinics that `files`, of those that this fleet was compiled from, have a say about.
    #[must_use]
    pub fn reached_by(&self, files: &BTreeSet<FileId>) -> BTreeSet<ClinicId> {
        let layers: BTreeSet<Layer> = files.iter().map(|file| self.layers.of_file(*file)).collect();
        let reached = |clinic: &DesiredClinic| {
            layers.contains(&Layer::Fleet)
                || files.contains(&clinic.place.file)
                || clinic.extends.iter().any(|name| layers.contains(&Layer::Baseline(name.clone())))
                || lists_group(clinic, &layers)
                || self
                    .checks
                    .iter()
                    .any(|check| check.place.is_some_and(|place| files.contains(&place.file)) && check.is_about(clinic))
        };
        self.clinics.values().filter(|clinic| reached(clinic)).map(|clinic| clinic.clinic.clone()).collect()
    }
}

fn lists_group(clinic: &DesiredClinic, layers: &BTreeSet<Layer>) -> bool {
    let lists = DirectionKind::ALL.map(|kind| clinic.direction(kind).accessible_to.as_ref());
    lists.into_iter().flatten().any(|said| match &said.value {
        AccessRule::Everyone => false,
        AccessRule::Listed(lines) => lines.iter().any(|line| match &line.who {
            Who::Group(group) => layers.contains(&Layer::Group(group.name.clone())),
            Who::Person(_) | Who::Title(_) => false,
        }),
    })
}
