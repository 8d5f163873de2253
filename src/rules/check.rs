//! `check`: what a fleet demands of its clinics beyond these rules.
//!
//! A check is judged by the state that would result. If the declared values alone decide it, `validate` reports it
//! already, and a plan does not say it again.

use super::asked::Asked;
use super::people::full_name;
use super::rule::InResult;
use super::{AskedAbout, Breach, Policy, Rule, Severity};
use crate::diagnostic::Finding;
use crate::domain::{
    AccessRule, Check, ClinicId, Demand, DesiredClinic, DesiredFleet, DirectionKind, Holders, LeadsTo, RuleSetting,
    StaffMember, Surface, Who,
};
use crate::source::Place;

pub(super) const RULE: Rule = Rule::error(
    "check",
    "a check of the fleet is broken",
    "The fleet says under `checks:` what must stay true of its clinics, and why: a region's nurses may respond, schedulers \
     never send, an open door has *New message* as its first button. The finding names the check, its reason and its line.\n\n\
     Guilty:\n\n    checks:\n      - check: open-on-weekdays\n        because: Patients are told that they can write\n        \
     clinics: {door: open}\n        enabled: {incoming: true}\n\n\
     together with, in a clinic with that label:\n\n    messaging: {incoming: {enabled: false}}\n\n\
     Change what breaks it, or the check, if it asks for the wrong thing. A check can say `severity: warning` itself. What \
     files alone decide is said by `validate`; the rest by `plan`.",
).in_result(InResult::State(in_state));

/// The most people whom one breach names.
const MOST_PEOPLE: usize = 5;

/// A breach as a sentence, with the direction that it is about, if it is about one.
struct Broken {
    thing: String,
    message: String,
    direction: Option<DirectionKind>,
}

/// What the declared values alone break, clinic by clinic.
pub(super) fn in_fleet(fleet: &DesiredFleet) -> Vec<(&ClinicId, Finding)> {
    let mut found = Vec::new();
    for (id, clinic) in &fleet.clinics {
        for check in fleet.checks.iter().filter(|check| check.is_about(clinic)) {
            found
                .extend(decided(check, clinic).into_iter().map(|(place, broken)| (id, finding(check, place, &broken))));
        }
    }
    found
}

fn finding(check: &Check, place: Place, broken: &Broken) -> Finding {
    let mut finding = RULE.finding(place, message(check, broken));
    finding.severity = severity(check).unwrap_or(finding.severity);
    let finding = check.place.into_iter().fold(finding, |finding, place| finding.also(place, "the check"));
    finding.help(because(check))
}

fn in_state(asked: &Asked<'_>, breaches: &mut Vec<Breach>) {
    for check in asked.policy.checks.iter().filter(|check| check.severity != RuleSetting::Off) {
        if asked.desired().is_some_and(|desired| !decided(check, desired).is_empty()) {
            continue;
        }
        breaches.extend(broken(check, asked).into_iter().map(|broken| breach(check, asked, broken)));
    }
}

fn breach(check: &Check, asked: &Asked<'_>, broken: Broken) -> Breach {
    let place = broken.direction.map_or_else(|| asked.clinic_place(), |kind| asked.list_place(kind));
    let thing = AskedAbout::Check(check.check.clone(), broken.thing.clone());
    let breach = RULE.breach(thing, place, message(check, &broken)).no_worse_than(severity(check));
    breach.help(because(check)).help(format!("the check stands at `{}`", check.location))
}

fn message(check: &Check, broken: &Broken) -> String {
    format!("the check `{}` is broken: {}", check.check, broken.message)
}

fn because(check: &Check) -> String {
    format!("its reason: {}", check.because)
}

fn severity(check: &Check) -> Option<Severity> {
    match check.severity {
        RuleSetting::Warning => Some(Severity::Warning),
        RuleSetting::Error | RuleSetting::Off => None,
    }
}

/// What the declared values break whatever is live, each with its line.
fn decided(check: &Check, clinic: &DesiredClinic) -> Vec<(Place, Broken)> {
    if check.severity == RuleSetting::Off {
        return Vec::new();
    }
    match &check.demand {
        Demand::Enabled(demanded) => {
            let said = |(kind, on): (&DirectionKind, &bool)| {
                let said = clinic.direction(*kind).enabled.as_ref().filter(|said| said.value != *on)?;
                Some((said.place, switched(*kind, *on)))
            };
            demanded.iter().filter_map(said).collect()
        }
        Demand::AtLeast { right, people } => {
            let kind = DirectionKind::giving(*right);
            let direction = clinic.direction(kind);
            let off = direction.enabled.as_ref().filter(|said| !said.value).map(|said| (said.place, 0));
            let list = direction.accessible_to.as_ref().and_then(|said| Some((said.place, most(&said.value)?)));
            let few = off.or(list).filter(|(_, most)| most < people);
            few.into_iter().map(|(place, most)| (place, too_few(kind, *people, most))).collect()
        }
        Demand::May(_) | Demand::Never(_) | Demand::FirstButton(_) => Vec::new(),
    }
}

/// The most people whom a list can admit, if no title leaves it open.
fn most(rule: &AccessRule) -> Option<u64> {
    let AccessRule::Listed(lines) = rule else { return None };
    let of_line = |who: &Who| match who {
        Who::Person(_) => Some(1),
        Who::Group(group) => u64::try_from(group.members.len()).ok(),
        Who::Title(_) => None,
    };
    lines.iter().map(|line| of_line(&line.who)).sum()
}

fn broken(check: &Check, asked: &Asked<'_>) -> Vec<Broken> {
    match &check.demand {
        Demand::May(holders) => people(holders, asked, true),
        Demand::Never(holders) => people(holders, asked, false),
        Demand::AtLeast { right, people } => {
            let kind = DirectionKind::giving(*right);
            let held = asked.state.direction(kind).holders(asked.directory).count();
            let held = u64::try_from(held).unwrap_or(u64::MAX);
            (held < *people).then(|| too_few(kind, *people, held)).into_iter().collect()
        }
        Demand::Enabled(demanded) => {
            let wrong = demanded.iter().filter(|(kind, on)| asked.state.direction(**kind).enabled != **on);
            wrong.map(|(kind, on)| switched(*kind, *on)).collect()
        }
        Demand::FirstButton(target) => {
            Surface::ALL.into_iter().filter_map(|surface| first(target, asked, surface)).collect()
        }
    }
}

fn switched(kind: DirectionKind, on: bool) -> Broken {
    let (is, must) = if on { ("off", "on") } else { ("on", "off") };
    let message = format!("`{}` is {is}, and must be {must}", kind.key());
    Broken { thing: kind.key().to_owned(), message, direction: Some(kind) }
}

fn too_few(kind: DirectionKind, least: u64, held: u64) -> Broken {
    let message = format!("{held} may {}, and there must be at least {least}", kind.right());
    Broken { thing: kind.key().to_owned(), message, direction: Some(kind) }
}

/// All active people of the check who hold the right although none may, or lack it although all must.
fn people(holders: &Holders, asked: &Asked<'_>, shall: bool) -> Vec<Broken> {
    let Holders { right, who } = holders;
    let kind = DirectionKind::giving(*right);
    let direction = asked.state.direction(kind);
    let holds = |member: &StaffMember| direction.enabled && direction.accessible_to.admits(member);
    let meant = asked.directory.staff().iter().filter(|member| member.active && who.includes(member));
    let wrong: Vec<_> = meant.filter(|member| holds(member) != shall).collect();
    let verb = if shall { "may not" } else { "may" };
    let told = wrong.iter().take(MOST_PEOPLE).map(|member| {
        let message = format!("{} {verb} {right}", full_name(member, member.id.as_str()));
        Broken { thing: format!("{} {}", kind.key(), member.id), message, direction: Some(kind) }
    });
    let mut told: Vec<_> = told.collect();
    if let (Some(last), more @ 1..) = (told.last_mut(), wrong.len().saturating_sub(MOST_PEOPLE)) {
        last.message.push_str(&format!(", and neither is it as it must be for {more} more"));
    }
    told
}

fn first(target: &LeadsTo, asked: &Asked<'_>, surface: Surface) -> Option<Broken> {
    let first = asked.state.menu(surface).next();
    if first.is_some_and(|button| button.leads_to == *target) {
        return None;
    }
    let is = first.map_or_else(|| "there is none".to_owned(), |button| format!("the first one is `{}`", button.id));
    let message = format!("the first button of the menu ({surface}) must lead to `{target}`, and {is}");
    Some(Broken { thing: surface.to_string(), message, direction: None })
}

impl Policy {
    /// The checks that are about `clinic`, as a saved plan keeps them.
    pub(super) fn checks_of(fleet: &DesiredFleet, clinic: &DesiredClinic) -> Vec<Check> {
        let about = fleet.checks.iter().filter(|check| check.is_about(clinic));
        about.map(|check| Check { place: None, ..check.clone() }).collect()
    }
}
