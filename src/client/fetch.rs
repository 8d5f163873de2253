//! One clinic, read by itself: its state, and its directory page by page.

use super::read::ReadError;
use super::{Client, ObserveError, convert};
use crate::domain::{ClinicId, Directory};
use crate::execute::Observed;
use clinic_wire::{ClinicLine, StaffItem};

/// What reading one clinic gave, before it is converted.
#[derive(Debug)]
pub enum Fetched {
    /// The state, with or without `staff`.
    Line(Box<ClinicLine>),
    /// 404.
    Missing,
    /// 403.
    Forbidden,
    /// 403 on the directory.
    DirectoryForbidden,
    /// Anything else; a sentence.
    Failed(String),
}

impl Fetched {
    /// The clinic with its directory, for a plan.
    #[must_use]
    pub fn with_directory(self, asked: &ClinicId) -> Observed {
        self.observed(asked, |staff| staff.ok_or_else(|| "`staff` is missing".to_owned()))
    }

    /// The clinic with an empty directory, for the executor.
    #[must_use]
    pub fn state_alone(self, asked: &ClinicId) -> Observed {
        self.observed(asked, |_| Ok(Vec::new()))
    }

    fn observed(
        self,
        asked: &ClinicId,
        staff: impl FnOnce(Option<Vec<StaffItem>>) -> Result<Vec<StaffItem>, String>,
    ) -> Observed {
        match self {
            Self::Line(line) => live(*line, asked, staff).unwrap_or_else(Observed::Failed),
            Self::Missing => Observed::Missing,
            Self::Forbidden => Observed::Forbidden,
            Self::DirectoryForbidden => {
                Observed::Failed("the token may not read this clinic's directory (403), which a plan needs".to_owned())
            }
            Self::Failed(reason) => Observed::Failed(reason),
        }
    }
}

fn live(
    mut line: ClinicLine,
    asked: &ClinicId,
    staff: impl FnOnce(Option<Vec<StaffItem>>) -> Result<Vec<StaffItem>, String>,
) -> Result<Observed, String> {
    if line.clinic != asked.as_str() {
        return Err(format!("the system answered with the clinic `{}` instead", line.clinic));
    }
    let wrong = |wrong: String| ReadError::Shape(wrong).sentence();
    let people = staff(line.staff.take()).map_err(wrong)?;
    let directory: Directory = convert::directory(people).map_err(|error| wrong(error.to_string()))?;
    let live = convert::live(line, directory).map_err(|error| wrong(error.to_string()))?;
    Ok(Observed::Live(Box::new(live)))
}

impl Client {
    /// Reads the state of a clinic and its directory.
    ///
    /// # Errors
    /// If the token is not accepted, or pages have no end: that concerns all clinics. Everything else is this
    /// clinic's.
    pub(super) async fn fetch(&self, clinic: &ClinicId) -> Result<Fetched, ObserveError> {
        let mut left = self.limits.body;
        let line = match self.line(clinic, &mut left).await {
            Ok(line) => line,
            Err(error) => return unread(error),
        };
        match self.pages(self.clinic_url(clinic, ["staff"]), "staff", &mut left).await {
            Ok(staff) => Ok(Fetched::Line(Box::new(ClinicLine { staff: Some(staff), ..line }))),
            Err(ReadError::Forbidden) => Ok(Fetched::DirectoryForbidden),
            Err(ReadError::Missing) => Ok(Fetched::Failed("the system has no directory of this clinic".to_owned())),
            Err(error) => unread(error),
        }
    }

    /// Reads the state of a clinic.
    ///
    /// # Errors
    /// As [`fetch`](Self::fetch).
    pub(super) async fn fetch_state(&self, clinic: &ClinicId) -> Result<Fetched, ObserveError> {
        let read = self.line(clinic, &mut self.limits.body.clone()).await.map(|line| Fetched::Line(Box::new(line)));
        read.or_else(unread)
    }

    async fn line(&self, clinic: &ClinicId, left: &mut usize) -> Result<ClinicLine, ReadError> {
        self.get(self.clinic_url(clinic, []), left).await
    }
}

fn unread(error: ReadError) -> Result<Fetched, ObserveError> {
    match error {
        ReadError::Unauthenticated => Err(ObserveError::Unauthenticated),
        ReadError::Pages(wrong) => Err(ObserveError::Pages(wrong)),
        ReadError::Missing => Ok(Fetched::Missing),
        ReadError::Forbidden => Ok(Fetched::Forbidden),
        error @ (ReadError::Exchange(_) | ReadError::Status(_) | ReadError::WebPage | ReadError::Shape(_)) => {
            Ok(Fetched::Failed(error.sentence()))
        }
    }
}
