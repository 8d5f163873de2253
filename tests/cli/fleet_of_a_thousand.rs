//! One clinic of a thousand that cannot be written.

use super::second_system::assert_exit;
use crate::support::sandbox::Sandbox;
use crate::support::second_system::{Act, SecondSystem, TOKEN};
use serde_json::json;
use std::collections::BTreeSet;

const CLINICS: usize = 1_000;
/// How often a write whose answer says nothing is sent at most, if a run may spend what it usually may.
const MOST_TRIES: usize = 4;

#[test]
fn p11_one_broken_clinic_never_delays_the_others() {
    let names: Vec<_> = (0..CLINICS).map(|at| format!("c-{at:04}")).collect();
    let broken = &names[CLINICS / 2];
    let sandbox = Sandbox::new();
    sandbox.write("clinics/fleet.yaml", "fleet: large\nlanguages: {default: sv, required: [sv]}\n");
    for name in &names {
        let text = format!("clinic: {name}\nmessaging: {{incoming: {{enabled: true, accessible_to: [st-1]}}}}\n");
        sandbox.write(&format!("clinics/{name}.yaml"), &text);
    }
    let person = json!({"id": "st-1", "name": "Person One", "title": "nurse", "roles": ["healthcare_professional"], "active": true});
    let seed = |name: &String| json!({"clinic": name, "name": name, "staff": [person]});
    let system = SecondSystem::start(&names.iter().map(seed).collect::<Vec<_>>());
    let below = format!("/clinics/{broken}/");
    system.follow(move |asked| match !asked.is_read() && asked.path.contains(&below) {
        true => Act::Refuse(500),
        false => Act::Answer,
    });
    let sandbox = sandbox.env("CLINICCTL_TOKEN", TOKEN).env("CLINICCTL_SYSTEM", &system.address);

    let run = sandbox.run(&["apply", "--yes", "-q", "--accept", "clinics_changed"]);
    let summary = run.stdout.lines().last().unwrap_or_default();
    assert_eq!(
        summary,
        "Applied: 0 added, 999 changed, 0 removed; 999 clinics done and read back. 1 clinic stopped: 1 failed.",
        "{}",
        run.stderr
    );
    assert_exit(&run, 6);
    let asked = system.recording.take();
    let writes: Vec<_> = asked.iter().filter(|asked| !asked.is_read()).map(|asked| asked.path.clone()).collect();
    assert_eq!(writes.len(), CLINICS - 1 + MOST_TRIES);
    assert_eq!(writes.into_iter().collect::<BTreeSet<_>>().len(), CLINICS);
}
