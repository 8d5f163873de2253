//! Every JSON body: of answers, which the client reads, and of requests, which the reference system reads.

use super::no_hidden_character;
use clinic_system::bodies;
use clinic_wire::FieldProblem;
use clinicctl::client::responses;
use clinicctl::client::responses::{Answer, Offer, SnapshotLine, instance};
use clinicctl::compile::{Compiled, compile};
use clinicctl::diagnostic::escape;
use clinicctl::diff::Members;
use clinicctl::domain::{ButtonId, ClinicId, DesiredFleet, LiveClinic, Resource, Revision};
use clinicctl::execute::Observed;
use clinicctl::plan::{
    Assembled, Attribution, GuardSettings, Header, PlanContext, SavedPlan, Write, assemble, plan_clinic,
};
use clinicctl::report;
use clinicctl::report::{Format, Paint};
use clinicctl::rules::Policy;
use clinicctl::source::SourceSet;
use reqwest::StatusCode;
use reqwest::header::{ETAG, HeaderMap, HeaderValue};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Display;
use std::sync::OnceLock;

/// The bodies that the first byte of the input chooses from.
const BODIES: &[fn(&[u8])] = &[
    root,
    clinics,
    clinic,
    staff,
    changes,
    snapshot_line,
    refused,
    written,
    direction,
    button,
    order,
    start,
    reply,
    handover,
];

/// A body: never a panic, always a sentence without a hidden character, and a clinic that is taken can be planned.
pub(crate) fn bodies(data: &[u8]) {
    let Some((which, body)) = data.split_first() else { return };
    BODIES[usize::from(*which) % BODIES.len()](body);
}

fn root(body: &[u8]) {
    if let Some(root) = read(body) {
        told(instance(&root));
        told(Offer::of(root));
    }
}

fn clinics(body: &[u8]) {
    let Some(page) = read::<clinic_wire::Page<clinic_wire::ClinicSummary>>(body) else { return };
    match responses::ids(&page.items) {
        Ok(ids) => assert!(ids.len() <= page.items.len()),
        Err(error) => shown(&error.to_string()),
    }
}

fn clinic(body: &[u8]) {
    let Some(line) = read::<clinic_wire::ClinicLine>(body) else { return };
    let asked = ClinicId::parse(&line.clinic).unwrap_or_else(|_| hamnen());
    let directory = line.staff.is_some();
    let fetched = || responses::Fetched::Line(Box::new(line.clone()));
    observed(fetched().state_alone(&asked), &asked);
    let whole = fetched().with_directory(&asked);
    assert!(directory || !matches!(whole, Observed::Live(_)), "a plan needs a directory");
    observed(whole, &asked);
}

fn staff(body: &[u8]) {
    let Some(page) = read::<clinic_wire::Page<clinic_wire::StaffItem>>(body) else { return };
    let line = br#"{"clinic":"hamnen","name":"Hamnen","revision":1,"buttons":[],"messaging":{
        "incoming":{"enabled":true,"accessible_to":"everyone"},
        "healthcare_initiated":{"enabled":true,"accessible_to":"everyone"}}}"#;
    let line = clinic_wire::ClinicLine { staff: Some(page.items), ..read(line).expect("a clinic") };
    observed(responses::Fetched::Line(Box::new(line)).with_directory(&hamnen()), &hamnen());
}

fn changes(body: &[u8]) {
    let Some(page) = read::<clinic_wire::Page<clinic_wire::ChangeEntry>>(body) else { return };
    let resources = ["messaging/incoming", "messaging/healthcare-initiated", "button-order", "buttons/book"];
    let mut open = resources.iter().filter_map(|name| Resource::parse(name)).collect();
    let mut attribution = Attribution::new();
    for entry in page.items {
        let logged = responses::log_entry(&hamnen(), entry.clone());
        no_hidden_character(&report::history(&[logged], Paint::Plain));
        told(responses::note(entry, &mut open, &mut attribution));
    }
}

fn snapshot_line(line: &[u8]) {
    let Ok(named) = SnapshotLine::of(line).map_err(|wrong| shown(&wrong)) else { return };
    let Ok(asked) = ClinicId::parse(&named.clinic) else { return };
    observed(named.fetched().with_directory(&asked), &asked);
}

/// A problem document, under the status that the second byte chooses.
fn refused(data: &[u8]) {
    let statuses = [400, 401, 403, 404, 409, 412, 422, 428, 429, 500, 502, 503, 302];
    let Some((which, body)) = data.split_first() else { return };
    let status = statuses[usize::from(*which) % statuses.len()];
    assert!(judged(status, body).is_none(), "{status} is no success");
    told(responses::document::<clinic_wire::ApiRoot>(&answer(status, body)).map_err(|error| error.sentence()));
}

/// What a write is answered with, under the status that the second byte chooses.
fn written(data: &[u8]) {
    let Some((which, body)) = data.split_first() else { return };
    let status = [200, 201, 202, 204, 206][usize::from(*which) % 5];
    let Some(revision) = judged(status, body) else { return };
    assert!(matches!(status, 200 | 201 | 204) && revision == Revision(7), "{status} at {revision}");
    let json = body.trim_ascii();
    assert!(json.is_empty() || serde_json::from_slice::<Value>(json).is_ok(), "only JSON counts as done");
}

/// The revision that a write has led to, by this answer.
fn judged(status: u16, body: &[u8]) -> Option<Revision> {
    let answer = answer(status, body);
    let button = || ButtonId::parse("book").expect("an id");
    let _shown = responses::judge(&answer, Revision(6), &Write::DeleteButton(button())).map_err(|error| shown(&error));
    let judged = responses::judge(&answer, Revision(6), &Write::PutOrder(vec![button()]));
    judged.map_err(|error| shown(&error)).ok().map(|performed| performed.revision)
}

fn direction(body: &[u8]) {
    strict(body, bodies::direction);
}

fn button(body: &[u8]) {
    strict(body, bodies::button);
}

fn order(body: &[u8]) {
    strict(body, bodies::order);
}

fn start(body: &[u8]) {
    strict(body, bodies::start);
}

fn reply(body: &[u8]) {
    strict(body, bodies::reply);
}

fn handover(body: &[u8]) {
    strict(body, bodies::handover);
}

/// A body of a request. What is taken is taken again when it is written, and means the same.
fn strict<T>(body: &[u8], shape: fn(&Value) -> bodies::Shaped<T>)
where
    T: serde::Serialize + PartialEq + std::fmt::Debug,
{
    let Ok(value) = bodies::parse(body).map_err(|error| shown(&error)) else { return };
    match shape(&value) {
        Ok(taken) => assert_eq!(shape(&serde_json::to_value(&taken).expect("JSON")).as_ref(), Ok(&taken)),
        Err(problems) => {
            assert!(!problems.is_empty(), "a refusal says why");
            problems.iter().for_each(|FieldProblem { pointer, detail }| {
                shown(pointer);
                shown(detail);
            });
        }
    }
}

/// What one reading of a clinic gave; one that is live is planned.
fn observed(observed: Observed, asked: &ClinicId) {
    match observed {
        Observed::Live(live) => {
            assert_eq!(live.clinic, *asked);
            planned(&live);
        }
        Observed::Failed(wrong) => shown(&wrong),
        Observed::Missing | Observed::Forbidden => panic!("nobody said so"),
    }
}

/// The clinic under files that want nothing of it, and under files that want everything otherwise.
fn planned(live: &LiveClinic) {
    let (sources, fleet) = files();
    let (layers, members) = (&fleet.layers, Members::of(fleet));
    for (name, prune) in [("nothing", false), ("everything", true)] {
        let desired = &fleet.clinics[&ClinicId::parse(name).expect("an id")];
        let context = PlanContext { sources, layers, members: &members, prune, today: today() };
        let plan = plan_clinic(desired, live, Policy::of(fleet, desired), &context);
        let header = Header {
            fleet: "fuzz".to_owned(),
            system: "embedded".to_owned(),
            reference: None,
            guards: GuardSettings::of(fleet, [].into()),
            findings: Vec::new(),
        };
        let assembled = assemble(header, vec![plan]);
        assert!(prune || assembled.plan.changes.is_empty(), "nothing is wanted: {:?}", assembled.plan.changes);
        for format in [Format::Human, Format::Json, Format::Html] {
            no_hidden_character(&report::render_plan(format, &assembled.plan, Paint::Plain));
        }
        let binding = clinicctl::plan::Binding::Embedded("0".to_owned());
        let Assembled { plan, work, limits } = assembled;
        let saved = SavedPlan { plan, prune, binding, instance: None, limits, work };
        assert_eq!(SavedPlan::from_json(&saved.to_json()).as_ref(), Ok(&saved));
    }
}

fn files() -> (&'static SourceSet, &'static DesiredFleet) {
    static FILES: OnceLock<(SourceSet, Compiled)> = OnceLock::new();
    let (sources, compiled) = FILES.get_or_init(|| {
        let sources = SourceSet::new(vec![
            super::file("clinics/fleet.yaml", b"fleet: fuzz\nlanguages: {default: sv, required: [sv]}\n"),
            super::file("clinics/nothing.yaml", b"clinic: nothing\n"),
            super::file("clinics/everything.yaml", EVERYTHING),
        ]);
        let compiled = compile(&sources, today());
        (sources, compiled)
    });
    (sources, compiled.fleet.as_ref().unwrap_or_else(|| panic!("{:?}", compiled.findings)))
}

/// Other than nearly everything that a corpus has.
const EVERYTHING: &[u8] = b"clinic: everything
messaging:
  healthcare_initiated: {enabled: false, accessible_to: []}
  incoming: {enabled: true, accessible_to: [anna.berg@hamnen.example, st-2]}
patient_interface:
  buttons:
    - {id: z, leads_to: drop_in, title: {sv: Z}, active: true, shown_in: [web]}
    - {id: book, leads_to: book_appointment, title: {sv: Annat}, active: true, shown_in: [app, web]}
";

fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 11, 22)
}

fn hamnen() -> ClinicId {
    ClinicId::parse("hamnen").expect("an id")
}

fn answer(status: u16, body: &[u8]) -> Answer {
    let headers = HeaderMap::from_iter([(ETAG, HeaderValue::from_static("\"7\""))]);
    Answer { status: StatusCode::from_u16(status).expect("a status"), headers, body: body.to_vec(), tries: 1 }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    responses::document(&answer(200, body)).map_err(|error| shown(&error.sentence())).ok()
}

fn told<T>(result: Result<T, impl Display>) {
    if let Err(error) = result {
        shown(&error);
    }
}

/// A sentence as the product shows it.
fn shown(text: &impl Display) {
    no_hidden_character(&escape(&text.to_string()));
}
