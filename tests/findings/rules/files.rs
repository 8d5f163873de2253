//! The rules of the files: severities, waivers, and one finding for a line that many clinics share.

use super::scene::*;
use clinicctl::diagnostic::Severity;
use clinicctl::domain::*;
use clinicctl::source::{FileId, Place};
use std::collections::BTreeSet;

/// An active button without an English title.
fn untranslated() -> Scene {
    let mut scene = Scene::new();
    scene.declare(&button("book", LeadsTo::BookAppointment, &[("sv", "Boka tid")]));
    scene
}

fn severities(scene: &Scene) -> Vec<Severity> {
    scene.in_files().iter().map(|finding| finding.severity).collect()
}

#[test]
fn a_fleet_may_lower_a_rule_or_not_ask_it() {
    let mut scene = untranslated();
    assert_eq!(severities(&scene), [Severity::Error]);
    scene.settings = vec![("missing-translation", RuleSetting::Warning)];
    assert_eq!(severities(&scene), [Severity::Warning]);
    scene.settings = vec![("missing-translation", RuleSetting::Off)];
    assert_eq!(severities(&scene), []);
}

#[test]
fn a_waiver_makes_a_warning_of_it_that_names_the_reason_until_its_last_day() {
    let mut scene = untranslated();
    scene.desired.waivers.push(waiver("missing-translation", Some(TODAY)));
    let findings = scene.in_files();
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].severity, Severity::Warning);
    assert!(findings[0].message.ends_with("(waived: it was agreed)"), "{}", findings[0].message);
    let tomorrow = TODAY.tomorrow().unwrap();
    let later = in_files(&scene.fleet(), tomorrow);
    let told: BTreeSet<_> = later.iter().map(|finding| (finding.rule, finding.severity)).collect();
    assert_eq!(told, BTreeSet::from([("ended-waiver", Severity::Warning), ("missing-translation", Severity::Error)]));
}

#[test]
fn a_fixed_rule_listens_to_nobody() {
    let mut scene = Scene::new();
    scene.desired.incoming.enabled = Some(said(18, true));
    scene.desired.incoming.accessible_to = Some(said(19, AccessRule::Listed(Vec::new())));
    scene.settings = vec![("nobody-answers", RuleSetting::Off)];
    scene.desired.waivers.push(waiver("nobody-answers", None));
    assert_eq!(severities(&scene), [Severity::Error]);
}

#[test]
fn what_a_baseline_breaks_is_told_once_with_the_number_of_clinics() {
    let scene = untranslated();
    let mut fleet = scene.fleet();
    for name in ["solna", "kista", "nacka", "farsta"] {
        let clinic = DesiredClinic { clinic: ClinicId::parse(name).expect("is well formed"), ..scene.desired.clone() };
        fleet.clinics.insert(clinic.clinic.clone(), clinic.into());
    }
    let findings = in_files(&fleet, TODAY);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].help.last().unwrap(), "this line reaches 5 clinics: `farsta`, `kista`, `nacka` and 2 more");
}

#[test]
fn a_clinic_that_waives_a_baseline_does_not_excuse_its_neighbours() {
    let scene = untranslated();
    let mut fleet = scene.fleet();
    let mut other =
        DesiredClinic { clinic: ClinicId::parse("solna").expect("is well formed"), ..scene.desired.clone() };
    other.waivers.push(waiver("missing-translation", None));
    fleet.clinics.insert(other.clinic.clone(), other.into());
    let found: Vec<_> = in_files(&fleet, TODAY).iter().map(|finding| finding.severity).collect();
    assert_eq!(found, [Severity::Error, Severity::Warning]);
}

#[test]
fn a_contradiction_is_told_in_the_clinics_own_file() {
    let elsewhere = |at: u32| Place { file: FileId(7), ..place(at) };
    let mut scene = Scene::new();
    scene.declare(&button("new-message", LeadsTo::NewMessage, &[("sv", "Nytt meddelande"), ("en", "New message")]));
    let active = scene.desired.buttons.as_mut().expect("declared before").listed[0].active.as_mut().unwrap();
    active.place = elsewhere(1);
    scene.desired.incoming.enabled = Some(said(18, false));
    let places: Vec<_> = scene.in_files()[0].labels.iter().map(|label| label.place).collect();
    assert_eq!(places, [place(18), elsewhere(1)]);
}

#[test]
fn a_title_may_be_completed_by_another_layer_but_not_by_the_live_system() {
    let mut scene = untranslated();
    let mut live = button("book", LeadsTo::BookAppointment, &[("sv", "Boka tid"), ("en", "Book appointment")]);
    scene.live.state.buttons.push(live.clone());
    scene.wanted.buttons.push(live.clone());
    assert_eq!(scene.raised(), BTreeSet::from(["missing-translation"]));
    live.title.insert(language("fi"), "Varaa aika".to_owned());
    let title = &mut scene.desired.buttons.as_mut().expect("declared before").listed[0].title;
    title.insert(language("en"), said(70, "Book appointment".into()));
    assert_eq!(scene.raised(), BTreeSet::new());
}
