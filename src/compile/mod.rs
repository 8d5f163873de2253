//! Files -> fleet: parse, shape, layers, lower, and the rules that files alone can break.
//!
//! ```text
//! what clinics share, on all cores  parse (a tree with places) -> shape (a typed document)
//! all of it together                index (which documents exist) -> chains (which extends which)
//! every clinic, on all cores        parse -> shape -> references (people and groups) -> layers (nearest wins) -> lower
//!                                   -> the rules of `in_clinic`
//! the fleet                         one clinic a name; and, if nothing is wrong yet, what the rules said
//! ```
//!
//! A clinic goes through all its steps at once: its tree and its document are gone before the next one needs the
//! memory.
//!
//! Nothing is concluded from what already has its finding: a file that cannot be read may be the baseline that a
//! clinic misses, so that one mistake gives one finding. The result does not depend on the number of cores.

mod chains;
mod documents;
mod file;
mod index;
mod layers;
mod lower;
mod parse;
mod references;
mod shape;
mod suggest;
mod tainted;
mod words;

pub use parse::{Parsed, parse};

use crate::diagnostic::{Finding, Severity};
use crate::domain::DesiredFleet;
use crate::rules;
use crate::source::SourceSet;
use chains::Chains;
use index::Index;
use lower::{Assembled, Lowering};

/// What the files say, and everything that is wrong with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compiled {
    /// The fleet; `None` whenever `findings` holds an error.
    pub fleet: Option<DesiredFleet>,
    /// Errors and warnings, sorted by file and place.
    pub findings: Vec<Finding>,
}

/// Compiles all files of a fleet. Waivers are judged on the day `today`.
#[must_use]
pub fn compile(sources: &SourceSet, today: jiff::civil::Date) -> Compiled {
    let mut findings = Vec::new();
    let assembled = assemble(sources, today, &mut findings).filter(|_| !stops(&findings));
    tainted::take_out(&mut findings);
    let fleet = assembled.map(|Assembled { fleet, broken }| {
        findings.extend(rules::in_files(&fleet, broken, today));
        fleet
    });
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    Compiled { fleet: fleet.filter(|_| !stops(&findings)), findings }
}

/// What all documents together mean; worth nothing if `findings` holds an error.
fn assemble(sources: &SourceSet, today: jiff::civil::Date, findings: &mut Vec<Finding>) -> Option<Assembled> {
    let (waiting, others) = file::split(sources);
    let (shared, clinics) = documents::sort(file::shape_all(&others), findings);
    let index = Index::of(&shared, waiting.len(), findings);
    let chains = Chains::of(&index, findings);
    let lowering = Lowering::new(&index, &chains, today);
    let mut lowered = lowering.files(waiting);
    lowered.extend(lowering.clinics(clinics));
    let checks = lower::checks(&shared, sources, findings);
    let assembled = lower::fleet(lowering, &shared, lowered, findings)?;
    Some(Assembled { fleet: DesiredFleet { checks, ..assembled.fleet }, ..assembled })
}

fn stops(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
