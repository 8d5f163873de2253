//! One guilty case and one near miss a rule.

use super::scene::*;
use clinicctl::domain::*;
use clinicctl::rules::{self, RuleKind};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A way to spoil a scene.
type Spoil = fn(&mut Scene);

/// Rule, guilty, innocent.
const CASES: &[(&str, Spoil, Spoil)] = &[
    ("check", |s| s.check(&[], incoming(false)), |s| s.check(&[], incoming(true))),
    ("idle-check", |s| s.check(&[("region", "nowhere")], incoming(true)), |s| s.check(&[], incoming(true))),
    (
        "dead-button",
        |s| s.wanted.incoming.enabled = false,
        |s| {
            s.wanted.incoming.enabled = false;
            s.wanted.buttons[0].active = false;
        },
    ),
    (
        "dead-button",
        |s| {
            s.declare(&new_message());
            s.desired.incoming.enabled = Some(said(18, false));
        },
        |s| {
            s.declare(&Button { leads_to: LeadsTo::DropIn, ..new_message() });
            s.desired.incoming.enabled = Some(said(18, false));
        },
    ),
    (
        "nobody-answers",
        |s| s.wanted.incoming.accessible_to = listed(&["st-3", "st-4"]),
        |s| {
            s.wanted.incoming.accessible_to = listed(&["st-1", "st-3"]);
        },
    ),
    (
        "nobody-answers",
        |s| declare_empty(&mut s.desired.incoming, true),
        |s| {
            declare_empty(&mut s.desired.incoming, false);
        },
    ),
    (
        "nobody-sends",
        |s| s.wanted.healthcare_initiated.accessible_to = Access::nobody(),
        |s| {
            s.wanted.healthcare_initiated = Direction::off();
        },
    ),
    (
        "nobody-sends",
        |s| declare_empty(&mut s.desired.healthcare_initiated, true),
        |s| {
            declare_empty(&mut s.desired.healthcare_initiated, false);
        },
    ),
    ("unknown-clinic", |s| s.known = vec![ClinicId::parse("solna").expect("is well formed")], |_| {}),
    ("unknown-person", |s| s.list(&[ANNA, KARIN, "who.else@norrtull.example"]), |s| s.list(&[ANNA, KARIN])),
    (
        "unknown-person",
        |s| s.list(&[ANNA, "st-99"]),
        |s| {
            s.list_lines(vec![in_group(&[ANNA, KARIN, "who.else@solna.example"])]);
        },
    ),
    ("left-the-clinic", |s| s.list(&[ANNA, KARIN, LIV]), |s| s.list(&[ANNA, KARIN])),
    (
        "left-the-clinic",
        |s| s.list_lines(vec![in_group(&[ANNA, KARIN, LIV])]),
        |s| {
            s.list_lines(vec![Who::Title(StaffTitle::parse("nurse").expect("is well formed"))]);
        },
    ),
    ("not-a-professional", |s| s.list(&[ANNA, KARIN, BO]), |s| s.list(&[ANNA, LIV])),
    ("listed-twice", |s| s.list(&[ANNA, KARIN, ANNA]), |s| s.list(&[ANNA, KARIN])),
    (
        "listed-twice",
        |s| s.list(&[ANNA, KARIN, ANNA_HSA]),
        |s| {
            s.list_lines(vec![Who::Person(person(ANNA)), in_group(&[ANNA_HSA, KARIN])]);
        },
    ),
    (
        "listed-twice",
        |s| s.groups.push(group("triage", &[ANNA, ANNA])),
        |s| s.groups.push(group("triage", &[ANNA, KARIN])),
    ),
    (
        "missing-translation",
        |s| drop(s.wanted.buttons[0].title.remove(&language("en"))),
        |s| {
            s.wanted
                .buttons
                .push(Button { active: false, ..button("book", LeadsTo::BookAppointment, &[("sv", "Boka")]) });
        },
    ),
    (
        "missing-translation",
        |s| s.declare(&button("new-message", LeadsTo::NewMessage, &[("sv", "Nytt")])),
        |s| {
            s.declare(&Button { active: false, ..button("new-message", LeadsTo::NewMessage, &[("sv", "Nytt")]) });
        },
    ),
    (
        "personal-number",
        |s| s.text = format!("# asked by {}\n", super::personal_number::SOMEBODY.concat()),
        |s| {
            s.text = format!("# asked by SE2321000131-{}\n", super::personal_number::SOMEBODY.concat());
        },
    ),
    (
        "no-way-in",
        |s| s.wanted.buttons.clear(),
        |s| {
            s.wanted.buttons.clear();
            s.desired.expects = Some(said(17, Expectation::HandoverOnly));
        },
    ),
    (
        "single-responder",
        |s| s.wanted.incoming.accessible_to = listed(&["st-1", "st-3", "st-4"]),
        |s| {
            s.wanted.incoming.accessible_to = Access::Everyone;
        },
    ),
    (
        "unused-list",
        |s| {
            s.list(&[ANNA, KARIN]);
            s.desired.incoming.enabled = Some(said(18, false));
        },
        |s| declare_empty(&mut s.desired.incoming, false),
    ),
    (
        "unused-list",
        |s| {
            s.list(&[ANNA, KARIN]);
            s.wanted.incoming.enabled = false;
        },
        |s| s.wanted.incoming.enabled = false,
    ),
    (
        "placeholder-title",
        |s| s.declare(&titled("XX boka", "Book")),
        |s| s.declare(&titled("Xerox", "Todo sobre gripe")),
    ),
    ("placeholder-title", |s| s.declare(&titled("TODO", "???")), |s| s.declare(&titled("Boka tid", "Book 2"))),
    (
        "long-title",
        |s| s.declare(&titled("Skriv ett meddelande till mottagningen", "Book")),
        |s| {
            s.declare(&titled(&"å".repeat(30), "Book"));
        },
    ),
    ("long-title", |s| s.declare(&titled("Boka tid.", "Book")), |s| s.declare(&titled("Boka tid (ny)", "Book"))),
    (
        "duplicate-title",
        |s| s.wanted.buttons.push(titled("Nytt meddelande", "Book")),
        |s| {
            s.wanted.buttons.push(titled("New message", "Nytt meddelande"));
        },
    ),
    (
        "duplicate-title",
        |s| {
            s.declare(&titled("Boka", "Book"));
            s.declare(&Button { id: ButtonId::parse("other").expect("is well formed"), ..titled("Boka", "Other") });
        },
        |s| {
            s.declare(&titled("Boka", "Book"));
            s.declare(&Button {
                id: ButtonId::parse("other").expect("is well formed"),
                active: false,
                ..titled("Boka", "Other")
            });
        },
    ),
    (
        "http-link",
        |s| s.wanted.buttons.push(linked("link:http://advice.example")),
        |s| {
            s.wanted.buttons.push(linked("link:https://advice.example"));
            s.wanted.buttons.push(Button { active: false, ..linked("link:http://advice.example") });
        },
    ),
    (
        "incomplete-button",
        |s| {
            s.declare(&titled("Boka", "Book"));
            s.desired.buttons.as_mut().expect("declared before").listed[0].leads_to = None;
        },
        |s| {
            s.declare(&new_message());
            s.desired.buttons.as_mut().expect("declared before").listed[0].leads_to = None;
        },
    ),
    (
        "live-value-refused",
        |s| s.wanted.buttons[0].leads_to = LeadsTo::from_live("somewhere"),
        |s| {
            s.live.state.buttons[0].leads_to = LeadsTo::from_live("somewhere");
            s.wanted.buttons[0].leads_to = LeadsTo::from_live("somewhere");
        },
    ),
    (
        "hsa-check-digit",
        |s| s.groups.push(group("triage", &["SE2321000132-N1001"])),
        |s| {
            s.groups.push(group("triage", &[ANNA_HSA]));
        },
    ),
    ("hsa-check-digit", |s| s.list(&[ANNA, "SE2321000139-N1001"]), |s| s.list(&[ANNA_HSA, KARIN])),
    (
        "ended-waiver",
        |s| s.desired.waivers.push(waiver("no-way-in", Some(TODAY.yesterday().expect("is a day")))),
        |s| {
            s.desired.waivers.push(waiver("no-way-in", Some(TODAY)));
            s.desired.waivers.push(waiver("unused-list", None));
        },
    ),
];

/// The demand that incoming is on or off.
fn incoming(on: bool) -> Demand {
    Demand::Enabled([(DirectionKind::Incoming, on)].into())
}

fn new_message() -> Button {
    button("new-message", LeadsTo::NewMessage, &[("sv", "Nytt meddelande"), ("en", "New message")])
}

fn titled(sv: &str, en: &str) -> Button {
    button("book", LeadsTo::BookAppointment, &[("sv", sv), ("en", en)])
}

fn linked(target: &str) -> Button {
    let id = format!("advice-{}", target.len());
    button(&id, LeadsTo::from_live(target), &[("sv", &format!("Råd {id}")), ("en", &format!("Advice {id}"))])
}

fn listed(ids: &[&str]) -> Access {
    Access::Listed(ids.iter().map(|id| staff_id(id)).collect())
}

fn in_group(members: &[&str]) -> Who {
    Who::Group(Arc::new(group("triage", members)))
}

/// Declares the switch, and where it is on, a list whose only line is a group of nobody.
fn declare_empty(direction: &mut DesiredDirection, enabled: bool) {
    let nobody = Listed { who: in_group(&[]), place: place(20) };
    let lines = if enabled { vec![nobody] } else { Vec::new() };
    direction.enabled = Some(said(18, enabled));
    direction.accessible_to = Some(said(19, AccessRule::Listed(lines)));
}

#[test]
fn every_rule_speaks_of_its_guilty_case_and_is_silent_about_the_near_miss() {
    for (at, (rule, guilty, innocent)) in CASES.iter().enumerate() {
        let raised = |spoil: &Spoil| {
            let mut scene = Scene::new();
            spoil(&mut scene);
            scene.raised()
        };
        assert!(raised(guilty).contains(rule), "{rule} (case {at}) is silent: {:?}", raised(guilty));
        assert!(!raised(innocent).contains(rule), "{rule} (case {at}) speaks of the innocent");
    }
}

#[test]
fn every_rule_has_a_case() {
    let cased: BTreeSet<&str> = CASES.iter().map(|(rule, ..)| *rule).collect();
    let rules = rules::ALL.iter().filter(|rule| rule.kind == RuleKind::Rule).map(|rule| rule.name);
    assert_eq!(cased, rules.collect());
}

#[test]
fn a_clinic_in_good_order_breaks_nothing() {
    assert_eq!(Scene::new().raised(), BTreeSet::new());
}
