//! The question before an apply, on a terminal of its own: whoever ends the run there has sent nothing.
#![cfg(target_os = "linux")]

use super::terminal::OnTerminal;
use super::tiny_system::{TinySystem, tiny_fleet};
use std::process::Command;

#[test]
fn a_run_that_is_ended_at_the_question_has_sent_nothing() {
    for (by_key, code) in [(true, 130), (false, 143)] {
        let system = TinySystem::start(|_| None);
        let sandbox = tiny_fleet().env("CLINICCTL_TOKEN", "canary").env("CLINICCTL_SYSTEM", &system.address);
        let mut run = OnTerminal::start(&sandbox, 80, &["apply", "--accept", "clinics_changed"]);
        assert!(run.until("taken as a yes: "), "the run ended: {}", run.sent());
        if by_key {
            run.press(b"\x03");
        } else {
            let sent = Command::new("/bin/kill").args(["-TERM", &run.child()]).status();
            assert!(sent.expect("kill runs").success());
        }
        let (ended, said) = run.end();
        assert_eq!(ended, Some(code), "{said}");
        assert!(said.contains("the run was asked to stop; nothing was written"), "{said}");
        assert!(system.take().iter().all(|request| request.starts_with("GET ")));
    }
}
