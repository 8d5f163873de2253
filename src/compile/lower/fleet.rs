//! Lowered clinics -> the fleet, and everything that is wrong with them.

use super::{Lowered, Lowering, repeated, said};
use crate::compile::documents::Shared;
use crate::compile::index::duplicate;
use crate::compile::references;
use crate::compile::shape::{Fleet, Placed};
use crate::diagnostic::Finding;
use crate::domain::{ClinicId, DesiredClinic, DesiredFleet, Layer, Layers};
use crate::rules::Broken;
use crate::schema::Kind;
use crate::source::FileId;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// All clinics of a fleet, by name.
type Clinics = BTreeMap<ClinicId, Box<DesiredClinic>>;

/// A fleet, and what the files alone break in its clinics.
pub(in crate::compile) struct Assembled {
    /// The fleet.
    pub(in crate::compile) fleet: DesiredFleet,
    /// Clinics that break something.
    pub(in crate::compile) broken: Vec<(ClinicId, Broken)>,
}

/// Puts the fleet together, with the findings about its clinics. `None` without a document of the fleet's own; the
/// clinics are checked all the same.
pub(in crate::compile) fn fleet(
    lowering: Lowering<'_>,
    shared: &Shared,
    lowered: Vec<Lowered>,
    findings: &mut Vec<Finding>,
) -> Option<Assembled> {
    let Lowering { index, chains: _, groups, today: _ } = lowering;
    let (mut clinics, mut names, mut in_layers, mut broken) = (Clinics::new(), Vec::new(), Vec::new(), Vec::new());
    for lowered in lowered {
        let breaking = lowered.clinic.as_ref().filter(|_| !lowered.broken.is_empty());
        broken.extend(breaking.map(|clinic| clinic.clinic.clone()).map(|id| (id, lowered.broken)));
        findings.extend(lowered.in_file);
        findings.extend(lowered.clinic.and_then(|clinic| add(&mut clinics, clinic)));
        names.push(lowered.names);
        in_layers.extend(lowered.in_layers);
    }
    in_layers.sort_by(|(one, _), (other, _)| one.cmp(other));
    let in_layers = in_layers.into_iter().map(|(_, finding)| finding).collect();
    references::tell(std::iter::once(references::of_shared(shared, index)).chain(names), index, findings);
    findings.extend(repeated::once_a_place(in_layers));
    let Fleet { name, languages, rules, guards, checks: _, embedded, seed } = index.fleet?.clone();
    let Placed { value: name, place } = name?;
    let rules = rules.into_iter().map(|line| (line.rule.value, said(line.setting))).collect();
    let guards = guards.into_iter().map(|(guard, limit)| (guard.to_owned(), said(limit))).collect();
    let seed = seed.map(said);
    let layers = layers(place.file, shared);
    Some(Assembled {
        fleet: DesiredFleet {
            name,
            place,
            languages,
            rules,
            guards,
            embedded,
            seed,
            groups,
            checks: Vec::new(),
            layers,
            clinics,
        },
        broken,
    })
}

/// Which layer each file is that clinics share.
fn layers(fleet: FileId, Shared { fleets: _, baselines, groups, checks: _, claims: _ }: &Shared) -> Layers {
    let baselines = baselines.iter().filter_map(|baseline| {
        let Placed { value: name, place } = baseline.name.as_ref()?;
        Some((place.file, Layer::Baseline(name.clone())))
    });
    let groups = groups.iter().filter_map(|group| {
        let Placed { value: name, place } = group.name.as_ref()?;
        Some((place.file, Layer::Group(name.clone())))
    });
    std::iter::once((fleet, Layer::Fleet)).chain(baselines).chain(groups).collect()
}

/// Adds a clinic; of two with the same name, the one in the first file stays.
fn add(clinics: &mut Clinics, clinic: Box<DesiredClinic>) -> Option<Finding> {
    match clinics.entry(clinic.clinic.clone()) {
        Entry::Vacant(free) => {
            free.insert(clinic);
            None
        }
        Entry::Occupied(mut taken) => {
            let (name, one, other) = (clinic.clinic.clone(), taken.get().place, clinic.place);
            if other.file < one.file {
                taken.insert(clinic);
            }
            Some(duplicate(Kind::Clinic, name.as_str(), one.max(other), one.min(other)))
        }
    }
}
