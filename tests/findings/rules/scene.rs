//! A small clinic in good order, to be spoilt in one way a test.

use clinicctl::diagnostic::Finding;
use clinicctl::diff::resolve;
use clinicctl::domain::*;
use clinicctl::rules::{self, Judgement, Policy, Resulting};
use clinicctl::source::{FileId, Location, Place, Span};
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) const TODAY: Date = date(2026, 11, 22);
pub(super) const ANNA: &str = "anna.berg@norrtull.example";
pub(super) const ANNA_HSA: &str = "SE2321000131-N1001";
pub(super) const KARIN: &str = "karin.holm@norrtull.example";
/// A scheduler.
pub(super) const BO: &str = "bo.ek@norrtull.example";
/// Has left.
pub(super) const LIV: &str = "liv.lund@norrtull.example";

/// One clinic: as it is, as it would be, and what the files say.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) live: LiveClinic,
    pub(super) wanted: ClinicState,
    pub(super) desired: DesiredClinic,
    pub(super) groups: Vec<Group>,
    pub(super) checks: Vec<Check>,
    pub(super) settings: Vec<(&'static str, RuleSetting)>,
    pub(super) text: String,
    /// What the live system has, for `unknown-clinic`.
    pub(super) known: Vec<ClinicId>,
}

impl Scene {
    /// Both directions on with two responders, one button for new messages in both languages, and files that say
    /// nothing.
    pub(super) fn new() -> Self {
        let people = BTreeSet::from([staff_id("st-1"), staff_id("st-2")]);
        let mut state = ClinicState::new();
        state.healthcare_initiated = Direction { enabled: true, accessible_to: Access::Everyone };
        state.incoming = Direction { enabled: true, accessible_to: Access::Listed(people) };
        state.buttons.push(button(
            "new-message",
            LeadsTo::NewMessage,
            &[("sv", "Nytt meddelande"), ("en", "New message")],
        ));
        Self {
            live: live(state.clone()),
            wanted: state,
            desired: desired("norrtull"),
            groups: Vec::new(),
            checks: Vec::new(),
            settings: Vec::new(),
            text: String::new(),
            known: vec![ClinicId::parse("norrtull").expect("is well formed")],
        }
    }

    pub(super) fn fleet(&self) -> DesiredFleet {
        let setting = |(rule, value): &(&str, RuleSetting)| ((*rule).to_owned(), said(1, *value));
        DesiredFleet {
            name: FleetName::parse("malardalen").expect("is well formed"),
            place: place(0),
            languages: Languages { default: None, required: vec![language("sv"), language("en")] },
            rules: self.settings.iter().map(setting).collect(),
            guards: BTreeMap::new(),
            embedded: false,
            seed: None,
            checks: self.checks.clone(),
            layers: Layers::default(),
            groups: self.groups.iter().map(|group| (group.name.clone(), Arc::new(group.clone()))).collect(),
            clinics: BTreeMap::from([(self.desired.clinic.clone(), self.desired.clone().into())]),
        }
    }

    /// Adds a check of clinics with these labels.
    pub(super) fn check(&mut self, labels: &[(&str, &str)], demand: Demand) {
        self.checks.push(Check {
            check: Slug::parse("agreed").expect("is well formed"),
            because: "It was agreed".to_owned(),
            severity: RuleSetting::Error,
            clinics: labels.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
            demand,
            location: Location { file: "checks.yaml".into(), line: 1, column: 1 },
            place: Some(place(30)),
        });
    }

    pub(super) fn policy(&self) -> Policy {
        Policy::of(&self.fleet(), &self.desired)
    }

    pub(super) fn in_files(&self) -> Vec<Finding> {
        in_files(&self.fleet(), TODAY)
    }

    pub(super) fn judge(&self) -> Vec<Judgement> {
        self.judge_with(&self.policy())
    }

    pub(super) fn judge_with(&self, policy: &Policy) -> Vec<Judgement> {
        let resolution = resolve(&self.desired, &self.live.directory);
        let Self { live, wanted, desired, .. } = self;
        rules::judge(&Resulting { live, wanted, desired: Some(desired), resolution: &resolution, policy, today: TODAY })
    }

    /// The names of all rules that speak, at any moment.
    pub(super) fn raised(&self) -> BTreeSet<&'static str> {
        let text = rules::in_text(FileId(0), &self.text);
        let files = text.into_iter().chain(self.in_files()).map(|finding| finding.rule);
        let result = self.judge().into_iter().map(|judgement| judgement.breach.rule);
        files.chain(result).chain(self.unknown_clinic()).collect()
    }

    /// Lists `people` for incoming in the files, and puts those whom the directory has into the wanted state.
    pub(super) fn list(&mut self, people: &[&str]) {
        self.list_lines(people.iter().map(|who| Who::Person(person(who))).collect());
    }

    pub(super) fn list_lines(&mut self, lines: Vec<Who>) {
        let lines = lines.into_iter().zip(20..).map(|(who, at)| Listed { who, place: place(at) });
        self.desired.incoming.accessible_to = Some(said(19, AccessRule::Listed(lines.collect())));
        let found =
            resolve(&self.desired, &self.live.directory).mentions.into_iter().filter_map(|mention| {
                match mention.found {
                    clinicctl::diff::Found::One(id) => Some(id),
                    clinicctl::diff::Found::Nobody | clinicctl::diff::Found::Several(_) => None,
                }
            });
        self.wanted.incoming.accessible_to = Access::Listed(found.collect());
    }

    /// Declares `button` in the files, every field of it, without touching the wanted state.
    pub(super) fn declare(&mut self, button: &Button) {
        let listed = self.desired.buttons.get_or_insert_with(|| DesiredButtons {
            listed: Vec::new(),
            order: said(50, ()),
            unlisted: None,
        });
        let at = 100 * (u32::try_from(listed.listed.len()).expect("few buttons") + 1);
        listed.listed.push(DesiredButton {
            id: button.id.clone(),
            place: place(at),
            title_place: Some(place(at + 2)),
            leads_to: Some(said(at + 1, button.leads_to.clone())),
            title: button
                .title
                .clone()
                .into_iter()
                .zip(at + 2..)
                .map(|((tag, text), at)| (tag, said(at, text.into())))
                .collect(),
            active: Some(said(at + 90, button.active)),
            shown_in: None,
        });
    }

    fn unknown_clinic(&self) -> Option<&'static str> {
        let unknown = !self.known.contains(&self.desired.clinic);
        let judged = rules::unknown_clinic(&self.desired, self.known.iter(), &self.policy(), TODAY);
        judged.filter(|_| unknown).map(|judgement| judgement.breach.rule)
    }
}

pub(super) fn desired(clinic: &str) -> DesiredClinic {
    DesiredClinic {
        clinic: ClinicId::parse(clinic).expect("is well formed"),
        place: place(10),
        extends: Vec::new(),
        labels: Default::default(),
        expects: None,
        healthcare_initiated: DesiredDirection::default(),
        incoming: DesiredDirection::default(),
        buttons: None,
        waivers: Vec::new(),
    }
}

pub(super) fn live(state: ClinicState) -> LiveClinic {
    LiveClinic {
        clinic: ClinicId::parse("norrtull").expect("is well formed"),
        name: "Norrtulls vårdcentral".to_owned(),
        hsa_id: None,
        revision: Revision(1),
        state,
        last_changes: BTreeMap::new(),
        directory: directory(),
    }
}

fn directory() -> Directory {
    let mut anna = member("st-1", "Anna Berg", ANNA, "nurse");
    anna.hsa_id = Some(HsaId::parse(ANNA_HSA).expect("is well formed"));
    let mut bo = member("st-3", "Bo Ek", BO, "secretary");
    bo.roles = BTreeSet::from([Role::Scheduler]);
    let mut liv = member("st-4", "Liv Lund", LIV, "nurse");
    liv.active = false;
    Directory::new(vec![anna, member("st-2", "Karin Holm", KARIN, "physician"), bo, liv])
}

/// An active healthcare professional.
pub(super) fn member(id: &str, name: &str, email: &str, title: &str) -> StaffMember {
    StaffMember {
        id: staff_id(id),
        name: name.to_owned(),
        email: Some(Email::parse(email).expect("is well formed")),
        hsa_id: None,
        title: StaffTitle::parse(title).ok(),
        roles: BTreeSet::from([Role::HealthcareProfessional]),
        active: true,
    }
}

/// An active button that is shown everywhere.
pub(super) fn button(id: &str, leads_to: LeadsTo, title: &[(&str, &str)]) -> Button {
    Button {
        id: ButtonId::parse(id).expect("is well formed"),
        leads_to,
        title: title.iter().map(|(tag, text)| (language(tag), (*text).to_owned())).collect(),
        active: true,
        shown_in: ShownIn::Both,
    }
}

pub(super) fn group(name: &str, members: &[&str]) -> Group {
    let members = members.iter().zip(1000..).map(|(who, at)| Member { person: person(who), place: place(at) });
    Group { name: GroupName::parse(name).expect("is well formed"), members: members.collect() }
}

pub(super) fn waiver(rule: &str, until: Option<Date>) -> Waiver {
    Waiver { rule: rule.to_owned(), reason: "it was agreed".to_owned(), until, place: place(90) }
}

pub(super) fn person(text: &str) -> PersonRef {
    PersonRef::parse(text).expect("is well formed")
}

pub(super) fn staff_id(text: &str) -> StaffId {
    StaffId::parse(text).expect("is well formed")
}

pub(super) fn language(tag: &str) -> Language {
    Language::parse(tag).expect("is well formed")
}

pub(super) fn said<T>(at: u32, value: T) -> Sourced<T> {
    Sourced { value, place: place(at), shadows: Box::default() }
}

/// A made-up place; the same number is the same place.
pub(super) fn place(at: u32) -> Place {
    Place { file: FileId(0), span: Span { start: at * 10, end: at * 10 + 5 } }
}

/// Every rule of the files, asked of every clinic of `fleet`.
pub(super) fn in_files(fleet: &DesiredFleet, today: Date) -> Vec<Finding> {
    let broken =
        |clinic: &DesiredClinic| (clinic.clinic.clone(), rules::in_clinic(clinic, &fleet.languages.required, today));
    rules::in_files(fleet, fleet.clinics.values().map(|clinic| broken(clinic)).collect(), today)
}
