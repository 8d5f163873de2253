//! Small builders: a clinic as it is, the files that speak about it, and the plan of both.
//!
//! Files are texts, so that a snapshot shows lines that a reader can find; what they mean is said beside them in Rust,
//! each value with a piece of the text that stands for its place.

use clinicctl::diff::Members;
use clinicctl::domain::{
    Access, AccessRule, Button, ButtonId, ClinicId, ClinicState, DesiredButton, DesiredButtons, DesiredClinic,
    DesiredDirection, Direction, Directory, Email, Language, Layers, LeadsTo, Listed, LiveClinic, PersonRef, Revision,
    Role, ShownIn, Sourced, StaffId, StaffMember, StaffTitle, Who,
};
use clinicctl::plan::{Assembled, ClinicPlan, GuardSettings, Header, PlanContext, assemble, plan_clinic};
use clinicctl::rules::Policy;
use clinicctl::source::{FileId, Place, SourceFile, SourceSet, Span};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) fn clinic_id(id: &str) -> ClinicId {
    ClinicId::parse(id).expect("a clinic's id")
}

pub(crate) fn button_id(id: &str) -> ButtonId {
    ButtonId::parse(id).expect("a button's id")
}

pub(crate) fn staff_id(id: &str) -> StaffId {
    StaffId::parse(id).expect("a staff id")
}

pub(crate) fn language(tag: &str) -> Language {
    Language::parse(tag).expect("a language tag")
}

/// An active professional with an address at the clinic `norrtull`.
pub(crate) fn member(id: &str, name: &str, title: &str) -> StaffMember {
    let address = format!("{}@norrtull.example", name.to_lowercase().replace(' ', "."));
    StaffMember {
        id: staff_id(id),
        name: name.to_owned(),
        email: Some(Email::parse(&address).expect("an address")),
        hsa_id: None,
        title: Some(StaffTitle::parse(title).expect("a title")),
        roles: BTreeSet::from([Role::HealthcareProfessional]),
        active: true,
    }
}

pub(crate) fn leaver(id: &str, name: &str, title: &str) -> StaffMember {
    StaffMember { active: false, ..member(id, name, title) }
}

pub(crate) fn scheduler(id: &str, name: &str, title: &str) -> StaffMember {
    StaffMember { roles: BTreeSet::from([Role::Scheduler]), ..member(id, name, title) }
}

pub(crate) fn people(ids: &[&str]) -> Access {
    Access::Listed(ids.iter().map(|id| staff_id(id)).collect())
}

pub(crate) fn on(accessible_to: Access) -> Direction {
    Direction { enabled: true, accessible_to }
}

pub(crate) fn button(id: &str, leads_to: &str, titles: &[(&str, &str)]) -> Button {
    Button {
        id: button_id(id),
        leads_to: LeadsTo::parse(leads_to).expect("a target"),
        title: titles.iter().map(|(tag, text)| (language(tag), (*text).to_owned())).collect(),
        active: true,
        shown_in: ShownIn::Both,
    }
}

/// The clinic `norrtull` as it is.
pub(crate) fn live(state: ClinicState, staff: Vec<StaffMember>) -> LiveClinic {
    LiveClinic {
        clinic: clinic_id("norrtull"),
        name: "Norrtulls vårdcentral".to_owned(),
        hsa_id: None,
        revision: Revision(42),
        state,
        last_changes: BTreeMap::new(),
        directory: Directory::new(staff),
    }
}

/// The one file of a small fleet.
pub(crate) struct File {
    sources: SourceSet,
}

impl File {
    pub(crate) fn new(text: &str) -> Self {
        let file = SourceFile { path: "clinics/norrtull.yaml".into(), text: text.to_owned(), unreadable: None };
        Self { sources: SourceSet::new(vec![file]) }
    }

    pub(crate) fn sources(&self) -> &SourceSet {
        &self.sources
    }

    /// Where `piece` stands for the first time.
    pub(crate) fn place(&self, piece: &str) -> Place {
        self.place_after("", piece)
    }

    /// Where `piece` stands for the first time after `anchor`.
    fn place_after(&self, anchor: &str, piece: &str) -> Place {
        let text = &self.sources.file(FileId(0)).text;
        let from = text.find(anchor).unwrap_or_else(|| panic!("`{anchor}` stands in the file"));
        let start = text[from..].find(piece).unwrap_or_else(|| panic!("`{piece}` stands after `{anchor}`")) + from;
        Place { file: FileId(0), span: Span::new(start, start + piece.len()) }
    }

    /// A value that `piece` of the file says.
    pub(crate) fn said<T>(&self, value: T, piece: &str) -> Sourced<T> {
        self.said_after("", value, piece)
    }

    fn said_after<T>(&self, anchor: &str, value: T, piece: &str) -> Sourced<T> {
        Sourced { value, place: self.place_after(anchor, piece), shadows: Box::default() }
    }

    pub(crate) fn clinic(&self) -> DesiredClinic {
        DesiredClinic {
            clinic: clinic_id("norrtull"),
            place: self.place("norrtull"),
            extends: Vec::new(),
            labels: Default::default(),
            expects: None,
            healthcare_initiated: DesiredDirection::default(),
            incoming: DesiredDirection::default(),
            buttons: None,
            waivers: Vec::new(),
        }
    }

    /// A list of these lines; each stands in the file as it is written here.
    pub(crate) fn list(&self, key: &str, lines: &[&str]) -> Sourced<AccessRule> {
        let line = |line: &&str| Listed { who: who(line), place: self.place(line) };
        self.said(AccessRule::Listed(lines.iter().map(line).collect()), key)
    }

    /// A listed button of which everything is said but where it is shown.
    pub(crate) fn button(&self, wanted: &Button) -> DesiredButton {
        let Button { id, leads_to, title, active, shown_in: _ } = wanted;
        let line = format!("id: {id}");
        let title = title.iter().map(|(tag, text)| (tag.clone(), self.said_after(&line, text.into(), text)));
        DesiredButton {
            title_place: Some(self.said_after(&line, (), "title").place),
            title: title.collect(),
            leads_to: Some(self.said_after(&line, leads_to.clone(), &leads_to.to_string())),
            active: Some(self.said_after(&line, *active, &active.to_string())),
            ..self.partial(id.as_str())
        }
    }

    /// A listed button of which nothing is said but that it is listed.
    pub(crate) fn partial(&self, id: &str) -> DesiredButton {
        DesiredButton {
            id: button_id(id),
            place: self.place(&format!("id: {id}")),
            leads_to: None,
            title_place: None,
            title: litemap::LiteMap::default(),
            active: None,
            shown_in: None,
        }
    }

    pub(crate) fn buttons(&self, listed: Vec<DesiredButton>) -> DesiredButtons {
        DesiredButtons { listed, order: self.said((), "buttons"), unlisted: None }
    }
}

fn who(line: &str) -> Who {
    match line.strip_prefix("title: ") {
        Some(title) => Who::Title(StaffTitle::parse(title).expect("a title")),
        None => Who::Person(PersonRef::parse(line).expect("a person")),
    }
}

/// The day of every run here.
pub(crate) fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 23)
}

/// Two languages are required, and every rule has its own severity.
pub(crate) fn policy() -> Policy {
    Policy { required_languages: vec![language("sv"), language("en")], ..Policy::default() }
}

pub(crate) fn plan(file: &File, desired: &DesiredClinic, live: &LiveClinic) -> ClinicPlan {
    let (layers, members) = (Layers::default(), Members::default());
    let context =
        PlanContext { sources: file.sources(), layers: &layers, members: &members, prune: false, today: today() };
    plan_clinic(desired, live, policy(), &context)
}

pub(crate) fn header(clinics_in_folder: usize) -> Header {
    Header {
        fleet: "malardalen".to_owned(),
        system: "embedded".to_owned(),
        reference: Some("9f3c2ab".to_owned()),
        guards: GuardSettings { clinics_in_folder, ..GuardSettings::default() },
        findings: Vec::new(),
    }
}

/// The document as a reviewer's program reads it.
pub(crate) fn document(file: &File, desired: &DesiredClinic, live: &LiveClinic) -> String {
    let Assembled { plan, .. } = assemble(header(1), vec![plan(file, desired, live)]);
    serde_json::to_string_pretty(&plan).expect("a plan has a JSON form")
}
