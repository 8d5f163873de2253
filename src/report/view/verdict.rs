//! What a plan amounts to, in one sentence.

use super::View;
use super::clinic::Clinic;
use super::people::Person;
use super::totals::Totals;
use crate::domain::ClinicId;
use crate::plan::{Because, DriftUnknown, Redaction, Summary};
use crate::report::words::{count, thousands};

/// The most people or clinics that a sentence names before it counts them.
const MOST_NAMES: usize = 3;

/// What a plan amounts to: each clause answers one question of a reviewer. Names in it are raw, ids stand in backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// What happens: `9 of 18 clinics change`.
    pub happens: String,
    /// Who loses access.
    pub loses: Option<String>,
    /// Who gains access.
    pub gains: Option<String>,
    /// Whether anything was changed by hand since the last apply.
    pub by_hand: Option<String>,
    /// What is blocked.
    pub blocked: Option<String>,
    /// Which guards stop `apply`.
    pub stopped: Option<String>,
}

impl Verdict {
    pub(super) fn of(view: &View<'_>) -> Self {
        let changes = !view.plan.changes.is_empty();
        let Totals { lose, gain, .. } = view.totals;
        let affected = |number: usize, clinics: usize, verb: &str| {
            format!("{} {verb} access in {}", count(number, "person/people"), count(clinics, "clinic"))
        };
        let loses = match lose.number {
            0 => "nobody loses access".to_owned(),
            1..=MOST_NAMES if view.plan.names == Redaction::Told => named_losses(&view.clinics),
            1 => affected(1, lose.clinics, "loses"),
            number => affected(number, lose.clinics, "lose"),
        };
        let gains = if gain.number == 1 { "gains" } else { "gain" };
        Self {
            happens: happens(view),
            loses: (changes && !view.is_of_drift_alone()).then_some(loses),
            gains: (gain.number > 0).then(|| affected(gain.number, gain.clinics, gains)),
            by_hand: changes.then(|| by_hand(view)),
            blocked: blocked(view),
            stopped: stopped(view),
        }
    }

    /// The whole sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        sentence(std::iter::once(&self.happens).chain(self.clauses()))
    }

    /// What follows from what happens, for below a title that says what happens; `None` if nothing does.
    #[must_use]
    pub fn consequences(&self) -> Option<String> {
        self.clauses().next().map(|_| sentence(self.clauses()))
    }

    fn clauses(&self) -> impl Iterator<Item = &String> {
        let Self { happens: _, loses, gains, by_hand, blocked, stopped } = self;
        [loses, gains, by_hand, blocked, stopped].into_iter().flatten()
    }
}

fn sentence<'a>(clauses: impl Iterator<Item = &'a String>) -> String {
    let mut sentence = clauses.map(String::as_str).collect::<Vec<_>>().join("; ");
    sentence.push('.');
    sentence
}

fn happens(view: &View<'_>) -> String {
    let Summary { clinics, clinics_changed, .. } = view.plan.summary;
    match (clinics_changed, view.blocked().count()) {
        (0, 0) => format!("Nothing changes: {} as the files say", agreeing(clinics)),
        (0, _) => "Nothing changes".to_owned(),
        (1, _) => format!("1 of {} changes", count(clinics, "clinic")),
        (changed, _) => format!("{} of {} change", thousands(changed), count(clinics, "clinic")),
    }
}

/// `18 clinics are`.
fn agreeing(clinics: usize) -> String {
    format!("{} {}", count(clinics, "clinic"), if clinics == 1 { "is" } else { "are" })
}

/// The few people who lose access, by name.
fn named_losses(clinics: &[Clinic<'_>]) -> String {
    let in_clinic = |clinic: &Clinic<'_>| {
        let names: Vec<_> = clinic.lose.iter().map(name).collect();
        let verb = if names.len() == 1 { "loses" } else { "lose" };
        format!("{} {verb} access in `{}`", listed(&names), clinic.id)
    };
    let losing = clinics.iter().filter(|clinic| !clinic.lose.is_empty()).map(in_clinic);
    losing.collect::<Vec<_>>().join(", ")
}

fn name(person: &Person<'_>) -> String {
    if person.name.is_empty() { format!("`{}`", person.id) } else { person.name.to_owned() }
}

fn by_hand(view: &View<'_>) -> String {
    let number = |because| view.because(because).flat_map(|block| &block.changes).map(|change| change.rows.len()).sum();
    let touched =
        view.because(Because::Intent).flat_map(|block| &block.changes).map(|change| change.last_edits.len()).sum();
    let mut clauses = Vec::new();
    let mut say = |number: usize, one: &str, many: &str| {
        if number > 0 {
            clauses.push(format!("{} {}", count(number, "change"), if number == 1 { one } else { many }));
        }
    };
    say(number(Because::Drift), "undoes an edit by hand", "undo edits by hand");
    say(
        number(Because::Conflict),
        "overrules an edit by hand with a new value",
        "overrule edits by hand with new values",
    );
    say(touched, "replaces what a person set last", "replace what people set last");
    match (clauses.is_empty(), &view.plan.drift_unknown) {
        (true, None) => "nothing in it was changed by hand".to_owned(),
        (true, Some(unknown)) => self::unknown(unknown),
        (false, None) => listed(&clauses),
        (false, Some(unknown)) => format!("{}; {}", listed(&clauses), self::unknown(unknown)),
    }
}

/// The unknown is stated: silence would be read as a no.
fn unknown(DriftUnknown { clinics, reason: _ }: &DriftUnknown) -> String {
    format!("whether {} changed by hand is not known", count(clinics.len(), "clinic was/clinics were"))
}

fn blocked(view: &View<'_>) -> Option<String> {
    let blocked: Vec<_> = view.blocked().map(|clinic| clinic.id).collect();
    match blocked.len() {
        0 => None,
        1..=MOST_NAMES => Some(format!("{} blocked: {}", agreeing(blocked.len()), listed(&ticked(&blocked)))),
        many => Some(format!("{} blocked", agreeing(many))),
    }
}

fn stopped(view: &View<'_>) -> Option<String> {
    let guards: Vec<_> = view.plan.stopping_guards().map(|row| format!("`{}`", row.guard)).collect();
    let noun = if guards.len() == 1 { "guard" } else { "guards" };
    (!guards.is_empty()).then(|| format!("`apply` stops at the {noun} {}", listed(&guards)))
}

fn ticked(clinics: &[&ClinicId]) -> Vec<String> {
    clinics.iter().map(|clinic| format!("`{clinic}`")).collect()
}

/// `a`, `a and b`, `a, b and c`.
fn listed(texts: &[String]) -> String {
    match texts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
