//! The real binary on a terminal, as `script` of util-linux makes one.
#![cfg(target_os = "linux")]

use crate::support::sandbox::Sandbox;
use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};

/// A run on a terminal of its own, and what the terminal was sent so far.
pub(super) struct OnTerminal {
    /// `script`, which ends as the binary does.
    process: Child,
    sent: Vec<u8>,
}

impl OnTerminal {
    /// Starts the binary on a terminal of so many columns.
    pub(super) fn start(sandbox: &Sandbox, columns: usize, arguments: &[&str]) -> Self {
        let binary = env!("CARGO_BIN_EXE_clinicctl");
        let inner = sandbox.command(arguments);
        let line = format!("/usr/bin/stty cols {columns} rows 24; exec {binary} {}", arguments.join(" "));
        let mut command = Command::new("/usr/bin/script");
        command.args(["-qec", &line, "/dev/null"]);
        command
            .current_dir(inner.get_current_dir().expect("a folder"))
            .env_clear()
            .env("SHELL", "/bin/sh")
            .env("TERM", "xterm");
        command.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let streams = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        Self { process: streams.spawn().expect("`script` runs"), sent: Vec::new() }
    }

    /// Waits until the terminal was sent this, and says whether it was before the run ended.
    pub(super) fn until(&mut self, text: &str) -> bool {
        let mut some = [0; 1024];
        while !self.sent().contains(text) {
            let out = self.process.stdout.as_mut().expect("stdout is piped");
            match out.read(&mut some).expect("a terminal to read") {
                0 => return false,
                read => self.sent.extend_from_slice(&some[..read]),
            }
        }
        true
    }

    /// Presses a key.
    pub(super) fn press(&mut self, key: &[u8]) {
        let keyboard = self.process.stdin.as_mut().expect("stdin is piped");
        keyboard.write_all(key).expect("a key is pressed");
        keyboard.flush().expect("and heard");
    }

    /// The id of the process that `script` has started.
    pub(super) fn child(&self) -> String {
        let id = self.process.id();
        let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).expect("a list");
        children.trim().to_owned()
    }

    /// Everything that the terminal was sent so far.
    pub(super) fn sent(&self) -> String {
        String::from_utf8_lossy(&self.sent).into_owned()
    }

    /// How the run ended, and everything that the terminal was sent.
    pub(super) fn end(mut self) -> (Option<i32>, String) {
        drop(self.process.stdin.take());
        let mut out = self.process.stdout.take().expect("stdout is piped");
        out.read_to_end(&mut self.sent).expect("a terminal to read");
        let code = self.process.wait().expect("the process ends").code();
        (code, self.sent())
    }
}
