//! What the change log says about a run.

use super::error::Failure;
use super::git;
use crate::wire::CHANGE_REFERENCE_MAX;
use std::path::Path;

/// The text that was given, or else the git commit of the folder: `9f3c2ab`, or `9f3c2ab-dirty` where it has changes
/// that are not committed. Without git, nothing.
pub(crate) fn of_run(given: Option<&str>, folder: &Path) -> Result<Option<String>, Failure> {
    let Some(text) = given else {
        return Ok(commit(folder));
    };
    if text.len() > CHANGE_REFERENCE_MAX {
        let message = format!("the reference has {} bytes; at most {CHANGE_REFERENCE_MAX} are kept", text.len());
        return Err(Failure::usage(message));
    }
    Ok(Some(text.to_owned()))
}

fn commit(folder: &Path) -> Option<String> {
    let folder = if folder.is_dir() { folder } else { folder.parent().filter(|parent| parent.is_dir())? };
    let output = git::run(folder, &["describe", "--always", "--dirty", "--exclude=*", "--abbrev=7"]).ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    Some(text.trim().to_owned()).filter(|text| output.status.success() && !text.is_empty())
}
