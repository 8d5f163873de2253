//! A checkout, and beside it what is outside: a person's home, and a program that tells when somebody runs it.

use crate::client::behaviours::tiny::FILES;
use crate::support::sandbox::{Run, Sandbox};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

/// A checkout of a repository with two commits: the second changes one clinic, and what is not committed the other.
pub(super) struct Scene {
    sandbox: Sandbox,
    /// What scripts and variables may name.
    names: Vec<(&'static str, String)>,
}

impl Scene {
    /// A checkout with the fleet in `fleet`, for the system at `address`.
    pub(super) fn new(fleet: &str, address: &str) -> Self {
        let sandbox = Sandbox::new().env("CLINICCTL_TOKEN", "canary").env("CLINICCTL_SYSTEM", address);
        let path = |relative: &str| sandbox.path("").canonicalize().expect("a folder").join(relative);
        let name = |relative: &str| path(relative).to_str().expect("a path in UTF-8").to_owned();
        let names = vec![
            ("checkout", name("checkout")),
            ("outside", name("outside")),
            ("canary", name("outside/canary")),
            ("fleet", fleet.to_owned()),
            ("path", std::env::var("PATH").expect("a PATH with git in it")),
        ];
        for (file, text) in FILES {
            sandbox.write(&format!("checkout/{}", file.replacen("clinics", fleet, 1)), text);
        }
        sandbox.write("home/.gitconfig", "[user]\n\tname = Test\n\temail = test@norrtull.example\n");
        let scene = Self { sandbox, names };
        scene.program("outside/canary", "echo fired >>\"$(dirname \"$0\")/fired\"\nexit 1\n");
        scene.shell(
            "git init -q -b main && git add -A && git commit -q -m First && echo '# second' >>$fleet/north.yaml \
             && git commit -q -a -m Second && echo '# third' >>$fleet/south.yaml",
            &[],
        );
        scene
    }

    /// Writes a program; where it runs, the canary can be found beside it.
    pub(super) fn program(&self, relative: &str, script: &str) {
        // A copy of it tells the same.
        let script = script.replace("$(dirname \"$0\")", &self.name("outside"));
        self.sandbox.write(relative, &format!("#!/bin/sh\n{script}"));
        let executable = fs::Permissions::from_mode(0o755);
        fs::set_permissions(self.sandbox.path(relative), executable).expect("permissions");
    }

    /// The sandbox around the checkout.
    pub(super) const fn sandbox(&self) -> &Sandbox {
        &self.sandbox
    }

    /// What scripts call `$name`.
    pub(super) fn name(&self, name: &str) -> String {
        let known = self.names.iter().find(|(known, _)| *known == name);
        known.unwrap_or_else(|| panic!("{name}")).1.clone()
    }

    /// Does in the checkout what a person would type there, and answers what was said; how it ends does not matter.
    pub(super) fn shell(&self, script: &str, env: &[(&str, &str)]) -> String {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", script]).current_dir(self.sandbox.path("checkout")).env_clear();
        shell.envs(self.names.iter().map(|(name, value)| (name, value)));
        shell.env("PATH", self.name("path")).env("HOME", self.sandbox.path("home")).env("GIT_CONFIG_NOSYSTEM", "1");
        shell.envs(env.iter().map(|(name, value)| (name, self.expanded(value))));
        let output = shell.stdin(std::process::Stdio::null()).output().expect("a shell");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Runs the binary in the checkout, once.
    pub(super) fn run(&self, arguments: &[&str], env: &[(&str, &str)]) -> Run {
        let output = self.command(arguments, env).output().expect("the binary runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
        Run { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// The binary in the checkout, ready to start.
    pub(super) fn command(&self, arguments: &[&str], env: &[(&str, &str)]) -> Command {
        let mut command = self.sandbox.command(arguments);
        command.current_dir(self.sandbox.path("checkout"));
        command.env("PATH", self.name("path")).env("HOME", self.sandbox.path("home"));
        command.envs(env.iter().map(|(name, value)| (name, self.expanded(value))));
        command
    }

    /// Whether somebody has run the program since the last time.
    pub(super) fn fired(&self) -> bool {
        fs::remove_file(self.sandbox.path("outside/fired")).is_ok()
    }

    fn expanded(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("${name}"), value))
    }
}
