//! Drift, conflict and the change log, with the real binary and a person who writes beside it.

use crate::support::http;
use crate::support::sandbox::{Run, Sandbox};
use clinic_system::{ActorName, Config, Limits, Running, Scope, Seed, Server};
use clinic_wire::Actor;
use reqwest::Method;
use serde_json::{Value, json};
use std::net::Ipv4Addr;
use tokio::runtime::Runtime;

/// The real fleet and its live system, in which people write too.
struct House {
    sandbox: Sandbox,
    running: Running,
    http: reqwest::Client,
    runtime: Runtime,
}

impl House {
    /// As the seed has it.
    fn seeded() -> Self {
        let sandbox = Sandbox::with_real_fleet();
        let seed = Seed::parse(&sandbox.read("examples/live-system.yaml")).expect("a seed");
        let config = Config {
            listen: (Ipv4Addr::LOCALHOST, 0).into(),
            database: sandbox.path("live.db").into(),
            seed: Some(seed),
            limits: Limits::default(),
        };
        let runtime = Runtime::new().expect("a runtime");
        let running = runtime.block_on(Server::start(config)).expect("it starts");
        let http = http::client();
        let house = Self { sandbox, running, http, runtime };
        house.with_scopes(&Scope::ALL)
    }

    /// As an apply left it.
    fn applied() -> Self {
        let house = Self::seeded();
        assert_eq!(house.run(&["apply", "--yes"]).code, Some(0));
        house
    }

    /// From now on the runs have a token with these scopes.
    fn with_scopes(self, scopes: &[Scope]) -> Self {
        let token = self.token("config-pipeline", Actor::Service, scopes);
        let address = format!("http://{}", self.running.local_addr());
        let sandbox = self.sandbox.env("CLINICCTL_TOKEN", &token).env("CLINICCTL_SYSTEM", &address);
        Self { sandbox, ..self }
    }

    fn token(&self, name: &str, kind: Actor, scopes: &[Scope]) -> String {
        let name = ActorName::parse(name).expect("a name");
        self.running.issue_token(&name, kind, &scopes.iter().copied().collect()).expect("a token")
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.sandbox.run(arguments)
    }

    fn json(&self, arguments: &[&str]) -> Value {
        let run = self.run(&[arguments, &["-o", "json"]].concat());
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}\n{}{}", run.stdout, run.stderr))
    }

    /// Karin writes; `None` deletes.
    fn karin(&self, clinic: &str, resource: &str, body: Option<&Value>) {
        let token = self.token("karin.holm", Actor::Person, &Scope::ALL);
        let root = format!("http://{}/api/v1/clinics/{clinic}", self.running.local_addr());
        self.runtime.block_on(async {
            let live = self.http.get(&root).bearer_auth(&token).send().await.expect("an answer");
            let revision = live.headers()["etag"].to_str().expect("a revision").to_owned();
            let method = if body.is_some() { Method::PUT } else { Method::DELETE };
            let request = self.http.request(method, format!("{root}/{resource}")).bearer_auth(&token);
            let request = request.header("if-match", revision);
            let request = if let Some(body) = body { request.json(body) } else { request };
            let answer = request.send().await.expect("an answer");
            assert!(answer.status().is_success(), "{}", answer.text().await.expect("a text"));
        });
    }

    fn log_length(&self) -> usize {
        self.json(&["history", "--limit", "10000"])["entries"].as_array().expect("a list").len()
    }
}

fn everyone() -> Value {
    json!({"enabled": true, "accessible_to": "everyone"})
}

/// The change at this address.
fn change(plan: &Value, address: &str) -> Value {
    let mut changes = plan["changes"].as_array().expect("a list").iter();
    changes.find(|change| change["address"] == address).unwrap_or_else(|| panic!("no {address} in {plan:#}")).clone()
}

fn addresses(plan: &Value) -> Vec<&str> {
    plan["changes"].as_array().expect("a list").iter().filter_map(|change| change["address"].as_str()).collect()
}

#[test]
fn an_edit_since_the_last_apply_is_drift_and_with_an_edit_of_the_files_a_conflict() {
    let house = House::applied();
    house.karin("igelkotten", "messaging/incoming", Some(&everyone()));
    let drift = change(&house.json(&["plan"]), "igelkotten/messaging/incoming");
    let people = json!(["st-1301", "st-1302", "st-1303", "st-1304", "st-1305"]);
    assert_eq!(drift["because"], "drift");
    assert_eq!(drift["applied"], json!({"enabled": true, "accessible_to": people}));
    assert_eq!((&drift["last_change"]["by"], &drift["last_change"]["kind"]), (&json!("karin.holm"), &json!("person")));
    assert_eq!((&drift["before"], &drift["after"]), (&everyone(), &drift["applied"]));

    house.sandbox.edit("clinics/stockholm/igelkotten.yaml", "      - farid.nazari@igelkotten.example\n", "");
    let plan = house.json(&["plan"]);
    assert_eq!(change(&plan, "igelkotten/messaging/incoming")["because"], "conflict");
    let others = plan["changes"].as_array().expect("a list").iter();
    assert!(others.filter(|change| change["because"] != "intent").count() == 1, "{plan:#}");
    let alone = house.json(&["drift"]);
    assert_eq!(addresses(&alone), ["igelkotten/messaging/incoming"]);
    assert_eq!(alone["changes"][0], change(&plan, "igelkotten/messaging/incoming"), "as the plan has it");
}

#[test]
fn drift_alone_says_who_and_when_and_leaves_with_two_where_asked() {
    let house = House::applied();
    house.sandbox.edit("clinics/fleet.yaml", "fleet:", "# a comment\nfleet:");
    let none = house.run(&["drift", "--detailed-exitcode"]);
    let sentence = "No drift: nobody changed by hand what the files say about 18 clinics.\n";
    assert_eq!((none.code, none.stdout.as_str()), (Some(0), sentence), "{}", none.stderr);

    house.karin("norrtull", "button-order", Some(&json!({"order": ["renew", "book", "new-message"]})));
    house.karin("vintergatan", "buttons/call-us", None);
    // The files want this too, but for another reason than a person's.
    house.sandbox.edit("clinics/uppsala/alvdansen.yaml", "sv: ", "sv: Så ");
    let drift = house.json(&["drift"]);
    assert_eq!(addresses(&drift), ["norrtull/button-order", "vintergatan/buttons/call-us"]);
    assert_eq!(drift["summary"], json!({"clinics": 18, "clinics_changed": 2, "create": 1, "update": 1, "delete": 0}));
    for change in drift["changes"].as_array().expect("a list") {
        assert_eq!((&change["because"], &change["last_change"]["by"]), (&json!("drift"), &json!("karin.holm")));
    }
    assert_eq!(drift["changes"][0]["applied"], json!({"order": ["new-message", "book", "renew"]}));
    assert_eq!(drift["changes"][1]["applied"], drift["changes"][1]["after"]);
    let shown = house.run(&["drift", "--detailed-exitcode"]);
    assert_eq!(shown.code, Some(2), "{}", shown.stderr);
    assert!(shown.stdout.contains("karin.holm") && !shown.stdout.contains("alvdansen"), "{}", shown.stdout);
    let selected = house.json(&["drift", "--clinic", "norr*"]);
    assert_eq!(addresses(&selected), ["norrtull/button-order"]);
}

#[test]
fn what_nobody_declares_is_no_drift() {
    let house = House::applied();
    let before = house.json(&["plan"]);
    // No file says anything about this button.
    let button =
        json!({"leads_to": "drop_in", "title": {"sv": "Kö", "en": "Queue"}, "active": false, "shown_in": ["web"]});
    house.karin("norrtull", "buttons/queue", Some(&button));
    assert_eq!(addresses(&house.json(&["plan"])), addresses(&before));
    assert_eq!(house.run(&["drift", "--detailed-exitcode"]).code, Some(0));
}

#[test]
fn an_edit_that_was_taken_back_is_none() {
    let house = House::applied();
    let list = json!({"enabled": true, "accessible_to": ["st-1301", "st-1302", "st-1303", "st-1304", "st-1305"]});
    house.karin("igelkotten", "messaging/incoming", Some(&everyone()));
    house.karin("igelkotten", "messaging/incoming", Some(&list));
    assert!(addresses(&house.json(&["plan"])).is_empty());
    // A person came last, and what is live is still what the apply left.
    house.sandbox.edit("clinics/stockholm/igelkotten.yaml", "      - farid.nazari@igelkotten.example\n", "");
    let change = change(&house.json(&["plan"]), "igelkotten/messaging/incoming");
    assert_eq!((&change["because"], &change["last_change"]["by"]), (&json!("intent"), &json!("karin.holm")));
}

#[test]
fn a_run_stops_at_drift_where_asked_before_anything_is_written() {
    let house = House::applied();
    house.karin("igelkotten", "messaging/incoming", Some(&everyone()));
    house.karin("norrtull", "button-order", Some(&json!({"order": ["renew", "book", "new-message"]})));
    let written = house.log_length();
    let planned = house.run(&["plan", "--fail-on-drift", "--detailed-exitcode", "--out", "plan.json"]);
    assert_eq!(planned.code, Some(5), "{}", planned.stderr);
    assert!(planned.stdout.contains("igelkotten"), "the plan is shown all the same");
    for arguments in [&["apply", "--yes", "--fail-on-drift"][..], &["apply", "plan.json", "--yes", "--fail-on-drift"]] {
        let applied = house.run(arguments);
        assert_eq!(applied.code, Some(5), "{}", applied.stderr);
        assert!(applied.stderr.contains("the clinics `igelkotten` and `norrtull`"), "{}", applied.stderr);
        assert!(applied.stderr.contains("nothing was sent"), "{}", applied.stderr);
        assert_eq!(house.log_length(), written);
    }
    assert_eq!(house.run(&["apply", "plan.json", "--yes"]).code, Some(0));
    for verb in ["plan", "drift"] {
        assert_eq!(house.run(&[verb, "--detailed-exitcode"]).code, Some(0), "{verb}");
    }
    assert_eq!(house.run(&["plan", "--fail-on-drift"]).code, Some(0));
}

#[test]
fn the_seed_has_drifted_already() {
    let house = House::seeded();
    let expected = ["igelkotten/messaging/incoming", "norrtull/messaging/incoming", "norrtull/button-order"];
    assert_eq!(addresses(&house.json(&["drift"])), expected);
}

#[test]
fn a_token_that_may_not_read_the_log_plans_and_says_what_is_not_known() {
    let house = House::seeded().with_scopes(&[Scope::SettingsRead, Scope::DirectoryRead]);
    let plan = house.json(&["plan"]);
    assert!(plan["changes"].as_array().expect("a list").iter().all(|change| change["because"] == "intent"));
    let unknown = plan["drift_unknown"]["clinics"].as_array().expect("a list");
    assert!(unknown.contains(&json!("norrtull")) && unknown.len() < 9, "{unknown:?}");
    let change = change(&plan, "norrtull/messaging/incoming");
    assert_eq!((&change["because"], &change["last_change"]["by"]), (&json!("intent"), &json!("karin.holm")));
    let shown = house.run(&["plan"]);
    assert_eq!(shown.code, Some(0), "{}", shown.stderr);
    assert_eq!(shown.stdout.matches("`audit:read`").count(), 1, "one note for the run: {}", shown.stdout);
    for arguments in [&["plan", "--fail-on-drift"][..], &["drift"]] {
        let run = house.run(arguments);
        assert_eq!(run.code, Some(1), "not to know is no success: {}", run.stderr);
        assert!((run.stdout + &run.stderr).contains("`audit:read`"), "{}", run.stderr);
    }
    for arguments in [&["history"][..], &["history", "norrtull"]] {
        let run = house.run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (Some(7), ""), "{}", run.stderr);
        let refusal = "error: the token may not read the change log (403)\n  hint: reading the change log needs the scope `audit:read`\n";
        assert!(run.stderr.ends_with(refusal), "{}", run.stderr);
    }
}

#[test]
fn the_log_is_shown_newest_first_of_one_clinic_or_of_all() {
    let house = House::seeded();
    house.karin("norrtull", "button-order", Some(&json!({"order": ["renew", "book", "new-message"]})));
    let all = house.json(&["history", "--limit", "3"]);
    assert_eq!(all["format"], "clinicctl-history/1");
    let places = |log: &Value| -> Vec<String> {
        let entries = log["entries"].as_array().expect("a list").iter();
        entries.map(|entry| format!("{}/{}", entry["clinic"], entry["resource"]).replace('"', "")).collect()
    };
    let newest = ["norrtull/button-order", "masvik/messaging/incoming", "humlan/messaging/incoming"];
    assert_eq!(places(&all), newest);
    let entry = &all["entries"][0];
    assert_eq!((&entry["by"], &entry["kind"]), (&json!("karin.holm"), &json!("person")));
    assert_eq!(entry["before"], json!({"order": ["book", "new-message", "renew"]}));
    assert_eq!(entry["after"], json!({"order": ["renew", "book", "new-message"]}));
    let one = house.json(&["history", "norrtull"]);
    let expected = ["button-order", "messaging/incoming", "button-order", "button-order", "messaging/incoming"];
    assert_eq!(places(&one), expected.map(|resource| format!("norrtull/{resource}")));
    let shown = house.run(&["history", "norrtull", "--limit", "1"]);
    assert_eq!(shown.code, Some(0), "{}", shown.stderr);
    let lines: Vec<_> = shown.stdout.lines().collect();
    assert!(lines[0].ends_with("Z  norrtull/button-order  karin.holm (a person)"), "{}", shown.stdout);
    let states =
        [r#"    - {"order":["book","new-message","renew"]}"#, r#"    + {"order":["renew","book","new-message"]}"#];
    assert_eq!(lines[1..], states);
    let unknown = house.run(&["history", "nowhere"]);
    assert_eq!((unknown.code, unknown.stdout.as_str()), (Some(1), ""), "{}", unknown.stderr);
    assert!(unknown.stderr.contains("`nowhere`"), "{}", unknown.stderr);
    assert_eq!(house.run(&["history", "Not A Clinic"]).code, Some(64));
}
