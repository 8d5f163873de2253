//! A synthetic fleet with its live systems, for the benchmark.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use synthetic::Fleet;
use tempfile::TempDir;

#[path = "../../examples/synthetic/mod.rs"]
mod synthetic;

/// Names the folder that this program parses, instead of measuring.
pub(crate) const FLOOR: &str = "CLINICCTL_BENCH_FLOOR";

/// A fleet, and two databases: one that agrees with it, and one that differs in 1 % of the clinics.
pub(crate) struct World {
    folder: TempDir,
    changed: usize,
    token: String,
}

/// A running reference system; it ends with this value.
pub(crate) struct System {
    process: Child,
    address: String,
}

impl World {
    pub(crate) fn new(clinics: u32) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let differing = Fleet::new(clinics, 1);
        differing.write_files(folder.path()).expect("the files");
        let token = token(&folder.path().join("same.db"));
        let world = Self { folder, changed: differing.changed_clinics(), token };
        world.copy("same.db", "changed.db");
        world.seed("same.db", Fleet::new(clinics, 0));
        world.seed("changed.db", differing);
        world
    }

    /// The fleet's folder.
    pub(crate) fn files(&self) -> PathBuf {
        self.folder.path().join("clinics")
    }

    /// How many clinics differ in the system that differs.
    pub(crate) const fn changed(&self) -> usize {
        self.changed
    }

    /// The system that agrees with the files.
    pub(crate) fn same(&self) -> System {
        self.serve("same.db", None)
    }

    /// A system that differs in 1 % of the clinics, whatever was applied to others before.
    pub(crate) fn differing(&self) -> System {
        self.copy("changed.db", "scratch.db");
        self.serve("scratch.db", None)
    }

    /// Runs the floor.
    pub(crate) fn floor(&self) {
        let mut command = Command::new(std::env::current_exe().expect("this program has a path"));
        let status = command.env(FLOOR, self.files()).status().expect("this program runs");
        assert!(status.success(), "every file has a document");
    }

    pub(crate) fn validate(&self) {
        let output = binary().arg("validate").arg(self.files()).output().expect("the binary runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }

    /// Plans and checks that it finds changes in that many clinics.
    pub(crate) fn plan(&self, system: &System, changed: usize) {
        let document = self.documented(system, &["plan", "-o", "json"]);
        assert_eq!(document["summary"]["clinics_changed"], changed, "clinics that change");
    }

    /// Applies and checks that it changed that many clinics.
    pub(crate) fn apply(&self, system: &System, changed: usize) {
        let document = self.documented(system, &["apply", "--yes", "-o", "json"]);
        assert_eq!(document["summary"]["clinics_done"], changed, "clinics that were changed");
    }

    fn documented(&self, system: &System, verb: &[&str]) -> serde_json::Value {
        let mut command = binary();
        command.args(verb).arg(self.files()).args(["--system", &system.address]).env("CLINICCTL_TOKEN", &self.token);
        let accepted = ["clinics_changed", "people_losing_access"].into_iter().flat_map(|guard| ["--accept", guard]);
        let output = command.args(accepted).output().expect("the binary runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("a document")
    }

    /// Fills a database from the live state of `fleet`.
    fn seed(&self, database: &str, fleet: Fleet) {
        fleet.write_seed(self.folder.path()).expect("the seed");
        drop(self.serve(database, Some(&self.folder.path().join("live-system.yaml"))));
    }

    /// Starts a system on a free port and reads the address from its first line of talk.
    fn serve(&self, database: &str, seed: Option<&Path>) -> System {
        let mut command = binary();
        command.args(["serve", "--listen", "127.0.0.1:0", "--database"]).arg(self.folder.path().join(database));
        if let Some(seed) = seed {
            command.arg("--seed").arg(seed);
        }
        let mut process = command.stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut line = String::new();
        let talk = process.stderr.take().expect("stderr is piped");
        BufReader::new(talk).read_line(&mut line).expect("the server says where it listens");
        let address = line.split_whitespace().find(|word| word.starts_with("http://")).expect("an address");
        System { address: address.trim_end_matches(',').to_owned(), process }
    }

    /// Copies a database that nobody has open, with what its log still holds.
    fn copy(&self, from: &str, to: &str) {
        for part in ["", "-wal", "-shm"] {
            let (from, to) =
                (self.folder.path().join(format!("{from}{part}")), self.folder.path().join(format!("{to}{part}")));
            let _nothing_there = fs::remove_file(&to);
            if from.exists() {
                fs::copy(from, to).expect("a copy");
            }
        }
    }
}

impl Drop for System {
    fn drop(&mut self) {
        let _already_gone = self.process.kill();
        let _ = self.process.wait();
    }
}

fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clinicctl"));
    command.env_clear().env("CLINICCTL_TODAY", "2026-11-22").stdin(Stdio::null());
    command
}

fn token(database: &Path) -> String {
    let scopes = "settings:read,settings:write,directory:read";
    let output = binary().args(["serve", "token", "--scope", scopes, "--database"]).arg(database).output();
    let output = output.expect("the binary runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("a token").trim().to_owned()
}
