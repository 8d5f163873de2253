//! Any clinic, and anything that files may say about it, in a world of five buttons and six people.

use super::world::{button_id, clinic_id, language, live, member, staff_id};
use clinicctl::domain::{
    Access, AccessRule, Button, ClinicState, DesiredButton, DesiredButtons, DesiredClinic, DesiredDirection, Direction,
    LeadsTo, Listed, LiveClinic, PersonRef, Role, ShownIn, Sourced, StaffMember, StaffTitle, Unlisted, Who,
};
use clinicctl::source::{FileId, Place, SourceFile, SourceSet, Span};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::{BTreeMap, BTreeSet};

const BUTTONS: [&str; 5] = ["a", "b", "c", "d", "e"];
const PEOPLE: [&str; 6] = ["p1", "p2", "p3", "p4", "p5", "p6"];
const TITLES: [&str; 2] = ["nurse", "physician"];

/// The files of a world without texts: every value stands at their first byte.
pub(crate) fn sources() -> SourceSet {
    let file = SourceFile { path: "clinics/norrtull.yaml".into(), text: "clinic: norrtull\n".into(), unreadable: None };
    SourceSet::new(vec![file])
}

pub(crate) fn state() -> impl Strategy<Value = ClinicState> {
    let buttons = subsequence(BUTTONS.to_vec(), 0..=BUTTONS.len()).prop_shuffle();
    let buttons = (buttons, vec(look(), BUTTONS.len())).prop_map(|(ids, looks)| {
        let button = |(id, look): (&str, Look)| look.button(id);
        ids.into_iter().zip(looks).map(button).collect()
    });
    (direction(), direction(), buttons).prop_map(|(healthcare_initiated, incoming, buttons)| ClinicState {
        healthcare_initiated,
        incoming,
        buttons,
    })
}

pub(crate) fn live_clinic() -> impl Strategy<Value = LiveClinic> {
    (state(), staff()).prop_map(|(state, staff)| live(state, staff))
}

pub(crate) fn desired() -> impl Strategy<Value = DesiredClinic> {
    (desired_direction(), desired_direction(), option::of(desired_buttons())).prop_map(
        |(healthcare_initiated, incoming, buttons)| DesiredClinic {
            clinic: clinic_id("norrtull"),
            place: place(),
            extends: Vec::new(),
            labels: Default::default(),
            expects: None,
            healthcare_initiated,
            incoming,
            buttons,
            waivers: Vec::new(),
        },
    )
}

fn place() -> Place {
    Place { file: FileId(0), span: Span::new(0, 1) }
}

fn said<T>(value: T) -> Sourced<T> {
    Sourced { value, place: place(), shadows: Box::default() }
}

fn maybe_said<T: std::fmt::Debug + Clone>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<Sourced<T>>> {
    option::of(value.prop_map(said))
}

fn direction() -> impl Strategy<Value = Direction> {
    (any::<bool>(), access()).prop_map(|(enabled, accessible_to)| Direction { enabled, accessible_to })
}

fn access() -> impl Strategy<Value = Access> {
    let some = subsequence(PEOPLE.to_vec(), 0..=PEOPLE.len());
    prop_oneof![
        1 => Just(Access::Everyone),
        4 => some.prop_map(|ids| Access::Listed(ids.into_iter().map(staff_id).collect())),
    ]
}

/// Everything about a button but its id.
#[derive(Debug, Clone)]
struct Look {
    leads_to: LeadsTo,
    title: BTreeMap<clinicctl::domain::Language, String>,
    active: bool,
    shown_in: ShownIn,
}

impl Look {
    fn button(self, id: &str) -> Button {
        let Self { leads_to, title, active, shown_in } = self;
        Button { id: button_id(id), leads_to, title, active, shown_in }
    }
}

fn look() -> impl Strategy<Value = Look> {
    let title =
        proptest::collection::btree_map(select(vec![language("sv"), language("en")]), "[A-Z\\u{202e}\"]{1,3}", 0..=2);
    (leads_to(), title, any::<bool>(), shown_in()).prop_map(|(leads_to, title, active, shown_in)| Look {
        leads_to,
        title,
        active,
        shown_in,
    })
}

fn leads_to() -> impl Strategy<Value = LeadsTo> {
    select(vec![LeadsTo::NewMessage, LeadsTo::BookAppointment, LeadsTo::Other("a \"fax\"".into())])
}

fn shown_in() -> impl Strategy<Value = ShownIn> {
    select(vec![ShownIn::Both, ShownIn::App, ShownIn::Web])
}

/// Any five of the six people, with any title; some have left, some are no professionals.
fn staff() -> impl Strategy<Value = Vec<StaffMember>> {
    let known = subsequence(PEOPLE.to_vec(), 5);
    (known, vec((select(TITLES.to_vec()), any::<bool>(), any::<bool>()), 5)).prop_map(|(ids, facts)| {
        let person = |(id, (title, active, professional)): (&str, (&str, bool, bool))| {
            let roles = if professional { Role::HealthcareProfessional } else { Role::Scheduler };
            StaffMember { active, roles: BTreeSet::from([roles]), ..member(id, id, title) }
        };
        ids.into_iter().zip(facts).map(person).collect()
    })
}

fn desired_direction() -> impl Strategy<Value = DesiredDirection> {
    (maybe_said(any::<bool>()), maybe_said(access_rule()))
        .prop_map(|(enabled, accessible_to)| DesiredDirection { enabled, accessible_to })
}

fn access_rule() -> impl Strategy<Value = AccessRule> {
    let person = select(PEOPLE.to_vec()).prop_map(|id| Who::Person(PersonRef::StaffId(staff_id(id))));
    let title = select(TITLES.to_vec()).prop_map(|title| Who::Title(StaffTitle::parse(title).expect("a title")));
    let line = prop_oneof![4 => person, 1 => title].prop_map(|who| Listed { who, place: place() });
    prop_oneof![1 => Just(AccessRule::Everyone), 4 => vec(line, 0..5).prop_map(AccessRule::Listed)]
}

fn desired_buttons() -> impl Strategy<Value = DesiredButtons> {
    let ids = subsequence(BUTTONS.to_vec(), 0..=BUTTONS.len()).prop_shuffle();
    let parts = vec((look(), any::<[bool; 4]>()), BUTTONS.len());
    (ids, parts, select(vec![Unlisted::Keep, Unlisted::Remove])).prop_map(|(ids, parts, unlisted)| {
        let listed = ids.into_iter().zip(parts).map(|(id, (look, says))| desired_button(id, look, says));
        DesiredButtons { listed: listed.collect(), order: said(()), unlisted: Some(said(unlisted)) }
    })
}

fn desired_button(id: &str, look: Look, [leads_to, title, active, shown_in]: [bool; 4]) -> DesiredButton {
    let titles = look.title.into_iter().filter(|_| title).map(|(tag, text)| (tag, said(text.into())));
    DesiredButton {
        id: button_id(id),
        place: place(),
        title_place: title.then(place),
        leads_to: leads_to.then(|| said(look.leads_to)),
        title: titles.collect(),
        active: active.then(|| said(look.active)),
        shown_in: shown_in.then(|| said(look.shown_in)),
    }
}
