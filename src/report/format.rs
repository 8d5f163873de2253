//! Every format, one arm each: a value that cannot be rendered cannot be asked for.

use super::Files;
use super::Paint;
use super::human;
use super::json;
use super::outcome;
use crate::execute::ClinicOutcome;
use crate::plan::Plan;

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Format {
    /// For a person at a terminal.
    #[default]
    Human,
    /// One versioned document, which every other format is rendered from.
    Json,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 2] = [Self::Human, Self::Json];

    /// The word for it on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
        }
    }

    /// What it is for, in one line of the help.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Human => "For a person at a terminal",
            Self::Json => "One versioned JSON document",
        }
    }

    /// The format of this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// A plan. Only the human format has colours.
#[must_use]
pub fn render_plan(format: Format, plan: &Plan, paint: Paint) -> String {
    match format {
        Format::Human => human::plan(plan, paint),
        Format::Json => json::plan_json(plan),
    }
}

/// A plan and what became of it. Without outcomes nothing was to be done, or nothing was allowed.
#[must_use]
pub fn render_applied(format: Format, plan: &Plan, outcomes: &[ClinicOutcome], paint: Paint) -> String {
    match format {
        Format::Human if outcomes.is_empty() => human::plan(plan, paint),
        Format::Human => human::plan(plan, paint) + &outcome::outcomes(plan, outcomes, None, paint),
        Format::Json => json::applied_json(plan, outcomes),
    }
}

/// What the files say, whether they can be planned or not. Never empty: files without a finding are said to be valid.
#[must_use]
pub fn render_files(format: Format, files: &Files<'_>, paint: Paint) -> String {
    match format {
        Format::Human => format!("{}{}\n", files.drawn(paint), files.verdict()),
        Format::Json => json::files_json(files),
    }
}
