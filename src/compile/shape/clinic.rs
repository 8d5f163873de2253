//! Documents that open with `clinic` and `baseline`: the two kinds of layer.

use super::button::patient_interface;
use super::fields::{Fields, entries, list, placed};
use super::messaging::messaging;
use super::shaper::{Shaper, Value};
use super::value::{date, key, text, word};
use super::{Messaging, PatientInterface, Placed, Setting};
use crate::compile::words::shown;
use crate::diagnostic::Finding;
use crate::domain::{BaselineName, ClinicId, Expectation, ShortText};
use crate::source::Place;
use litemap::LiteMap;

/// What a clinic and a baseline have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct Layer {
    /// The layer behind.
    pub(in crate::compile) extends: Option<Placed<BaselineName>>,
    /// The directions.
    pub(in crate::compile) messaging: Setting<Messaging>,
    /// The menu.
    pub(in crate::compile) patient_interface: Setting<PatientInterface>,
    /// Whether this is all that the file says; the reader leaves out what it refuses.
    pub(in crate::compile) whole: bool,
}

/// A baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct Baseline {
    /// The name, if it is one.
    pub(in crate::compile) name: Option<Placed<BaselineName>>,
    /// What it says.
    pub(in crate::compile) layer: Layer,
}

/// A clinic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct Clinic {
    /// The id, if it is one.
    pub(in crate::compile) name: Option<Placed<ClinicId>>,
    /// Labels.
    pub(in crate::compile) labels: LiteMap<ShortText, ShortText>,
    /// What is meant.
    pub(in crate::compile) expects: Option<Placed<Expectation>>,
    /// What it says.
    pub(in crate::compile) layer: Layer,
    /// Rules waived.
    pub(in crate::compile) waivers: Vec<Waiver>,
}

/// A waived rule, whose name is not yet looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::compile) struct Waiver {
    /// The name.
    pub(in crate::compile) rule: Placed<String>,
    /// Why.
    pub(in crate::compile) reason: String,
    /// The last day.
    pub(in crate::compile) until: Option<jiff::civil::Date>,
}

/// Reads a document that opens with `baseline`.
pub(super) fn baseline(shaper: &mut Shaper, value: Value<'_>) -> Option<Baseline> {
    let mut fields = Fields::of(shaper, value)?;
    let name = fields.required(shaper, "baseline", placed(key(BaselineName::parse)));
    let layer = layer(shaper, &mut fields);
    fields.finish(shaper);
    Some(Baseline { name, layer })
}

/// Reads a document that opens with `clinic`.
pub(super) fn clinic(shaper: &mut Shaper, value: Value<'_>) -> Option<Clinic> {
    const EXPECTS: &[(&str, Expectation)] = &[("handover_only", Expectation::HandoverOnly)];
    let mut fields = Fields::of(shaper, value)?;
    let name = fields.required(shaper, "clinic", placed(key(ClinicId::parse)));
    let labels = fields.optional(shaper, "labels", labels).unwrap_or_default();
    let expects = fields.optional(shaper, "expects", placed(word("unknown-word", EXPECTS)));
    let layer = layer(shaper, &mut fields);
    let waivers = fields.optional(shaper, "waive", |shaper, value| list(shaper, value, waiver)).unwrap_or_default();
    fields.finish(shaper);
    Some(Clinic { name, labels, expects, layer, waivers })
}

fn layer(shaper: &mut Shaper, fields: &mut Fields<'_>) -> Layer {
    Layer {
        extends: fields.optional(shaper, "extends", placed(key(BaselineName::parse))),
        messaging: fields.setting(shaper, "messaging", messaging),
        patient_interface: fields.setting(shaper, "patient_interface", patient_interface),
        whole: shaper.is_whole(),
    }
}

pub(super) fn labels(shaper: &mut Shaper, value: Value<'_>) -> Option<LiteMap<ShortText, ShortText>> {
    let mut labels = Vec::new();
    for entry in entries(shaper, value)? {
        let value = Value::of(entry);
        if !is_label_key(&entry.key.text) {
            let message = format!("{} cannot be the name of a label", shown(&entry.key.text));
            let finding = Finding::error("bad-label", shaper.place(entry.key.span), message);
            shaper.report(finding.help("write lower-case letters `a` to `z`, digits, `-` and `_`, a letter first"));
        }
        if let Some(text) = shaper.present(value).and_then(|value| label_value(shaper, value)) {
            labels.push((ShortText::new(&entry.key.text), text));
        }
    }
    Some(labels.into_iter().collect())
}

fn is_label_key(key: &str) -> bool {
    let inner = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
    key.len() <= 63 && key.starts_with(|c: char| c.is_ascii_lowercase()) && key.bytes().all(inner)
}

fn label_value(shaper: &mut Shaper, value: Value<'_>) -> Option<ShortText> {
    let text = text(shaper, value)?;
    let separates = |c: char| c.is_whitespace() || matches!(c, ',' | '=');
    if (1..=63).contains(&text.chars().count()) && !text.contains(separates) {
        return Some(text.into());
    }
    let help = "write 1 to 63 characters without spaces, commas and equals signs, so that `-l` can name it".to_owned();
    shaper.refuse("bad-label", value, format!("the label {} cannot be {}", value.name, shown(text)), help);
    None
}

fn waiver(shaper: &mut Shaper, value: Value<'_>) -> Option<Waiver> {
    let mut fields = Fields::of(shaper, value)?;
    let rule = fields.required(shaper, "rule", placed(|shaper, value| text(shaper, value).map(str::to_owned)));
    if !fields.has("reason") {
        without_reason(shaper, shaper.place(fields.lacking()));
    }
    let reason = fields.optional(shaper, "reason", reason);
    let until = fields.optional(shaper, "until", date);
    fields.finish(shaper);
    Some(Waiver { rule: rule?, reason: reason.unwrap_or_default(), until })
}

fn reason(shaper: &mut Shaper, value: Value<'_>) -> Option<String> {
    let text = text(shaper, value)?;
    if text.trim().is_empty() {
        without_reason(shaper, shaper.place(value.anchor()));
        return None;
    }
    Some(text.to_owned())
}

fn without_reason(shaper: &mut Shaper, place: Place) {
    let finding = Finding::error("waiver-without-reason", place, "a rule is waived here without a reason");
    shaper.report_missing(finding.help("add `reason: ...`, a sentence that everybody who reads the plan will see"));
}
