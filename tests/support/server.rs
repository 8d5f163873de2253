//! The reference system as its own process, on a free port.

use super::sandbox::Sandbox;
use std::io::BufRead;
use std::io::BufReader;
use std::process::Child;
use std::process::Stdio;

/// Every scope that a reconciler needs.
pub(crate) const ALL_SCOPES: &str = "settings:read,settings:write,directory:read,audit:read";
/// What a plan needs.
pub(crate) const READ_SCOPES: &str = "settings:read,directory:read";

/// A running `clinicctl serve`; it ends with this value.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: String,
}

impl Server {
    /// Serves the sandbox's seed from `system.db`.
    pub(crate) fn start(sandbox: &Sandbox) -> Self {
        Self::start_on(sandbox, "system.db", "examples/live-system.yaml")
    }

    /// Serves any database, filled from this seed where it is empty.
    pub(crate) fn start_on(sandbox: &Sandbox, database: &str, seed: &str) -> Self {
        let arguments = ["serve", "--listen", "127.0.0.1:0", "--database", database, "--seed", seed];
        let mut process = sandbox.command(&arguments).stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut talk = BufReader::new(process.stderr.take().expect("stderr is piped"));
        let mut line = String::new();
        talk.read_line(&mut line).expect("the server talks");
        let address = line.split_whitespace().find(|word| word.starts_with("http://"));
        let address = address.unwrap_or_else(|| panic!("no address in {line:?}")).trim_end_matches(',').to_owned();
        std::thread::spawn(move || talk.lines().for_each(drop));
        Self { process, address }
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
