//! A run of `apply` as its reports tell it.

use crate::execute::ClinicOutcome;
use crate::plan::Plan;
use serde::Serialize;

/// A plan, what became of it, and how the run ended: everything that the exit code follows from.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What became of its clinics; nothing if nothing was to be done or nothing was allowed.
    pub outcomes: &'a [ClinicOutcome],
    /// How it ended.
    pub ended: Ended,
    /// The exit code that follows, unless the report cannot be written; `None` before the end.
    pub exit: Option<u8>,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// Not yet: a report that is never replaced was left by a run that was killed.
    NotYet,
    /// By itself.
    ByItself,
    /// By Ctrl-C.
    Interrupted,
    /// By SIGTERM.
    Terminated,
    /// Because the system does not accept the token.
    TokenRefused,
}

impl<'a> Run<'a> {
    /// A run that is about to carry out `plan`.
    #[must_use]
    pub const fn begun(plan: &'a Plan) -> Self {
        Self { plan, outcomes: &[], ended: Ended::NotYet, exit: None }
    }
}

impl Ended {
    /// A sentence for people; nothing if there is nothing to say.
    pub(in crate::report) const fn sentence(self) -> &'static str {
        match self {
            Self::NotYet | Self::ByItself => "",
            Self::Interrupted => "The run was interrupted.",
            Self::Terminated => "The run was asked to end (SIGTERM).",
            Self::TokenRefused => "The system refused the token (401).",
        }
    }
}
