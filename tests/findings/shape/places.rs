//! Every value of the fleet knows the place that says it, and the places that it shadows, nearest first.

use super::{compile_today, file};
use clinicctl::domain::{DesiredFleet, Sourced};
use clinicctl::source::{FileId, Place, SourceFile, SourceSet, Span};

const FILES: [(&str, &str); 5] = [
    (
        "all.yaml",
        "baseline: all\nmessaging:\n  incoming:\n    enabled: false\n    accessible_to:\n      - st-1\npatient_interface:\n  buttons:\n    - {id: advice, title: {sv: Råd, en: Advice}, active: true}\n    - {id: book, leads_to: drop_in}\n  order: [advice]\n  unlisted_buttons: keep\n",
    ),
    (
        "care.yaml",
        "baseline: care\nextends: all\nmessaging: unmanaged\npatient_interface:\n  order: [book]\n  buttons:\n    - id: advice\n      title: {sv: Tips}\n      active: unmanaged\n  unlisted_buttons: remove\n",
    ),
    (
        "fleet.yaml",
        "fleet: coast\nrules: {single-responder: error}\nguards: {buttons_removed: 3}\nembedded: {seed: ../seed.yaml}\n",
    ),
    ("group.yaml", "group: triage\nmembers: [st-7]\n"),
    (
        "hamnen.yaml",
        "clinic: hamnen\nextends: care\nexpects: handover_only\nmessaging:\n  incoming:\n    enabled: true\n    accessible_to:\n      - group: triage\n      - st-2\n  healthcare_initiated: {accessible_to: everyone}\npatient_interface:\n  buttons:\n    - id: renew\n    - id: advice\n      shown_in:\n        - app\n      title:\n        sv: Goda råd\nwaive:\n  - {rule: long-title, reason: Soon}\n",
    ),
];

/// The layer follows from the file, whatever the files are called.
#[test]
fn a_place_knows_its_layer() {
    let sources = SourceSet::new(FILES.into_iter().map(|(path, text)| file(path, text)).collect());
    let fleet = compile_today(&sources).fleet.expect("the files are valid");
    let layer = |(id, file): (FileId, &SourceFile)| {
        let place = Place { file: id, span: Span::new(0, 0) };
        format!("{}: {}", file.path, fleet.layers.of(place))
    };
    let layers: Vec<_> = sources.iter().map(layer).collect();
    let expected = [
        "all.yaml: baseline `all`",
        "care.yaml: baseline `care`",
        "fleet.yaml: fleet",
        "group.yaml: group `triage`",
        "hamnen.yaml: clinic",
    ];
    assert_eq!(layers, expected);
}

#[test]
fn values_know_their_places_and_what_they_shadow() {
    let sources = SourceSet::new(FILES.into_iter().map(|(path, text)| file(path, text)).collect());
    let compiled = compile_today(&sources);
    let fleet = compiled.fleet.unwrap_or_else(|| panic!("{:#?}", compiled.findings));
    insta::assert_snapshot!(told(&sources, &fleet), @r#"
    fleet: fleet.yaml:1:8 "coast"
    rules.single-responder: fleet.yaml:2:27 "error"
    guards.buttons_removed: fleet.yaml:3:27 "3"
    seed: fleet.yaml:4:18 "../seed.yaml"
    group triage: group.yaml:2:11 "st-7"
    clinic: hamnen.yaml:1:9 "hamnen"
    expects: hamnen.yaml:3:10 "handover_only"
    waive: hamnen.yaml:20:12 "long-title"
    out.accessible_to: hamnen.yaml:10:41 "everyone" over care.yaml:3:12 "unmanaged"
    in.enabled: hamnen.yaml:6:14 "true" over care.yaml:3:12 "unmanaged", all.yaml:4:14 "false"
    in.accessible_to: hamnen.yaml:7:5 "accessible_to" over care.yaml:3:12 "unmanaged", all.yaml:5:5 "accessible_to"
    order: care.yaml:5:3 "order" over all.yaml:11:3 "order"
    unlisted: care.yaml:10:21 "remove" over all.yaml:12:21 "keep"
    button: all.yaml:10:12 "book"
      leads_to: all.yaml:10:28 "drop_in"
    button: hamnen.yaml:14:11 "advice"
      title.en: all.yaml:9:41 "Advice"
      title.sv: hamnen.yaml:18:13 "Goda råd" over care.yaml:8:19 "Tips", all.yaml:9:32 "Råd"
      shown_in: hamnen.yaml:15:7 "shown_in"
    button: hamnen.yaml:13:11 "renew"
    "#);
}

fn told(sources: &SourceSet, fleet: &DesiredFleet) -> String {
    let place =
        |place: Place| format!("{} {:?}", sources.locate(place), &sources.file(place.file).text[place.span.range()]);
    let mut lines = vec![format!("fleet: {}", place(fleet.place))];
    lines.extend(fleet.rules.iter().map(|(name, rule)| format!("rules.{name}: {}", said(&place, rule))));
    lines.extend(fleet.guards.iter().map(|(name, limit)| format!("guards.{name}: {}", said(&place, limit))));
    lines.extend(fleet.seed.iter().map(|seed| format!("seed: {}", said(&place, seed))));
    for group in fleet.groups.values() {
        lines.extend(group.members.iter().map(|member| format!("group {}: {}", group.name, place(member.place))));
    }
    for clinic in fleet.clinics.values() {
        lines.push(format!("clinic: {}", place(clinic.place)));
        lines.extend(clinic.expects.iter().map(|expects| format!("expects: {}", said(&place, expects))));
        lines.extend(clinic.waivers.iter().map(|waiver| format!("waive: {}", place(waiver.place))));
        for (name, direction) in [("out", &clinic.healthcare_initiated), ("in", &clinic.incoming)] {
            lines.extend(direction.enabled.iter().map(|enabled| format!("{name}.enabled: {}", said(&place, enabled))));
            lines
                .extend(direction.accessible_to.iter().map(|to| format!("{name}.accessible_to: {}", said(&place, to))));
        }
        let buttons = clinic.buttons.as_ref().expect("the clinic lists buttons");
        lines.push(format!("order: {}", said(&place, &buttons.order)));
        lines.extend(buttons.unlisted.iter().map(|unlisted| format!("unlisted: {}", said(&place, unlisted))));
        for button in &buttons.listed {
            lines.push(format!("button: {}", place(button.place)));
            lines.extend(button.leads_to.iter().map(|to| format!("  leads_to: {}", said(&place, to))));
            lines.extend(button.title.iter().map(|(tag, title)| format!("  title.{tag}: {}", said(&place, title))));
            lines.extend(button.active.iter().map(|active| format!("  active: {}", said(&place, active))));
            lines.extend(button.shown_in.iter().map(|shown| format!("  shown_in: {}", said(&place, shown))));
        }
    }
    lines.join("\n")
}

fn said<T>(place: &dyn Fn(Place) -> String, Sourced { value: _, place: at, shadows }: &Sourced<T>) -> String {
    let shadows: Vec<_> = shadows.iter().map(|shadow| place(*shadow)).collect();
    let over = if shadows.is_empty() { String::new() } else { format!(" over {}", shadows.join(", ")) };
    format!("{}{over}", place(*at))
}
