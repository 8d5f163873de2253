//! Findings about a value that has a worse one already.

use crate::diagnostic::Finding;
use crate::source::Place;

/// What taints the value that contains it: invisible characters, and numbers that no message may repeat.
const SPOILING: &[&str] = &["control-character", "bidirectional-control", "personal-number"];

/// Takes out every finding whose primary place holds something spoiling: the value is not the intended one, and
/// what is said about it would show a character that is not there, or repeat a personal number.
pub(super) fn take_out(findings: &mut Vec<Finding>) {
    let mut causes: Vec<Place> = findings.iter().filter(|finding| spoils(finding)).filter_map(primary).collect();
    if causes.is_empty() {
        return;
    }
    causes.sort_unstable();
    findings.retain(|finding| spoils(finding) || !primary(finding).is_some_and(|place| holds(place, &causes)));
}

fn spoils(finding: &Finding) -> bool {
    SPOILING.contains(&finding.rule)
}

fn primary(finding: &Finding) -> Option<Place> {
    finding.labels.first().map(|label| label.place)
}

/// Whether one of the causes, which are sorted, lies inside `place`.
fn holds(place: Place, causes: &[Place]) -> bool {
    let first = causes.partition_point(|cause| (cause.file, cause.span.start) < (place.file, place.span.start));
    causes.get(first).is_some_and(|cause| cause.file == place.file && cause.span.end <= place.span.end)
}
