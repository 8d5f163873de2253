//! The plan in a terminal: impact first, then what changes and which line says so.

use super::scenarios::scenarios;
use clinicctl::domain::ClinicId;
use clinicctl::plan::{ClinicPlan, GuardSettings, Header, Impact, Plan, Unread, assemble};
use clinicctl::report::{Format, Paint, render_plan};
use std::collections::BTreeSet;

#[test]
fn the_scenarios_in_a_terminal() {
    for scenario in scenarios() {
        let shown = render_plan(Format::Human, &scenario.plan, Paint::Plain);
        insta::assert_snapshot!(format!("human_{}", scenario.name), shown);
    }
}

/// Eighty columns; only a word that is longer itself makes a longer line.
#[test]
fn no_line_is_longer_than_a_terminal_is_wide() {
    for scenario in scenarios() {
        let shown = render_plan(Format::Human, &scenario.plan, Paint::Plain);
        let summary = shown.lines().last();
        for line in shown.lines().filter(|line| Some(*line) != summary) {
            let words = line.split_whitespace().count();
            assert!(line.chars().count() <= 80 || words == 1, "{}: {line}", scenario.name);
        }
    }
}

#[test]
fn colours_change_nothing_that_is_read() {
    for scenario in scenarios() {
        let coloured = render_plan(Format::Human, &scenario.plan, Paint::Coloured);
        let mut bare = String::new();
        for (at, part) in coloured.split('\u{1b}').enumerate() {
            bare.push_str(if at == 0 { part } else { part.split_once('m').map_or("", |(_, text)| text) });
        }
        assert_eq!(bare, &*render_plan(Format::Human, &scenario.plan, Paint::Plain), "{}", scenario.name);
    }
}

/// The parts of a plan, clinic by clinic, as planning finds them.
fn parts(plan: &Plan) -> Vec<ClinicPlan> {
    let clinics: BTreeSet<&ClinicId> = plan.changes.iter().map(|change| &change.clinic).collect();
    let part = |clinic: &ClinicId| {
        let Impact { gain, lose, menus, single_responders, pictures } = plan.impact.clone();
        let mut part = ClinicPlan::unread(clinic, &Unread::Forbidden);
        part.blocked.clear();
        part.changes = plan.changes.iter().filter(|change| change.clinic == *clinic).cloned().collect();
        part.people = plan.people.clone();
        part.findings = plan.findings.iter().filter(|row| row.clinic.as_ref() == Some(clinic)).cloned().collect();
        part.impact = Impact {
            gain: gain.into_iter().filter(|row| row.clinic == *clinic).collect(),
            lose: lose.into_iter().filter(|row| row.clinic == *clinic).collect(),
            menus: menus.into_iter().filter(|row| row.clinic == *clinic).collect(),
            single_responders: single_responders.into_iter().filter(|row| row.clinic == *clinic).collect(),
            pictures: pictures.into_iter().filter(|row| row.clinic == *clinic).collect(),
        };
        part
    };
    clinics.into_iter().map(part).collect()
}

/// Clinics arrive in the order in which their answers do.
#[test]
fn the_order_in_which_clinics_arrive_changes_no_byte() {
    for scenario in scenarios() {
        let header = || Header {
            fleet: "strandvik".to_owned(),
            system: "embedded".to_owned(),
            reference: None,
            guards: GuardSettings::default(),
            findings: Vec::new(),
        };
        let forward = parts(&scenario.plan);
        let mut shuffled = forward.clone();
        shuffled.reverse();
        shuffled.rotate_left(forward.len() / 3);
        let (forward, shuffled) = (assemble(header(), forward).plan, assemble(header(), shuffled).plan);
        for format in Format::ALL {
            let shown = |plan| render_plan(format, plan, Paint::Coloured);
            assert_eq!(shown(&forward), shown(&shuffled), "{} in {}", scenario.name, format.name());
        }
    }
}
