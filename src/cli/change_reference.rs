//! What the change log says about a run.

use super::committed::Beside;
use super::error::Failure;
use crate::git::{GitError, Repository};
use crate::source::SourceSet;
use clinic_wire::CHANGE_REFERENCE_MAX;
use std::path::Path;

/// The text that was given, or else the git commit of the folder: `9f3c2ab`, or `9f3c2ab-dirty` where the fleet that was
/// read is not the one of that commit. Without git, nothing; where git refuses, `notice` is told why.
pub(crate) fn of_run(
    given: Option<&str>,
    folder: &Path,
    sources: &SourceSet,
    notice: impl FnOnce(&GitError),
) -> Result<Option<String>, Failure> {
    let Some(text) = given else {
        return Ok(commit(folder, sources).unwrap_or_else(|error| {
            if !matches!(error, GitError::NoProgram | GitError::NoRepository) {
                notice(&error);
            }
            None
        }));
    };
    if text.len() > CHANGE_REFERENCE_MAX {
        let message = format!("the reference has {} bytes; at most {CHANGE_REFERENCE_MAX} are kept", text.len());
        return Err(Failure::usage(message));
    }
    Ok(Some(text.to_owned()))
}

/// `None` where nothing is committed yet.
fn commit(folder: &Path, sources: &SourceSet) -> Result<Option<String>, GitError> {
    let repository = Repository::of(folder)?;
    let Some(commit) = repository.commit("HEAD")? else { return Ok(None) };
    let short = repository.short(&commit)?;
    let beside = Beside::commit((&repository, &commit), folder, sources)?;
    Ok(Some(if beside.is_clean() { short } else { format!("{short}-dirty") }))
}
