//! The page of a plan, and of what became of it.

use super::annotations::Annotations;
use super::blocks::Group;
use super::impact::Impact;
use super::menus::Menus;
use super::prose::{Piece, capital, prose, text};
use super::tags::Kind;
use super::{blocks, digest};
use crate::diagnostic::{Disarmer, Notation};
use crate::plan::{Because, Plan, Summary};
use crate::report::view::{Totals, View};
use crate::report::words::thousands;
use crate::report::{Paint, Run, menu_preview, outcome};
use askama::Template;

/// The script of the page: the filter, and nothing else.
const SCRIPT: &str = include_str!("page.js");
/// The look of the page, without that of the pictures.
const STYLE: &str = include_str!("page.css");

/// What surrounds every page: its policy, its look, its script.
pub(super) struct Frame {
    pub(super) policy: String,
    pub(super) style: String,
    pub(super) script: &'static str,
}

impl Frame {
    pub(super) fn new() -> Self {
        let style = format!("{STYLE}{}", menu_preview::STYLE);
        let sources = [digest::source(&style), digest::source(SCRIPT)];
        let [styles, scripts] = sources;
        let policy = format!(
            "default-src 'none'; style-src {styles}; script-src {scripts}; base-uri 'none'; form-action 'none'"
        );
        Self { policy, style, script: SCRIPT }
    }
}

#[derive(Template)]
#[template(path = "page/plan.html", config = "src/report/askama.toml")]
struct Page {
    frame: Frame,
    fleet: String,
    system: String,
    reference: String,
    standing: Standing,
    sentence: Vec<Piece>,
    counts: String,
    figures: Vec<Figure>,
    outcomes: String,
    kinds: [Kind; 6],
    clinics: usize,
    impact: Impact,
    menus: Menus,
    groups: Vec<Group>,
    annotations: Annotations,
}

/// The verdict in two words.
struct Standing {
    class: &'static str,
    words: &'static str,
}

/// A number that a reviewer asks for first, and where the page explains it.
struct Figure {
    number: String,
    label: &'static str,
    class: &'static str,
    href: &'static str,
}

/// The page of a plan.
#[must_use]
pub(in crate::report) fn plan(plan: &Plan) -> String {
    page(plan, String::new())
}

/// The page of a plan and of what became of it.
#[must_use]
pub(in crate::report) fn applied(run: &Run<'_>) -> String {
    let told = if run.outcomes.is_empty() { String::new() } else { outcome::outcomes(run, None, Paint::Plain) };
    page(run.plan, told)
}

fn page(plan: &Plan, outcomes: String) -> String {
    let view = View::of(plan);
    let Summary { clinics: _, clinics_changed: _, create, update, delete } = plan.summary;
    let [create, update, delete] = [create, update, delete].map(thousands);
    let page = Page {
        frame: Frame::new(),
        fleet: text(&plan.fleet),
        system: text(&plan.system),
        reference: plan.reference.as_deref().map(text).unwrap_or_default(),
        standing: standing(&view),
        sentence: prose(&capital(&view.verdict().sentence())),
        counts: format!("{create} to add, {update} to change, {delete} to remove"),
        figures: figures(&view),
        outcomes,
        kinds: Kind::ALL,
        clinics: view.clinics.len(),
        impact: Impact::of(&view),
        menus: Menus::of(plan),
        groups: blocks::groups(&view),
        annotations: Annotations::of(&view),
    };
    rendered(&page)
}

/// A template whose fields are there always becomes a text.
pub(super) fn rendered(template: &impl Template) -> String {
    Disarmer::new(Notation::Markup).disarm(template.render().unwrap_or_default())
}

fn standing(view: &View<'_>) -> Standing {
    let stopped = view.plan.stopping_guards().next().is_some();
    let (class, words) = match (stopped, view.plan.changes.is_empty(), view.plan.blocked.is_empty()) {
        (true, _, _) => ("bad", "A guard stops this plan"),
        (false, false, false) => ("doubtful", "Can be applied in part"),
        (false, false, true) => ("good", "Can be applied"),
        (false, true, false) => ("bad", "Blocked"),
        (false, true, true) => ("good", "Nothing to do"),
    };
    Standing { class, words }
}

fn figures(view: &View<'_>) -> Vec<Figure> {
    let Totals { lose, gain, .. } = view.totals;
    let last_edits = view.blocks.iter().filter(|block| block.because != Because::Intent);
    let drift: usize = last_edits.flat_map(|block| &block.changes).map(|change| change.rows.len()).sum();
    let menus = view.clinics.iter().filter(|clinic| !clinic.pictures.is_empty()).count();
    let blocked = view.blocked().count();
    vec![
        figure(view.plan.summary.clinics_changed, ("clinic changes", "clinics change"), ("changed", "#changes")),
        figure(lose.number, ("person loses access", "people lose access"), ("removed", "#people")),
        figure(gain.number, ("person gains access", "people gain access"), ("added", "#people")),
        figure(menus, ("clinic’s menu looks different", "clinics’ menus look different"), ("changed", "#menus")),
        figure(drift, ("change was made by hand", "changes were made by hand"), ("doubtful", "#changes")),
        figure(blocked, ("clinic is blocked", "clinics are blocked"), ("removed", "#blocked")),
    ]
}

fn figure(number: usize, (one, many): (&'static str, &'static str), look: (&'static str, &'static str)) -> Figure {
    let (class, href) = if number == 0 { ("none", "") } else { look };
    Figure { number: thousands(number), label: if number == 1 { one } else { many }, class, href }
}
