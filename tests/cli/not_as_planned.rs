//! A saved plan on a system that has the same address and the same revisions, and is not what was planned against.

use super::meanwhile::{person, solna_of, writes};
use super::second_system::assert_exit;
use crate::support::sandbox::{Run, Sandbox};
use crate::support::second_system::SecondSystem;
use serde_json::{Value, json};

fn named(n: usize, more: &Value) -> Value {
    let mut person = person(n);
    for (key, value) in more.as_object().into_iter().flatten() {
        person[key] = value.clone();
    }
    person
}

/// Two people with addresses, and a saved plan that lets both answer.
fn planned() -> (Sandbox, SecondSystem) {
    let email = |n: usize| json!({"email": format!("person{n}@solna.example"), "hsa_id": format!("SE2321000131-N{n}")});
    let (sandbox, system) = solna_of(&[named(1, &email(1)), named(2, &email(2))]);
    save(&sandbox);
    (sandbox, system)
}

fn save(sandbox: &Sandbox) {
    assert_exit(&sandbox.run(&["plan", "--out", "plan.json"]), 0);
}

fn apply(sandbox: &Sandbox, more: &[&str]) -> Run {
    sandbox.run(&[&["apply", "plan.json", "--yes"], more].concat())
}

fn saved(sandbox: &Sandbox) -> Value {
    serde_json::from_str(&sandbox.read("plan.json")).expect("a plan")
}

/// That the plan is stale, says so with these words, and writes nothing.
fn assert_stale((sandbox, system): &(Sandbox, SecondSystem), more: &[&str], says: &[&str]) {
    system.recording.take();
    let run = apply(sandbox, more);
    assert_exit(&run, 5);
    for word in says.iter().chain(&["nothing was written"]) {
        assert!(run.stderr.contains(word), "{word}: {}", run.stderr);
    }
    assert_eq!(writes(system), 0);
}

#[test]
fn p03_a_clinic_of_the_same_revision_with_other_contents_is_not_the_one_that_was_planned() {
    let world = planned();
    world.1.put_back("solna");
    let says = [
        "`solna`: at revision 90001, as planned, with other contents",
        "buttons/old title.sv Gammal -> From the backup",
    ];
    assert_stale(&world, &[], &says);
}

#[test]
fn a_clinic_that_was_changed_and_changed_back_has_moved_nevertheless() {
    let world = planned();
    world.1.touch("solna");
    assert_stale(&world, &[], &["`solna`: planned against revision 90001, now at 90002"]);
}

#[test]
fn p03_an_id_that_means_somebody_else_now_is_not_given_a_right() {
    let other = json!({"name": "Somebody Else", "email": "other@solna.example", "hsa_id": "SE2321000131-N9"});
    let world = planned();
    world.1.last_one_becomes("solna", &other);
    assert_stale(&world, &[], &["not the person that was planned for any more: `st-2`"]);

    let world = planned();
    world.1.last_one_becomes("solna", &other);
    assert_stale(&world, &["--counts-only"], &["not the person that was planned for any more: 1 person"]);
}

/// Shown under today's name, so that whoever agrees knows whom it is about.
#[test]
fn somebody_with_another_name_or_one_other_address_is_the_same_person() {
    for facts in [
        json!({"name": "Person Gift"}),
        json!({"name": "Person Gift", "email": "gift@solna.example"}),
        json!({"name": "Person Gift", "hsa_id": null}),
    ] {
        let (sandbox, system) = planned();
        system.last_one_becomes("solna", &facts);
        let run = apply(&sandbox, &[]);
        assert_exit(&run, 0);
        assert!(run.stdout.contains("Person Gift") && !run.stdout.contains("Person 2"), "{facts}: {}", run.stdout);
    }
}

/// Without any address, the name is all that tells.
#[test]
fn of_people_without_an_address_the_name_counts() {
    let world = solna_of(&[person(1), person(2)]);
    save(&world.0);
    world.1.last_one_becomes("solna", &json!({"name": "Somebody Else"}));
    assert_stale(&world, &[], &["not the person that was planned for any more: `st-2`"]);
}

#[test]
fn somebody_who_would_gain_a_right_unseen_makes_a_plan_stale() {
    let (sandbox, system) = planned();
    sandbox.edit("clinics/solna.yaml", "accessible_to: [st-1]", "accessible_to: everyone");
    save(&sandbox);
    system.somebody_comes("solna", &person(3));
    assert_stale(&(sandbox, system), &[], &["what is noticed now is not what the plan shows, for `st-3`"]);
}

fn told(id: &str, epoch: u64) -> Value {
    json!({"capabilities": ["instance"], "instance": {"id": id, "epoch": epoch}})
}

#[test]
fn a_plan_is_bound_to_the_system_that_says_which_one_it_is() {
    let epochs = [("a", 2, "now `a`, epoch 2"), ("b", 1, "now `b`, epoch 1")];
    for (id, epoch, says) in epochs {
        let world = planned();
        world.1.say_of_itself(told("a", 1));
        save(&world.0);
        assert_eq!(saved(&world.0)["instance"], json!({"id": "a", "epoch": 1}));
        world.1.say_of_itself(told(id, epoch));
        assert_stale(&world, &[], &["planned for `a`, epoch 1", says]);
        world.1.say_of_itself(json!({}));
        assert_stale(&world, &[], &["now one that does not tell"]);
        world.1.say_of_itself(told("a", 1));
        assert_exit(&apply(&world.0, &[]), 0);
    }
}

/// What it says under that name without the capability is its own business.
#[test]
fn a_system_that_does_not_offer_to_say_which_one_it_is_works_as_well() {
    for instance in [json!("eu-1"), json!(7), json!({"id": 7}), json!({"id": "a", "epoch": 1}), Value::Null] {
        let (sandbox, system) = planned();
        system.say_of_itself(json!({ "instance": instance }));
        save(&sandbox);
        assert_eq!(saved(&sandbox).get("instance"), None, "{instance}");
        assert_exit(&apply(&sandbox, &[]), 0);
    }
}

#[test]
fn a_system_that_offers_to_say_which_one_it_is_and_does_not_is_not_believed() {
    let (sandbox, system) = planned();
    for instance in [
        json!("eu-1"),
        json!({"id": "a"}),
        json!({"id": "", "epoch": 1}),
        json!({"id": "a", "epoch": 0}),
        json!({"id": "a", "epoch": -1}),
        json!({"id": 7, "epoch": 1}),
        Value::Null,
    ] {
        system.say_of_itself(json!({"capabilities": ["instance"], "instance": instance}));
        let run = sandbox.run(&["plan"]);
        assert_exit(&run, 1);
        assert!(run.stderr.contains("it offers `instance` and does not say which one it is"), "{instance}: {run:?}");
    }
}
