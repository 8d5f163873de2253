//! What the files of a run say, before any live system is asked.

use super::Paint;
use super::words::count;
use crate::diagnostic;
use crate::diagnostic::{Colour, Finding, Style};
use crate::domain::DesiredFleet;
use crate::source::SourceSet;

/// The files of a run and everything that is wrong or doubtful in them.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// The files.
    pub sources: &'a SourceSet,
    /// What was found in them.
    pub findings: &'a [Finding],
    /// The fleet; `None` if a finding is an error, so that nothing can be planned.
    pub fleet: Option<&'a DesiredFleet>,
}

impl<'a> Files<'a> {
    /// Every finding with its place drawn.
    #[must_use]
    pub fn drawn(&self, paint: Paint) -> String {
        // As wide as rustc draws them: wider than most terminals are, never wider than a page.
        let colour = match paint {
            Paint::Coloured => Colour::Coloured,
            Paint::Plain => Colour::Plain,
        };
        diagnostic::render(self.findings, self.sources, Style { colour, ..Style::PLAIN })
    }

    /// The findings by file, place and rule.
    pub(super) fn sorted(&self) -> Vec<&'a Finding> {
        let mut sorted: Vec<&Finding> = self.findings.iter().collect();
        sorted.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        sorted
    }

    /// `2 errors and 1 warning in 2 files`.
    #[must_use]
    pub fn summary(&self) -> String {
        diagnostic::summary(self.findings)
    }

    /// Whether they can be planned, in one sentence.
    #[must_use]
    pub fn verdict(&self) -> String {
        let files = count(self.sources.files().len(), "file");
        let Some(fleet) = self.fleet else {
            return format!("{}: nothing can be planned from {files}.", self.summary());
        };
        let warnings = match self.findings.len() {
            0 => String::new(),
            number => format!(", with {}", count(number, "warning")),
        };
        format!("Valid: {} of fleet `{}` in {files}{warnings}.", count(fleet.clinics.len(), "clinic"), fleet.name)
    }
}
