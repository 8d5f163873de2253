//! Documents -> the fleet as the domain knows it: one clinic after the other on all cores, then all of them together
//! (`fleet`).

mod buttons;
mod checks;
mod clinic;
mod fleet;
mod repeated;

pub(super) use checks::checks;
pub(super) use fleet::{Assembled, fleet};

use super::chains::Chains;
use super::file::{File, shape_clinic};
use super::index::Index;
use super::references;
use super::references::Unresolved;
use super::shape::{Clinic, Group as GroupDocument, Placed};
use crate::diagnostic::Finding;
use crate::domain::{ClinicId, DesiredClinic, Group, GroupName, Language, Member, Sourced};
use crate::rules;
use crate::rules::Broken;
use jiff::civil::Date;
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use std::collections::BTreeMap;
use std::sync::Arc;

/// All groups of a fleet, by name.
type Groups = BTreeMap<GroupName, Arc<Group>>;

/// Everything that clinics share, ready to be built on.
pub(super) struct Lowering<'a> {
    index: &'a Index<'a>,
    chains: &'a Chains<'a>,
    groups: Groups,
    today: Date,
}

/// What became of one clinic.
#[derive(Default)]
pub(super) struct Lowered {
    /// The clinic, if it has a usable id.
    clinic: Option<Box<DesiredClinic>>,
    /// What is wrong with its file.
    in_file: Vec<Finding>,
    /// What is wrong with the names in it.
    names: Unresolved,
    /// What is wrong with its layers together, which may be found in other clinics again: the clinic that is named
    /// there must not depend on the names of files.
    in_layers: Vec<(ClinicId, Finding)>,
    /// What it breaks.
    broken: Broken,
}

impl<'a> Lowering<'a> {
    /// Gets ready for the day `today`.
    pub(super) fn new(index: &'a Index<'a>, chains: &'a Chains<'a>, today: Date) -> Self {
        let group = |(name, group): (&&GroupName, &&GroupDocument)| ((*name).clone(), lower_group(name, group));
        Self { index, chains, groups: index.groups.iter().map(group).collect(), today }
    }

    /// Lowers files that open with a clinic's name, on all cores, in their order.
    pub(super) fn files(&self, files: Vec<File<'_>>) -> Vec<Lowered> {
        files.into_par_iter().map(|file| self.file(file)).collect()
    }

    /// Lowers clinics whose files were shaped already.
    pub(super) fn clinics(&self, clinics: Vec<Clinic>) -> Vec<Lowered> {
        clinics.into_par_iter().map(|clinic| self.clinic(clinic, Vec::new())).collect()
    }

    fn file(&self, file: File<'_>) -> Lowered {
        match shape_clinic(file) {
            (Some(clinic), findings) => self.clinic(clinic, findings),
            (None, findings) => Lowered { in_file: findings, ..Lowered::default() },
        }
    }

    fn clinic(&self, clinic: Clinic, in_file: Vec<Finding>) -> Lowered {
        let names = references::of_clinic(&clinic, self.index);
        let mut findings = Vec::new();
        let clinic = clinic::lower(clinic, self.chains, &self.groups, &mut findings).map(Box::new);
        let named = |finding| clinic.as_ref().map(|clinic| (clinic.clinic.clone(), finding));
        let in_layers = findings.into_iter().filter_map(named).collect();
        // While all of it is at hand.
        let broken = clinic.as_ref().map(|clinic| rules::in_clinic(clinic, self.required(), self.today));
        Lowered { clinic, in_file, names, in_layers, broken: broken.unwrap_or_default() }
    }

    fn required(&self) -> &[Language] {
        self.index.fleet.map_or(&[], |fleet| &fleet.languages.required)
    }
}

fn lower_group(name: &GroupName, group: &GroupDocument) -> Arc<Group> {
    let member = |Placed { value, place }: &Placed<_>| Member { person: Clone::clone(value), place: *place };
    Arc::new(Group { name: name.clone(), members: group.members.iter().map(member).collect() })
}

/// A value that no layer can shadow.
fn said<T>(Placed { value, place }: Placed<T>) -> Sourced<T> {
    Sourced { value, place, shadows: Box::default() }
}
