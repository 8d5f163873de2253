//! Whether somebody changed the live system by hand: what the change logs say about a plan, and what follows.

use super::error::Failure;
use super::exit::Exit;
use super::progress::Progress;
use super::system::Connection;
use super::terminal::Terminal;
use crate::client::LogError;
use crate::domain::ClinicId;
use crate::execute::ClinicOutcome;
use crate::plan::{Attribution, ClinicPlan, DriftUnknown, Plan};
use std::collections::{BTreeMap, BTreeSet};

/// Asks the change logs of those clinics whose plans need it, and tells their plans. What is not known is returned; it
/// never stops a plan.
pub(crate) async fn gather(
    connection: &Connection,
    plans: &mut [ClinicPlan],
    terminal: &Terminal,
) -> Option<DriftUnknown> {
    let questions = plans.iter().map(|plan| (plan.clinic.clone(), plan.open_questions()));
    let questions: Vec<_> = questions.filter(|(_, resources)| !resources.is_empty()).collect();
    if questions.is_empty() {
        return None;
    }
    let progress = Progress::new("reading change logs", questions.len(), terminal);
    let answers = connection.client.attribution(questions, || progress.step()).await;
    progress.finish();
    let mut known = BTreeMap::new();
    let mut unknown = BTreeMap::new();
    for (clinic, answer) in answers {
        match answer {
            Ok(attribution) => drop(known.insert(clinic, attribution)),
            Err(error) => drop(unknown.insert(clinic, error)),
        }
    }
    tell(plans, &known);
    not_known(unknown)
}

/// Asks the change logs who changed what the clinics of `outcomes` do not sign. What they do not tell stays unsigned.
pub(crate) async fn sign(
    connection: &Connection,
    outcomes: &mut [ClinicOutcome],
    reference: Option<&str>,
    terminal: &Terminal,
) {
    let questions = outcomes.iter_mut().map(|outcome| (outcome.clinic.clone(), outcome.unsigned()));
    let questions: Vec<_> = questions.filter(|(_, resources)| !resources.is_empty()).collect();
    let progress = Progress::new("reading change logs", questions.len(), terminal);
    let answers = connection.client.attribution(questions, || progress.step()).await;
    progress.finish();
    let known: BTreeMap<_, _> = answers.into_iter().filter_map(|(clinic, log)| Some((clinic, log.ok()?))).collect();
    for outcome in outcomes {
        if let Some(log) = known.get(&outcome.clinic) {
            outcome.sign(log, reference);
        }
    }
}

fn tell(plans: &mut [ClinicPlan], known: &BTreeMap<ClinicId, Attribution>) {
    for plan in plans {
        if let Some(attribution) = known.get(&plan.clinic) {
            plan.attribute(attribution);
        }
    }
}

/// What is not known, with the reason of the first of the clinics.
fn not_known(unknown: BTreeMap<ClinicId, LogError>) -> Option<DriftUnknown> {
    let (first, error) = unknown.first_key_value()?;
    let reason = match error {
        LogError::Forbidden => format!("{error}, which needs the scope `audit:read`"),
        LogError::Unauthenticated => error.to_string(),
        LogError::Missing | LogError::Failed(_) => {
            format!("the change log of `{first}` could not be read: {error}")
        }
    };
    Some(DriftUnknown { clinics: unknown.into_keys().collect(), reason })
}

/// The most clinics that a sentence names.
const MOST_NAMED: usize = 10;

/// With `--fail-on-drift`: refuses a plan that undoes what somebody changed by hand, or that may do so unnoticed.
pub(crate) fn refuse_drift(plan: &Plan) -> Result<(), Failure> {
    let clinics: BTreeSet<_> = plan.drifted().map(|change| &change.clinic).collect();
    if !clinics.is_empty() {
        let message = format!("somebody changed the live system by hand: {}", named(&clinics));
        return Err(Failure::new(Exit::Stale, message).hint(
            "`clinicctl drift` shows who, when and what; put it into the files, or run without `--fail-on-drift`",
        ));
    }
    match &plan.drift_unknown {
        None => Ok(()),
        Some(unknown) => Err(Failure::new(Exit::Failed, unknown.sentence())
            .hint("`--fail-on-drift` takes not knowing for a no; without it the plan goes on")),
    }
}

/// `the clinic a`, `the clinics a, b and 3 more`.
fn named(clinics: &BTreeSet<&ClinicId>) -> String {
    let mut names: Vec<_> = clinics.iter().take(MOST_NAMED).map(|clinic| format!("`{clinic}`")).collect();
    if clinics.len() > MOST_NAMED {
        names.push(format!("{} more", clinics.len() - MOST_NAMED));
    }
    match names.split_last() {
        Some((last, [])) => format!("the clinic {last}"),
        Some((last, others)) => format!("the clinics {} and {last}", others.join(", ")),
        None => String::new(),
    }
}
