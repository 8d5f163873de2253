//! A saved plan that somebody has edited and sealed again: it does what it shows, or it is refused.

use super::saved::{World, busy_world, world};
use super::world::today;
use crate::fuzz::harness::resealed::resealed;
use crate::support::mutate_json::mutation;
use crate::support::world::tried;
use clinicctl::domain::{ClinicState, DirectionKind, LiveClinic, Resource, Right, StaffId};
use clinicctl::model::{Author, Entry, Model};
use clinicctl::plan::{Blocked, ClinicWork, Impact, RightRow, SavedPlan, SavedPlanError};
use clinicctl::rules::Judgement;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// The plan of an edited document, where it can still be read.
fn read(document: Value) -> Option<Result<SavedPlan, SavedPlanError>> {
    resealed(document).map(|saved| SavedPlan::from_json(&saved.to_json()))
}

fn document(saved: &SavedPlan) -> Value {
    serde_json::from_str(&saved.to_json()).expect("it is JSON")
}

/// Applies a plan to clinics as `apply FILE` does: not at all where one of them is not as it was, and without those that
/// a rule forbids. What is returned is what the plan shows then, and what was written.
fn apply(mut saved: SavedPlan, world: &World) -> (SavedPlan, Model) {
    let mut model = Model::new(world.clinics.iter().cloned());
    let nothing = |saved| (saved, Model::new(world.clinics.iter().cloned()));
    if saved.binding != world.saved.binding || saved.instance != world.saved.instance {
        return nothing(saved);
    }
    for work in saved.work.clone() {
        let Some(live) = model.observe(&work.clinic).filter(|live| work.moved(live).is_none()) else {
            return nothing(saved);
        };
        match work.judge_again(live, today()).into_iter().find(Judgement::blocks) {
            Some(Judgement { breach, .. }) => {
                saved.block(Blocked { clinic: work.clinic, rule: breach.rule.to_owned(), detail: breach.message });
            }
            None if work.moved_impact(live).is_some() => return nothing(saved),
            None => {}
        }
    }
    if saved.plan.stopping_guards().next().is_some() {
        return nothing(saved);
    }
    saved.work.iter().for_each(|work| carry_out(work, &mut model));
    (saved, model)
}

fn carry_out(work: &ClinicWork, model: &mut Model) {
    let mut revision = work.revision;
    for step in &work.steps {
        let Ok(answer) = model.perform(&work.clinic, Some(revision), &step.write, &Author::service("pipe")) else {
            return;
        };
        revision = answer.revision;
    }
}

/// What somebody may do afterwards and could not before, or the other way round.
fn rights(of: &LiveClinic, these: &ClinicState, those: &ClinicState) -> BTreeSet<(String, StaffId, Right)> {
    let of_kind = |kind: DirectionKind| {
        let holders = |state: &ClinicState| -> BTreeSet<StaffId> {
            state.direction(kind).holders(&of.directory).map(|member| member.id.clone()).collect()
        };
        let only: Vec<_> = holders(these).difference(&holders(those)).cloned().collect();
        only.into_iter().map(move |person| (of.clinic.to_string(), person, kind.right()))
    };
    DirectionKind::ALL.into_iter().flat_map(of_kind).collect()
}

fn shown_rights(rows: &[RightRow]) -> BTreeSet<(String, StaffId, Right)> {
    rows.iter().map(|row| (row.clinic.to_string(), row.person.clone(), row.right)).collect()
}

/// Whether a write is one that the plan shows: the same resource, led to the same state, and from the same one. What
/// stands in an order depends on the buttons that were written before it.
fn is_shown(saved: &SavedPlan, entry: &Entry) -> bool {
    saved.plan.changes.iter().any(|change| {
        let from = entry.resource == Resource::ButtonOrder || change.before == entry.before;
        change.clinic == entry.clinic
            && change.address.clinic == entry.clinic
            && change.address.resource == entry.resource
            && change.after == entry.after
            && from
    })
}

/// That everything that happened is what the plan shows: the writes, who gains and loses what, and the guards.
fn nothing_is_hidden(saved: &SavedPlan, model: &Model, world: &World) -> Result<(), TestCaseError> {
    let Impact { gain, lose, .. } = &saved.plan.impact;
    for entry in model.log() {
        prop_assert!(is_shown(saved, entry), "unseen: {entry:?}");
    }
    let mut lost = BTreeSet::new();
    for live in &world.clinics {
        let after = &model.observe(&live.clinic).expect("the clinic is there").state;
        prop_assert!(rights(live, after, &live.state).is_subset(&shown_rights(gain)), "gained unseen: {after:?}");
        let loses = rights(live, &live.state, after);
        prop_assert!(loses.is_subset(&shown_rights(lose)), "lost unseen: {after:?}");
        lost.extend(loses.into_iter().map(|(clinic, person, _)| (clinic, person)));
    }
    let limit = saved.limits.get("people_losing_access").copied().flatten();
    let tripped = saved.plan.guards.iter().any(|row| row.guard == "people_losing_access");
    prop_assert!(limit.is_none_or(|limit| lost.len() as u64 <= limit) || tripped, "{} lose: {limit:?}", lost.len());
    Ok(())
}

/// What a plan shows and its work decides: no other value can stand there.
fn is_derived(pointer: &str) -> bool {
    let parts: Vec<&str> = pointer.split('/').skip(1).collect();
    match parts.as_slice() {
        ["changes", _] | ["changes", _, "fields", _] => true,
        ["changes", _, "fields", _, field, ..] => matches!(*field, "path" | "before" | "after"),
        ["changes", _, field, ..] => !matches!(*field, "because" | "last_change" | "fields" | "applied"),
        ["guards", _] => true,
        ["guards", _, field] => *field != "accepted",
        ["summary", field] => *field != "clinics",
        ["impact" | "people", ..] | ["system"] => true,
        _ => false,
    }
}

fn is_work(pointer: &str) -> bool {
    pointer.starts_with("/work") || pointer == "/limits" || pointer.starts_with("/limits/")
}

proptest! {
    #![proptest_config(tried(40))]

    #[test]
    fn a_plan_that_is_sealed_again_is_itself(world in world()) {
        prop_assert_eq!(read(document(&world.saved)), Some(Ok(world.saved)));
    }

    #[test]
    fn p03_nothing_is_written_that_a_plan_does_not_show(world in world(), edits in vec(mutation(), 12)) {
        let (saved, model) = apply(world.saved.clone(), &world);
        nothing_is_hidden(&saved, &model, &world)?;
        for edit in &edits {
            let mut document = document(&world.saved);
            if !edit.apply(&mut document, &|_| true) {
                continue;
            }
            if let Some(Ok(forged)) = read(document) {
                let (shown, model) = apply(forged, &world);
                nothing_is_hidden(&shown, &model, &world)?;
            }
        }
    }

    #[test]
    fn whoever_changes_only_what_is_shown_is_refused(world in world(), edits in vec(mutation(), 12)) {
        for edit in &edits {
            let mut document = document(&world.saved);
            if edit.apply(&mut document, &is_derived) {
                let told = document.to_string();
                // Somebody who stands twice in a list stands there once: that is another spelling of the same plan.
                let taken = read(document).and_then(Result::ok).filter(|read| *read != world.saved);
                prop_assert_eq!(taken, None, "{:?}: {}", edit, told);
            }
        }
    }

    #[test]
    fn whoever_changes_only_the_work_is_refused_or_changes_no_write(world in world(), edits in vec(mutation(), 12)) {
        let (_, honest) = apply(world.saved.clone(), &world);
        for edit in &edits {
            let mut document = document(&world.saved);
            if !edit.apply(&mut document, &is_work) {
                continue;
            }
            if let Some(Ok(forged)) = read(document) {
                let (_, model) = apply(forged, &world);
                prop_assert!(model.log().is_empty() || model.log() == honest.log(), "{edit:?}");
            }
        }
    }

    /// Two edits at once: the work, and what is shown of it.
    #[test]
    fn a_second_edit_does_not_hide_the_first(world in world(), edits in vec((mutation(), mutation()), 12)) {
        for (work, shown) in &edits {
            let mut document = document(&world.saved);
            if !work.apply(&mut document, &is_work) || !shown.apply(&mut document, &is_derived) {
                continue;
            }
            if let Some(Ok(forged)) = read(document) {
                let (saved, model) = apply(forged, &world);
                nothing_is_hidden(&saved, &model, &world)?;
            }
        }
    }
}

fn edited(world: &World, edit: impl FnOnce(&mut SavedPlan)) -> Result<SavedPlan, SavedPlanError> {
    let mut saved = world.saved.clone();
    edit(&mut saved);
    SavedPlan::from_json(&saved.to_json())
}

proptest! {
    #![proptest_config(tried(40))]

    /// What no single edit reaches: whole parts that are cut out or exchanged, each sealed again.
    #[test]
    fn whole_parts_cut_out_or_exchanged_are_refused(world in busy_world()) {
        prop_assert!(world.saved.work.len() > 1 && !world.saved.plan.guards.is_empty());
        let refused = |what: &str, edit: fn(&mut SavedPlan)| {
            let read = edited(&world, edit);
            prop_assert!(matches!(read, Err(SavedPlanError::Unfit(_))), "{}: {:?}", what, read.err());
            Ok(())
        };
        refused("nothing is shown", |saved| {
            saved.plan.changes.clear();
            saved.plan.impact = Impact::default();
            saved.plan.people.clear();
            saved.plan.guards.clear();
            saved.plan.summary = Default::default();
        })?;
        refused("guards are cut out", |saved| saved.plan.guards.clear())?;
        refused("steps in another order", |saved| {
            let steps = saved.work.iter_mut().map(|work| &mut work.steps).max_by_key(|steps| steps.len());
            match steps.expect("work") {
                steps if steps.len() == 1 => steps.clear(),
                steps => steps.reverse(),
            }
        })?;
        refused("a step twice", |saved| {
            let step = saved.work[0].steps[0].clone();
            saved.work[0].steps.push(step);
        })?;
        refused("a clinic twice", |saved| saved.work[1] = saved.work[0].clone())?;
        refused("clinics change places", |saved| saved.work.swap(0, 1))?;
        refused("steps of another clinic", |saved| {
            let steps = saved.work[0].steps.clone();
            saved.work[1].steps = steps;
        })?;
        refused("a clinic that is blocked is written", |saved| {
            let clinic = saved.work[0].clinic.clone();
            saved.plan.blocked.push(Blocked { clinic, rule: "forbidden".into(), detail: String::new() });
        })?;
        refused("another system is named", |saved| saved.plan.system = "https://other.example".into())?;
        refused("a guard is unknown", |saved| {
            saved.limits.insert("none".into(), None);
        })?;
    }
}
