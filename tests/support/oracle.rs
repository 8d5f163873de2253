//! The oracle: every state that a clinic was ever in, from its change log, and what our own writes did to I1 to I3.
//!
//! The log is append-only and holds what each commit found and left, so that replaying it backwards from the present
//! gives every committed state, without a hook in the system and without a test that could forget to look. A person in
//! the console may do what a person in a console may do: only writes by a service are judged.

use super::invariants::broken;
use super::invariants::rights;
use clinicctl::domain::ActorKind;
use clinicctl::domain::Button;
use clinicctl::domain::ButtonId;
use clinicctl::domain::ClinicState;
use clinicctl::domain::DirectionKind;
use clinicctl::domain::Directory;
use clinicctl::domain::StaffId;
use serde_json::Value;
use std::collections::BTreeSet;

/// An entry of the change log.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) seq: u64,
    pub(crate) resource: String,
    pub(crate) kind: ActorKind,
    pub(crate) before: Value,
    pub(crate) after: Value,
}

impl Entry {
    /// Reads what the API says.
    pub(crate) fn of(entry: &Value) -> Self {
        Self {
            seq: entry["seq"].as_u64().expect("a number"),
            resource: entry["resource"].as_str().expect("a resource").to_owned(),
            kind: serde_json::from_value(entry["kind"].clone()).expect("a kind"),
            before: entry["before"].clone(),
            after: entry["after"].clone(),
        }
    }
}

/// One commit with the states around it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Committed {
    pub(crate) entry: Entry,
    pub(crate) before: ClinicState,
    pub(crate) after: ClinicState,
}

/// Every commit after `start`, which the log, oldest entry first, leads to the present.
pub(crate) fn replay(start: &ClinicState, log: &[Entry]) -> Vec<Committed> {
    let mut state = start.clone();
    let committed = log.iter().map(|entry| {
        let before = state.clone();
        let mut found = before.clone();
        set(&mut found, &entry.resource, &entry.before);
        assert_eq!(found, before, "the log does not follow: {entry:?}");
        set(&mut state, &entry.resource, &entry.after);
        Committed { entry: entry.clone(), before, after: state.clone() }
    });
    committed.collect()
}

/// What our commits broke: rights that the goal does not give, and I1 and I2 where they held before.
pub(crate) fn violations(
    committed: &[Committed],
    goal: &BTreeSet<(DirectionKind, StaffId)>,
    directory: &Directory,
) -> Vec<String> {
    let ours = committed.iter().filter(|commit| commit.entry.kind == ActorKind::Service);
    ours.flat_map(|commit| {
        let Committed { entry, before, after } = commit;
        let newly = broken(after, directory).difference(&broken(before, directory)).cloned().collect::<Vec<_>>();
        let given = rights(after, directory).difference(&rights(before, directory)).cloned().collect::<BTreeSet<_>>();
        let intruders: Vec<_> = given.difference(goal).cloned().collect();
        let broken = (!newly.is_empty()).then(|| format!("entry {}: newly broken: {newly:?}", entry.seq));
        let let_in = (!intruders.is_empty()).then(|| format!("entry {}: I3: let in: {intruders:?}", entry.seq));
        broken.into_iter().chain(let_in)
    })
    .collect()
}

fn set(state: &mut ClinicState, resource: &str, after: &Value) {
    let direction = || serde_json::from_value(after.clone()).expect("a direction");
    match resource {
        "messaging/incoming" => state.incoming = direction(),
        "messaging/healthcare-initiated" => state.healthcare_initiated = direction(),
        "button-order" => {
            let order: Vec<ButtonId> = serde_json::from_value(after["order"].clone()).expect("an order");
            state.buttons.sort_by_key(|button| order.iter().position(|id| *id == button.id));
        }
        button => set_button(&mut state.buttons, button_of(button), after),
    }
}

fn set_button(buttons: &mut Vec<Button>, id: ButtonId, after: &Value) {
    if after.is_null() {
        buttons.retain(|button| button.id != id);
        return;
    }
    let mut body = after.clone();
    body["id"] = serde_json::json!(id);
    let button: Button = serde_json::from_value(body).expect("a button");
    match buttons.iter_mut().find(|known| known.id == id) {
        Some(known) => *known = button,
        None => buttons.push(button),
    }
}

fn button_of(resource: &str) -> ButtonId {
    let id = resource.strip_prefix("buttons/").unwrap_or_else(|| panic!("`{resource}` is no resource"));
    ButtonId::parse(id).expect("a button's key")
}
