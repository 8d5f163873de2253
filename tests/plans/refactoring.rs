//! A refactoring of the files that changes nothing shows nothing: values move between clinic, baseline and group, and
//! the plan stays what it was.

use super::strategies::live_clinic;
use super::world::today;
use clinicctl::compile::compile;
use clinicctl::diagnostic::Severity;
use clinicctl::diff::Members;
use clinicctl::domain::LiveClinic;
use clinicctl::plan::{ClinicPlan, PlanContext, plan_clinic};
use clinicctl::rules::Policy;
use clinicctl::source::{SourceFile, SourceSet};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

/// One value, at its path, and where the other fleet says it.
#[derive(Debug, Clone)]
struct Declared {
    path: [&'static str; 3],
    value: Value,
    /// In the baseline of the other fleet.
    moved: bool,
    /// A list whose people are the members of a group there.
    grouped: bool,
    /// Said, wrongly, in the baseline too, where the clinic's own word counts.
    shadows: bool,
}

/// A button, as `[field, value]`, each field in the clinic or in the baseline of the other fleet.
#[derive(Debug, Clone)]
struct Listed {
    id: &'static str,
    fields: Vec<(&'static str, Value, bool)>,
}

fn declared(direction: &'static str) -> impl Strategy<Value = Vec<Declared>> {
    let people = subsequence(vec!["p1", "p2", "p3", "p4", "p5", "p6"], 1..=4);
    let access = prop_oneof![people.prop_map(|people| json!(people)), Just(json!("everyone")), Just(json!([]))];
    let place = || any::<[bool; 3]>();
    let enabled = option::of((any::<bool>().prop_map(|on| json!(on)), place()));
    let access = option::of((access, place()));
    (enabled, access).prop_map(move |(enabled, access)| {
        let said = |field, said: Option<(Value, [bool; 3])>| {
            let (value, [moved, grouped, shadows]) = said?;
            let grouped = grouped && value.as_array().is_some_and(|people| !people.is_empty());
            Some(Declared { path: ["messaging", direction, field], value, moved, grouped, shadows })
        };
        [said("enabled", enabled), said("accessible_to", access)].into_iter().flatten().collect()
    })
}

fn buttons() -> impl Strategy<Value = Vec<Listed>> {
    let look = (select(vec!["new_message", "drop_in"]), "[A-Z]{2,5}", any::<bool>(), any::<[bool; 3]>());
    let look = look.prop_map(|(leads_to, title, active, [one, two, three])| {
        vec![("leads_to", json!(leads_to), one), ("title", json!({"sv": title}), two), ("active", json!(active), three)]
    });
    (subsequence(vec!["a", "b", "c", "d", "e"], 1..=4).prop_shuffle(), vec(look, 4))
        .prop_map(|(ids, looks)| ids.into_iter().zip(looks).map(|(id, fields)| Listed { id, fields }).collect())
}

/// What one clinic wants.
#[derive(Debug, Clone)]
struct Wanted {
    settings: Vec<Declared>,
    buttons: Option<Vec<Listed>>,
    order_moves: bool,
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let settings =
        (declared("incoming"), declared("healthcare_initiated")).prop_map(|(one, other)| [one, other].concat());
    (settings, option::of(buttons()), any::<bool>()).prop_map(|(settings, buttons, order_moves)| Wanted {
        settings,
        buttons,
        order_moves,
    })
}

/// The texts of a fleet that says it all in the clinic's file.
fn plain(wanted: &Wanted) -> Vec<(&'static str, Value)> {
    let mut clinic = json!({"clinic": "norrtull"});
    for Declared { path: [part, direction, field], value, .. } in &wanted.settings {
        clinic[*part][*direction][*field] = value.clone();
    }
    if let Some(buttons) = &wanted.buttons {
        clinic["patient_interface"] = json!({"buttons": listed(buttons, |_| true), "order": order(buttons)});
    }
    vec![("norrtull.yaml", clinic)]
}

/// The same, said in other places.
fn moved(wanted: &Wanted) -> Vec<(&'static str, Value)> {
    let mut clinic = json!({"clinic": "norrtull", "extends": "shared"});
    let mut baseline = json!({"baseline": "shared"});
    let mut groups = Vec::new();
    for Declared { path: [part, direction, field], value, moved, grouped, shadows } in &wanted.settings {
        let said = if *grouped { grouped_as(direction, value, &mut groups) } else { value.clone() };
        let (here, there) = if *moved { (&mut baseline, None) } else { (&mut clinic, Some(&mut baseline)) };
        here[*part][*direction][*field] = said;
        if let Some(there) = there.filter(|_| *shadows) {
            there[*part][*direction][*field] = if *field == "enabled" { json!(value != true) } else { json!(["p6"]) };
        }
    }
    if let Some(buttons) = &wanted.buttons {
        clinic["patient_interface"]["buttons"] = listed(buttons, |moved| !moved);
        baseline["patient_interface"]["buttons"] = listed(buttons, |moved| moved);
        let order_in = if wanted.order_moves { &mut baseline } else { &mut clinic };
        order_in["patient_interface"]["order"] = order(buttons);
    }
    groups.extend([("norrtull.yaml", clinic), ("shared.yaml", baseline)]);
    groups
}

fn grouped_as(direction: &str, people: &Value, groups: &mut Vec<(&'static str, Value)>) -> Value {
    let (path, name) = if direction == "incoming" { ("in.yaml", "answer") } else { ("out.yaml", "write") };
    groups.push((path, json!({"group": name, "members": people})));
    json!([{"group": name}])
}

fn listed(buttons: &[Listed], here: impl Fn(bool) -> bool) -> Value {
    let button = |Listed { id, fields }: &Listed| {
        let mut button = json!({"id": id});
        for (field, value, _) in fields.iter().filter(|(_, _, moved)| here(*moved)) {
            button[*field] = value.clone();
        }
        button
    };
    buttons.iter().map(button).collect()
}

fn order(buttons: &[Listed]) -> Value {
    buttons.iter().map(|button| json!(button.id)).collect()
}

/// The plan of a fleet; `None` where a rule forbids what its files say.
fn plan(texts: Vec<(&'static str, Value)>, live: &LiveClinic) -> Option<ClinicPlan> {
    let fleet = ("fleet.yaml", json!({"fleet": "coast"}));
    let file = |(path, text): (&str, Value)| {
        let text = serde_json::to_string_pretty(&text).expect("JSON is YAML");
        SourceFile { path: path.into(), text, unreadable: None }
    };
    let sources = SourceSet::new(texts.into_iter().chain([fleet]).map(file).collect());
    let compiled = compile(&sources, today());
    let stop = compiled.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let foreseen = ["dead-button", "nobody-sends", "nobody-answers"];
    let unforeseen: Vec<_> = stop.filter(|finding| !foreseen.contains(&finding.rule)).collect();
    assert!(unforeseen.is_empty(), "{unforeseen:#?}\n{:#?}", sources.files());
    let fleet = compiled.fleet?;
    let desired = fleet.clinics.values().next().expect("a clinic");
    let members = Members::of(&fleet);
    let context =
        PlanContext { sources: &sources, layers: &fleet.layers, members: &members, prune: true, today: today() };
    Some(without_places(plan_clinic(desired, live, Policy::of(&fleet, desired), &context)))
}

/// The plan without what only says where its values stand, and whom the group names elsewhere.
fn without_places(mut plan: ClinicPlan) -> ClinicPlan {
    for row in plan.changes.iter_mut().flat_map(|change| &mut change.fields) {
        assert!(row.origin.take().is_some(), "{} says where it comes from", row.path);
        row.people.clear();
    }
    plan.findings.clear();
    plan.known = None;
    plan
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn values_that_move_between_clinic_baseline_and_group_change_no_plan(wanted in wanted(), live in live_clinic()) {
        let (before, after) = (plan(plain(&wanted), &live), plan(moved(&wanted), &live));
        prop_assert_eq!(before.is_some(), after.is_some());
        let (Some(before), Some(after)) = (before, after) else { return Ok(()) };
        // A list must know everybody whom it names, where a group may hold people of other clinics.
        prop_assume!(before.blocked.is_empty());
        prop_assert_eq!(&after.blocked, &before.blocked);
        prop_assert_eq!(&after.changes, &before.changes);
        prop_assert_eq!(&after.impact, &before.impact);
        let Some(work) = before.work else { return Ok(()) };
        let applied = LiveClinic { state: work.wanted, ..live };
        let again = plan(moved(&wanted), &applied).expect("the files are as valid as before");
        prop_assert!(again.changes.is_empty() && again.impact == Default::default(), "{:?}", again);
    }
}
