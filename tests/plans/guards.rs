//! Every guard at its limit and one beyond.

use super::world::{button, clinic_id, header, on, people, staff_id, today};
use clinicctl::compile::compile;
use clinicctl::diff::diff;
use clinicctl::domain::{Access, Address, ClinicId, ClinicState, Direction, Limit, Right};
use clinicctl::plan::{
    Because, ClinicPlan, GUARDS, GuardRow, GuardSettings, Impact, PlannedChange, RightRow, assemble, find_guard,
};
use clinicctl::schema;
use clinicctl::source::{SourceFile, SourceSet};
use std::collections::{BTreeMap, BTreeSet};

/// The plan of one clinic from one state to another, as far as guards look at it.
fn plan(clinic: &ClinicId, before: &ClinicState, after: &ClinicState) -> ClinicPlan {
    let changes = diff(before, after).into_iter().map(|change| PlannedChange {
        id: 1,
        action: change.action(),
        address: Address { clinic: clinic.clone(), resource: change.resource },
        clinic: clinic.clone(),
        before: change.before,
        after: change.after,
        waits_for: Vec::new(),
        because: Because::Intent,
        applied: None,
        last_change: None,
        fields: Vec::new(),
    });
    ClinicPlan {
        clinic: clinic.clone(),
        changes: changes.collect(),
        impact: Impact::default(),
        people: BTreeMap::new(),
        blocked: Vec::new(),
        findings: Vec::new(),
        notes: Vec::new(),
        work: None,
        known: None,
    }
}

fn clinic(number: usize) -> ClinicId {
    clinic_id(&format!("clinic-{number}"))
}

/// `count` clinics whose incoming goes from one state to another.
fn incoming(count: usize, before: &Direction, after: &Direction) -> Vec<ClinicPlan> {
    let state = |direction: &Direction| ClinicState { incoming: direction.clone(), ..ClinicState::new() };
    (0..count).map(|number| plan(&clinic(number), &state(before), &state(after))).collect()
}

fn off(accessible_to: Access) -> Direction {
    Direction { enabled: false, accessible_to }
}

/// One clinic that loses `count` buttons, and gains one.
fn buttons(count: usize) -> Vec<ClinicPlan> {
    let menu = |from, to| (from..to).map(|number| button(&format!("b{number}"), "drop_in", &[])).collect();
    let before = ClinicState { buttons: menu(0, count), ..ClinicState::new() };
    let after = ClinicState { buttons: menu(count, count + 1), ..ClinicState::new() };
    vec![plan(&clinic(0), &before, &after)]
}

/// One clinic in which `count` people lose both rights.
fn losses(count: usize) -> Vec<ClinicPlan> {
    let mut losing = plan(&clinic(0), &ClinicState::new(), &ClinicState::new());
    let row = |number: usize, right| RightRow {
        clinic: clinic(0),
        person: staff_id(&format!("st-{number}")),
        name: "Anna Berg".to_owned(),
        right,
    };
    losing.impact.lose =
        (0..count).flat_map(|number| [row(number, Right::Send), row(number, Right::Respond)]).collect();
    vec![losing]
}

/// Clinics whose plans have exactly `count` of what the guard counts.
fn clinics(guard: &str, count: usize) -> Vec<ClinicPlan> {
    let some = people(&["st-1"]);
    match guard {
        "buttons_removed" => buttons(count),
        "clinics_changed" => incoming(count, &Direction::off(), &off(some)),
        "directions_switched_off" => incoming(count, &on(some.clone()), &off(some)),
        "lists_emptied" => incoming(count, &off(some), &Direction::off()),
        "lists_to_everyone" => incoming(count, &off(some), &off(Access::Everyone)),
        "people_losing_access" => losses(count),
        other => panic!("`{other}` has no example here"),
    }
}

fn rows(
    clinics: Vec<ClinicPlan>,
    folder: usize,
    limit: Option<(&str, Limit)>,
    accepted: Option<&str>,
) -> Vec<GuardRow> {
    let mut header = header(folder);
    header.guards.limits.extend(limit.map(|(guard, limit)| (guard.to_owned(), limit)));
    header.guards.accepted.extend(accepted.map(ToOwned::to_owned));
    assemble(header, clinics).plan.guards
}

fn row(guard: &str, limit: u64) -> GuardRow {
    GuardRow { guard: guard.to_owned(), limit, actual: limit + 1, accepted: false }
}

#[test]
fn the_table_is_sorted_and_finds_every_guard() {
    assert!(GUARDS.is_sorted_by_key(|guard| guard.name));
    assert!(GUARDS.iter().all(|guard| find_guard(guard.name).is_some_and(|found| found.name == guard.name)));
    assert!(find_guard("clinics").is_none());
}

/// Three tables must name the same guards: what files may say, what is read from them, and what a plan is held to.
#[test]
fn files_can_set_exactly_these_guards() {
    let limit = Some(schema::Limit::Count(3));
    let guards = schema::Guards {
        buttons_removed: limit,
        clinics_changed: limit,
        directions_switched_off: limit,
        lists_emptied: limit,
        lists_to_everyone: limit,
        people_losing_access: limit,
    };
    let written = serde_json::to_value(guards).expect("guards have a JSON form");
    let names: Vec<&str> = GUARDS.iter().map(|guard| guard.name).collect();
    let keys: Vec<&str> = written.as_object().expect("a map").keys().map(String::as_str).collect();
    assert_eq!(keys, names);

    let file = |path: &str, text: String| SourceFile { path: path.into(), text, unreadable: None };
    let sources = SourceSet::new(vec![
        file("fleet.yaml", format!("fleet: malardalen\nlanguages: {{required: [sv]}}\nguards: {written}\n")),
        file("norrtull.yaml", "clinic: norrtull\n".to_owned()),
    ]);
    let fleet = compile(&sources, today()).fleet.expect("every guard can be set");
    let settings = GuardSettings::of(&fleet, BTreeSet::new());
    let limits = names.into_iter().map(|name| (name.to_owned(), Limit::Count(3))).collect();
    assert_eq!(settings, GuardSettings { limits, clinics_in_folder: 1, accepted: BTreeSet::new() });
}

#[test]
fn p10_a_guard_allows_its_limit_and_stops_one_beyond() {
    for guard in GUARDS.iter().map(|guard| guard.name) {
        for limit in [0, 1, 9, 10, 11] {
            let at = |count: u64| rows(clinics(guard, count as usize), 1000, Some((guard, Limit::Count(limit))), None);
            assert_eq!(at(limit), [], "{guard} at {limit}");
            assert_eq!(at(limit + 1), [row(guard, limit)], "{guard} one beyond {limit}");
        }
    }
}

#[test]
fn the_defaults_are_those_of_the_format() {
    let defaults = [
        ("buttons_removed", 10),
        ("clinics_changed", 250),
        ("directions_switched_off", 10),
        ("lists_emptied", 10),
        ("lists_to_everyone", 10),
        ("people_losing_access", 50),
    ];
    assert_eq!(defaults.map(|(guard, _)| guard).as_slice(), GUARDS.iter().map(|guard| guard.name).collect::<Vec<_>>());
    for (guard, limit) in defaults {
        let at = |count: u64| rows(clinics(guard, count as usize), 1000, None, None);
        assert_eq!(at(limit), [], "{guard} at its default");
        assert_eq!(at(limit + 1), [row(guard, limit)], "{guard} one beyond its default");
    }
}

#[test]
fn a_percentage_is_of_the_folder_and_never_stops_ten_clinics_or_fewer() {
    for (folder, allowed) in [(0, 10), (1, 10), (11, 10), (40, 10), (43, 10), (44, 11), (47, 11), (48, 12), (1000, 250)]
    {
        let at = |count: u64| rows(clinics("clinics_changed", count as usize), folder, None, None);
        assert_eq!(at(allowed), [], "{allowed} of {folder}");
        assert_eq!(at(allowed + 1), [row("clinics_changed", allowed)], "one beyond {allowed} of {folder}");
    }
}

#[test]
fn only_the_guard_of_clinics_has_a_floor() {
    for guard in GUARDS.iter().map(|guard| guard.name).filter(|name| *name != "clinics_changed") {
        let percent = Some((guard, Limit::Percent(25)));
        assert_eq!(rows(clinics(guard, 2), 8, percent, None), [], "{guard}");
        assert_eq!(rows(clinics(guard, 3), 8, percent, None), [row(guard, 2)], "{guard}");
    }
}

#[test]
fn a_guard_that_is_off_never_stops() {
    for guard in GUARDS.iter().map(|guard| guard.name) {
        assert_eq!(
            rows(clinics(guard, 300), 300, Some((guard, Limit::Off)), Some("none"))
                .iter()
                .find(|row| row.guard == guard),
            None
        );
    }
}

#[test]
fn an_accepted_guard_is_shown_and_does_not_stop() {
    let mut plan = assemble(header(1), buttons(11)).plan;
    assert_eq!(plan.stopping_guards().count(), 1);
    plan.guards = rows(buttons(11), 1, None, Some("lists_emptied"));
    assert_eq!(plan.stopping_guards().count(), 1);
    plan.guards = rows(buttons(11), 1, None, Some("buttons_removed"));
    assert_eq!(plan.stopping_guards().count(), 0);
    assert_eq!(plan.guards, [GuardRow { accepted: true, ..row("buttons_removed", 10) }]);
}

/// The change log says who took a limit away; however long the rest is, and whichever guards there are, that is not cut.
#[test]
fn an_acceptance_goes_into_the_reference_and_stands_first() {
    let reference = |reference: Option<&str>, accepted: &[&str]| {
        let mut header = header(1);
        header.reference = reference.map(ToOwned::to_owned);
        header.guards.accepted.extend(accepted.iter().map(|guard| (*guard).to_owned()));
        assemble(header, buttons(11)).plan.reference
    };
    assert_eq!(reference(Some("9f3c2ab"), &[]).as_deref(), Some("9f3c2ab"));
    assert_eq!(reference(Some("9f3c2ab"), &["lists_emptied"]).as_deref(), Some("9f3c2ab"), "it was not exceeded");
    let accepted = ["buttons_removed", "lists_emptied"];
    assert_eq!(reference(Some("9f3c2ab"), &accepted).as_deref(), Some("accepts buttons_removed: 9f3c2ab"));
    assert_eq!(reference(None, &accepted).as_deref(), Some("accepts buttons_removed"));
    let all = GUARDS.iter().map(|guard| guard.name).collect::<Vec<_>>().join(", ");
    assert!(format!("accepts {all}: ").len() < clinic_wire::CHANGE_REFERENCE_MAX);
}

#[test]
fn what_was_so_before_is_not_counted() {
    let some = people(&["st-1"]);
    let innocent = [
        (Direction::off(), on(Access::nobody())),
        (off(some.clone()), on(some.clone())),
        (off(Access::Everyone), on(Access::Everyone)),
        (off(some.clone()), off(people(&["st-1", "st-2"]))),
    ];
    for (before, after) in &innocent {
        assert_eq!(rows(incoming(20, before, after), 1000, None, None), [], "{before:?} to {after:?}");
    }
}
