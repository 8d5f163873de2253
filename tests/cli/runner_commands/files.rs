//! Pull requests: texts of files, and the names of files and folders.

use super::{broken, hostile, run_with_reports};
use crate::cli::tiny_system::{TinySystem, tiny_fleet};
use crate::support::runners::commands;
use serde_json::json;
use std::fs;

/// A clinic's file with `TEXT` where a text of the pull request stands.
const CLINICS: &[&str] = &[
    "clinic: TEXT\n",
    "clinic: north\nextends: TEXT\n",
    "clinic: north\nextends: [TEXT]\n",
    "clinic: north\nTEXT: 1\n",
    "clinic: north\n# TEXT\nbogus: TEXT\n",
    "clinic: north\nlabels: {TEXT: a}\n",
    "clinic: north\nlabels: {region: TEXT}\n",
    "clinic: north\nexpects: TEXT\n",
    "clinic: north\nwaive: [{rule: TEXT, reason: TEXT, until: TEXT}]\n",
    "clinic: north\nwaive: [{rule: single-responder, reason: TEXT, until: 2099-01-01}]\n\
     messaging: {incoming: {enabled: true, accessible_to: [north-1]}}\n",
    "clinic: north\nmessaging: {TEXT: 1}\n",
    "clinic: north\nmessaging: {incoming: {enabled: TEXT, accessible_to: TEXT}}\n",
    "clinic: north\nmessaging: {incoming: {enabled: true, accessible_to: [TEXT, north-1]}}\n",
    "clinic: north\npatient_interface: {buttons: [{id: TEXT, leads_to: TEXT, title: {sv: a}}]}\n",
    "clinic: north\npatient_interface: {buttons: [{id: a, leads_to: new_message, title: {TEXT: TEXT}, shown_in: [TEXT]}]}\n",
    "clinic: north\npatient_interface: {buttons: [{id: a, leads_to: new_message, title: {sv: TEXT}}]}\n",
    "baseline: TEXT\n",
    "baseline: TEXT\nmessaging: {}\nTEXT: 1\n",
    "group: TEXT\nmembers: [TEXT]\n",
    "group: a\nmembers: [TEXT]\n---\nclinic: north\nmessaging: {incoming: {accessible_to: [a]}}\n",
    "checks: [{check: TEXT, because: TEXT, at_least: {right: respond, people: 9}}]\n",
    "checks: [{check: a, because: TEXT, at_least: {right: respond, people: 9}}]\n",
    "checks: [{check: a, because: TEXT, clinics: {TEXT: TEXT}, never: {right: respond, title: TEXT}}]\n",
    "fleet: TEXT\nrules: {TEXT: error}\n",
    "fleet: other\nlanguages: {default: TEXT, required: [TEXT]}\nguards: {TEXT: 1}\nsystem: TEXT\n",
    "TEXT\n",
    "clinic: north\n- TEXT: [\n",
    "clinic: &TEXT north\nmessaging: *TEXT\n",
];

/// The verbs that read files, each with a text as YAML may hold it: quoted, or as it is.
fn spelt() -> [(&'static str, String); 4] {
    let [quoted, broken] = [hostile(), broken()].map(|text| json!(text).to_string());
    let bare = "::error::a ##[debug]b".to_owned();
    [("validate", quoted.clone()), ("plan", quoted), ("plan", broken), ("validate", bare)]
}

#[test]
fn p17_no_text_of_a_file_becomes_a_command() {
    let system = TinySystem::start(|_| None);
    for file in CLINICS {
        for (verb, text) in spelt() {
            let sandbox = tiny_fleet().env("CLINICCTL_SYSTEM", &system.address).env("CLINICCTL_TOKEN", "canary");
            sandbox.write("clinics/a.yaml", &file.replace("TEXT", &text));
            if file.starts_with("clinic: north") {
                fs::remove_file(sandbox.path("clinics/north.yaml")).expect("it was there");
            }
            run_with_reports(&sandbox, &[verb, "--color", "always"], file);
        }
    }
}

#[test]
fn p17_no_name_of_a_file_or_a_folder_becomes_a_command() {
    let system = TinySystem::start(|_| None);
    for name in ["::error::a", "##[debug]a", "a\n::error::b", "a\r##vso[x]b", "section_start:1:a", " \u{a0}::error::a"]
    {
        for file in ["bogus: 1\n", "clinic: far\n", "clinic: north\nmessaging: {incoming: {enabled: false}}\n"] {
            let sandbox = tiny_fleet().env("CLINICCTL_SYSTEM", &system.address).env("CLINICCTL_TOKEN", "canary");
            sandbox.write(&format!("clinics/{name}.yaml"), file);
            sandbox.write(&format!("{name}/fleet.yaml"), "fleet: a\n");
            sandbox.write(&format!("{name}/{name}/{name}.yaml"), file);
            for arguments in [["validate", "clinics"], ["plan", "clinics"], ["plan", name]] {
                run_with_reports(&sandbox, &arguments, &format!("{name}: {arguments:?}"));
            }
            let inside = sandbox.command(&["validate", "."]).current_dir(sandbox.path("clinics")).output();
            let shown = inside.expect("the binary runs").stdout;
            assert_eq!(commands(&String::from_utf8(shown).expect("text")), [""; 0], "{name}");
        }
    }
}
