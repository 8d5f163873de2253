//! The changes in blocks: what was touched by hand first, then what the files alone say.

use super::block;
use super::block::Change;
use super::prose::{Piece, prose};
use super::tags::{Kind, Tags};
use crate::diff::Action;
use crate::domain::{ClinicId, Resource};
use crate::plan::Because;
use crate::report::view;
use crate::report::view::View;
use crate::report::words::count;
use std::collections::BTreeSet;

/// The most clinics whose names stand in a heading; more of them are folded behind their number.
const MOST_NAMED: usize = 6;

/// Blocks that have the same reason.
pub(super) struct Group {
    pub(super) heading: &'static str,
    pub(super) explains: &'static str,
    pub(super) class: &'static str,
    pub(super) blocks: Vec<Block>,
}

/// The same changes in one clinic or many.
pub(super) struct Block {
    pub(super) tags: Tags,
    pub(super) named: Vec<String>,
    /// `in 40 clinics`, if they are too many to stand in the heading.
    pub(super) number: String,
    pub(super) layers: Vec<Piece>,
    pub(super) changes: Vec<Change>,
}

/// Every group that has blocks.
pub(super) fn groups(view: &View<'_>) -> Vec<Group> {
    let losing: BTreeSet<_> =
        view.clinics.iter().filter(|clinic| !clinic.lose.is_empty()).map(|clinic| clinic.id).collect();
    let reasons = [Because::Conflict, Because::Drift, Because::Intent];
    let groups = reasons.into_iter().map(|because| {
        let (heading, explains, class) = words(because);
        Group { heading, explains, class, blocks: view.because(because).map(|row| of(row, &losing)).collect() }
    });
    groups.filter(|group| !group.blocks.is_empty()).collect()
}

const fn words(because: Because) -> (&'static str, &'static str, &'static str) {
    match because {
        Because::Conflict => (
            "Changed by hand and in the files",
            "Somebody changed the live system since the last apply, and the files want a third thing: talk before you apply.",
            "conflict",
        ),
        Because::Drift => (
            "Changed by hand since the last apply",
            "The files did not change. Applying takes the edit by hand back.",
            "drift",
        ),
        Because::Intent => ("Changed in the files", "", "intent"),
    }
}

fn of(block: &view::Block<'_>, losing: &BTreeSet<&ClinicId>) -> Block {
    let view::Block { because, layers, clinics, changes } = block;
    let named: Vec<_> = clinics.iter().map(ToString::to_string).collect();
    let number = if named.len() > MOST_NAMED { count(named.len(), "clinic") } else { String::new() };
    let layers: Vec<_> = layers.iter().map(ToString::to_string).collect();
    Block {
        tags: Tags::new(clinics.iter().copied(), &kinds(*because, changes, losing)),
        named,
        number,
        layers: prose(&layers.join(", ")),
        changes: changes.iter().map(block::change).collect(),
    }
}

fn kinds(because: Because, changes: &[view::BlockChange<'_>], losing: &BTreeSet<&ClinicId>) -> BTreeSet<Kind> {
    let action = |change: &view::BlockChange<'_>| match change.action {
        Action::Create => Kind::Added,
        Action::Update => Kind::Changed,
        Action::Delete => Kind::Removed,
    };
    let takes = |change: &view::BlockChange<'_>| {
        matches!(change.resource, Resource::Direction(_)) && change.rows.iter().any(|row| losing.contains(&row.clinic))
    };
    let mut kinds: BTreeSet<_> = changes.iter().map(action).collect();
    kinds.extend(changes.iter().any(takes).then_some(Kind::Losing));
    kinds.extend((because != Because::Intent).then_some(Kind::Drift));
    kinds
}
