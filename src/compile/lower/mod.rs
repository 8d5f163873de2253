//! Documents -> the fleet as the domain knows it.

mod buttons;
mod clinic;

use super::chains::Chains;
use super::index::Index;
use super::shape::Fleet;
use super::shape::Group as GroupDocument;
use super::shape::Placed;
use crate::diagnostic::Finding;
use crate::domain::DesiredFleet;
use crate::domain::Group;
use crate::domain::GroupName;
use crate::domain::Member;
use crate::domain::Said;
use rayon::iter::IntoParallelRefIterator as _;
use rayon::iter::ParallelIterator as _;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All groups of a fleet, by name.
type Groups = BTreeMap<GroupName, Arc<Group>>;

/// Lowers the fleet, clinic by clinic on all cores, and reports what layers together get wrong. `None` without a
/// document of the fleet's own; the clinics are checked all the same.
pub(super) fn fleet(index: &Index<'_>, chains: &Chains<'_>, findings: &mut Vec<Finding>) -> Option<DesiredFleet> {
    let groups: Groups = index.groups.iter().map(|(name, group)| ((*name).clone(), lower_group(name, group))).collect();
    let clinics: Vec<_> = index.clinics.values().collect();
    let lowered: Vec<_> = clinics
        .par_iter()
        .map(|clinic| {
            let mut findings = Vec::new();
            (clinic::lower(clinic, chains, &groups, &mut findings), findings)
        })
        .collect();
    let mut clinics = BTreeMap::new();
    let mut repeated = Vec::new();
    for (clinic, findings) in lowered {
        clinics.extend(clinic.map(|clinic| (clinic.clinic.clone(), clinic)));
        repeated.extend(findings);
    }
    findings.extend(once_a_place(repeated));
    let Fleet { name, languages, rules, guards, embedded, seed } = index.fleet?.clone();
    let Placed { value: name, place } = name?;
    let rules = rules.into_iter().map(|line| (line.rule.value, said(line.setting))).collect();
    let guards = guards.into_iter().map(|(guard, limit)| (guard.to_owned(), said(limit))).collect();
    Some(DesiredFleet { name, place, languages, rules, guards, embedded, seed: seed.map(said), groups, clinics })
}

/// One finding a place: what a baseline says wrongly is found again in every clinic that extends it.
fn once_a_place(mut findings: Vec<Finding>) -> Vec<Finding> {
    let key = |finding: &Finding| (finding.labels.first().map(|label| label.place), finding.rule);
    findings.sort_by_key(key);
    let mut kept: Vec<(Finding, usize)> = Vec::new();
    for finding in findings {
        match kept.last_mut() {
            Some((first, more)) if key(first) == key(&finding) => *more += 1,
            _ => kept.push((finding, 0)),
        }
    }
    let told = |(finding, more): (Finding, usize)| match more {
        0 => finding,
        1 => finding.help("the same is so for 1 other clinic"),
        more => finding.help(format!("the same is so for {more} other clinics")),
    };
    kept.into_iter().map(told).collect()
}

fn lower_group(name: &GroupName, group: &GroupDocument) -> Arc<Group> {
    let member = |Placed { value, place }: &Placed<_>| Member { person: Clone::clone(value), place: *place };
    Arc::new(Group { name: name.clone(), members: group.members.iter().map(member).collect() })
}

/// A value that no layer can shadow.
fn said<T>(Placed { value, place }: Placed<T>) -> Said<T> {
    Said { value, place, shadows: Vec::new() }
}
