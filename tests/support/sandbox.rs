//! A folder of its own for the real binary: empty environment, own home, a fixed day.

use super::judged;
use super::judged::Marks;
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use tempfile::TempDir;

/// The day on which every test happens.
pub(crate) const TODAY: &str = "2026-11-22";

/// A temporary folder in which the real binary runs.
pub(crate) struct Sandbox {
    folder: TempDir,
    env: Vec<(String, String)>,
    /// How long the change logs were at each apply; nothing where nothing was applied.
    marks: Mutex<Option<Marks>>,
}

impl Drop for Sandbox {
    /// Judges what was applied to every system that was kept here.
    fn drop(&mut self) {
        let marks = self.marks.get_mut().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(marks) = marks.filter(|_| !std::thread::panicking()) {
            let broken = judged::broken(self.folder.path(), marks);
            assert!(broken.is_empty(), "a write of ours broke what may never break:\n{}", broken.join("\n"));
        }
    }
}

/// What a run of the binary gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    /// What an apply tells in its document, its exit code included, is how it ends.
    fn assert_exit_is_told(&self) {
        let document = serde_json::from_str::<Value>(&self.stdout).unwrap_or_default();
        if document["format"] == "clinicctl-apply/1" {
            assert_eq!(document["exit"].as_i64(), self.code.map(i64::from), "{self:?}");
            assert!(document["ended"] != "token_refused" || self.code == Some(7), "{self:?}");
        }
    }
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("clinicctl-").tempdir().expect("a temporary folder");
        Self { folder, env: Vec::new(), marks: Mutex::default() }
    }

    /// A sandbox with the project's own fleet and seed, where a clone has them.
    pub(crate) fn with_real_fleet() -> Self {
        let sandbox = Self::new();
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy_folder(&project.join("clinics"), &sandbox.path("clinics"));
        copy_folder(&project.join("schemas"), &sandbox.path("schemas"));
        fs::create_dir(sandbox.path("examples")).expect("a folder");
        fs::copy(project.join("examples/live-system.yaml"), sandbox.path("examples/live-system.yaml"))
            .expect("the seed");
        sandbox
    }

    /// A sandbox with everything that stands in a folder of the project.
    pub(crate) fn with_fleet(folder: &Path) -> Self {
        let sandbox = Self::new();
        copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), sandbox.folder.path());
        sandbox
    }

    /// Sets a variable for every later run.
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.env.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    /// Writes a file, with its folders.
    pub(crate) fn write(&self, relative: &str, text: &str) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, relative: &str) -> String {
        fs::read_to_string(self.path(relative)).expect("a file to read")
    }

    /// Replaces text in a file; the text must be there.
    pub(crate) fn edit(&self, relative: &str, from: &str, to: &str) {
        let text = self.read(relative);
        assert!(text.contains(from), "{relative} does not contain {from:?}");
        self.write(relative, &text.replacen(from, to, 1));
    }

    /// The binary with these arguments, ready to start.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        if arguments.first() == Some(&"apply") {
            let now = judged::marks(self.folder.path());
            self.marks.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_default().extend(now);
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_clinicctl"));
        command.args(arguments).current_dir(self.folder.path()).env_clear().stdin(Stdio::null());
        command.env("HOME", self.folder.path()).env("PATH", "").env("CLINICCTL_TODAY", TODAY).env("TZ", "UTC");
        command.envs(self.env.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs the binary to its end. An apply that succeeded is tried once more, and must not write (P8).
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let run = self.run_once(arguments);
        if arguments.first() == Some(&"apply") && run.code == Some(0) {
            self.assert_settled(arguments);
        }
        run
    }

    /// Where the system keeps its log here, another apply leaves the log as it is.
    fn assert_settled(&self, arguments: &[&str]) {
        let logs = judged::marks(self.folder.path());
        if logs.is_empty() {
            return;
        }
        // The reports of the first are what the test looks at.
        let mut again = arguments.to_vec();
        while let Some(at) = again.iter().position(|argument| *argument == "--report") {
            again.drain(at..at + 2);
        }
        let second = self.run_once(&again);
        // A saved plan is stale once it was applied.
        let code = if again.get(1).is_some_and(|path| self.path(path).is_file()) { 5 } else { 0 };
        assert_eq!(second.code, Some(code), "{second:?}");
        assert_eq!(judged::marks(self.folder.path()), logs, "a second apply wrote: {second:?}");
    }

    /// Runs the binary to its end, and nothing after it.
    pub(crate) fn run_once(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().expect("the binary runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        let run = Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) };
        run.assert_exit_is_told();
        run
    }

    /// What a terminal would show of these runs, one after the other, for a snapshot.
    pub(crate) fn transcript(&self, runs: &[&[&str]]) -> String {
        let mut text = String::new();
        for arguments in runs {
            let run = self.run(arguments);
            let _ = writeln!(text, "$ clinicctl {}", arguments.join(" "));
            text.push_str(&run.stdout);
            for line in run.stderr.lines() {
                let _ = writeln!(text, "[talk] {line}");
            }
            let _ =
                writeln!(text, "[exit {}]\n", run.code.map_or_else(|| "by signal".to_owned(), |code| code.to_string()));
        }
        text
    }
}

/// Sends a signal such as `INT` to a running binary.
pub(crate) fn signal(process: &Child, name: &str) {
    let sent = Command::new("/bin/kill").arg(format!("-{name}")).arg(process.id().to_string()).status();
    assert!(sent.expect("kill runs").success());
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
