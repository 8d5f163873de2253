//! The question before an apply, on a terminal of its own: whoever ends the run there has sent nothing.
#![cfg(target_os = "linux")]

use super::tiny_system::TinySystem;
use super::tiny_system::tiny_fleet;
use crate::support::sandbox::Sandbox;
use std::io::Read;
use std::io::Write;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

/// The binary on a terminal, as `script` of util-linux makes one; it ends as the binary does.
fn on_a_terminal(sandbox: &Sandbox) -> Child {
    let binary = env!("CARGO_BIN_EXE_clinicctl");
    let inner = sandbox.command(&["apply"]);
    let mut command = Command::new("/usr/bin/script");
    command.args(["-qec", &format!("exec {binary} apply --accept clinics_changed"), "/dev/null"]);
    command.current_dir(inner.get_current_dir().expect("a folder")).env_clear().env("SHELL", "/bin/sh");
    command.envs(inner.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("`script` runs")
}

/// Reads until the question stands there.
fn until_asked(process: &mut Child) -> String {
    let (mut said, mut some) = (Vec::new(), [0; 1024]);
    let out = process.stdout.as_mut().expect("stdout is piped");
    loop {
        let text = String::from_utf8_lossy(&said).into_owned();
        if text.contains("taken as a yes: ") {
            return text;
        }
        let read = out.read(&mut some).expect("a terminal to read");
        assert_ne!(read, 0, "the run ended: {text}");
        said.extend_from_slice(&some[..read]);
    }
}

/// The process that `script` has started.
fn child_of(process: &Child) -> String {
    let id = process.id();
    let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children")).expect("a list");
    children.trim().to_owned()
}

#[test]
fn a_run_that_is_ended_at_the_question_has_sent_nothing() {
    for (by_key, code) in [(true, 130), (false, 143)] {
        let system = TinySystem::start(|_| None);
        let sandbox = tiny_fleet().env("CLINICCTL_TOKEN", "canary").env("CLINICCTL_SYSTEM", &system.address);
        let mut process = on_a_terminal(&sandbox);
        until_asked(&mut process);
        let mut keyboard = process.stdin.take().expect("stdin is piped");
        if by_key {
            keyboard.write_all(b"\x03").expect("a key is pressed");
            keyboard.flush().expect("and heard");
        } else {
            let sent = Command::new("/bin/kill").args(["-TERM", &child_of(&process)]).status();
            assert!(sent.expect("kill runs").success());
        }
        let mut rest = String::new();
        process.stdout.take().expect("stdout is piped").read_to_string(&mut rest).expect("UTF-8");
        assert_eq!(process.wait().expect("the process ends").code(), Some(code), "{rest}");
        assert!(rest.contains("the run was asked to stop; nothing was written"), "{rest}");
        assert!(system.take().iter().all(|request| request.starts_with("GET ")));
    }
}
