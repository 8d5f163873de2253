//! The rules of the state that would result: what is new blocks, what is already so does not.

use super::scene::*;
use clinicctl::diagnostic::Severity;
use clinicctl::diff::Resolution;
use clinicctl::domain::*;
use clinicctl::rules::{self, AskedAbout, Judgement, Policy, Resulting, Status};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn of<'a>(judgements: &'a [Judgement], rule: &str) -> Vec<&'a Judgement> {
    judgements.iter().filter(|judgement| judgement.breach.rule == rule).collect()
}

#[test]
fn a_second_dead_button_is_new_beside_one_that_is_already_so() {
    let mut scene = Scene::new();
    scene.live.state.incoming.enabled = false;
    scene.wanted.incoming.enabled = false;
    scene.wanted.buttons.push(button("ask", LeadsTo::NewMessage, &[("sv", "Fråga"), ("en", "Ask")]));
    let judged = scene.judge();
    let standings: Vec<_> =
        of(&judged, "dead-button").iter().map(|j| (j.breach.thing.clone(), j.status.clone())).collect();
    let thing = |id: &str| AskedAbout::Button(ButtonId::parse(id).expect("is well formed"));
    assert_eq!(standings, [(thing("new-message"), Status::AlreadySo), (thing("ask"), Status::New)]);
}

#[test]
fn a_leaver_who_is_live_listed_is_a_warning_and_a_new_one_blocks() {
    let mut scene = Scene::new();
    scene.list(&[ANNA, KARIN, LIV]);
    assert!(of(&scene.judge(), "left-the-clinic")[0].blocks());
    scene.live.state.incoming.accessible_to = Access::Listed(BTreeSet::from([staff_id("st-4")]));
    let judged = scene.judge();
    assert_eq!(of(&judged, "left-the-clinic")[0].status, Status::AlreadySo);
    assert!(!judged.iter().any(Judgement::blocks));
}

#[test]
fn the_live_list_of_the_other_direction_excuses_nobody() {
    let mut scene = Scene::new();
    scene.list(&[ANNA, KARIN, BO]);
    scene.live.state.healthcare_initiated.accessible_to = Access::Listed(BTreeSet::from([staff_id("st-3")]));
    assert!(of(&scene.judge(), "not-a-professional")[0].blocks());
}

#[test]
fn a_person_listed_twice_is_new_although_the_live_list_has_the_person() {
    let mut scene = Scene::new();
    scene.list(&[ANNA, KARIN, ANNA_HSA]);
    let judged = scene.judge();
    let twice = of(&judged, "listed-twice");
    assert!(twice[0].blocks());
    assert_eq!(twice[0].breach.place, Some(place(22)));
    assert!(twice[0].breach.message.contains(&format!("Anna Berg ({ANNA} and {ANNA_HSA})")), "{:?}", twice[0]);
}

#[test]
fn people_are_named_and_their_line_is_given() {
    let mut scene = Scene::new();
    scene.list(&[ANNA, KARIN, LIV]);
    let judged = scene.judge();
    let breach = &of(&judged, "left-the-clinic")[0].breach;
    assert!(breach.message.starts_with(&format!("Liv Lund ({LIV})")), "{}", breach.message);
    assert_eq!(breach.place, Some(place(22)));
    assert_eq!(breach.thing, AskedAbout::Person(DirectionKind::Incoming, "st-4".to_owned()));
}

#[test]
fn a_near_spelling_is_offered_and_a_far_one_is_not() {
    for (written, near) in [
        ("karin.holm@nortull.example", Some("did you mean Karin Holm (karin.holm@norrtull.example)?")),
        ("SE2321000131-N1002", Some("did you mean Anna Berg (SE2321000131-N1001)?")),
        ("st-22", Some("did you mean Karin Holm (st-2)?")),
        ("somebody.else@norrtull.example", None),
    ] {
        let mut scene = Scene::new();
        scene.list(&[ANNA, written]);
        let judged = scene.judge();
        let help = &of(&judged, "unknown-person")[0].breach.help;
        assert_eq!(help.iter().find(|help| help.starts_with("did you mean")).map(String::as_str), near, "{written}");
    }
}

#[test]
fn an_ambiguous_spelling_names_everybody_whom_it_could_mean() {
    let mut scene = Scene::new();
    let mut staff = scene.live.directory.staff().to_vec();
    staff.push(member("st-9", "Karin Berg", KARIN, "nurse"));
    scene.live.directory = Directory::new(staff);
    scene.list(&[ANNA, KARIN]);
    let judged = scene.judge();
    let breach = &of(&judged, "unknown-person")[0].breach;
    assert!(breach.message.contains("Karin Holm (st-2) or Karin Berg (st-9)"), "{}", breach.message);
}

/// What the rules about people say where only a saved plan is at hand.
fn of_saved_plan(scene: &Scene) -> Vec<(&'static str, String)> {
    let (resolution, policy) = (Resolution::default(), Policy::default());
    let Scene { live, wanted, .. } = scene;
    let resulting = Resulting { live, wanted, desired: None, resolution: &resolution, policy: &policy, today: TODAY };
    let judged = rules::judge(&resulting).into_iter().map(|judgement| judgement.breach);
    let of_people = judged.filter(|breach| matches!(breach.thing, AskedAbout::Person(..)));
    of_people.map(|breach| (breach.rule, breach.message)).collect()
}

#[test]
fn a_saved_plan_is_judged_by_the_people_whom_it_adds() {
    let mut scene = Scene::new();
    let ids = ["st-1", "st-2", "st-3", "st-4", "st-5"].map(staff_id);
    scene.wanted.incoming.accessible_to = Access::Listed(BTreeSet::from(ids));
    let found = of_saved_plan(&scene);
    let rules: Vec<_> = found.iter().map(|(rule, _)| *rule).collect();
    assert_eq!(rules, ["left-the-clinic", "not-a-professional", "unknown-person"]);
    assert!(found[0].1.starts_with("Liv Lund (st-4)"), "{found:?}");
    scene.live.state.incoming.accessible_to = scene.wanted.incoming.accessible_to.clone();
    assert_eq!(of_saved_plan(&scene), []);
}

#[test]
fn of_a_leaver_it_is_only_said_that_they_left() {
    let mut scene = Scene::new();
    let mut staff = scene.live.directory.staff().to_vec();
    staff[3].roles.clear();
    scene.live.directory = Directory::new(staff);
    scene.list(&[ANNA, KARIN, LIV]);
    let rules: Vec<_> = scene.judge().iter().map(|judgement| judgement.breach.rule).collect();
    assert_eq!(rules, ["left-the-clinic"]);
}

#[test]
fn a_waiver_covers_a_blocking_rule_and_says_why() {
    let mut scene = Scene::new();
    scene.list(&[ANNA, KARIN, BO]);
    scene.desired.waivers.push(waiver("not-a-professional", Some(TODAY)));
    let judged = scene.judge();
    assert_eq!(of(&judged, "not-a-professional")[0].status, Status::Waived("it was agreed".to_owned()));
    assert!(!judged.iter().any(Judgement::blocks));
}

#[test]
fn what_the_files_alone_said_is_not_said_again() {
    let mut scene = Scene::new();
    scene.list(&[ANNA, KARIN]);
    scene.desired.incoming.enabled = Some(said(18, false));
    scene.wanted.incoming.enabled = false;
    scene.wanted.buttons.clear();
    assert_eq!(scene.in_files().len(), 1);
    assert_eq!(scene.judge(), []);
}

/// Any small state of this clinic, wise or not.
fn states() -> impl Strategy<Value = ClinicState> {
    let access = prop_oneof![
        Just(Access::Everyone),
        prop::collection::btree_set(prop::sample::select(vec!["st-1", "st-2", "st-3", "st-4", "st-5"]), 0..4)
            .prop_map(|ids| Access::Listed(ids.into_iter().map(staff_id).collect())),
    ];
    let direction = (any::<bool>(), access).prop_map(|(enabled, accessible_to)| Direction { enabled, accessible_to });
    let target = prop::sample::select(vec!["new_message", "drop_in", "link:http://x.example", "?"]);
    let text = prop::sample::select(vec!["Fråga", "Boka", ""]);
    let title = prop::collection::btree_map(prop::sample::select(vec!["sv", "en"]), text, 0..3);
    let menu = prop::collection::vec((target, title, any::<bool>()), 0..4);
    (direction.clone(), direction, menu).prop_map(|(healthcare_initiated, incoming, menu)| {
        let named = menu.into_iter().enumerate().map(|(at, (target, title, active))| {
            let title: Vec<_> = title.into_iter().collect();
            Button { active, ..button(&format!("b{at}"), LeadsTo::from_live(target), &title) }
        });
        ClinicState { healthcare_initiated, incoming, buttons: named.collect() }
    })
}

/// Files that list some people, wise or not.
fn scenes() -> impl Strategy<Value = Scene> {
    let spellings = vec![ANNA, ANNA_HSA, KARIN, BO, LIV, "st-1", "st-5", "no.body@x.example"];
    let people = prop::collection::vec(prop::sample::select(spellings), 0..4);
    (states(), states(), people).prop_map(|(before, after, people)| {
        let mut scene = Scene::new();
        scene.list(&people);
        scene.live.state = before;
        scene.wanted = after;
        scene
    })
}

const LOWERABLE: [&str; 8] = [
    "unknown-person",
    "left-the-clinic",
    "not-a-professional",
    "listed-twice",
    "missing-translation",
    "http-link",
    "single-responder",
    "duplicate-title",
];

fn blocks(scene: &Scene) -> BTreeSet<(&'static str, AskedAbout)> {
    let blocking = scene.judge().into_iter().filter(Judgement::blocks);
    blocking.map(|judgement| (judgement.breach.rule, judgement.breach.thing)).collect()
}

proptest! {
    #[test]
    fn what_is_already_so_never_blocks(state in states(), raise in prop::sample::subsequence(LOWERABLE.to_vec(), 0..8)) {
        let mut scene = Scene::new();
        scene.live.state = state.clone();
        scene.wanted = state;
        scene.settings = raise.into_iter().map(|rule| (rule, RuleSetting::Error)).collect();
        prop_assert_eq!(blocks(&scene), BTreeSet::new());
        prop_assert!(scene.judge().iter().all(|judgement| judgement.status == Status::AlreadySo));
    }

    #[test]
    fn turning_severities_down_never_adds_a_block(
        scene in scenes(),
        lower in prop::sample::subsequence(LOWERABLE.to_vec(), 0..8),
        off: bool,
    ) {
        let mut lowered = scene;
        let before = blocks(&lowered);
        let to = if off { RuleSetting::Off } else { RuleSetting::Warning };
        lowered.settings = lower.iter().map(|rule| (*rule, to)).collect();
        let after = blocks(&lowered);
        prop_assert!(after.is_subset(&before));
        prop_assert!(after.iter().all(|(rule, _)| !lower.contains(rule)));
    }

    #[test]
    fn fixed_rules_block_whatever_the_fleet_says(scene in scenes()) {
        let mut scene = scene;
        let fixed = ["dead-button", "nobody-answers", "nobody-sends"];
        let of_fixed = |scene: &Scene| -> BTreeSet<_> {
            blocks(scene).into_iter().filter(|(rule, _)| fixed.contains(rule)).collect()
        };
        let before = of_fixed(&scene);
        scene.settings = fixed.iter().map(|rule| (*rule, RuleSetting::Off)).collect();
        scene.desired.waivers = fixed.iter().map(|rule| waiver(rule, None)).collect();
        prop_assert_eq!(before, of_fixed(&scene));
    }

    #[test]
    fn every_judgement_has_a_place_a_sentence_and_its_severity(scene in scenes()) {
        for Judgement { breach, severity, status } in scene.judge() {
            prop_assert!(breach.place.is_some(), "{:?}", breach);
            prop_assert!(!breach.message.ends_with('.') && !breach.help.is_empty());
            prop_assert!(status == Status::New || severity == Severity::Warning);
        }
    }
}
