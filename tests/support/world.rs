//! Worlds: small clinics with their people, what files want of them, and what somebody changes in the console.
//!
//! Everything is drawn from a few fixed names, and nothing depends on what was drawn before it, so that a failing case
//! shrinks to a handful of parts: six people, five buttons, two languages. The people differ in what they may do;
//! `st-7` is in no directory.

use clinicctl::domain::{
    Access, AccessRule, Button, ButtonId, ClinicId, ClinicState, DesiredButton, DesiredButtons, DesiredClinic,
    DesiredDirection, Direction, DirectionKind, Directory, Email, Group, GroupName, HsaId, Language, LeadsTo, Listed,
    LiveClinic, Member, PersonRef, Revision, Role, ShownIn, Sourced, StaffId, StaffMember, StaffTitle, Unlisted, Who,
};
use clinicctl::plan::Write;
use clinicctl::source::{FileId, Place, Span};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::test_runner::Config;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The buttons that a generated clinic may have.
pub(crate) const BUTTONS: [&str; 5] = ["ask-us", "book", "new-message", "renew", "write"];
/// How many people a generated directory has.
pub(crate) const PEOPLE: usize = 6;
/// The revision of every built clinic.
pub(crate) const REVISION: Revision = Revision(7);

/// How often a law is tried. Nothing is written down: a failing case belongs into a test of its own.
pub(crate) fn tried(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}

/// A clinic's key.
pub(crate) fn clinic_id(text: &str) -> ClinicId {
    ClinicId::parse(text).expect("a clinic's key")
}

/// A button's key.
pub(crate) fn button_id(text: &str) -> ButtonId {
    ButtonId::parse(text).expect("a button's key")
}

/// A language.
pub(crate) fn language(text: &str) -> Language {
    Language::parse(text).expect("a language tag")
}

/// The id of person number `n`.
pub(crate) fn staff_id(n: usize) -> StaffId {
    StaffId::parse(&format!("st-{n}")).expect("a staff id")
}

/// Person number `n`: an active healthcare professional.
pub(crate) fn professional(n: usize) -> StaffMember {
    let title = if n.is_multiple_of(2) { "physician" } else { "nurse" };
    StaffMember {
        id: staff_id(n),
        name: format!("Person {n} Exempel"),
        email: Some(email(n)),
        hsa_id: Some(hsa_id(n)),
        title: StaffTitle::parse(title).ok(),
        roles: [Role::HealthcareProfessional].into(),
        active: true,
    }
}

/// Person number `n`, who has left.
pub(crate) fn leaver(n: usize) -> StaffMember {
    StaffMember { active: false, ..professional(n) }
}

/// Person number `n`, who plans the calendar and may not message.
pub(crate) fn scheduler(n: usize) -> StaffMember {
    StaffMember { roles: [Role::Scheduler].into(), ..professional(n) }
}

/// The people with these numbers, and nobody else.
pub(crate) fn listed(people: impl IntoIterator<Item = usize>) -> Access {
    Access::Listed(people.into_iter().map(staff_id).collect())
}

/// A direction that is on for these people.
pub(crate) fn on(accessible_to: Access) -> Direction {
    Direction { enabled: true, accessible_to }
}

/// An active button with a Swedish title.
pub(crate) fn button(id: &str, leads_to: LeadsTo) -> Button {
    let title = [(language("sv"), format!("Knapp {id}"))].into();
    Button { id: button_id(id), leads_to, title, active: true, shown_in: ShownIn::Both }
}

/// The same with an English title beside it.
pub(crate) fn titled(id: &str, leads_to: LeadsTo) -> Button {
    let mut button = button(id, leads_to);
    button.title.insert(language("en"), format!("Button {id}"));
    button
}

/// A clinic at [`REVISION`] that nobody has changed yet.
pub(crate) fn live(clinic: &str, state: ClinicState, directory: Directory) -> LiveClinic {
    LiveClinic {
        clinic: clinic_id(clinic),
        name: format!("Vårdcentralen {clinic}"),
        hsa_id: None,
        revision: REVISION,
        state,
        last_changes: BTreeMap::new(),
        directory,
    }
}

/// The first byte of the first file: where everything stands that no test asks the place of.
pub(crate) const fn nowhere() -> Place {
    Place { file: FileId(0), span: Span { start: 0, end: 1 } }
}

/// A declared value without a place of its own.
pub(crate) fn said<T>(value: T) -> Sourced<T> {
    Sourced { value, place: nowhere(), shadows: Box::default() }
}

/// Six people, most of them active professionals.
pub(crate) fn directory() -> impl Strategy<Value = Directory> {
    let kind = prop_oneof![6 => Just(0), 1 => Just(1), 1 => Just(2)];
    let person = |(n, kind)| match kind {
        0 => professional(n),
        1 => leaver(n),
        _ => scheduler(n),
    };
    prop::collection::vec(kind, PEOPLE).prop_map(move |kinds| Directory::new((1..).zip(kinds).map(person).collect()))
}

/// Everyone, or any of the six.
pub(crate) fn access() -> impl Strategy<Value = Access> {
    let people = subsequence((1..=PEOPLE).collect::<Vec<_>>(), 0..=PEOPLE);
    prop_oneof![3 => people.prop_map(listed), 1 => Just(Access::Everyone)]
}

/// Any direction.
pub(crate) fn direction() -> impl Strategy<Value = Direction> {
    (any::<bool>(), access()).prop_map(|(enabled, accessible_to)| Direction { enabled, accessible_to })
}

/// Any button of [`BUTTONS`].
pub(crate) fn any_button() -> impl Strategy<Value = Button> {
    (select(&BUTTONS[..]), target(), titles(), any::<bool>(), shown_in()).prop_map(
        |(id, leads_to, title, active, shown_in)| Button { id: button_id(id), leads_to, title, active, shown_in },
    )
}

/// Any menu: up to five buttons in any order.
pub(crate) fn buttons() -> impl Strategy<Value = Vec<Button>> {
    prop::collection::vec(any_button(), 0..=BUTTONS.len()).prop_map(each_once)
}

/// Any state, wise or not.
pub(crate) fn state() -> impl Strategy<Value = ClinicState> {
    (direction(), direction(), buttons()).prop_map(|(healthcare_initiated, incoming, buttons)| ClinicState {
        healthcare_initiated,
        incoming,
        buttons,
    })
}

/// Any live clinic.
pub(crate) fn any_live() -> impl Strategy<Value = LiveClinic> {
    (state(), directory()).prop_map(|(state, directory)| live("norrtull", state, directory))
}

/// What somebody may do in the console: one write, of any resource, sensible or not.
pub(crate) fn console_edit() -> impl Strategy<Value = Write> {
    prop_oneof![
        (select(&DirectionKind::ALL[..]), direction())
            .prop_map(|(direction, to)| Write::PutDirection { direction, to }),
        any_button().prop_map(Write::PutButton),
        select(&BUTTONS[..]).prop_map(|id| Write::DeleteButton(button_id(id))),
    ]
}

/// What the files want of one clinic: anything that the format can say after its layers are merged.
pub(crate) fn desired() -> impl Strategy<Value = DesiredClinic> {
    (desired_direction(), desired_direction(), prop::option::weighted(0.8, desired_buttons())).prop_map(
        |(healthcare_initiated, incoming, buttons)| DesiredClinic {
            clinic: clinic_id("norrtull"),
            place: nowhere(),
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

/// A direction, declared whole, in part or not at all.
fn desired_direction() -> impl Strategy<Value = DesiredDirection> {
    (prop::option::of(any::<bool>()), prop::option::of(access_rule())).prop_map(|(enabled, accessible_to)| {
        DesiredDirection { enabled: enabled.map(said), accessible_to: accessible_to.map(said) }
    })
}

fn access_rule() -> impl Strategy<Value = AccessRule> {
    let who = prop_oneof![
        4 => person().prop_map(Who::Person),
        1 => select(&["nurse", "physician"][..]).prop_map(|title| Who::Title(StaffTitle::parse(title).expect("a slug"))),
        1 => prop::collection::vec(person(), 0..4).prop_map(|people| Who::Group(Arc::new(group(people)))),
    ];
    let line = who.prop_map(|who| Listed { who, place: nowhere() });
    prop_oneof![
        3 => prop::collection::vec(line, 0..4).prop_map(AccessRule::Listed),
        1 => Just(AccessRule::Everyone),
    ]
}

/// One of the six in any spelling; sometimes the seventh, whom nobody knows.
fn person() -> impl Strategy<Value = PersonRef> {
    (1..=PEOPLE + 1, 0..3).prop_map(|(n, spelling)| match spelling {
        0 => PersonRef::StaffId(staff_id(n)),
        1 => PersonRef::Email(email(n)),
        _ => PersonRef::HsaId(hsa_id(n)),
    })
}

fn group(people: Vec<PersonRef>) -> Group {
    let members = people.into_iter().map(|person| Member { person, place: nowhere() }).collect();
    Group { name: GroupName::parse("on-call").expect("a group's name"), members }
}

/// Buttons that are complete or declared in part, in any order.
fn desired_buttons() -> impl Strategy<Value = DesiredButtons> {
    let unlisted = prop_oneof![Just(Unlisted::Keep), Just(Unlisted::Remove)];
    (prop::collection::vec(desired_button(), 0..=BUTTONS.len()), unlisted).prop_map(|(mut listed, unlisted)| {
        keep_first(&mut listed, |button| button.id.clone());
        DesiredButtons { listed, order: said(()), unlisted: Some(said(unlisted)) }
    })
}

/// A button of which any part may be left to the live system.
fn desired_button() -> impl Strategy<Value = DesiredButton> {
    let parts = (prop::option::weighted(0.8, target()), prop::option::of(any::<bool>()), prop::option::of(shown_in()));
    (select(&BUTTONS[..]), prop::option::weighted(0.8, titles()), parts).prop_map(
        |(id, title, (leads_to, active, shown_in))| DesiredButton {
            id: button_id(id),
            place: nowhere(),
            title_place: title.as_ref().map(|_| nowhere()),
            leads_to: leads_to.map(said),
            title: title
                .unwrap_or_default()
                .into_iter()
                .map(|(language, text)| (language, said(text.into())))
                .collect(),
            active: active.map(said),
            shown_in: shown_in.map(said),
        },
    )
}

fn target() -> impl Strategy<Value = LeadsTo> {
    prop_oneof![Just(LeadsTo::NewMessage), Just(LeadsTo::BookAppointment), Just(LeadsTo::DropIn)]
}

/// A title in Swedish, perhaps one in English too.
fn titles() -> impl Strategy<Value = BTreeMap<Language, String>> {
    let word = || select(&["Skriv", "Boka", "Fråga"][..]).prop_map(str::to_owned);
    (word(), prop::option::of(word())).prop_map(|(sv, en)| {
        let english = en.map(|text| (language("en"), text));
        [(language("sv"), sv)].into_iter().chain(english).collect()
    })
}

fn shown_in() -> impl Strategy<Value = ShownIn> {
    prop_oneof![Just(ShownIn::Both), Just(ShownIn::App), Just(ShownIn::Web)]
}

fn email(n: usize) -> Email {
    Email::parse(&format!("person{n}@norrtull.example")).expect("an address")
}

fn hsa_id(n: usize) -> HsaId {
    HsaId::parse(&format!("SE2321000131-N{n}")).expect("an HSA-id")
}

fn each_once(mut buttons: Vec<Button>) -> Vec<Button> {
    keep_first(&mut buttons, |button| button.id.clone());
    buttons
}

/// Drops whatever has the key of something before it.
fn keep_first<T>(all: &mut Vec<T>, key: impl Fn(&T) -> ButtonId) {
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|one| seen.insert(key(one)));
}
