//! Every format, one arm each: a value that cannot be rendered cannot be asked for.

use super::{Files, Paint, Printed, Run, github, gitlab, html, human, json, junit, markdown, outcome, sarif};
use crate::plan::Plan;

/// How a result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Format {
    /// For a person at a terminal.
    #[default]
    Human,
    /// One versioned document, which every other format is rendered from.
    Json,
    /// A comment of a pull request.
    Markdown,
    /// One page for a browser, complete in itself.
    Html,
    /// Marks at the lines of a pull request on GitHub.
    Github,
    /// A code quality report for GitLab.
    Gitlab,
    /// Findings for programs that collect them.
    Sarif,
    /// A test case for each clinic.
    Junit,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 8] =
        [Self::Human, Self::Json, Self::Markdown, Self::Html, Self::Github, Self::Gitlab, Self::Sarif, Self::Junit];

    /// The word for it on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
        }
    }

    /// What it is for, in one line of the help.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Human => "For a person at a terminal",
            Self::Json => "One versioned JSON document",
            Self::Markdown => "A comment of a pull request, at most as long as GitHub takes",
            Self::Html => "One page for a browser, complete in itself",
            Self::Github => "Marks at the lines of a pull request, printed by GitHub Actions",
            Self::Gitlab => "A code quality report for merge requests of GitLab",
            Self::Sarif => "Findings for programs that collect them, such as GitHub's code scanning",
            Self::Junit => "A test case for each clinic, which fails where it is blocked",
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
pub fn render_plan(format: Format, plan: &Plan, paint: Paint) -> Printed {
    match format {
        Format::Human => human::plan(plan, paint).into(),
        Format::Json => json::plan_json(plan).into(),
        Format::Markdown => markdown::plan(plan).into(),
        Format::Html => html::plan(plan).into(),
        Format::Github => github::plan(plan),
        Format::Gitlab => gitlab::plan(plan).into(),
        Format::Sarif => sarif::plan(plan).into(),
        Format::Junit => junit::plan(plan).into(),
    }
}

/// A plan and what became of it. Without outcomes nothing was to be done, or nothing was allowed.
#[must_use]
pub fn render_applied(format: Format, run: &Run<'_>, paint: Paint) -> Printed {
    let Run { plan, outcomes, ended: _, exit: _ } = *run;
    match format {
        Format::Human if outcomes.is_empty() => human::plan(plan, paint).into(),
        Format::Human => (human::plan(plan, paint) + &outcome::outcomes(run, None, paint)).into(),
        Format::Json => json::applied_json(run).into(),
        Format::Markdown => markdown::applied(run).into(),
        Format::Html => html::applied(run).into(),
        Format::Junit => junit::applied(plan, outcomes).into(),
        // These mark lines of files, and no file is to blame for what becomes of a plan.
        Format::Github | Format::Gitlab | Format::Sarif => render_plan(format, plan, paint),
    }
}

/// The findings of the files, whether they can be planned or not. Never empty: files without a finding are reported as
/// valid.
#[must_use]
pub fn render_files(format: Format, files: &Files<'_>, paint: Paint) -> Printed {
    match format {
        Format::Human if files.findings.is_empty() => format!("{}\n", files.verdict()).into(),
        Format::Human => format!("{}\n{}\n", files.drawn(paint), files.verdict()).into(),
        Format::Json => json::files_json(files).into(),
        Format::Markdown => markdown::files(files).into(),
        Format::Html => html::files(files).into(),
        Format::Github => github::files(files),
        Format::Gitlab => gitlab::files(files).into(),
        Format::Sarif => sarif::files(files).into(),
        Format::Junit => junit::files(files).into(),
    }
}
