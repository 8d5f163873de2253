//! What a reviewer is told, before it is told in any format.

use super::plan;
use super::scenarios::scenarios;
use clinicctl::plan::Plan;
use clinicctl::report::view::{Tally, View, Word, words};
use serde_json::{Value, json};

fn origin(file: &str, layer: &str) -> Value {
    json!({"file": file, "line": 9, "column": 5, "layer": layer, "shadows": []})
}

/// A change of a button's title in one clinic.
fn title(id: usize, clinic: &str, after: &str, origin: &Value) -> Value {
    json!({"id": id, "address": format!("{clinic}/buttons/book"), "clinic": clinic, "action": "update",
        "before": null, "after": null, "waits_for": [], "because": "intent",
        "fields": [{"path": "title.sv", "before": "Boka", "after": after, "origin": origin}]})
}

fn list(id: usize, clinic: &str, people: [&[&str]; 2], origin: &Value) -> Value {
    json!({"id": id, "address": format!("{clinic}/messaging/incoming"), "clinic": clinic, "action": "update",
        "before": null, "after": null, "waits_for": [], "because": "intent",
        "fields": [{"path": "accessible_to", "before": people[0], "after": people[1], "origin": origin}]})
}

/// Each block as `clinics: resources`.
fn blocks(plan: &Plan) -> Vec<String> {
    let one = |block: &clinicctl::report::view::Block<'_>| {
        let clinics: Vec<_> = block.clinics.iter().map(ToString::to_string).collect();
        let changes: Vec<_> = block.changes.iter().map(|change| change.resource.to_string()).collect();
        format!("{}: {}", clinics.join(" "), changes.join(" "))
    };
    View::of(plan).blocks.iter().map(one).collect()
}

#[test]
fn the_same_change_in_forty_clinics_is_one_block_with_forty_names() {
    let baseline = origin("baselines/a.yaml", "baseline:a");
    let changes: Vec<_> = (0..40).map(|n| title(n, &format!("clinic-{n:02}"), "Boka tid", &baseline)).collect();
    let plan = plan(&json!({"changes": changes}));
    let view = View::of(&plan);
    assert_eq!(view.blocks.len(), 1);
    assert_eq!(view.blocks[0].clinics.len(), 40);
    assert_eq!(view.blocks[0].changes[0].fields[0].values.len(), 1);
    assert_eq!(view.blocks[0].layers.iter().map(ToString::to_string).collect::<Vec<_>>(), ["baseline `a`"]);
}

#[test]
fn another_value_line_reason_or_resource_is_another_block() {
    let baseline = origin("baselines/a.yaml", "baseline:a");
    let same = |n, clinic: &str| title(n, clinic, "Boka tid", &baseline);
    let mut drift = same(3, "c");
    drift["because"] = json!("drift");
    let mut other_resource = same(4, "d");
    other_resource["address"] = json!("d/buttons/renew");
    let line = origin("d.yaml", "clinic");
    let changes = [
        same(1, "a"),
        same(2, "b"),
        drift,
        other_resource,
        title(5, "e", "Boka", &baseline),
        title(6, "f", "Boka tid", &line),
    ];
    let plan = plan(&json!({"changes": changes}));
    let expected = ["c: buttons/book", "a b: buttons/book", "d: buttons/renew", "e: buttons/book", "f: buttons/book"];
    assert_eq!(blocks(&plan), expected);
}

#[test]
fn a_list_that_a_shared_line_grants_is_one_block_that_says_whom_it_means_where() {
    let baseline = origin("baselines/a.yaml", "baseline:a");
    let changes = [list(1, "a", [&["st-1"], &["st-1", "st-2"]], &baseline), list(2, "b", [&["st-3"], &[]], &baseline)];
    let plan = plan(&json!({"changes": changes}));
    let view = View::of(&plan);
    assert_eq!(blocks(&plan), ["a b: messaging/incoming"]);
    assert_eq!(view.blocks[0].changes[0].fields[0].values.len(), 2);

    let own = |clinic: &str| origin(&format!("{clinic}.yaml"), "clinic");
    let changes = [list(1, "a", [&["st-1"], &[]], &own("a")), list(2, "b", [&["st-1"], &[]], &own("b"))];
    assert_eq!(blocks(&super::plan(&json!({"changes": changes}))).len(), 2, "each clinic's own line is its own change");
}

#[test]
fn a_group_that_admits_somebody_is_one_block_though_each_clinic_names_the_group_itself() {
    let change = |id: usize, clinic: &str| {
        let mut change = list(id, clinic, [&[], &["st-1"]], &origin(&format!("{clinic}.yaml"), "clinic"));
        change["fields"][0]["people"] =
            json!([{"person": "st-1", "file": "groups/g.yaml", "line": 2, "column": 3, "layer": "group:g"}]);
        change
    };
    let plan = plan(&json!({"changes": [change(1, "a"), change(2, "b")]}));
    let view = View::of(&plan);
    assert_eq!(blocks(&plan), ["a b: messaging/incoming"]);
    assert!(view.blocks[0].changes[0].fields[0].origin.is_none(), "each clinic has a line of its own");
    assert_eq!(view.blocks[0].layers.iter().map(ToString::to_string).collect::<Vec<_>>(), ["group `g`"]);
}

#[test]
fn changes_of_the_same_clinics_stand_in_one_block() {
    let baseline = origin("baselines/a.yaml", "baseline:a");
    let renew = |id, clinic: &str| {
        let mut change = title(id, clinic, "Boka tid", &baseline);
        change["address"] = json!(format!("{clinic}/buttons/renew"));
        change
    };
    let book = |id, clinic| title(id, clinic, "Boka tid", &baseline);
    let plan = plan(&json!({"changes": [book(1, "a"), renew(2, "a"), book(3, "b"), renew(4, "b")]}));
    assert_eq!(blocks(&plan), ["a b: buttons/book buttons/renew"]);
}

#[test]
fn totals_count_a_person_once_a_clinic_and_a_button_once_a_clinic() {
    let right = |clinic: &str, person: &str, right: &str| json!({"clinic": clinic, "person": person, "name": "A", "right": right});
    let menu =
        |surface: &str| json!({"clinic": "a", "surface": surface, "before": ["x", "y", "z"], "after": ["w", "y", "x"]});
    let impact = json!({
        "gain": [], "menus": [menu("app"), menu("web")], "single_responders": [], "pictures": [],
        "lose": [right("a", "st-1", "send"), right("a", "st-1", "respond"), right("a", "st-2", "send"), right("b", "st-1", "send")],
    });
    let plan = plan(&json!({"impact": impact}));
    let totals = View::of(&plan).totals;
    let tally = |number, clinics| Tally { number, clinics };
    assert_eq!((totals.lose, totals.lose_send, totals.lose_respond), (tally(3, 2), tally(3, 2), tally(1, 1)));
    assert_eq!((totals.appear, totals.disappear, totals.moved), (tally(1, 1), tally(1, 1), tally(1, 1)));
}

#[test]
fn titles_are_compared_word_by_word_and_never_lose_a_letter() {
    let (was, will) = words("Boka  ett besök", "Boka en tid");
    assert_eq!(was.first(), Some(&Word::Same("Boka")));
    assert_eq!(will.last(), Some(&Word::Other("tid")));
    let joined = |words: &[Word<'_>]| -> String {
        words
            .iter()
            .map(|word| match word {
                Word::Same(text) | Word::Other(text) => *text,
            })
            .collect()
    };
    assert_eq!((joined(&was).as_str(), joined(&will).as_str()), ("Boka  ett besök", "Boka en tid"));
}

#[test]
fn the_verdict_says_it_in_one_sentence() {
    let verdicts = scenarios()
        .iter()
        .map(|scenario| format!("{}: {}\n", scenario.name, View::of(&scenario.plan).verdict().sentence()));
    insta::assert_snapshot!("verdicts", verdicts.collect::<String>());
}

#[test]
fn ten_thousand_clinics_are_grouped_as_fast_as_they_are_sorted() {
    let baseline = origin("baselines/a.yaml", "baseline:a");
    let shared = |n: usize| title(2 * n, &format!("clinic-{n:05}"), "Boka tid", &baseline);
    let own = |n: usize| {
        let clinic = format!("clinic-{n:05}");
        list(2 * n + 1, &clinic, [&["st-1"], &[]], &origin(&format!("{clinic}.yaml"), "clinic"))
    };
    let plan = plan(&json!({"changes": (0..10_000).flat_map(|n| [shared(n), own(n)]).collect::<Vec<_>>()}));
    let view = View::of(&plan);
    assert_eq!(view.blocks.len(), 10_001);
    assert_eq!(view.blocks[0].clinics.len(), 10_000);
}
