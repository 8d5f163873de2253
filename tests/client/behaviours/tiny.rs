//! A clinic system of two clinics, `north` and `south`, that answers as the contract says, byte by byte.

use crate::client::raw::{Reply, http};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// The fleet whose files want incoming messages for everybody in both clinics.
pub(crate) const FILES: [(&str, &str); 3] = [
    ("clinics/fleet.yaml", "fleet: tiny\nlanguages: {default: sv, required: [sv]}\n"),
    ("clinics/north.yaml", "clinic: north\nmessaging: {incoming: {enabled: true, accessible_to: everyone}}\n"),
    ("clinics/south.yaml", "clinic: south\nmessaging: {incoming: {enabled: true, accessible_to: everyone}}\n"),
];

/// The system.
pub(crate) struct Tiny {
    clinics: Mutex<BTreeMap<String, Value>>,
    snapshot: bool,
}

impl Tiny {
    pub(crate) fn new(snapshot: bool) -> Self {
        let clinics = ["north", "south"].map(|name| (name.to_owned(), clinic(name)));
        Self { clinics: Mutex::new(clinics.into()), snapshot }
    }

    /// Does what a request asks for, and answers it.
    pub(crate) fn answer(&self, request: &str) -> Reply {
        let mut words = request.split([' ', '?']);
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let segments: Vec<_> = path.trim_start_matches("/api/v1").split('/').skip(1).collect();
        let mut clinics = self.clinics.lock().expect("not poisoned");
        match (method, segments.as_slice()) {
            ("GET", []) => ok(&root(self.snapshot)),
            ("GET", ["snapshot"]) => http(200, "", &snapshot()),
            ("GET", ["clinics"]) => ok(&json!({"items": []})),
            ("GET", ["clinics", name]) => clinics.get(*name).map_or_else(missing, tagged),
            ("GET", ["clinics", name, "staff"]) => ok(&json!({"items": staff(name)})),
            ("PUT", ["clinics", name, "messaging", "incoming"]) => {
                clinics.get_mut(*name).map_or_else(missing, |clinic| write(clinic, request))
            }
            _ => missing(),
        }
    }
}

fn ok(body: &Value) -> Reply {
    http(200, "content-type: application/json\r\n", &body.to_string())
}

fn missing() -> Reply {
    http(404, "", "")
}

fn tagged(clinic: &Value) -> Reply {
    http(200, &format!("etag: \"{}\"\r\n", clinic["revision"]), &clinic.to_string())
}

fn write(clinic: &mut Value, request: &str) -> Reply {
    if !request.contains(&format!("if-match: \"{}\"", clinic["revision"])) {
        return http(412, "", "");
    }
    let body = request.split("\r\n\r\n").nth(1).unwrap_or_default();
    clinic["messaging"]["incoming"] = serde_json::from_str(body).expect("JSON");
    clinic["revision"] = json!(clinic["revision"].as_u64().expect("a number") + 1);
    tagged(clinic)
}

pub(crate) fn root(snapshot: bool) -> Value {
    let capabilities = if snapshot { json!(["snapshot"]) } else { json!([]) };
    json!({"api": "clinic-settings", "version": "1.0", "system": "Tiny", "capabilities": capabilities})
}

/// A clinic in which everything is switched off.
pub(crate) fn clinic(name: &str) -> Value {
    let off = json!({"enabled": false, "accessible_to": []});
    let button = json!({"id": "new-message", "leads_to": "new_message", "title": {"sv": "Skriv"}, "active": false, "shown_in": ["app"]});
    json!({
        "clinic": name, "name": format!("Clinic {name}"), "revision": 7,
        "messaging": {"healthcare_initiated": off, "incoming": off}, "buttons": [button],
    })
}

/// Two people who may answer.
pub(crate) fn staff(clinic: &str) -> Value {
    let person = |n: usize| {
        json!({"id": format!("{clinic}-{n}"), "name": format!("Person {n}"), "email": format!("p{n}@{clinic}.example"),
               "title": "nurse", "roles": ["healthcare_professional"], "active": true})
    };
    json!([person(1), person(2)])
}

/// One clinic's line of the snapshot.
pub(crate) fn line(name: &str) -> String {
    let mut line = clinic(name);
    line["staff"] = staff(name);
    line.to_string()
}

fn snapshot() -> String {
    format!("{}\n{}\n", line("north"), line("south"))
}
