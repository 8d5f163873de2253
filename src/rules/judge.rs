//! The rules asked of the state that a plan would lead to.

use super::asked::Asked;
use super::declared::Declared;
use super::files::told_of_clinic;
use super::rule::InResult;
use super::{ALL, Policy, Severity, find, people};
use crate::diff::Resolution;
use crate::domain::{ButtonId, ClinicState, DesiredClinic, DirectionKind, Language, LiveClinic, Slug};
use crate::source::Place;
use std::collections::BTreeSet;

/// A clinic about to change.
#[derive(Debug, Clone, Copy)]
pub struct Resulting<'a> {
    /// As it is.
    pub live: &'a LiveClinic,
    /// As it would be.
    pub wanted: &'a ClinicState,
    /// What the files say; absent when a saved plan is judged again.
    pub desired: Option<&'a DesiredClinic>,
    /// The people whom the files name.
    pub resolution: &'a Resolution,
    /// The fleet's severities and waivers.
    pub policy: &'a Policy,
    /// The day of the judgement, for waivers that end.
    pub today: jiff::civil::Date,
}

/// A rule that a clinic would break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breach {
    /// The rule's name.
    pub rule: &'static str,
    /// The thing that breaks it: with the rule, the identity by which *newly* is decided.
    pub thing: AskedAbout,
    /// One sentence; texts in it are raw.
    pub message: String,
    /// The line of the files to discuss, if there is one.
    pub place: Option<Place>,
    /// What would be right.
    pub help: Vec<String>,
    /// The severity that the breach itself does not go beyond, whatever the rule's is.
    pub at_most: Option<Severity>,
}

impl Breach {
    /// Adds a sentence with what would be right.
    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Goes no further than `severity`, if there is one.
    pub(super) fn no_worse_than(mut self, severity: Option<Severity>) -> Self {
        self.at_most = severity;
        self
    }
}

/// The thing that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AskedAbout {
    /// The clinic as a whole.
    Clinic,
    /// A direction.
    Direction(DirectionKind),
    /// A person in a direction's list: the staff id, or the name as written if no person has it.
    Person(DirectionKind, String),
    /// A button.
    Button(ButtonId),
    /// A button's title in one language.
    Title(ButtonId, Language),
    /// A check of the fleet, and what of the clinic breaks it.
    Check(Slug, String),
}

/// A breach with what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// What is broken.
    pub breach: Breach,
    /// The severity after `rules:`, and a warning if the breach is `already so` or waived.
    pub severity: Severity,
    /// Why it is no worse.
    pub status: Status,
}

impl Judgement {
    /// Whether the clinic may not be written.
    #[must_use]
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// The origin of a breach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// The plan would cause it.
    New,
    /// The live state breaks the rule with the same thing.
    AlreadySo,
    /// A waiver of the clinic covers it; its reason.
    Waived(String),
}

/// Asks every rule of one clinic, in the order of the table.
///
/// What [`in_files`](super::in_files) reports about the clinic's files is not reported again, unless it blocks.
#[must_use]
pub fn judge(resulting: &Resulting<'_>) -> Vec<Judgement> {
    let breaches = breaches(resulting);
    if breaches.is_empty() {
        return Vec::new();
    }
    let before = Before::of(resulting);
    let judged = breaches.into_iter().filter_map(|(how, breach)| {
        let already_so = before.holds(how, &breach);
        weigh(breach, already_so, resulting.policy, resulting.today)
    });
    judged.filter(|judgement| judgement.blocks() || !before.told(&judgement.breach)).collect()
}

/// A breach with its severity; `None` if the fleet does not ask the rule.
pub(super) fn weigh(breach: Breach, already_so: bool, policy: &Policy, today: jiff::civil::Date) -> Option<Judgement> {
    let rule = find(breach.rule)?;
    let severity = policy.severity(rule)?;
    let severity = breach.at_most.map_or(severity, |most| severity.max(most));
    let status = match policy.waiver(rule, today) {
        Some(reason) => Status::Waived(reason.to_owned()),
        None if already_so => Status::AlreadySo,
        None => Status::New,
    };
    let severity = if status == Status::New { severity } else { Severity::Warning };
    Some(Judgement { breach, severity, status })
}

/// Every breach of what would result, with the way in which its rule is asked.
fn breaches(resulting: &Resulting<'_>) -> Vec<(InResult, Breach)> {
    let wanted = Asked::wanted(resulting);
    let people = people::named(resulting);
    let mut all = Vec::new();
    let mut of_rule = Vec::new();
    for how in ALL.iter().filter_map(|rule| rule.in_result) {
        match how {
            InResult::State(ask) => ask(&wanted, &mut of_rule),
            InResult::Person(ask) => of_rule.extend(people.iter().filter_map(ask)),
            InResult::Saying(ask) => ask(resulting, &mut of_rule),
        }
        all.extend(of_rule.drain(..).map(|breach| (how, breach)));
    }
    all
}

/// What was known before the plan: what the live state breaks, and what the files alone break.
struct Before<'a> {
    live: &'a ClinicState,
    broken: BTreeSet<(&'static str, AskedAbout)>,
    told: BTreeSet<(&'static str, AskedAbout)>,
}

impl<'a> Before<'a> {
    fn of(resulting: &Resulting<'a>) -> Self {
        let Resulting { live, desired, policy, today, .. } = *resulting;
        let mut broken = Vec::new();
        for rule in ALL {
            if let Some(InResult::State(ask)) = rule.in_result {
                ask(&Asked::live(resulting), &mut broken);
            }
        }
        let declared = desired.map(|clinic| Declared { clinic, required: &policy.required_languages, today });
        let told = declared.iter().flat_map(told_of_clinic);
        Self {
            live: &live.state,
            broken: broken.into_iter().map(|breach| (breach.rule, breach.thing)).collect(),
            told: told.map(|told| (told.finding.rule, told.thing)).collect(),
        }
    }

    /// Whether the breach is there already.
    fn holds(&self, how: InResult, breach: &Breach) -> bool {
        match (how, &breach.thing) {
            (InResult::State(_), thing) => self.broken.contains(&(breach.rule, thing.clone())),
            (InResult::Person(_), AskedAbout::Person(kind, person)) => people::lists(self.live, *kind, person),
            (InResult::Person(_) | InResult::Saying(_), _) => false,
        }
    }

    /// Whether the files alone say it, so that it stands among their findings.
    fn told(&self, breach: &Breach) -> bool {
        self.told.contains(&(breach.rule, breach.thing.clone()))
    }
}
