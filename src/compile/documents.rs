//! The documents that clinics share, kind by kind, and the clinics among them.

use super::file::Shaped;
use super::shape::{Baseline, Check, Claim, Clinic, Document, Fleet, Group};
use crate::diagnostic::Finding;

/// Everything but the clinics, in the order of the files.
#[derive(Default)]
pub(super) struct Shared {
    /// Fleets; one is right.
    pub(super) fleets: Vec<Fleet>,
    /// Baselines.
    pub(super) baselines: Vec<Baseline>,
    /// Groups.
    pub(super) groups: Vec<Group>,
    /// Checks that stand in documents of their own.
    pub(super) checks: Vec<Check>,
    /// What each file means to be, readable or not.
    pub(super) claims: Vec<Claim>,
}

/// Puts documents in their places, and gives out the clinics among them.
pub(super) fn sort(files: Vec<Shaped>, findings: &mut Vec<Finding>) -> (Shared, Vec<Clinic>) {
    let (mut shared, mut clinics) = (Shared::default(), Vec::new());
    for Shaped { document, claim, findings: found } in files {
        findings.extend(found);
        shared.claims.push(claim);
        match document {
            Some(Document::Fleet(fleet)) => shared.fleets.push(fleet),
            Some(Document::Baseline(baseline)) => shared.baselines.push(baseline),
            Some(Document::Group(group)) => shared.groups.push(group),
            Some(Document::Clinic(clinic)) => clinics.push(*clinic),
            Some(Document::Checks(checks)) => shared.checks.extend(checks),
            None => {}
        }
    }
    (shared, clinics)
}
