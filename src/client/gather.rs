//! What a run wants of each clinic, made on all cores as the clinics arrive.

use super::ObserveError;
use super::decode::{clinic_of, decode};
use super::fetch::Fetched;
use super::snapshot::Batch;
use crate::domain::ClinicId;
use crate::execute::Observed;
use clinic_wire::ClinicLine;
use rayon::prelude::*;

/// What there is so far.
pub(super) struct Gathered<T, F> {
    asked: Asked<F>,
    /// The results, beside the clinics that were asked for.
    results: Vec<Option<T>>,
    /// Which of them stood in the snapshot that is being read.
    seen: Vec<bool>,
    refused: Refused,
}

/// What was asked for.
struct Asked<F> {
    /// In order, each once.
    wanted: Vec<ClinicId>,
    map: F,
}

/// How many clinics answered 403, on their state and on their directory.
#[derive(Default)]
struct Refused {
    clinic: usize,
    directory: usize,
}

/// What a line of a snapshot is.
enum Line<T> {
    /// A clinic that was not asked for.
    Foreign,
    /// The clinic at this place.
    Wanted(usize, T),
    /// It belongs to no clinic; what is wrong with it.
    Nameless(String),
}

impl<T: Send, F: Fn(ClinicId, Observed) -> T + Send + Sync> Gathered<T, F> {
    pub(super) fn new(wanted: &[ClinicId], map: F) -> Self {
        let mut wanted = wanted.to_vec();
        wanted.sort_unstable();
        wanted.dedup();
        let results = wanted.iter().map(|_| None).collect();
        let seen = vec![false; wanted.len()];
        Self { asked: Asked { wanted, map }, results, seen, refused: Refused::default() }
    }

    /// Another snapshot is read. What it repeats of the one before it is left out.
    pub(super) fn begin_again(&mut self) {
        self.seen.fill(false);
    }

    /// The clinics that are not there yet, with their places.
    pub(super) fn left(&self) -> Vec<(usize, ClinicId)> {
        let clinics = self.asked.wanted.iter().zip(&self.results).enumerate();
        clinics.filter(|(_, (_, result))| result.is_none()).map(|(at, (clinic, _))| (at, clinic.clone())).collect()
    }

    /// Takes lines of the snapshot.
    ///
    /// # Errors
    /// If a line belongs to no clinic, or a clinic comes twice: then nothing in the snapshot can be trusted.
    pub(super) fn take_lines(&mut self, batch: &Batch) -> Result<(), ObserveError> {
        let asked = &self.asked;
        let lines: Vec<_> = batch.lines.par_iter().map(|line| asked.line(line)).collect();
        for (number, line) in (batch.first..).zip(lines) {
            match line {
                Line::Foreign => {}
                Line::Wanted(at, result) => self.put(at, result)?,
                Line::Nameless(wrong) => {
                    return Err(ObserveError::Snapshot(format!("line {number} names no clinic: {wrong}")));
                }
            }
        }
        Ok(())
    }

    fn put(&mut self, at: usize, result: T) -> Result<(), ObserveError> {
        if std::mem::replace(&mut self.seen[at], true) {
            return Err(ObserveError::Snapshot(format!("the clinic `{}` stands in it twice", self.asked.wanted[at])));
        }
        self.results[at].get_or_insert(result);
        Ok(())
    }

    /// Takes clinics that were read by themselves.
    pub(super) fn take_fetched(&mut self, fetched: Vec<(usize, Fetched)>) {
        for (_, fetched) in &fetched {
            self.refused.clinic += usize::from(matches!(fetched, Fetched::Forbidden));
            self.refused.directory += usize::from(matches!(fetched, Fetched::DirectoryForbidden));
        }
        let asked = &self.asked;
        let mapped: Vec<_> = fetched.into_par_iter().map(|(at, fetched)| (at, asked.mapped(at, fetched))).collect();
        for (at, result) in mapped {
            self.results[at] = Some(result);
        }
    }

    /// What was gathered.
    ///
    /// # Errors
    /// Where the token may read nothing at all.
    pub(super) fn finish(self) -> Result<Vec<(ClinicId, T)>, ObserveError> {
        let Refused { clinic, directory } = self.refused;
        let wanted = self.asked.wanted;
        if !wanted.is_empty() && directory == wanted.len() {
            return Err(ObserveError::DirectoryForbidden);
        }
        if !wanted.is_empty() && clinic + directory == wanted.len() {
            return Err(ObserveError::Forbidden);
        }
        let results = wanted.into_iter().zip(self.results);
        Ok(results.filter_map(|(clinic, result)| Some((clinic, result?))).collect())
    }
}

impl<T, F: Fn(ClinicId, Observed) -> T> Asked<F> {
    fn line(&self, line: &[u8]) -> Line<T> {
        let line = match SnapshotLine::of(line) {
            Ok(line) => line,
            Err(wrong) => return Line::Nameless(wrong),
        };
        let found = self.wanted.binary_search_by(|clinic| clinic.as_str().cmp(&line.clinic));
        found.map_or(Line::Foreign, |at| Line::Wanted(at, self.mapped(at, line.fetched())))
    }

    fn mapped(&self, at: usize, fetched: Fetched) -> T {
        let clinic = &self.wanted[at];
        (self.map)(clinic.clone(), fetched.with_directory(clinic))
    }
}

/// A line of a snapshot with the name of its clinic, read no further than that.
#[derive(Debug)]
pub struct SnapshotLine<'a> {
    /// Whose line it says it is. Any text.
    pub clinic: String,
    line: &'a [u8],
}

impl<'a> SnapshotLine<'a> {
    /// Looks for the name.
    ///
    /// # Errors
    /// What is wrong with a line that names no clinic.
    pub fn of(line: &'a [u8]) -> Result<Self, String> {
        let nameless = || decode::<ClinicLine>(line).err().unwrap_or_else(|| "its name cannot be read".to_owned());
        clinic_of(line).map(|clinic| Self { clinic, line }).ok_or_else(nameless)
    }

    /// Reads the whole line.
    #[must_use]
    pub fn fetched(&self) -> Fetched {
        match decode::<ClinicLine>(self.line) {
            Ok(line) => Fetched::Line(Box::new(line)),
            Err(wrong) => Fetched::Failed(format!("its line of the snapshot cannot be read: {wrong}")),
        }
    }
}
