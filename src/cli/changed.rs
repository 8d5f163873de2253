//! `--changed-since`: what of a fleet is not as it was in a commit.
//!
//! What counts is the folder as it is read now, against the commit: what is not committed yet counts as changed, and so
//! does what git does not track, ignored or not, since it is read all the same.

use super::committed::{Beside, Past};
use super::error::Failure;
use super::exit::Exit;
use crate::compile;
use crate::diagnostic::escape;
use crate::domain::{Check, ClinicId, DesiredFleet};
use crate::git::{GitError, ObjectId, Repository};
use crate::source::{SourceFile, SourceSet};
use std::collections::BTreeSet;
use std::path::Path;

/// The clinics of `fleet`, which was read from `folder`, that what has changed since the commit `since` has a say about.
pub(crate) fn reached_since(
    folder: &Path,
    since: &str,
    (fleet, sources): (&DesiredFleet, &SourceSet),
) -> Result<BTreeSet<ClinicId>, Failure> {
    refuse_nonsense(since)?;
    let repository = Repository::of(folder).map_err(|error| failed(&error, folder))?;
    let commit = repository.commit(since).map_err(|error| failed(&error, folder))?;
    let commit = commit.ok_or_else(|| unknown(&repository, since))?;
    let reached = || {
        let beside = Beside::commit((&repository, &commit), folder, sources)?;
        let mut reached = fleet.reached_by(&beside.changed());
        reached.extend(judged_before(&repository, &beside.past(), fleet)?);
        Ok(reached)
    };
    reached().map_err(|error: GitError| failed(&error, folder))
}

/// The clinics that a check was about which may be gone. Everything else that is gone is missed by whoever named it.
fn judged_before(
    repository: &Repository,
    past: &[Past<'_>],
    fleet: &DesiredFleet,
) -> Result<BTreeSet<ClinicId>, GitError> {
    let names: Vec<ObjectId> = past.iter().map(|past| past.was.clone()).collect();
    let texts = repository.texts(&names)?;
    let mut checks = Vec::new();
    for Past { was, is } in past {
        let known = match texts.get(was) {
            Some(text) => checks_of(text),
            // A partial clone leaves old files out. What is still there will have been of the same kind.
            None => is.is_some_and(|file| !holds_checks(&file.text)).then(Vec::new),
        };
        match known {
            Some(known) => checks.extend(known),
            None => return Ok(fleet.clinics.keys().cloned().collect()),
        }
    }
    let judged = fleet.clinics.values().filter(|clinic| checks.iter().any(|check| check.is_about(clinic)));
    Ok(judged.map(|clinic| clinic.clinic.clone()).collect())
}

/// The checks that a document held; `None` where it held some that can no longer be read.
fn checks_of(text: &str) -> Option<Vec<Check>> {
    if !holds_checks(text) {
        return Some(Vec::new());
    }
    let file = |path: &str, text: &str| SourceFile { path: path.into(), text: text.to_owned(), unreadable: None };
    // The smallest fleet that such a document can belong to.
    let around = [file("fleet.yaml", "fleet: before\n"), file("clinic.yaml", "clinic: before\n")];
    let folder = SourceSet::new(around.into_iter().chain([file("checks.yaml", text)]).collect());
    compile::compile(&folder, jiff::civil::Date::default()).fleet.map(|fleet| fleet.checks)
}

fn holds_checks(text: &str) -> bool {
    let file = SourceFile { path: "".into(), text: text.to_owned(), unreadable: None };
    let set = SourceSet::new(vec![file]);
    let document = set.iter().next().and_then(|(id, file)| compile::parse(id, file).document);
    document.is_some_and(|document| document.get("checks").is_some())
}

/// What is typed never reaches git as an option.
fn refuse_nonsense(since: &str) -> Result<(), Failure> {
    if since.is_empty() {
        let failure = Failure::usage("`--changed-since` has no commit to compare with: its value is empty");
        return Err(failure.hint("in a pipeline, look whether the variable behind it is set"));
    }
    if since.starts_with('-') {
        let message = format!("`--changed-since` takes a commit, a branch or a tag, and `{since}` is an option");
        return Err(Failure::usage(message));
    }
    Ok(())
}

fn unknown(repository: &Repository, since: &str) -> Failure {
    let failure = Failure::usage(format!("git knows no commit `{since}` in this repository"));
    match repository.is_shallow() {
        Ok(true) => failure.hint(
            "this clone is shallow: fetch the whole history (`fetch-depth: 0` in GitHub Actions, `GIT_DEPTH: 0` in \
             GitLab CI)",
        ),
        Ok(false) | Err(_) => {
            failure.hint("a branch of the server is called `origin/NAME`; `git fetch` brings it here")
        }
    }
}

fn failed(error: &GitError, folder: &Path) -> Failure {
    const ELSE: &str = "without git, select clinics with `--clinic` or `--label`";
    let (message, hint) = match error {
        GitError::NoProgram | GitError::Start(_) => (
            format!("`--changed-since` needs the program `git`, which cannot be started: {error}"),
            "install it, or select clinics with `--clinic` or `--label`",
        ),
        GitError::NoRepository
        | GitError::Unreadable { .. }
        | GitError::Pointless(_)
        | GitError::Astray { .. }
        | GitError::OwnedByAnother(_)
        | GitError::Refused { .. } => {
            (format!("`{}` is in no git repository that can be read: {error}", folder.display()), ELSE)
        }
        GitError::NoTree
        | GitError::Failed { .. }
        | GitError::TooSlow(_)
        | GitError::TooMuch(_)
        | GitError::Unheard(_) => (format!("git cannot say what has changed: {error}"), ELSE),
    };
    let cure = error.hint().map(|hint| escape(&hint).into_owned());
    Failure::new(Exit::Failed, message).hints(cure).hint(hint)
}
