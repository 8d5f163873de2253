//! Live systems: what they say of clinics, people and changes, and why they do not do what they are asked for.

use super::{assert_harmless, broken, hostile, run_with_reports};
use crate::cli::tiny_system::{TinySystem, tiny_fleet};
use crate::client::behaviours::tiny;
use crate::client::raw::{Reply, http};
use crate::support::runners::commands;
use crate::support::sandbox::Sandbox;
use clinicctl::report::Format;
use serde_json::{Value, json};

/// What a hostile system says where it is asked for this, with `text` in one field of it or in all of them.
fn answer(request: &str, only: Option<&str>, text: &str) -> Option<Reply> {
    let path = request.split(' ').nth(1)?.split('?').next()?.trim_start_matches("/api/v1");
    let ok = |body: &Value| Some(http(200, "content-type: application/json\r\netag: \"7\"\r\n", &body.to_string()));
    if !request.starts_with("GET") || path.contains("south") {
        return None;
    }
    let set = |mut body: Value| {
        for (name, pointer) in FIELDS {
            if let Some(field) = body.pointer_mut(pointer).filter(|_| only.is_none_or(|only| only == *name)) {
                *field = json!(text);
            }
        }
        body
    };
    match path {
        "" => ok(&set(tiny::root(false))),
        "/clinics/north" => ok(&set(clinic())),
        "/clinics/north/staff" => ok(&json!({"items": set(json!({"staff": tiny::staff("north")}))["staff"]})),
        "/clinics/north/changes" => ok(&json!({"items": [set(json!({"entry": entry()}))["entry"]]})),
        _ => None,
    }
}

/// Every text of an answer, by a name and its place.
const FIELDS: &[(&str, &str)] = &[
    ("the system's name", "/system"),
    ("the clinic's name", "/name"),
    ("who changed a direction", "/messaging/incoming/last_change/by"),
    ("when a direction was changed", "/messaging/incoming/last_change/at"),
    ("why a direction was changed", "/messaging/incoming/last_change/reference"),
    ("a person in a list", "/messaging/incoming/accessible_to/0"),
    ("a button's title", "/buttons/0/title/sv"),
    ("where a button leads", "/buttons/0/leads_to"),
    ("a button's id", "/buttons/0/id"),
    ("who changed a button", "/buttons/0/last_change/by"),
    ("a person's id", "/staff/0/id"),
    ("a person's name", "/staff/0/name"),
    ("a person's address", "/staff/0/email"),
    ("a person's title", "/staff/0/title"),
    ("a person's role", "/staff/0/roles/0"),
    ("who did it, in the log", "/entry/by"),
    ("when it was, in the log", "/entry/at"),
    ("why it was, in the log", "/entry/reference"),
    ("of what it was, in the log", "/entry/resource"),
    ("what was before, in the log", "/entry/before/title/sv"),
    ("what is after, in the log", "/entry/after/title/sv"),
];

fn clinic() -> Value {
    let mut clinic = tiny::clinic("north");
    let last_change = json!({"by": "karin", "kind": "person", "at": "2026-11-20T10:00:00Z", "reference": "a"});
    clinic["messaging"]["incoming"] =
        json!({"enabled": true, "accessible_to": ["north-1"], "last_change": last_change});
    clinic["buttons"][0]["active"] = json!(true);
    clinic["buttons"][0]["last_change"] = last_change;
    clinic
}

fn entry() -> Value {
    let button = json!({"id": "new-message", "leads_to": "new_message", "title": {"sv": "a"}, "active": true, "shown_in": ["app"]});
    json!({"seq": 1, "clinic": "north", "resource": "buttons/new-message", "by": "karin", "kind": "person",
           "at": "2026-11-20T10:00:00Z", "reference": "a", "before": button, "after": button})
}

/// The fleet of a hostile system.
fn facing(system: &TinySystem) -> Sandbox {
    let sandbox = tiny_fleet().env("CLINICCTL_SYSTEM", &system.address).env("CLINICCTL_TOKEN", "canary");
    sandbox.write(
        "clinics/north.yaml",
        "clinic: north\nmessaging: {incoming: {enabled: true, accessible_to: [north-2]}}\n\
         patient_interface: {buttons: [{id: new-message, leads_to: new_message, title: {sv: B}}]}\n",
    );
    sandbox
}

#[test]
fn p17_no_text_of_a_live_system_becomes_a_command() {
    for (only, text) in
        FIELDS.iter().map(|(name, _)| (Some(*name), hostile())).chain([(None, hostile()), (None, broken())])
    {
        let system = TinySystem::start(move |request| answer(request, only, &text));
        let sandbox = facing(&system);
        let what = only.unwrap_or("everything");
        run_with_reports(&sandbox, &["plan", "--color", "always"], what);
        run_with_reports(&sandbox, &["apply", "--yes", "--accept", "clinics_changed"], what);
        assert_harmless(&sandbox.run_once(&["history", "north"]), Format::Human, what);
        assert_harmless(&sandbox.run_once(&["drift", "--color", "always"]), Format::Human, what);
    }
}

/// Every verb that reads, and every format of its own.
const READS: &[&[&str]] = &[
    &["history", "north", "-o", "json"],
    &["why", "north/messaging/incoming.accessible_to"],
    &["why", "north/buttons/new-message.title.sv", "-o", "json"],
    &["can-i", "north-1", "respond", "--clinic", "north"],
    &["can-i", "north-2", "respond", "--clinic", "north", "-o", "json"],
    &["can-i", "nobody", "respond", "--clinic", "north"],
    &["preview", "north", "--format", "svg"],
    &["preview", "north", "--format", "text"],
    &["plan", "--counts-only", "-vv"],
    &["plan", "--fail-on-drift", "--reference", "::error::a ##[debug]b"],
];

#[test]
fn p17_every_verb_and_every_format_shows_a_hostile_system_and_obeys_nobody() {
    for (only, text) in [(None, hostile()), (Some("a button's title"), hostile()), (Some("a person's name"), broken())]
    {
        let system = TinySystem::start(move |request| answer(request, only, &text));
        let sandbox = facing(&system);
        for arguments in READS {
            assert_harmless(&sandbox.run_once(arguments), Format::Human, &format!("{arguments:?}"));
        }
        for format in Format::ALL {
            let run = sandbox.run_once(&["plan", "-o", format.name(), "--out", "plan.json"]);
            assert_harmless(&run, format, format.name());
            if sandbox.path("plan.json").exists() {
                assert_eq!(commands(&sandbox.read("plan.json")), [""; 0]);
                assert_harmless(&sandbox.run_once(&["show", "plan.json", "-o", format.name()]), format, format.name());
            }
        }
        run_with_reports(&sandbox, &["apply", "plan.json", "--yes"], "a saved plan");
    }
}

/// What a system says when it does not do what it is asked for.
fn failures() -> Vec<(u16, String, String)> {
    let problem = json!({"type": hostile(), "title": hostile(), "detail": broken(),
                         "errors": [{"pointer": format!("/{}", hostile()), "detail": broken()}]});
    let statuses = [301, 302, 400, 401, 403, 404, 409, 412, 422, 429, 500, 503];
    let header = "retry-after: ::error::a ##[debug]b\r\nlocation: https://##[debug]a.example/::error::b\r\n\
                  www-authenticate: ::error::a ##[debug]b\r\nserver: ##[debug]a\r\n";
    let json = statuses
        .map(|status| (status, format!("{header}content-type: application/problem+json\r\n"), problem.to_string()));
    let texts = ["text/html", "text/plain", "::error::a", "##[debug]a"];
    let texts = texts.map(|kind| (200, format!("{header}content-type: {kind}\r\n"), broken()));
    json.into_iter().chain(texts).collect()
}

#[test]
fn p17_nothing_that_a_system_says_of_a_failure_becomes_a_command() {
    for (status, headers, body) in failures() {
        for method in ["GET", "PUT"] {
            let (headers, body) = (headers.clone(), body.clone());
            let refuse = move |request: &str| request.starts_with(method).then(|| http(status, &headers, &body));
            let system = TinySystem::start(refuse);
            let sandbox = facing(&system);
            let what = format!("{method} is answered with {status}");
            for verb in [
                &["apply", "--yes"][..],
                &["plan", "-o", "github"],
                &["history"],
                &["why", "north/messaging/incoming.enabled"],
            ] {
                let run = sandbox.run_once(&[verb, &["--retry-budget", "0", "-vv"]].concat());
                let format = if verb.contains(&"github") { Format::Github } else { Format::Human };
                assert_harmless(&run, format, &format!("{what}: {verb:?}"));
                assert!(method == "PUT" || run.code != Some(0), "{what}: {verb:?}");
            }
        }
    }
}
