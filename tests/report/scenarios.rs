//! Plans that every format is shown on: small fleets with what they find live, planned by the real binary.
//!
//! A scenario is a folder: the fleet in `clinics/`, and in `live.yaml` the system as it is. All of them are planned with
//! `--prune`, so that removals are changes.

use crate::support::sandbox::Sandbox;
use clinicctl::plan::Plan;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// A small fleet and its plan.
pub(crate) struct Scenario {
    /// The name of its folder.
    pub(crate) name: String,
    /// What the run found.
    pub(crate) plan: Plan,
}

/// The scenarios and, as `real-fleet`, the project's own fleet: by name, each planned once for all tests.
pub(crate) fn scenarios() -> &'static [Scenario] {
    static SCENARIOS: OnceLock<Vec<Scenario>> = OnceLock::new();
    SCENARIOS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report/scenarios");
        let names = fs::read_dir(folder).expect("the scenarios").map(|entry| entry.expect("a scenario").file_name());
        let mut names: Vec<_> = names.map(|name| name.into_string().expect("a name")).collect();
        names.sort();
        let real = Scenario { name: "real-fleet".to_owned(), plan: planned(&Sandbox::with_real_fleet()) };
        names.into_iter().map(|name| Scenario { plan: plan(&name), name }).chain([real]).collect()
    })
}

fn plan(name: &str) -> Plan {
    planned(&Sandbox::with_fleet(&Path::new("tests/report/scenarios").join(name)))
}

fn planned(sandbox: &Sandbox) -> Plan {
    let run = sandbox.run(&["plan", "--system", "embedded", "--prune", "-o", "json"]);
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr))
}
