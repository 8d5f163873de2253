//! The law: on any clinic, conversations do exactly what the access answers say, and reading is never narrower.

use super::{clinic, patient, professional};
use crate::reference::world::World;
use clinic_system::Limits;
use proptest::prelude::*;
use proptest::sample::subsequence;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

/// How many clinics: each is asked about six people, and each person about everything.
const CLINICS: usize = 24;
const PEOPLE: usize = 5;

fn generated() -> impl Strategy<Value = Value> {
    let direction = || {
        let list = subsequence((0..PEOPLE).collect::<Vec<_>>(), 0..=PEOPLE);
        (proptest::bool::weighted(0.7), prop_oneof![Just(None), list.prop_map(Some)])
    };
    let person = || (proptest::bool::weighted(0.8), proptest::bool::weighted(0.8));
    (direction(), direction(), proptest::collection::vec(person(), PEOPLE))
        .prop_map(|(one, other, people)| json!({"one": one, "other": other, "people": people}))
}

/// The clinics as a seed; people carry their clinic's number, because a person is at one clinic.
fn seed(runner: &mut TestRunner) -> String {
    let clinics: Vec<Value> =
        (0..CLINICS).map(|at| of(at, &generated().new_tree(runner).expect("what was generated").current())).collect();
    json!({"system": "Agreement", "clinics": clinics}).to_string()
}

fn of(at: usize, said: &Value) -> Value {
    let id = |person: usize| format!("st-{at}-{person}");
    let direction = |said: &Value| {
        let list = said[1].as_array().map(|list| {
            list.iter().map(|one| id(one.as_u64().expect("what was generated") as usize)).collect::<Vec<_>>()
        });
        json!({"enabled": said[0], "accessible_to": list.map_or(json!("everyone"), |list| json!(list))})
    };
    let person = |(number, said): (usize, &Value)| {
        let role = if said[1] == json!(true) { "healthcare_professional" } else { "scheduler" };
        json!({"id": id(number), "name": "Maja", "email": format!("{number}@c{at}.example"), "title": "nurse",
               "roles": [role], "active": said[0]})
    };
    json!({
        "clinic": format!("c{at}"), "name": "C",
        "messaging": {"healthcare_initiated": direction(&said["one"]), "incoming": direction(&said["other"])},
        "staff": said["people"].as_array().expect("what was generated").iter().enumerate().map(person).collect::<Vec<_>>(),
    })
}

#[tokio::test]
async fn conversations_do_what_access_answers_say() {
    let world = World::with(&seed(&mut TestRunner::deterministic()), Limits::default()).await;
    let (mut yes, mut no) = (0, 0);
    for at in 0..CLINICS {
        let here = format!("c{at}");
        let came_in = opened(&world, &here).await;
        for person in (0..=PEOPLE).map(|person| format!("st-{at}-{person}")) {
            let from = professional(&person);
            let start = json!({"from": from, "to": patient("pt-2"), "text": "Hej"});
            let started = world.post(&format!("{here}/conversations"), &start).await;
            let answered = world.reply(&here, &came_in, &from).await;
            for (done, action) in [(started, "send"), (answered, "respond")] {
                let said = world.ask(&here, &person, action).await;
                assert_eq!(
                    done.status == 201,
                    said["allowed"] == true,
                    "{here} {person} {action}: {said} {}",
                    done.text
                );
                let refusal = done.json();
                assert_eq!((&refusal["reason"], &refusal["setting"]), (&said["reason"], &said["setting"]), "{refusal}");
                if said["allowed"] == true { yes += 1 } else { no += 1 }
            }
            listed_is_what_opens(&world, &here, &from).await;
        }
    }
    assert!(yes > 20 && no > 20, "{yes} and {no}: the clinics say too little");
}

/// A conversation that came in, though the clinic may take none by now.
async fn opened(world: &World, here: &str) -> String {
    let before = world.clinic(here).await["messaging"]["incoming"].clone();
    world.set(here, "incoming", true, before["accessible_to"].clone()).await;
    let id = world.begin(here, &patient("pt-1"), &clinic(here)).await;
    world.set(here, "incoming", before["enabled"] == true, before["accessible_to"].clone()).await;
    id
}

/// The list holds exactly what can be read one by one.
async fn listed_is_what_opens(world: &World, here: &str, reader: &Value) {
    let list = world.list(here, reader).await;
    let listed = if list.status == 403 { Vec::new() } else { super::ids(&list) };
    let mut all = super::ids(&world.list(here, &patient("pt-1")).await);
    all.extend(super::ids(&world.list(here, &patient("pt-2")).await));
    for id in all {
        let read = world.look(here, &id, reader).await;
        assert_eq!(read.status == 200, listed.contains(&id), "{here} {reader} {id}: {}", read.text);
    }
}
