//! `watch`: plans at every save, survives editors that replace files, ends on Ctrl-C.

use crate::support::sandbox::{Sandbox, signal};
use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};

/// A running `watch` and the lines that it says.
struct Watching {
    process: Child,
    lines: Box<dyn Iterator<Item = String>>,
}

impl Watching {
    fn start(sandbox: &Sandbox) -> Self {
        let mut command = sandbox.command(&["watch"]);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
        let stdout = process.stdout.take().expect("stdout is piped");
        std::thread::spawn(move || BufReader::new(stdout).lines().for_each(drop));
        let stderr = process.stderr.take().expect("stderr is piped");
        let lines = Box::new(BufReader::new(stderr).lines().map(|line| line.expect("talk is UTF-8")));
        Self { process, lines }
    }

    /// Reads on until a line contains `text`; the end of the talk is a failure.
    fn until(&mut self, text: &str) -> Vec<String> {
        let mut seen = Vec::new();
        for line in self.lines.by_ref() {
            seen.push(line);
            if seen.last().is_some_and(|line| line.contains(text)) {
                return seen;
            }
        }
        panic!("watch ended before it said {text:?}: {seen:#?}");
    }

    fn signal(mut self, name: &str) -> Option<i32> {
        signal(&self.process, name);
        self.process.wait().expect("the process ends").code()
    }
}

#[test]
fn every_save_is_planned_and_ctrl_c_ends() {
    let sandbox = Sandbox::with_real_fleet();
    let mut watching = Watching::start(&sandbox);
    watching.until("Watching");
    let fleet = sandbox.read("clinics/fleet.yaml");
    sandbox.write("clinics/fleet.yaml", &format!("{fleet}\nmistake: 1\n"));
    let talk = watching.until("Watching");
    assert!(talk.iter().any(|line| line.contains("unknown-key")), "{talk:#?}");
    // As editors do that write a new file and move it over the old one.
    sandbox.write("clinics/.fleet.yaml.new", &fleet);
    std::fs::rename(sandbox.path("clinics/.fleet.yaml.new"), sandbox.path("clinics/fleet.yaml")).expect("a rename");
    let talk = watching.until("Watching");
    assert!(!talk.iter().any(|line| line.contains("unknown-key")), "{talk:#?}");
    assert_eq!(watching.signal("INT"), Some(130));
}

#[test]
fn a_folder_that_goes_and_comes_back_is_watched_again() {
    let sandbox = Sandbox::with_real_fleet();
    let mut watching = Watching::start(&sandbox);
    watching.until("Watching");
    let fleet = sandbox.read("clinics/fleet.yaml");
    std::fs::rename(sandbox.path("clinics"), sandbox.path("kept")).expect("the folder goes");
    watching.until("there is no folder `clinics`");
    watching.until("Watching");
    std::fs::create_dir(sandbox.path("clinics")).expect("another folder of the name");
    watching.until("no-files");
    watching.until("Watching");
    sandbox.write("clinics/fleet.yaml", &fleet);
    watching.until("no-clinics");
    assert_eq!(watching.signal("INT"), Some(130));
}

#[test]
fn a_folder_that_was_never_there_is_not_watched() {
    let run = Sandbox::new().run(&["watch", "clinic"]);
    assert_eq!(run.code, Some(3), "{}", run.stderr);
    assert!(run.stderr.contains("there is no folder `clinic`"), "{}", run.stderr);
}

#[test]
fn sigterm_ends_with_its_own_code() {
    let sandbox = Sandbox::with_real_fleet();
    let mut watching = Watching::start(&sandbox);
    watching.until("Watching");
    assert_eq!(watching.signal("TERM"), Some(143));
}
