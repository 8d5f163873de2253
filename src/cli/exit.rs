//! Exit codes: what a pipeline learns without reading.

use crate::execute::{ClinicOutcome, ClinicStatus, PerformError};
use std::process::ExitCode;

/// How a run ended. The variants stand in the order of precedence: where several hold, the earliest is the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 130: interrupted from the keyboard.
    Interrupted,
    /// 143: asked to end.
    Terminated,
    /// 7: not authenticated, or not authorised anywhere.
    Unauthorised,
    /// 3: the files are invalid; nothing was sent.
    InvalidFiles,
    /// 4: a guard stopped it; nothing was sent.
    Guarded,
    /// 6: some clinics are blocked, refused or failed.
    Partly,
    /// 5: a stale plan, or somebody else's change.
    Stale,
    /// 2: there are changes; only with `--detailed-exitcode`.
    Changes,
    /// 64: wrong usage.
    Usage,
    /// 1: anything else that went wrong.
    Failed,
    /// 0: done.
    Done,
}

impl Exit {
    /// All of them, in the order of precedence.
    pub const ALL: [Self; 11] = [
        Self::Interrupted,
        Self::Terminated,
        Self::Unauthorised,
        Self::InvalidFiles,
        Self::Guarded,
        Self::Partly,
        Self::Stale,
        Self::Changes,
        Self::Usage,
        Self::Failed,
        Self::Done,
    ];

    /// The number.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Changes => 2,
            Self::InvalidFiles => 3,
            Self::Guarded => 4,
            Self::Stale => 5,
            Self::Partly => 6,
            Self::Unauthorised => 7,
            Self::Usage => 64,
            Self::Interrupted => 130,
            Self::Terminated => 143,
        }
    }

    /// What the number says, as the documents list it.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Done => "Done.",
            Self::Failed => "Any other error.",
            Self::Changes => "There are changes or drift; only with `--detailed-exitcode`, and never anything else.",
            Self::InvalidFiles => "The files are invalid; nothing was sent.",
            Self::Guarded => "A guard stopped the run; nothing was sent.",
            Self::Stale => "A stale plan, or somebody else's change.",
            Self::Partly => "Some clinics are blocked, refused or failed; the others are planned or done.",
            Self::Unauthorised => "Not authenticated, or not authorised anywhere.",
            Self::Usage => "Wrong usage.",
            Self::Interrupted => "Interrupted from the keyboard (Ctrl-C); a new run finishes.",
            Self::Terminated => "Asked to end (SIGTERM); a new run finishes.",
        }
    }

    /// The one that counts when both hold.
    pub(crate) fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// What the outcomes of an apply amount to.
    pub(crate) fn of_outcomes(outcomes: &[ClinicOutcome]) -> Self {
        let unauthorised = unauthorised(outcomes);
        let clinics = outcomes.iter().map(|outcome| of_clinic(outcome.status()));
        clinics.fold(if unauthorised { Self::Unauthorised } else { Self::Done }, Self::and)
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}

const fn of_clinic(became: ClinicStatus) -> Exit {
    match became {
        ClinicStatus::Done | ClinicStatus::AlreadySo => Exit::Done,
        ClinicStatus::Conflict => Exit::Stale,
        ClinicStatus::Refused | ClinicStatus::Failed | ClinicStatus::Skipped => Exit::Partly,
    }
}

/// Whether the token is worth nothing: not accepted, or refused by every clinic.
fn unauthorised(outcomes: &[ClinicOutcome]) -> bool {
    let by = |wanted: fn(&PerformError) -> bool| move |outcome: &ClinicOutcome| outcome.errors().any(wanted);
    let unknown = outcomes.iter().any(by(|error| *error.last() == PerformError::Unauthenticated));
    unknown || (!outcomes.is_empty() && outcomes.iter().all(by(|error| *error.last() == PerformError::Forbidden)))
}

#[cfg(test)]
mod tests {
    use super::Exit;
    use crate::domain::ClinicId;
    use crate::execute::{ClinicOutcome, Conflict, PerformError, StepOutcome, Stop};

    fn stopped(error: PerformError) -> ClinicOutcome {
        let clinic = ClinicId::parse("a").unwrap();
        ClinicOutcome { clinic, steps: vec![(1, StepOutcome::Stopped(error))], stop: Some(Stop::Step) }
    }

    #[test]
    fn precedence_is_the_documented_one() {
        let order = [
            Exit::Interrupted,
            Exit::Terminated,
            Exit::Unauthorised,
            Exit::InvalidFiles,
            Exit::Guarded,
            Exit::Partly,
            Exit::Stale,
            Exit::Changes,
        ];
        assert_eq!(order.map(Exit::code), [130, 143, 7, 3, 4, 6, 5, 2]);
        assert_eq!(order, Exit::ALL[..order.len()]);
        for pair in order.windows(2) {
            assert_eq!(pair[1].and(pair[0]), pair[0]);
        }
    }

    fn unsettled(then: PerformError) -> PerformError {
        PerformError::Unsettled { why: "reset".into(), then: Box::new(then) }
    }

    /// One clinic for each thing that can become of it, with the exit code that it asks for by itself.
    fn every_outcome() -> Vec<(ClinicOutcome, Exit)> {
        let ended = |stop, step| ClinicOutcome { clinic: ClinicId::parse("a").unwrap(), steps: vec![(1, step)], stop };
        let conflict = Conflict { why: "edited".into(), edits: Vec::new() };
        let refused = PerformError::Refused { detail: "no".into(), fields: Vec::new() };
        vec![
            (ended(None, StepOutcome::Done), Exit::Done),
            (ended(None, StepOutcome::AlreadySo), Exit::Done),
            (ended(Some(Stop::Conflict(conflict)), StepOutcome::Skipped), Exit::Stale),
            (stopped(PerformError::Conflict { current: None }), Exit::Stale),
            (ended(Some(Stop::ReadBack(Vec::new())), StepOutcome::Done), Exit::Stale),
            (stopped(refused), Exit::Partly),
            (stopped(PerformError::Missing), Exit::Partly),
            (stopped(PerformError::Failed("409".into())), Exit::Partly),
            (stopped(PerformError::Unknown("reset".into())), Exit::Partly),
            (stopped(unsettled(PerformError::Missing)), Exit::Partly),
            (stopped(unsettled(PerformError::Unauthenticated)), Exit::Unauthorised),
            (ended(Some(Stop::NotKept(Vec::new())), StepOutcome::Done), Exit::Partly),
            (ended(Some(Stop::NotReadBack("503".into())), StepOutcome::Done), Exit::Partly),
            (ended(Some(Stop::Interrupted("stop".into())), StepOutcome::Skipped), Exit::Partly),
            (ended(Some(Stop::NotStarted("stop".into())), StepOutcome::Skipped), Exit::Partly),
            (stopped(PerformError::Unauthenticated), Exit::Unauthorised),
        ]
    }

    #[test]
    fn any_three_outcomes_together_give_the_exit_code_that_counts_most() {
        // As the documentation lists them, the one that counts most first.
        let precedence = [Exit::Unauthorised, Exit::Partly, Exit::Stale, Exit::Done];
        let all = every_outcome();
        for (a, exit_a) in &all {
            for (b, exit_b) in &all {
                for (c, exit_c) in &all {
                    let expected = precedence.iter().find(|exit| [exit_a, exit_b, exit_c].contains(exit)).unwrap();
                    let outcomes = [a.clone(), b.clone(), c.clone()];
                    assert_eq!(Exit::of_outcomes(&outcomes), *expected, "{outcomes:?}");
                }
            }
        }
    }

    #[test]
    fn a_token_that_no_clinic_lets_write_is_worth_nothing_and_one_that_some_do_is() {
        let forbidden = || stopped(PerformError::Forbidden);
        assert_eq!(Exit::of_outcomes(&[]), Exit::Done);
        assert_eq!(Exit::of_outcomes(&[forbidden(), forbidden()]), Exit::Unauthorised);
        for (other, _) in every_outcome().into_iter().filter(|(_, exit)| *exit != Exit::Unauthorised) {
            assert_eq!(Exit::of_outcomes(&[forbidden(), other]), Exit::Partly);
        }
    }
}
