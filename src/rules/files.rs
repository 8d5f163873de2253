//! The rules asked of the files alone.
//!
//! Every clinic is asked with its layers merged, so a doubtful line of a baseline is found once for each clinic that
//! is built on it; it is reported once, with the number of clinics that it reaches.

use super::declared::{Declared, Told};
use super::{ALL, Policy, Severity, check, find, idle_check};
use crate::diagnostic::Finding;
use crate::domain::{ClinicId, DesiredClinic, DesiredFleet, Group, Language};
use crate::source::{FileId, Place};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How many clinics a finding names before it only counts them.
const NAMED_CLINICS: usize = 3;

/// Asks the rules of the raw text of one file.
#[must_use]
pub fn in_text(file: FileId, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    for ask in ALL.iter().filter_map(|rule| rule.in_text) {
        ask(file, text, &mut findings);
    }
    findings
}

/// What the declared values of one clinic break whatever is live, before fleet and clinic have had their say about it.
#[derive(Debug, Default)]
pub struct Broken(Vec<Told>);

/// Asks the rules of the files alone about one clinic, in a fleet that serves patients in the languages `required`, on
/// the day `today`.
#[must_use]
pub fn in_clinic(clinic: &DesiredClinic, required: &[Language], today: Date) -> Broken {
    Broken(told_of_clinic(&Declared { clinic, required, today }))
}

/// What the files alone break: `broken` by the clinics, and what groups break. Severities of the fleet and waivers that
/// hold on the day `today` are applied. What a baseline or a group breaks for many clinics is one finding. Sorted by
/// place.
#[must_use]
pub fn in_files(fleet: &DesiredFleet, broken: Vec<(ClinicId, Broken)>, today: Date) -> Vec<Finding> {
    let groups = fleet.groups.values().flat_map(|group| findings_of_group(fleet, group, today));
    let mut merged = Merged::default();
    groups.for_each(|finding| merged.add(finding, None));
    let idle = idle_check::in_fleet(fleet).into_iter();
    let idle = idle.filter_map(|finding| weigh(finding, &Policy::of_fleet(fleet), today));
    idle.for_each(|finding| merged.add(finding, None));
    for (id, finding) in check::in_fleet(fleet) {
        let policy = fleet.clinics.get(id).map(|clinic| Policy::of(fleet, clinic));
        let finding = policy.and_then(|policy| weigh(finding, &policy, today));
        finding.into_iter().for_each(|finding| merged.add(finding, Some(id)));
    }
    for (clinic, Broken(told)) in broken.into_iter().collect::<BTreeMap<_, _>>() {
        let Some((id, clinic)) = fleet.clinics.get_key_value(&clinic) else { continue };
        let findings = weighed(told, || Policy::of(fleet, clinic), today);
        findings.into_iter().for_each(|finding| merged.add(finding, Some(id)));
    }
    merged.into_findings()
}

impl Broken {
    /// Whether nothing is.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What the files alone break in one clinic, whatever the fleet and the clinic think of it.
pub(super) fn told_of_clinic(declared: &Declared<'_>) -> Vec<Told> {
    let mut told = Vec::new();
    for ask in ALL.iter().filter_map(|rule| rule.in_files) {
        ask(declared, &mut told);
    }
    told
}

fn findings_of_group(fleet: &DesiredFleet, group: &Group, today: Date) -> Vec<Finding> {
    let mut told = Vec::new();
    for ask in ALL.iter().filter_map(|rule| rule.in_group) {
        ask(group, &mut told);
    }
    weighed(told, || Policy::of_fleet(fleet), today)
}

/// The findings with the severities of a policy, which is only built if something is wrong.
fn weighed(told: Vec<Told>, policy: impl FnOnce() -> Policy, today: Date) -> Vec<Finding> {
    if told.is_empty() {
        return Vec::new();
    }
    let policy = policy();
    told.into_iter().filter_map(|told| weigh(told.finding, &policy, today)).collect()
}

fn weigh(mut finding: Finding, policy: &Policy, today: Date) -> Option<Finding> {
    let rule = find(finding.rule)?;
    let severity = policy.severity(rule)?;
    let is_weaker = finding.severity > rule.severity;
    finding.severity = if is_weaker { severity.max(finding.severity) } else { severity };
    if let Some(reason) = policy.waiver(rule, today) {
        finding.severity = Severity::Warning;
        finding.message = format!("{} (waived: {reason})", finding.message);
    }
    Some(finding)
}

/// Findings that are the same but for the clinic, together.
#[derive(Default)]
struct Merged<'a> {
    rows: BTreeMap<Sameness, (Finding, Vec<&'a ClinicId>)>,
}

/// Places in order, rule, severity, message.
type Sameness = (Vec<Place>, &'static str, Severity, String);

impl<'a> Merged<'a> {
    fn add(&mut self, finding: Finding, clinic: Option<&'a ClinicId>) {
        let places = finding.labels.iter().map(|label| label.place).collect();
        let key = (places, finding.rule, finding.severity, finding.message.clone());
        let (_, clinics) = self.rows.entry(key).or_insert_with(|| (finding, Vec::new()));
        clinics.extend(clinic.filter(|clinic| clinics.last() != Some(clinic)));
    }

    fn into_findings(self) -> Vec<Finding> {
        let reaching = |(finding, clinics): (Finding, Vec<&ClinicId>)| match reach(&clinics) {
            Some(reach) => finding.help(reach),
            None => finding,
        };
        self.rows.into_values().map(reaching).collect()
    }
}

/// How many clinics a line reaches, if it is more than one.
fn reach(clinics: &[&ClinicId]) -> Option<String> {
    let (named, others) = clinics.split_at(clinics.len().min(NAMED_CLINICS));
    let names: Vec<String> = named.iter().map(|clinic| format!("`{clinic}`")).collect();
    let more = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
    (clinics.len() > 1).then(|| format!("this line reaches {} clinics: {}{more}", clinics.len(), names.join(", ")))
}
