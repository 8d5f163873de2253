//! The reference system as its own process, on a free port.

use super::sandbox::{Sandbox, signal};
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::thread::JoinHandle;

/// Every scope that a reconciler needs.
pub(crate) const ALL_SCOPES: &str = "settings:read,settings:write,directory:read,audit:read";
/// What a plan needs to tell everything.
pub(crate) const READ_SCOPES: &str = "settings:read,directory:read,audit:read";

/// A running `clinicctl serve`; it ends with this value.
pub(crate) struct Server {
    process: Child,
    /// What it says after it has started.
    talk: Option<JoinHandle<String>>,
    pub(crate) address: String,
}

impl Server {
    /// Serves the sandbox's seed from `system.db`.
    pub(crate) fn start(sandbox: &Sandbox) -> Self {
        Self::start_on(sandbox, "system.db", "examples/live-system.yaml")
    }

    /// Serves any database, filled from this seed where it is empty.
    pub(crate) fn start_on(sandbox: &Sandbox, database: &str, seed: &str) -> Self {
        Self::start_with(sandbox, &["--database", database, "--seed", seed])
    }

    /// Serves with these arguments.
    pub(crate) fn start_with(sandbox: &Sandbox, arguments: &[&str]) -> Self {
        let arguments = [&["serve", "--listen", "127.0.0.1:0"], arguments].concat();
        Self::serve(sandbox, &arguments, "listens on").0
    }

    /// Serves with these arguments; also answers what the server said, up to the line that contains `end`.
    pub(crate) fn serve(sandbox: &Sandbox, arguments: &[&str], end: &str) -> (Self, String) {
        let mut process = sandbox.command(arguments).stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut talk = BufReader::new(process.stderr.take().expect("stderr is piped"));
        let mut said = String::new();
        while !said.contains(end) {
            assert_ne!(talk.read_line(&mut said).expect("the server talks"), 0, "the server ended: {said}");
        }
        let address = said.split_whitespace().find(|word| word.starts_with("http://"));
        let address = address.unwrap_or_else(|| panic!("no address in {said:?}")).trim_end_matches(',').to_owned();
        let talk = std::thread::spawn(move || {
            let mut rest = String::new();
            talk.read_to_string(&mut rest).expect("a server talks UTF-8");
            rest
        });
        (Self { process, talk: Some(talk), address }, said)
    }

    /// The id of its process.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Asks the server to end, as SIGTERM does.
    pub(crate) fn ask_to_end(&self) {
        signal(&self.process, "TERM");
    }

    /// Waits until it has ended, and returns its exit code and what it said since it started.
    pub(crate) fn ended(&mut self) -> (Option<i32>, String) {
        let status = self.process.wait().expect("the server ends");
        let said = self.talk.take().map(|talk| talk.join().expect("a server talks UTF-8"));
        (status.code(), said.unwrap_or_default())
    }

    /// Ends the server as `kill -9` does.
    pub(crate) fn kill(&mut self) {
        let _already_gone = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A new token of the sandbox's system.
pub(crate) fn token(sandbox: &Sandbox, scopes: &str) -> String {
    token_of(sandbox, "system.db", scopes)
}

/// A new token of the system whose data are in this database.
pub(crate) fn token_of(sandbox: &Sandbox, database: &str, scopes: &str) -> String {
    let run = sandbox.run(&["serve", "token", "--database", database, "--scope", scopes]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    run.stdout.trim().to_owned()
}
