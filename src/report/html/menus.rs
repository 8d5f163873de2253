//! What patients see: each menu that changes, drawn once and named for all clinics that have it.

use super::tags::{Kind, Tags};
use crate::domain::{ClinicId, Language, Surface};
use crate::plan::{DrawnButton, PictureRow, Plan};
use crate::report::menu_preview;
use crate::report::menu_preview::Scene;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The most menus that are drawn: a page of more is no longer read, and grows too large to send. The rest are named.
const MOST_DRAWN: usize = 120;

/// The menus of a plan.
pub(super) struct Menus {
    pub(super) drawn: Vec<Menu>,
    /// Clinics whose menus are too many to draw.
    pub(super) rest: Vec<String>,
    pub(super) rest_tags: Tags,
}

/// One menu that changes, in all clinics in which it does so alike.
pub(super) struct Menu {
    pub(super) tags: Tags,
    pub(super) clinics: Vec<String>,
    pub(super) surfaces: String,
    pub(super) scenes: Vec<Drawn>,
    /// The languages in which nothing is seen to change.
    pub(super) same: String,
}

/// A menu in one language.
pub(super) struct Drawn {
    pub(super) language: String,
    pub(super) before: String,
    pub(super) after: String,
    /// The same in words, before and after.
    pub(super) words: [String; 2],
}

type Look<'p> = (&'p [Surface], &'p [DrawnButton], &'p [DrawnButton]);

impl Menus {
    pub(super) fn of(plan: &Plan) -> Self {
        let mut rows = grouped(&plan.impact.pictures);
        let rest = rows.split_off(rows.len().min(MOST_DRAWN));
        let rest: BTreeSet<_> = rest.into_iter().flat_map(|(_, clinics)| clinics).collect();
        let order = languages(&plan.impact.pictures);
        Self {
            drawn: rows.iter().map(|(row, clinics)| menu(row, clinics, &order)).collect(),
            rest_tags: Tags::new(rest.iter().copied(), &BTreeSet::from([Kind::Changed])),
            rest: rest.into_iter().map(ToString::to_string).collect(),
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.drawn.is_empty()
    }
}

/// Rows that look alike together, those of most clinics first.
fn grouped(pictures: &[PictureRow]) -> Vec<(&PictureRow, Vec<&ClinicId>)> {
    let mut alike = BTreeMap::<Look<'_>, (&PictureRow, Vec<&ClinicId>)>::new();
    for row in pictures {
        let PictureRow { clinic, surfaces, before, after } = row;
        alike.entry((surfaces, before, after)).or_insert_with(|| (row, Vec::new())).1.push(clinic);
    }
    let mut rows: Vec<_> = alike.into_values().collect();
    rows.sort_by_key(|(row, clinics)| (Reverse(clinics.len()), &row.clinic, &row.surfaces));
    rows
}

/// Every language, the one in which most buttons have a title first, as the one that most readers know.
fn languages(pictures: &[PictureRow]) -> Vec<&Language> {
    let mut titles = BTreeMap::<&Language, usize>::new();
    let buttons = pictures.iter().flat_map(|row| row.before.iter().chain(&row.after));
    buttons.flat_map(|button| button.title.keys()).for_each(|language| *titles.entry(language).or_default() += 1);
    let mut order: Vec<_> = titles.into_iter().collect();
    order.sort_by_key(|(language, number)| (Reverse(*number), *language));
    order.into_iter().map(|(language, _)| language).collect()
}

fn menu(row: &PictureRow, clinics: &[&ClinicId], order: &[&Language]) -> Menu {
    let spoken = menu_preview::languages(row);
    let scenes = order.iter().filter(|language| spoken.contains(*language)).map(|language| Scene::of(row, language));
    let (changing, same): (Vec<_>, Vec<_>) = scenes.partition(Scene::changes);
    let same: Vec<_> = same.iter().map(|scene| scene.language().to_string()).collect();
    Menu {
        tags: Tags::new(clinics.iter().copied(), &kinds(row)),
        clinics: clinics.iter().map(ToString::to_string).collect(),
        surfaces: row.surfaces.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and "),
        scenes: changing.iter().map(drawn).collect(),
        same: same.join(" and "),
    }
}

fn drawn(scene: &Scene<'_>) -> Drawn {
    let [before, after] = menu_preview::phones(scene);
    Drawn { language: scene.language().to_string(), before, after, words: scene.sides() }
}

/// Whether buttons come, go, or look different.
fn kinds(row: &PictureRow) -> BTreeSet<Kind> {
    let lacks = |menu: &[DrawnButton], button: &DrawnButton| menu.iter().all(|other| other.id != button.id);
    let comes = row.after.iter().any(|button| lacks(&row.before, button));
    let goes = row.before.iter().any(|button| lacks(&row.after, button));
    let mut kinds: BTreeSet<_> = [(comes, Kind::Added), (goes, Kind::Removed)]
        .into_iter()
        .filter_map(|(holds, kind)| holds.then_some(kind))
        .collect();
    if kinds.is_empty() || row.after.iter().any(|button| !lacks(&row.before, button) && !row.before.contains(button)) {
        kinds.insert(Kind::Changed);
    }
    kinds
}
