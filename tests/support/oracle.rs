//! The oracle: every state that a clinic was ever in, from its change log, and what our own writes did to I1 to I3.
//!
//! The log is append-only and holds what each commit found and left, so that replaying it backwards from the present
//! gives every committed state, without a hook in the system and without a test that could forget to look. A person in
//! the console may do what a person in a console may do: only writes by a service are judged.

use super::invariants::{broken, rights};
use clinicctl::domain::{ActorKind, Button, ButtonId, ClinicState, DirectionKind, Directory, StaffId};
use serde_json::Value;
use std::collections::BTreeSet;

/// An entry of the change log.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) seq: u64,
    pub(crate) resource: String,
    pub(crate) kind: ActorKind,
    pub(crate) reference: Option<String>,
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
            reference: entry["reference"].as_str().map(str::to_owned),
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

/// Every commit of the log, oldest entry first, that led to the state at its end. Only the order of buttons that were
/// deleted since is not known any more, and no invariant depends on it.
pub(crate) fn rewind(end: &ClinicState, log: &[Entry]) -> Vec<Committed> {
    let mut state = end.clone();
    let committed = log.iter().rev().map(|entry| {
        let after = state.clone();
        let mut left = after.clone();
        set(&mut left, &entry.resource, &entry.after);
        assert!(
            left == after || entry.resource == "button-order",
            "the log does not lead here: {entry:?} to {after:?}"
        );
        set(&mut state, &entry.resource, &entry.before);
        Committed { entry: entry.clone(), before: state.clone(), after }
    });
    let mut committed: Vec<_> = committed.collect();
    committed.reverse();
    committed
}

/// What commits of ours broke: I1 and I2 where they held before, and I3 where they gave a right that `goal` does not.
pub(crate) fn violations<'a>(
    ours: impl Iterator<Item = &'a Committed>,
    goal: &BTreeSet<(DirectionKind, StaffId)>,
    directory: &Directory,
) -> Vec<String> {
    ours.flat_map(|Committed { entry, before, after }| {
        let newly: Vec<_> = broken(after, directory).difference(&broken(before, directory)).cloned().collect();
        let given: BTreeSet<_> = rights(after, directory).difference(&rights(before, directory)).cloned().collect();
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

#[cfg(test)]
mod tests {
    use super::{Entry, replay, rewind, rights, violations};
    use crate::support::world::{button, listed, on, professional};
    use clinicctl::domain::{ActorKind, ClinicState, Directory, LeadsTo};
    use serde_json::{Value, json};

    fn entry(seq: u64, resource: &str, before: Value, after: Value) -> Entry {
        Entry { seq, resource: resource.to_owned(), kind: ActorKind::Service, reference: None, before, after }
    }

    fn button_body() -> Value {
        json!({"leads_to": "new_message", "title": {"sv": "Knapp write"}, "active": true, "shown_in": ["app", "web"]})
    }

    /// A front door that opens: first the way in, then the button; or the other way round.
    fn opening(first: &str) -> Vec<Entry> {
        let off = json!({"enabled": false, "accessible_to": []});
        let list = json!({"enabled": true, "accessible_to": ["st-1"]});
        let everyone = json!({"enabled": true, "accessible_to": "everyone"});
        let button = |seq| entry(seq, "buttons/write", Value::Null, button_body());
        match first {
            "incoming" => vec![entry(1, "messaging/incoming", off, list), button(2)],
            "button" => vec![button(1), entry(2, "messaging/incoming", off, list)],
            _ => vec![
                entry(1, "messaging/incoming", off, everyone.clone()),
                entry(2, "messaging/incoming", everyone, list),
            ],
        }
    }

    #[test]
    fn what_our_commits_break_is_found_at_its_entry() {
        let directory = Directory::new(vec![professional(1), professional(2)]);
        let goal = ClinicState { incoming: on(listed([1])), ..ClinicState::new() };
        let goal = rights(&goal, &directory);
        for (first, wrong) in
            [("incoming", None), ("button", Some("entry 1: newly broken")), ("all", Some("entry 1: I3"))]
        {
            let committed = replay(&ClinicState::new(), &opening(first));
            let found = violations(committed.iter(), &goal, &directory);
            assert_eq!(found.len(), usize::from(wrong.is_some()), "{first}: {found:?}");
            assert!(found.iter().zip(wrong).all(|(found, wrong)| found.starts_with(wrong)), "{first}: {found:?}");
        }
    }

    #[test]
    fn forwards_and_backwards_are_the_same_history() {
        let log = opening("incoming");
        let forwards = replay(&ClinicState::new(), &log);
        let end = &forwards[1].after;
        assert_eq!(end.buttons, [button("write", LeadsTo::NewMessage)]);
        assert_eq!(rewind(end, &log), forwards);
    }

    #[test]
    #[should_panic(expected = "the log does not follow")]
    fn a_log_that_does_not_follow_is_noticed() {
        replay(&ClinicState { incoming: on(listed([2])), ..ClinicState::new() }, &opening("incoming"));
    }
}
