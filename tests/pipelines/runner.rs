//! What runs a pipeline: a git repository with the fleet, the reference system beside it, and a shell with little in it.

use super::example;
use crate::support::packages;
use crate::support::sandbox::{Run, Sandbox, TODAY};
use crate::support::server::{ALL_SCOPES, Server};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of the examples as JSON.
pub(super) fn pipeline(name: &str) -> Value {
    let text = fs::read_to_string(example(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A text of a pipeline.
pub(super) fn string(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

/// The folder of one job, or of several that share theirs, with the programs of the image.
pub(super) struct Bench {
    sandbox: Sandbox,
}

/// The clinic system that pipelines speak to.
pub(super) struct System {
    sandbox: Sandbox,
    server: Server,
}

impl System {
    pub(super) fn start() -> Self {
        let sandbox = Sandbox::with_real_fleet();
        let server = Server::start(&sandbox);
        Self { sandbox, server }
    }

    pub(super) fn address(&self) -> &str {
        &self.server.address
    }

    pub(super) fn read_token(&self) -> String {
        self.token("reader", "settings:read,directory:read,audit:read")
    }

    pub(super) fn write_token(&self) -> String {
        self.token("writer", ALL_SCOPES)
    }

    fn token(&self, name: &str, scopes: &str) -> String {
        let arguments = ["serve", "token", "--database", "system.db", "--name", name, "--scope", scopes];
        let run = self.sandbox.run(&arguments);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        run.stdout.trim().to_owned()
    }
}

impl Bench {
    /// A repository with the project's fleet in its first commit.
    pub(super) fn new() -> Self {
        let bench = Self { sandbox: Sandbox::with_real_fleet() };
        bench.put_programs();
        bench.git(&["init", "--quiet", "--initial-branch", "main"]);
        bench.git(&["add", "clinics"]);
        bench.git(&["commit", "--quiet", "--message", "The fleet"]);
        bench
    }

    /// An empty folder, as a job has that checks nothing out.
    pub(super) fn empty() -> Self {
        let bench = Self { sandbox: Sandbox::new() };
        bench.put_programs();
        bench
    }

    fn put_programs(&self) {
        let folder = self.sandbox.path("bin");
        fs::create_dir(&folder).expect("a folder");
        let link = |from: &Path, name: &str| symlink(from, folder.join(name)).expect("a link");
        link(Path::new(env!("CARGO_BIN_EXE_clinicctl")), "clinicctl");
        link(&example("comment-on-github.sh"), "comment-on-github");
        link(&example("comment-on-gitlab.sh"), "comment-on-gitlab");
        for (program, package) in [("git", "git"), ("curl", "curl"), ("jq", "jq")] {
            link(&packages::need(program, package), program);
        }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.sandbox.path(name)
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        self.sandbox.write(name, text);
    }

    pub(super) fn edit(&self, name: &str, from: &str, to: &str) {
        self.sandbox.edit(name, from, to);
    }

    pub(super) fn git(&self, arguments: &[&str]) {
        let (well, said) = self.try_git(arguments);
        assert!(well, "{arguments:?}: {said}");
    }

    pub(super) fn try_git(&self, arguments: &[&str]) -> (bool, String) {
        let output = self.command("git", &[]).args(arguments).output().expect("git runs");
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    /// Runs a script as both services do: it ends at the first command that fails.
    pub(super) fn run(&self, script: &str, env: &[(String, String)]) -> Run {
        let bash = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
        let output = self.command("bash", env).args(bash).output().expect("bash runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    fn command(&self, program: &str, env: &[(String, String)]) -> Command {
        let path = format!("{}:/usr/bin:/bin", self.path("bin").display());
        let bin = self.path("bin").join(program);
        let mut command = Command::new(if bin.exists() { bin } else { PathBuf::from("/bin").join(program) });
        command.current_dir(self.path("")).env_clear().env("PATH", path).env("HOME", self.path("")).env("TZ", "UTC");
        command.env("CI", "true").env("CLINICCTL_TODAY", TODAY);
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "Nobody").env(format!("GIT_{who}_EMAIL"), "nobody@strand.example");
        }
        command.envs(env.iter().map(|(name, value)| (name, value)));
        command
    }
}
