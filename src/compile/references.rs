//! Who is named: every baseline, group and rule that a document names must exist.

use super::file::Shaped;
use super::index::Index;
use super::shape::Access;
use super::shape::Direction;
use super::shape::Document;
use super::shape::Layer;
use super::shape::LineWho;
use super::shape::Placed;
use super::shape::Wish;
use super::suggest::Suggestions;
use crate::diagnostic::Finding;
use crate::diagnostic::Severity;
use crate::domain::BaselineName;
use crate::domain::DirectionKind;
use crate::domain::RuleSetting;
use crate::rules;
use crate::schema::Kind;
use crate::source::Place;

/// Checks what every document names, whether or not anybody builds on it.
pub(super) fn check(files: &[Shaped], index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut check = Check { index, suggestions: Suggestions::default(), findings };
    for document in files.iter().filter_map(|file| file.document.as_ref()) {
        check.document(document);
    }
}

struct Check<'a> {
    index: &'a Index<'a>,
    suggestions: Suggestions,
    findings: &'a mut Vec<Finding>,
}

impl Check<'_> {
    fn document(&mut self, document: &Document) {
        match document {
            Document::Fleet(fleet) => fleet.rules.iter().for_each(|line| {
                let place = line.setting.place;
                self.rule(&line.rule, |rule| lowers(rule.severity, line.setting.value).then_some((place, "lowered")));
            }),
            Document::Baseline(baseline) => self.layer(&baseline.layer),
            Document::Group(_) => {}
            Document::Clinic(clinic) => {
                self.layer(&clinic.layer);
                for waiver in &clinic.waivers {
                    self.rule(&waiver.rule, |_| Some((waiver.rule.place, "waived")));
                }
            }
        }
    }

    /// `weakens` says where and how a rule that may not be weakened is.
    fn rule(&mut self, named: &Placed<String>, weakens: impl Fn(&rules::Rule) -> Option<(Place, &'static str)>) {
        let name = &named.value;
        let Some(rule) = rules::find(name) else {
            let near = self.suggestions.closest(name, rules::ALL.iter().map(|rule| rule.name));
            let finding = Finding::error("unknown-rule", named.place, format!("there is no rule `{name}`"));
            self.findings.push(suggested(finding, near, "`clinicctl explain` lists the rules"));
            return;
        };
        if let Some((place, weakened)) = weakens(rule).filter(|_| rule.fixed) {
            let message = format!("`{name}` can be neither lowered nor waived");
            let finding = Finding::error("fixed-rule", place, message).labelled(format!("{weakened} here"));
            self.findings.push(finding.help(format!("mend what breaks it; `clinicctl explain {name}` says why")));
        }
    }

    fn layer(&mut self, layer: &Layer) {
        if let Some(extends) = &layer.extends {
            self.baseline(extends);
        }
        let Some(Placed { value: Wish::Managed(messaging), .. }) = &layer.messaging else { return };
        for kind in DirectionKind::ALL {
            if let Some(Placed { value: Wish::Managed(direction), .. }) = messaging.direction(kind) {
                self.groups(direction);
            }
        }
    }

    fn baseline(&mut self, Placed { value: name, place }: &Placed<BaselineName>) {
        let baselines = &self.index.baselines;
        if baselines.contains_key(name) || self.index.may_exist(Kind::Baseline, name.as_str()) {
            return;
        }
        let near = self.suggestions.closest(name.as_str(), baselines.keys().map(|name| name.as_str()));
        let finding = Finding::error("unknown-baseline", *place, format!("there is no baseline `{name}`"));
        self.findings.push(suggested(finding, near, "a baseline is a file that starts with `baseline: ` and its name"));
    }

    fn groups(&mut self, direction: &Direction) {
        let Some(Placed { value: Wish::Managed(Access::Listed(lines)), .. }) = &direction.accessible_to else { return };
        for line in lines {
            let LineWho::Group(name) = &line.who else { continue };
            if self.index.groups.contains_key(name) || self.index.may_exist(Kind::Group, name.as_str()) {
                continue;
            }
            let near = self.suggestions.closest(name.as_str(), self.index.groups.keys().map(|name| name.as_str()));
            let finding = Finding::error("unknown-group", line.place, format!("there is no group `{name}`"));
            self.findings.push(suggested(finding, near, "a group is a file that starts with `group: ` and its name"));
        }
    }
}

fn suggested(finding: Finding, near: Option<&str>, help: &str) -> Finding {
    match near {
        Some(near) => finding.labelled(format!("did you mean `{near}`?")),
        None => finding.help(help),
    }
}

/// Whether a setting asks less of the clinics than the rule does by itself.
const fn lowers(severity: Severity, setting: RuleSetting) -> bool {
    match (severity, setting) {
        (_, RuleSetting::Error) | (Severity::Warning, RuleSetting::Warning) => false,
        (_, RuleSetting::Off) | (Severity::Error, RuleSetting::Warning) => true,
    }
}
