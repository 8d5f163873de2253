//! Who is named: every baseline, group and rule that a document names must exist.

use super::documents::Shared;
use super::index::Index;
use super::shape::{Access, Clinic, Declaration, Direction, Fleet, Layer, LineWho, Placed};
use super::suggest::Suggestions;
use crate::diagnostic::{Finding, Severity};
use crate::domain::{BaselineName, DirectionKind, RuleSetting};
use crate::rules;
use crate::schema::Kind;
use crate::source::Place;

/// What is wrong with the names in some documents. A clinic's document is gone when all names are known to be looked
/// for, so that what was looked for in vain is kept.
#[derive(Default)]
pub(super) struct Unresolved {
    findings: Vec<Finding>,
    missing: Vec<Missing>,
}

/// A name that nothing has.
struct Missing {
    finding: Finding,
    name: Box<str>,
    among: Among,
}

/// What a name was looked for among.
#[derive(Clone, Copy)]
enum Among {
    Baselines,
    Groups,
    Rules,
}

/// Checks what fleet and baselines name, whether or not anybody builds on it.
pub(super) fn of_shared(shared: &Shared, index: &Index<'_>) -> Unresolved {
    let mut check = Check { index, amiss: Unresolved::default() };
    shared.fleets.iter().for_each(|fleet| check.fleet(fleet));
    shared.baselines.iter().for_each(|baseline| check.layer(&baseline.layer));
    check.amiss
}

/// Checks what a clinic names.
pub(super) fn of_clinic(clinic: &Clinic, index: &Index<'_>) -> Unresolved {
    let mut check = Check { index, amiss: Unresolved::default() };
    check.layer(&clinic.layer);
    for waiver in &clinic.waivers {
        check.rule(&waiver.rule, |_| Some((waiver.rule.place, "waived")));
    }
    check.amiss
}

/// The findings, with what may have been meant. One document after the other: there is a limit to all suggestions
/// together, and who gets the last one must not depend on the number of cores.
pub(super) fn tell(amiss: impl Iterator<Item = Unresolved>, index: &Index<'_>, findings: &mut Vec<Finding>) {
    let mut suggestions = Suggestions::default();
    for Unresolved { findings: told, missing } in amiss {
        findings.extend(told);
        findings.extend(missing.into_iter().map(|missing| missing.told(index, &mut suggestions)));
    }
}

impl Missing {
    fn told(self, index: &Index<'_>, suggestions: &mut Suggestions) -> Finding {
        let Self { finding, name, among } = self;
        let (near, help) = match among {
            Among::Baselines => (
                suggestions.closest(&name, index.baselines.keys().map(|name| name.as_str())),
                "a baseline is a file that starts with `baseline: ` and its name",
            ),
            Among::Groups => (
                suggestions.closest(&name, index.groups.keys().map(|name| name.as_str())),
                "a group is a file that starts with `group: ` and its name",
            ),
            Among::Rules => (
                suggestions.closest(&name, rules::ALL.iter().map(|rule| rule.name)),
                "`clinicctl explain` lists the rules",
            ),
        };
        match near {
            Some(near) => finding.labelled(format!("did you mean `{near}`?")),
            None => finding.help(help),
        }
    }
}

struct Check<'a> {
    index: &'a Index<'a>,
    amiss: Unresolved,
}

impl Check<'_> {
    fn fleet(&mut self, fleet: &Fleet) {
        for line in &fleet.rules {
            let place = line.setting.place;
            self.rule(&line.rule, |rule| lowers(rule.severity, line.setting.value).then_some((place, "lowered")));
        }
    }

    /// `weakens` says where and how a rule that may not be weakened is.
    fn rule(&mut self, named: &Placed<String>, weakens: impl Fn(&rules::Rule) -> Option<(Place, &'static str)>) {
        let name = &named.value;
        let Some(rule) = rules::find(name) else {
            let finding = Finding::error("unknown-rule", named.place, format!("there is no rule `{name}`"));
            return self.miss(finding, name, Among::Rules);
        };
        if let Some((place, weakened)) = weakens(rule).filter(|_| rule.fixed) {
            let message = format!("`{name}` can be neither lowered nor waived");
            let finding = Finding::error("fixed-rule", place, message).labelled(format!("{weakened} here"));
            let help = format!("mend what breaks it; `clinicctl explain {name}` says why");
            self.amiss.findings.push(finding.help(help));
        }
    }

    fn layer(&mut self, layer: &Layer) {
        if let Some(extends) = &layer.extends {
            self.baseline(extends);
        }
        let Some(Placed { value: Declaration::Managed(messaging), .. }) = &layer.messaging else { return };
        for kind in DirectionKind::ALL {
            if let Some(Placed { value: Declaration::Managed(direction), .. }) = messaging.direction(kind) {
                self.groups(direction);
            }
        }
    }

    fn baseline(&mut self, Placed { value: name, place }: &Placed<BaselineName>) {
        if self.index.baselines.contains_key(name) || self.index.may_exist(Kind::Baseline, name.as_str()) {
            return;
        }
        let finding = Finding::error("unknown-baseline", *place, format!("there is no baseline `{name}`"));
        self.miss(finding, name.as_str(), Among::Baselines);
    }

    fn groups(&mut self, direction: &Direction) {
        let Some(Placed { value: Declaration::Managed(Access::Listed(lines)), .. }) = &direction.accessible_to else {
            return;
        };
        for line in lines {
            let LineWho::Group(name) = &line.who else { continue };
            if self.index.groups.contains_key(name) || self.index.may_exist(Kind::Group, name.as_str()) {
                continue;
            }
            let finding = Finding::error("unknown-group", line.place, format!("there is no group `{name}`"));
            self.miss(finding, name.as_str(), Among::Groups);
        }
    }

    fn miss(&mut self, finding: Finding, name: &str, among: Among) {
        self.amiss.missing.push(Missing { finding, name: name.into(), among });
    }
}

/// Whether a setting asks less of the clinics than the rule does by itself.
const fn lowers(severity: Severity, setting: RuleSetting) -> bool {
    match (severity, setting) {
        (_, RuleSetting::Error) | (Severity::Warning, RuleSetting::Warning) => false,
        (_, RuleSetting::Off) | (Severity::Error, RuleSetting::Warning) => true,
    }
}
