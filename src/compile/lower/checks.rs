//! The checks of a folder, from all documents that hold some.

use crate::compile::documents::Shared;
use crate::compile::shape::{Check as CheckLine, Placed};
use crate::diagnostic::Finding;
use crate::domain::{Check, Slug};
use crate::source::{Place, SourceSet};
use std::collections::BTreeMap;

/// Every check, in the order of the files, each name once.
pub(in crate::compile) fn checks(shared: &Shared, sources: &SourceSet, findings: &mut Vec<Finding>) -> Vec<Check> {
    let of_fleets = shared.fleets.iter().flat_map(|fleet| &fleet.checks);
    let mut lines: Vec<&CheckLine> = of_fleets.chain(&shared.checks).collect();
    lines.sort_by_key(|line| line.name.place);
    let mut seen: BTreeMap<&Slug, Place> = BTreeMap::new();
    let mut checks = Vec::with_capacity(lines.len());
    for line in lines {
        let Placed { value: name, place } = &line.name;
        match seen.get(name) {
            Some(first) => findings.push(twice(name, *place, *first)),
            None => checks.push(lower(line, sources)),
        }
        seen.entry(name).or_insert(*place);
    }
    checks
}

fn twice(name: &Slug, place: Place, first: Place) -> Finding {
    Finding::error("check-twice", place, format!("the check `{name}` is described twice"))
        .labelled("again here")
        .also(first, "first here")
        .help("keep one of them, or give the other a name of its own")
}

fn lower(line: &CheckLine, sources: &SourceSet) -> Check {
    let CheckLine { name, because, severity, clinics, demand } = line;
    Check {
        check: name.value.clone(),
        because: because.clone(),
        severity: *severity,
        clinics: clinics.clone(),
        demand: demand.clone(),
        location: sources.locate(name.place),
        place: Some(name.place),
    }
}
