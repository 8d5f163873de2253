//! `--changed-since`: the files of a fleet that are not as they were in a commit.
//!
//! What counts is the folder as it is read now, against the commit: what is not committed yet counts as changed, and so
//! does what git does not track, ignored or not, since it is read all the same. A file that a link leads to always counts
//! as changed: git knows links, and not what they lead to.

use super::error::Failure;
use super::exit::Exit;
use super::git;
use crate::files;
use crate::source::FileId;
use crate::source::SourceSet;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

/// The files of `sources`, which was read from `folder`, that are not as they were in the commit `since`.
pub(crate) fn changed_since(folder: &Path, since: &str, sources: &SourceSet) -> Result<BTreeSet<FileId>, Failure> {
    let repository = Repository::of(folder)?;
    let commit = repository.commit(since)?;
    let changed = repository.changed(&commit)?;
    let top = files::tidy(folder);
    let is_changed = |path: &Path| match path.canonicalize() {
        Ok(real) => is_linked(path, &top) || real.ancestors().any(|part| changed.contains(part)),
        Err(_) => true,
    };
    Ok(sources.iter().filter(|(_, file)| is_changed(Path::new(&*file.path))).map(|(id, _)| id).collect())
}

/// Whether the way from the fleet's folder to a file goes through a link.
fn is_linked(path: &Path, top: &Path) -> bool {
    path.ancestors().take_while(|part| *part != top && !part.as_os_str().is_empty()).any(Path::is_symlink)
}

/// The repository that a folder is in.
struct Repository<'a> {
    folder: &'a Path,
    /// The folder that its paths start from.
    top: PathBuf,
}

impl<'a> Repository<'a> {
    fn of(folder: &'a Path) -> Result<Self, Failure> {
        let answer = ask(folder, &["rev-parse", "--show-toplevel"])?;
        let top = answer.map_err(|why| {
            let message = format!("`{}` is in no git repository that can be read: {why}", folder.display());
            Failure::new(Exit::Failed, message).hint("without git, select clinics with `--clinic` or `--label`")
        })?;
        let top = PathBuf::from(top.trim_end_matches(['\r', '\n']));
        Ok(Self { folder, top: top.canonicalize().unwrap_or(top) })
    }

    /// The full name of a commit. What is typed never reaches git as an option.
    fn commit(&self, since: &str) -> Result<String, Failure> {
        if since.is_empty() {
            let failure = Failure::usage("`--changed-since` has no commit to compare with: its value is empty");
            return Err(failure.hint("in a pipeline, look whether the variable behind it is set"));
        }
        if since.starts_with('-') {
            let message = format!("`--changed-since` takes a commit, a branch or a tag, and `{since}` is an option");
            return Err(Failure::usage(message));
        }
        let commit = format!("{since}^{{commit}}");
        let answer = ask(self.folder, &["rev-parse", "--verify", "--quiet", &commit])?;
        match answer {
            Ok(name) => Ok(name.trim().to_owned()),
            Err(_) => Err(self.unknown(since)),
        }
    }

    fn unknown(&self, since: &str) -> Failure {
        let failure = Failure::usage(format!("git knows no commit `{since}` in this repository"));
        let shallow = ask(self.folder, &["rev-parse", "--is-shallow-repository"]);
        match shallow {
            Ok(Ok(answer)) if answer.trim() == "true" => failure.hint(
                "this clone is shallow: fetch the whole history (`fetch-depth: 0` in GitHub Actions, `GIT_DEPTH: 0` in \
                 GitLab CI)",
            ),
            Ok(_) | Err(_) => {
                failure.hint("a branch of the server is called `origin/NAME`; `git fetch` brings it here")
            }
        }
    }

    /// Every path below the folder that is not as it was in `commit`, and every path that git does not track.
    fn changed(&self, commit: &str) -> Result<BTreeSet<PathBuf>, Failure> {
        let differ = ["diff", "--name-only", "-z", "--no-relative", "--no-renames", "--no-ext-diff"];
        let differ = self.paths(&[&differ[..], &["--ignore-submodules=none", commit, "--", "."]].concat())?;
        let unknown = self.paths(&["ls-files", "--others", "-z", "--full-name", "--", "."])?;
        Ok(differ.into_iter().chain(unknown).collect())
    }

    fn paths(&self, arguments: &[&str]) -> Result<Vec<PathBuf>, Failure> {
        let answer = ask(self.folder, arguments)?;
        let names = answer.map_err(|why| {
            let command = arguments.first().copied().unwrap_or_default();
            Failure::new(Exit::Failed, format!("git cannot say what has changed (`git {command}`): {why}"))
        })?;
        Ok(names.split('\0').filter(|name| !name.is_empty()).map(|name| self.top.join(name)).collect())
    }
}

/// What git answers, or the first line of what it complains about.
fn ask(folder: &Path, arguments: &[&str]) -> Result<Result<String, String>, Failure> {
    let output = git::run(folder, arguments).map_err(|error| {
        let message = format!("`--changed-since` needs the program `git`, which cannot be started: {error}");
        Failure::new(Exit::Failed, message).hint("install it, or select clinics with `--clinic` or `--label`")
    })?;
    // Names that are not UTF-8 are damaged here as they are among the files that were read.
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    if output.status.success() {
        return Ok(Ok(text(&output.stdout)));
    }
    let complaint = text(&output.stderr);
    let line = complaint.lines().next().unwrap_or("it does not say why");
    Ok(Err(line.trim_start_matches("fatal: ").to_owned()))
}
