//! Changes in groups: the same change in forty clinics is one block with forty names.
//!
//! Changes are the same if resource, action, reason, lines of the files and values are the same. A list of people that
//! a shared line grants differs from clinic to clinic, because a title or `everyone` means other people in each: there
//! the line alone decides, and the block shows what it means in each clinic. Changes that happen in exactly the same
//! clinics stand in one block.

use super::delta::Delta;
use super::last_edit::LastEdit;
use crate::diff::Action;
use crate::domain::{ClinicId, Field, Layer, Resource};
use crate::plan::{Because, FieldRow, Origin, PersonOrigin, Plan, PlannedChange, Shadow};
use crate::source::Location;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Changes that happen together in these clinics.
#[derive(Debug, Clone)]
pub struct Block<'p> {
    /// Why the live values differ.
    pub because: Because,
    /// The layers of several clinics that declare it; none if only the clinics' own files do.
    pub layers: BTreeSet<&'p Layer>,
    /// The clinics, by id.
    pub clinics: Vec<&'p ClinicId>,
    /// What, in the order of execution.
    pub changes: Vec<BlockChange<'p>>,
}

/// One change in all clinics of its block.
#[derive(Debug, Clone)]
pub struct BlockChange<'p> {
    /// The resource.
    pub resource: &'p Resource,
    /// What happens to it.
    pub action: Action,
    /// What differs inside.
    pub fields: Vec<BlockField<'p>>,
    /// The clinics in which a person changed it last.
    pub last_edits: Vec<LastEdit<'p>>,
    /// The rows, clinic by clinic.
    pub rows: Vec<&'p PlannedChange>,
}

/// One value in all clinics of its block.
#[derive(Debug, Clone)]
pub struct BlockField<'p> {
    /// Which.
    pub path: &'p Field,
    /// The line that declares it, if it is the same in all clinics.
    pub origin: Option<&'p Origin>,
    /// What happens to it: one entry if it is the same everywhere.
    pub values: Vec<BlockValue<'p>>,
}

/// What happens to a value in some of the clinics of a block.
#[derive(Debug, Clone)]
pub struct BlockValue<'p> {
    /// Where.
    pub clinics: Vec<&'p ClinicId>,
    /// What.
    pub delta: Delta<'p>,
    /// The lines that admit the people who are added.
    pub people: &'p [PersonOrigin],
}

/// The changes of a plan in blocks: conflicts, then drift, then what only the files changed; in each of them what
/// reaches most clinics first.
pub(super) fn blocks(plan: &Plan) -> Vec<Block<'_>> {
    let mut alike = BTreeMap::<Key<'_>, Vec<&PlannedChange>>::new();
    for row in &plan.changes {
        alike.entry(Key::of(plan, row)).or_default().push(row);
    }
    let mut together = BTreeMap::<(u8, Vec<&ClinicId>), Vec<Vec<&PlannedChange>>>::new();
    for rows in alike.into_values() {
        let Some(first) = rows.first() else { continue };
        let clinics = rows.iter().map(|row| &row.clinic).collect();
        together.entry((rank(first.because), clinics)).or_default().push(rows);
    }
    let mut blocks: Vec<_> =
        together.into_iter().filter_map(|((_, clinics), changes)| block(plan, clinics, changes)).collect();
    blocks.sort_by_key(|block| (rank(block.because), Reverse(block.clinics.len())));
    blocks
}

impl Block<'_> {
    /// Whether several clinics have it.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        self.clinics.len() > 1
    }
}

const fn rank(because: Because) -> u8 {
    match because {
        Because::Conflict => 0,
        Because::Drift => 1,
        Because::Intent => 2,
    }
}

/// What makes two changes the same.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key<'p> {
    because: u8,
    resource: &'p Resource,
    action: Action,
    fields: Vec<FieldKey<'p>>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct FieldKey<'p> {
    path: &'p Field,
    lines: Vec<(&'p Location, &'p Layer)>,
    delta: Option<Delta<'p>>,
}

impl<'p> Key<'p> {
    fn of(plan: &'p Plan, row: &'p PlannedChange) -> Self {
        let fields = row.fields.iter().map(|field| FieldKey::of(plan, field)).collect();
        Self { because: rank(row.because), resource: &row.address.resource, action: row.action, fields }
    }
}

impl<'p> FieldKey<'p> {
    fn of(plan: &'p Plan, row: &'p FieldRow) -> Self {
        let shared_line = row.origin.as_ref().is_some_and(|origin| origin.layer.is_shared());
        let delta = (row.path != Field::AccessibleTo || !shared_line).then(|| Delta::of(plan, row));
        Self { path: &row.path, lines: lines(row), delta }
    }
}

/// The lines that must be the same: of people whom groups admit, the lines of the groups, since each clinic names the
/// group in a file of its own.
fn lines(row: &FieldRow) -> Vec<(&Location, &Layer)> {
    let people = row.people.iter().map(|PersonOrigin { person: _, location, layer }| (location, layer));
    if !row.people.is_empty() && people.clone().all(|(_, layer)| layer.is_shared()) {
        return people.collect::<BTreeSet<_>>().into_iter().collect();
    }
    row.origin.iter().flat_map(of_origin).collect()
}

fn of_origin(origin: &Origin) -> impl Iterator<Item = (&Location, &Layer)> {
    let Origin { location, layer, shadows } = origin;
    let shadows = shadows.iter().map(|Shadow { location, layer }| (location, layer));
    std::iter::once((location, layer)).chain(shadows)
}

fn block<'p>(
    plan: &'p Plan,
    clinics: Vec<&'p ClinicId>,
    mut changes: Vec<Vec<&'p PlannedChange>>,
) -> Option<Block<'p>> {
    changes.sort_by_key(|rows| rows.first().map(|row| row.id));
    let because = changes.first()?.first()?.because;
    let fields = || changes.iter().flatten().flat_map(|row| &row.fields);
    let of_lists = fields().filter_map(|row| Some(&row.origin.as_ref()?.layer));
    let of_people = fields().flat_map(|row| &row.people).map(|person| &person.layer);
    let layers = of_lists.chain(of_people).filter(|layer| layer.is_shared()).collect();
    let changes = changes.into_iter().filter_map(|rows| change(plan, rows)).collect();
    Some(Block { because, layers, clinics, changes })
}

fn change<'p>(plan: &'p Plan, rows: Vec<&'p PlannedChange>) -> Option<BlockChange<'p>> {
    let first = *rows.first()?;
    let fields = first.fields.iter().enumerate().map(|(at, field)| self::field(plan, at, field, &rows)).collect();
    Some(BlockChange {
        resource: &first.address.resource,
        action: first.action,
        fields,
        last_edits: rows.iter().filter_map(|row| LastEdit::of(row)).collect(),
        rows,
    })
}

/// The field at place `at` of all `rows`, which have the same fields.
fn field<'p>(plan: &'p Plan, at: usize, first: &'p FieldRow, rows: &[&'p PlannedChange]) -> BlockField<'p> {
    let fields = || rows.iter().filter_map(|row| Some((&row.clinic, row.fields.get(at)?)));
    let origin = first.origin.as_ref().filter(|origin| fields().all(|(_, row)| row.origin.as_ref() == Some(origin)));
    let mut values = BTreeMap::<Delta<'p>, BlockValue<'p>>::new();
    for (clinic, row) in fields() {
        let delta = Delta::of(plan, row);
        let told = || BlockValue { clinics: Vec::new(), delta: delta.clone(), people: &row.people };
        values.entry(delta.clone()).or_insert_with(told).clinics.push(clinic);
    }
    let mut values: Vec<_> = values.into_values().collect();
    values.sort_by(|a, b| a.clinics.cmp(&b.clinics));
    BlockField { path: &first.path, origin, values }
}
