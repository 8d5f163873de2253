//! The files of a run: read, compiled, and narrowed to the clinics that were asked for.

use super::args::SelectionArgs;
use super::error::Failure;
use super::exit::Exit;
use super::seed;
use crate::diagnostic::Finding;
use crate::domain::{ClinicId, DesiredClinic, DesiredFleet};
use crate::report::Files;
use crate::rules::nearest;
use crate::source::SourceSet;
use crate::{compile, files};
use globset::{Glob, GlobSet, GlobSetBuilder};
use std::path::Path;

/// What the files say.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The files.
    pub(crate) sources: SourceSet,
    /// The fleet; `None` where a finding is an error.
    pub(crate) fleet: Option<DesiredFleet>,
    /// Everything that is wrong or doubtful.
    pub(crate) findings: Vec<Finding>,
    /// The day that the waivers were judged on.
    pub(crate) today: jiff::civil::Date,
}

impl Reading {
    /// What the files say, as reports show it.
    pub(crate) fn files(&self) -> Files<'_> {
        Files { sources: &self.sources, findings: &self.findings, fleet: self.fleet.as_ref() }
    }

    /// The same with one more error, so that nothing can be planned.
    pub(crate) fn refused(mut self, error: Finding) -> Self {
        self.findings.push(error);
        self.findings.sort_by(|one, other| one.sort_key().cmp(&other.sort_key()));
        Self { fleet: None, ..self }
    }
}

/// Reads and compiles a folder.
pub(crate) fn read(path: &Path) -> Result<Reading, Failure> {
    let today = today()?;
    let sources = files::read(path).map_err(|error| Failure::from_error(Exit::InvalidFiles, &error))?;
    let compile::Compiled { fleet, findings } = compile::compile(&sources, today);
    let misplaced = fleet.as_ref().and_then(|fleet| seed::misplaced(path, fleet, &sources));
    let reading = Reading { sources, fleet, findings, today };
    Ok(misplaced.into_iter().fold(reading, Reading::refused))
}

/// The day of the run. `CLINICCTL_TODAY` moves it, to see what a waiver's end will mean, and to repeat a run exactly.
pub(crate) fn today() -> Result<jiff::civil::Date, Failure> {
    match std::env::var("CLINICCTL_TODAY") {
        Err(_) => Ok(jiff::Zoned::now().date()),
        Ok(day) => day.parse().map_err(|_| {
            Failure::usage(format!("`CLINICCTL_TODAY` is `{day}`")).hint("expected a day such as `2027-03-31`")
        }),
    }
}

/// The clinics that a run is about.
///
/// # Errors
/// When a pattern is none, or when nothing matches: a selection of nothing is a mistake and never an empty success.
pub(crate) fn select(fleet: &DesiredFleet, selection: &SelectionArgs) -> Result<Vec<ClinicId>, Failure> {
    let globs = globs(&selection.clinics)?;
    let chosen = |clinic: &DesiredClinic| {
        let labelled =
            |(key, value): &(String, String)| clinic.labels.get(key.as_str()).is_some_and(|said| said == value);
        (globs.is_empty() || globs.is_match(clinic.clinic.as_str())) && selection.labels.iter().all(labelled)
    };
    let clinics: Vec<_> =
        fleet.clinics.values().filter(|clinic| chosen(clinic)).map(|clinic| clinic.clinic.clone()).collect();
    if clinics.is_empty() {
        let near =
            selection.clinics.iter().find_map(|written| nearest(written, fleet.clinics.keys().map(ClinicId::as_str)));
        let hint = near.map_or_else(
            || "see the ids behind `clinic:` and the `labels:` in the files".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(Failure::usage("no clinic of the fleet matches the selection").hint(hint));
    }
    Ok(clinics)
}

fn globs(patterns: &[String]) -> Result<GlobSet, Failure> {
    let wrong = |error: globset::Error| Failure::usage(error.to_string()).hint("expected a pattern such as `norr*`");
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(Glob::new(pattern).map_err(wrong)?);
    }
    set.build().map_err(wrong)
}
