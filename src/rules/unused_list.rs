//! `unused-list`: a list that has no effect.

use super::asked::{Asked, Side};
use super::declared::{Declared, Told};
use super::rule::InResult;
use super::{AskedAbout, Breach, Rule};
use crate::domain::{Access, AccessRule, DesiredClinic, DirectionKind};
use crate::source::Place;

pub(super) const RULE: Rule = Rule::warning(
    "unused-list",
    "a list is declared while the direction is off",
    "Whoever reads the file believes that these people can send or respond. They cannot, as long as the switch is off.\n\n\
     Guilty:\n\n    messaging:\n      incoming:\n        enabled: false\n        \
     accessible_to: [{group: triage-nurses}]\n\n\
     Switch the direction on, or take the list out until it is needed. Where the list is kept on purpose, for a pause \
     with a reopening, waive the rule and say until when.",
).in_files(in_files).in_result(InResult::State(in_state));

const HELP: &str = "switch the direction on, take the list out, or waive the rule and say until when";

fn in_files(declared: &Declared<'_>, told: &mut Vec<Told>) {
    for kind in DirectionKind::ALL {
        let switch = declared.clinic.direction(kind).enabled.as_ref().filter(|said| !said.value);
        let (Some(off), Some(list)) = (switch, list(declared.clinic, kind)) else { continue };
        let (at, also) = declared.own_first(list, off.place);
        let finding = RULE.finding(at, message(kind)).also(also, "together with this").help(HELP);
        told.push(Told { thing: AskedAbout::Direction(kind), finding });
    }
}

fn in_state(asked: &Asked<'_>, breaches: &mut Vec<Breach>) {
    for kind in DirectionKind::ALL {
        let direction = asked.state.direction(kind);
        let unused = !direction.enabled && direction.accessible_to != Access::nobody();
        if unused && direction.accessible_to != Access::Everyone && is_declared(asked, kind) {
            let breach = RULE.breach(AskedAbout::Direction(kind), asked.list_place(kind), message(kind));
            breaches.push(breach.help(HELP));
        }
    }
}

/// Whether a file declares the list; in the live state, every list counts.
fn is_declared(asked: &Asked<'_>, kind: DirectionKind) -> bool {
    match asked.side {
        Side::Live => true,
        Side::Wanted(desired) => desired.is_some_and(|desired| list(desired, kind).is_some()),
    }
}

/// Where the files list people for `kind`, if they do.
fn list(clinic: &DesiredClinic, kind: DirectionKind) -> Option<Place> {
    let said = clinic.direction(kind).accessible_to.as_ref()?;
    match &said.value {
        AccessRule::Listed(lines) if !lines.is_empty() => Some(said.place),
        AccessRule::Listed(_) | AccessRule::Everyone => None,
    }
}

fn message(kind: DirectionKind) -> String {
    format!("the people listed for `{}` can do nothing while it is off", kind.key())
}
