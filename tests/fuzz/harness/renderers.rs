//! Every renderer, on a plan, its outcomes and its findings in which every text is a piece of the input.
//!
//! One harness for all of them: what is hostile to one format is soon tried on the others, by another first byte.

use super::{markup, no_hidden_character};
use clinicctl::compile::compile;
use clinicctl::diagnostic::Finding;
use clinicctl::domain::{ActorKind, ClinicId, LastChange, Resource};
use clinicctl::execute::{ClinicOutcome, Conflict, PerformError, StepOutcome, Stop};
use clinicctl::plan::{PictureRow, Plan};
use clinicctl::report;
use clinicctl::report::menu_preview::Scene;
use clinicctl::report::{Ended, Files, Format, Paint, Run, menu_preview};
use clinicctl::source::SourceSet;
use serde_json::Value;
use std::borrow::Cow;
use std::sync::OnceLock;

/// What a text of [`PLAN`] is before it is a piece of the input.
const TEXT: &str = "TEXT";
/// A plan with a text in every place that can hold one.
const PLAN: &str = include_str!("plan.json");
/// More than GitHub takes for a comment.
const COMMENT_MAX: usize = 65_536;

/// The first byte chooses a format, and whether a plan, what became of it, findings or pictures are rendered. The rest
/// are texts, parted by bytes that no text has.
pub(crate) fn renderers(data: &[u8]) {
    let Some((which, texts)) = data.split_first() else { return };
    let mut texts = Texts::of(texts);
    let which = usize::from(*which) % (4 * Format::ALL.len());
    let format = Format::ALL[which / 4];
    let paint = Paint::Plain;
    match which % 4 {
        0 => check(format, &report::render_plan(format, &plan(&mut texts), paint)),
        1 => {
            let plan = plan(&mut texts);
            let run = Run { outcomes: &outcomes(&mut texts), ended: Ended::Interrupted, ..Run::begun(&plan) };
            check(format, &report::render_applied(format, &run, paint));
        }
        2 => files(format, &mut texts),
        _ => plan(&mut texts).impact.pictures.iter().for_each(pictures),
    }
}

/// Pieces of the input, again and again.
struct Texts<'a> {
    pieces: Vec<Cow<'a, str>>,
    next: usize,
}

impl<'a> Texts<'a> {
    fn of(data: &'a [u8]) -> Self {
        let pieces = data.split(|byte| *byte == 0xff).map(String::from_utf8_lossy).collect();
        Self { pieces, next: 0 }
    }

    fn next(&mut self) -> String {
        self.next += 1;
        self.pieces[(self.next - 1) % self.pieces.len()].clone().into_owned()
    }
}

fn plan(texts: &mut Texts<'_>) -> Plan {
    static TEMPLATE: OnceLock<Value> = OnceLock::new();
    let mut plan = TEMPLATE.get_or_init(|| serde_json::from_str(PLAN).expect("JSON")).clone();
    fill(&mut plan, texts);
    serde_json::from_value(plan).expect("a plan may hold any text")
}

fn fill(value: &mut Value, texts: &mut Texts<'_>) {
    match value {
        Value::String(text) if text == TEXT => *text = texts.next(),
        Value::Array(values) => values.iter_mut().for_each(|value| fill(value, texts)),
        Value::Object(values) => values.values_mut().for_each(|value| fill(value, texts)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn outcomes(texts: &mut Texts<'_>) -> Vec<ClinicOutcome> {
    let resource = Resource::parse("buttons/book").expect("a resource");
    let last_change =
        || LastChange { by: "karin".to_owned(), kind: ActorKind::Person, at: String::new(), reference: None };
    let by = LastChange { by: texts.next(), at: texts.next(), reference: Some(texts.next()), ..last_change() };
    let stops = [
        ("alm", None),
        ("ek", Some(Stop::Step)),
        ("lind", Some(Stop::Conflict(Conflict { why: texts.next(), edits: Vec::new() }))),
        ("sjo", Some(Stop::ReadBack(vec![(resource, Some(by))]))),
        ("tall", Some(Stop::Interrupted(texts.next()))),
        ("vik", Some(Stop::NotReadBack(texts.next()))),
    ];
    let refused = PerformError::Refused { detail: texts.next(), fields: vec![(texts.next(), texts.next())] };
    let errors = [refused, PerformError::Unknown(texts.next()), PerformError::Failed(texts.next())];
    let stopped = |at: usize| StepOutcome::Stopped(errors[at % errors.len()].clone());
    let outcome = |(at, (clinic, stop)): (usize, (&str, Option<Stop>))| ClinicOutcome {
        clinic: ClinicId::parse(clinic).expect("an id"),
        steps: vec![(
            1 + u32::try_from(at).expect("few"),
            if stop.is_some() { stopped(at) } else { StepOutcome::Done },
        )],
        stop,
    };
    stops.into_iter().enumerate().map(outcome).collect()
}

/// Files under any name with anything in them, and findings that say anything.
fn files(format: Format, texts: &mut Texts<'_>) {
    let (fleet, any) = (texts.next(), texts.next());
    let mut named = super::file("clinics/clinic.yaml", any.as_bytes());
    named.path = texts.next().into();
    let sources =
        SourceSet::new(vec![super::file("clinics/fleet.yaml", format!("fleet: {fleet}\n").as_bytes()), named]);
    let mut compiled = compile(&sources, jiff::civil::date(2026, 11, 22));
    let said = compiled.findings.iter().flat_map(|finding| &finding.labels).map(|label| label.place).next();
    compiled.findings.extend(said.map(|place| {
        let finding = Finding::warning("long-title", place, texts.next()).labelled(texts.next());
        finding.also(place, texts.next()).help(texts.next())
    }));
    let files = Files { sources: &sources, findings: &compiled.findings, fleet: compiled.fleet.as_ref() };
    check(format, &report::render_files(format, &files, Paint::Plain));
}

fn pictures(row: &PictureRow) {
    for language in menu_preview::languages(row) {
        let scenes = [Scene::of(row, language)];
        no_hidden_character(&menu_preview::text(&row.clinic, &scenes, Paint::Plain));
        let drawn = menu_preview::document(&row.clinic, &scenes);
        no_hidden_character(&drawn);
        markup::is_xml(&drawn);
    }
}

/// What holds of a format whatever the texts are.
fn check(format: Format, text: &str) {
    no_hidden_character(text);
    assert!(!text.is_empty(), "something is always said");
    match format {
        Format::Json | Format::Gitlab | Format::Sarif => {
            assert!(serde_json::from_str::<Value>(text).is_ok(), "{text}");
        }
        Format::Junit => markup::is_xml(text),
        Format::Html => markup::is_html(text),
        Format::Markdown => {
            let count = |tag| text.lines().filter(|line| line.starts_with(tag)).count();
            assert_eq!(count("<details"), count("</details>"), "{text}");
            assert!(text.len() < COMMENT_MAX, "{} bytes", text.len());
        }
        Format::Github | Format::Human => {}
    }
}
