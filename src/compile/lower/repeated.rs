//! Findings about layers that many clinics share.

use crate::diagnostic::Finding;

/// One finding a place: what a baseline says wrongly is found again in every clinic that extends it.
pub(super) fn once_a_place(mut findings: Vec<Finding>) -> Vec<Finding> {
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
