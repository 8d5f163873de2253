//! Every value that changes says which line of which file it comes from, in which layer, and what it shadows.

use super::world::{button, live, member, people, today};
use clinicctl::compile::compile;
use clinicctl::diff::Members;
use clinicctl::domain::{Button, ClinicState, DesiredFleet, Direction};
use clinicctl::plan::{ClinicPlan, FieldRow, PlanContext, plan_clinic};
use clinicctl::rules::Policy;
use clinicctl::source::{SourceFile, SourceSet};
use std::fmt::Write as _;

const FILES: [(&str, &str); 5] = [
    ("fleet.yaml", "fleet: coast\nlanguages: {default: sv, required: [sv]}\nrules: {single-responder: off}\n"),
    (
        "base/county.yaml",
        "baseline: county
messaging:
  incoming: {enabled: false}
patient_interface:
  order: [book]
  buttons:
    - {id: book, leads_to: book_appointment, title: {sv: Boka}}
",
    ),
    (
        "base/region.yaml",
        "baseline: region
extends: county
messaging:
  incoming:
    enabled: true
    accessible_to: [st-3]
  healthcare_initiated: {enabled: true, accessible_to: [st-5]}
patient_interface:
  buttons:
    - {id: book, title: {sv: Tid}}
",
    ),
    ("triage.yaml", "group: triage\nmembers:\n  - st-1\n  - st-9\n"),
    (
        "norrtull.yaml",
        "clinic: norrtull
extends: region
messaging:
  incoming:
    accessible_to:
      - title: physician
      - group: triage
      - st-2
      - st-4
patient_interface:
  order: [new-message, book]
  unlisted_buttons: remove
  buttons:
    - id: new-message
      leads_to: new_message
      title: {sv: Skriv till oss}
      active: true
    - {id: book, title: {sv: Boka tid}}
",
    ),
];

fn compiled() -> (SourceSet, DesiredFleet) {
    let file = |(path, text): (&str, &str)| SourceFile { path: path.into(), text: text.to_owned(), unreadable: None };
    let sources = SourceSet::new(FILES.into_iter().map(file).collect());
    let compiled = compile(&sources, today());
    (sources, compiled.fleet.unwrap_or_else(|| panic!("{:#?}", compiled.findings)))
}

/// The plan of `norrtull`, in which Bo (`st-2`) may answer already, and Eva (`st-4`) is named and titled.
fn planned() -> ClinicPlan {
    let (sources, fleet) = compiled();
    let staff = [("st-1", "nurse"), ("st-2", "nurse"), ("st-3", "nurse"), ("st-4", "physician"), ("st-5", "physician")];
    let staff = staff.map(|(id, title)| member(id, id, title));
    let old = Button { active: false, ..button("old", "drop_in", &[("sv", "Kö")]) };
    let state = ClinicState {
        incoming: Direction { enabled: false, accessible_to: people(&["st-2", "st-3"]) },
        buttons: vec![old, button("book", "drop_in", &[("sv", "Köa")])],
        ..ClinicState::new()
    };
    let desired = fleet.clinics.values().next().expect("a clinic");
    let members = Members::of(&fleet);
    let context =
        PlanContext { sources: &sources, layers: &fleet.layers, members: &members, prune: true, today: today() };
    plan_clinic(desired, &live(state, staff.to_vec()), Policy::of(&fleet, desired), &context)
}

fn told(row: &FieldRow) -> String {
    let Some(origin) = &row.origin else { return "nowhere".to_owned() };
    let mut text = format!("{} {}", origin.location, String::from(origin.layer.clone()));
    for shadow in &origin.shadows {
        let _ = write!(text, "\n      over {} {}", shadow.location, String::from(shadow.layer.clone()));
    }
    for person in &row.people {
        let _ = write!(text, "\n      {} by {} {}", person.person, person.location, String::from(person.layer.clone()));
    }
    text
}

#[test]
fn every_changed_value_says_its_line_its_layer_and_what_it_shadows() {
    let mut text = String::new();
    let plan = planned();
    assert_eq!(plan.blocked, []);
    for change in &plan.changes {
        let _ = writeln!(text, "{}", change.address);
        for row in &change.fields {
            let _ = writeln!(text, "    {}: {}", row.path, told(row));
        }
    }
    insta::assert_snapshot!(text);
}
