//! A synthetic fleet as people declare it: `fleet.yaml`, baselines, groups, and a file a clinic.

use super::clinic::{Button, Clinic, LISTED_RESPONDERS, Style, groups};
use std::io::Write;
use std::path::Path;
use std::{fs, io};

/// `clinics_changed` allows any number, so that every `--changed` can be applied.
const FLEET: &str = "\
fleet: synthetic
languages: {default: sv, required: [sv, en]}
guards: {clinics_changed: 100%}
embedded: {seed: ../live-system.yaml}
system: embedded
";

/// The baselines: name and text.
const BASELINES: [(&str, &str); 5] = [
    (
        "base",
        "\
baseline: base
messaging:
  healthcare_initiated: {enabled: true}
patient_interface:
  buttons:
    - {id: book, leads_to: book_appointment, title: {sv: Boka tid, en: Book appointment}, active: true}
",
    ),
    (
        "staff-led",
        "\
baseline: staff-led
extends: base
messaging:
  incoming: {enabled: false}
",
    ),
    (
        "triage",
        "\
baseline: triage
extends: base
messaging:
  incoming: {enabled: true}
patient_interface:
  buttons:
    - {id: new-message, leads_to: new_message, title: {sv: Nytt meddelande, en: New message}, active: true}
  order: [new-message, book]
",
    ),
    (
        "open",
        "\
baseline: open
extends: triage
messaging:
  incoming: {accessible_to: everyone}
",
    ),
    (
        "regional",
        "\
baseline: regional
extends: open
patient_interface:
  buttons:
    - {id: new-message, title: {fi: Uusi viesti}}
    - {id: book, title: {fi: Varaa aika}}
",
    ),
];

/// Writes what the clinics share: `fleet.yaml`, the baselines and the groups.
pub(crate) fn write_shared(root: &Path, clinics: u32) -> io::Result<()> {
    fs::write(root.join("fleet.yaml"), FLEET)?;
    fs::create_dir(root.join("baselines"))?;
    for (name, text) in BASELINES {
        fs::write(root.join(format!("baselines/{name}.yaml")), text)?;
    }
    fs::create_dir(root.join("groups"))?;
    for (group, members) in groups(clinics) {
        let mut text = format!("group: triage-{group}\nmembers:\n");
        for (at, member) in members.iter().enumerate() {
            text.push_str(&format!("  - {}\n", member.spelled(at)));
        }
        fs::write(root.join(format!("groups/triage-{group}.yaml")), text)?;
    }
    Ok(())
}

/// Writes the file of one clinic.
pub(crate) fn write_clinic(out: &mut impl Write, clinic: &Clinic) -> io::Result<()> {
    let Clinic { number, style, people: _, senders: _, menu } = clinic;
    writeln!(out, "# Clinic {number} of a synthetic fleet")?;
    writeln!(out, "clinic: {}", clinic.id())?;
    writeln!(out, "extends: {}", style.baseline())?;
    writeln!(out, "labels: {{region: region-{}, wave: wave-{}}}", number % 21, number % 7)?;
    writeln!(out, "messaging:")?;
    write_senders(out, clinic)?;
    if *style == Style::Triage {
        write_responders(out, clinic)?;
    }
    writeln!(out, "patient_interface:\n  buttons:")?;
    menu.iter().filter(|button| button.own).try_for_each(|button| write_button(out, button))
}

fn write_senders(out: &mut impl Write, clinic: &Clinic) -> io::Result<()> {
    writeln!(out, "  healthcare_initiated:\n    accessible_to:")?;
    for &at in &clinic.senders {
        write_person(out, clinic, at)?;
    }
    Ok(())
}

fn write_responders(out: &mut impl Write, clinic: &Clinic) -> io::Result<()> {
    writeln!(out, "  incoming:\n    accessible_to:")?;
    writeln!(out, "      - group: triage-{}", clinic.group())?;
    writeln!(out, "      - title: physician")?;
    for at in LISTED_RESPONDERS {
        write_person(out, clinic, at)?;
    }
    Ok(())
}

/// Where the spelling does not tell who it is, a comment does, as in files that people keep.
fn write_person(out: &mut impl Write, clinic: &Clinic, at: usize) -> io::Result<()> {
    let person = &clinic.people[at];
    let spelled = person.spelled(at);
    match at % 3 {
        0 => writeln!(out, "      - {spelled}"),
        _ => writeln!(out, "      - {spelled}  # {}", person.name),
    }
}

fn write_button(out: &mut impl Write, button: &Button) -> io::Result<()> {
    let Button { id, leads_to, titles, active, web_only, own: _ } = button;
    writeln!(out, "    - id: {id}\n      leads_to: {leads_to}\n      title:")?;
    for (language, title) in titles {
        writeln!(out, "        {language}: {title}")?;
    }
    writeln!(out, "      active: {active}")?;
    writeln!(out, "      shown_in: [{}]", if *web_only { "web" } else { "app, web" })
}
