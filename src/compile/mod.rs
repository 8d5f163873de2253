//! Files -> fleet: parse, shape, layers, lower, and the rules that files alone can break.
//!
//! ```text
//! every file on its own, on all cores    parse (a tree with places) -> shape (a typed document); the tree goes
//! all documents together                 index (who exists) -> references (who is named) -> chains (who builds on whom)
//! every clinic on its own, on all cores  layers (nearest wins) -> lower (a `DesiredClinic`)
//! the fleet, if nothing is wrong yet     the rules of `in_files`
//! ```
//!
//! Nothing is concluded from what already has its finding: a file that cannot be read may be the baseline that a
//! clinic misses, so that one mistake gives one finding. The result does not depend on the number of cores.

mod chains;
mod file;
mod index;
mod layers;
mod lower;
mod parse;
mod references;
mod shape;
mod spoilt;
mod suggest;
mod words;

pub use parse::{Parsed, parse};

use crate::diagnostic::Finding;
use crate::diagnostic::Severity;
use crate::domain::DesiredFleet;
use crate::rules;
use crate::source::SourceSet;
use chains::Chains;
use file::Shaped;
use index::Index;

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
    let mut files = file::shape_all(sources);
    let mut findings: Vec<_> = files.iter_mut().flat_map(|file| file.findings.drain(..)).collect();
    let fleet = assemble(&files, &mut findings).filter(|_| !stops(&findings));
    spoilt::take_out(&mut findings);
    // A hundred megabytes in small pieces for a large fleet: nobody waits until they are gone.
    rayon::spawn(|| drop(files));
    if let Some(fleet) = &fleet {
        findings.extend(rules::in_files(fleet, today));
    }
    findings.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    Compiled { fleet: fleet.filter(|_| !stops(&findings)), findings }
}

/// What all documents together mean; worth nothing where `findings` holds an error.
fn assemble(files: &[Shaped], findings: &mut Vec<Finding>) -> Option<DesiredFleet> {
    let index = Index::of(files, findings);
    references::check(files, &index, findings);
    let chains = Chains::of(&index, findings);
    lower::fleet(&index, &chains, findings)
}

fn stops(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
