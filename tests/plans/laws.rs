//! What holds for every clinic, whatever the files say.

use super::strategies::{desired, live_clinic, sources, state};
use super::world::today;
use clinicctl::diff::{Members, Scoped, diff, resolve, scope};
use clinicctl::domain::{
    Access, AccessRule, Button, ClinicState, DesiredClinic, DirectionKind, Layers, LiveClinic, Resource, Right,
    StaffId, StaffMember, Surface, Unlisted, Who,
};
use clinicctl::plan::{ClinicPlan, Phase, PlanContext, Sequence, Step, Write, order, plan_clinic};
use clinicctl::rules::Policy;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn scoped(desired: &DesiredClinic, live: &LiveClinic, prune: bool) -> Scoped {
    scope(desired, live, &resolve(desired, &live.directory), prune)
}

fn planned(desired: &DesiredClinic, live: &LiveClinic, prune: bool) -> ClinicPlan {
    let (sources, layers, members) = (sources(), Layers::default(), Members::default());
    let context = PlanContext { sources: &sources, layers: &layers, members: &members, prune, today: today() };
    plan_clinic(desired, live, Policy::default(), &context)
}

/// What a clinic system does with a write, in the fewest words.
fn perform(state: &mut ClinicState, write: &Write) {
    match write {
        Write::PutDirection { direction, to } => *state.direction_mut(*direction) = to.clone(),
        Write::PutButton(button) => match state.buttons.iter_mut().find(|other| other.id == button.id) {
            Some(other) => *other = button.clone(),
            None => state.buttons.push(button.clone()),
        },
        Write::DeleteButton(id) => state.buttons.retain(|button| button.id != *id),
        Write::PutOrder(order) => {
            let place = |button: &Button| order.iter().position(|id| *id == button.id).expect("every button is named");
            assert_eq!(order.len(), state.buttons.len(), "an order names exactly the buttons that exist");
            state.buttons.sort_by_key(place);
        }
    }
}

fn performed(state: &ClinicState, steps: &[Step]) -> ClinicState {
    let mut state = state.clone();
    steps.iter().for_each(|step| perform(&mut state, &step.write));
    state
}

proptest! {
    #[test]
    fn scoping_what_resulted_changes_nothing(desired in desired(), live in live_clinic(), prune: bool) {
        let once = scoped(&desired, &live, prune);
        let twice = scoped(&desired, &LiveClinic { state: once.wanted.clone(), ..live }, prune);
        prop_assert_eq!(twice, once);
    }

    #[test]
    fn undeclared_parts_stay_as_they_are(desired in desired(), live in live_clinic(), prune: bool) {
        let wanted = scoped(&desired, &live, prune).wanted;
        for kind in DirectionKind::ALL {
            let (said, was, will) = (desired.direction(kind), live.state.direction(kind), wanted.direction(kind));
            prop_assert!(said.enabled.is_some() || will.enabled == was.enabled);
            prop_assert!(said.accessible_to.is_some() || will.accessible_to == was.accessible_to);
        }
        for was in &live.state.buttons {
            let listed = desired.buttons.iter().flat_map(|buttons| &buttons.listed).find(|said| said.id == was.id);
            let Some(said) = listed else {
                let goes = prune && desired.buttons.as_ref().is_some_and(|said| said.fate_of_unlisted() == Unlisted::Remove);
                prop_assert_eq!(wanted.button(&was.id), (!goes).then_some(was));
                continue;
            };
            let will = wanted.button(&was.id).expect("a listed button that is live stays");
            prop_assert!(said.leads_to.is_some() || will.leads_to == was.leads_to);
            prop_assert!(said.active.is_some() || will.active == was.active);
            prop_assert!(said.shown_in.is_some() || will.shown_in == was.shown_in);
            for (tag, text) in &was.title {
                prop_assert!(said.title.contains_key(tag) || will.title.get(tag) == Some(text));
            }
        }
    }

    #[test]
    fn declared_values_result(desired in desired(), live in live_clinic(), prune: bool) {
        let wanted = scoped(&desired, &live, prune).wanted;
        for kind in DirectionKind::ALL {
            let said = desired.direction(kind);
            prop_assert!(said.enabled.as_ref().is_none_or(|said| said.value == wanted.direction(kind).enabled));
        }
        for said in desired.buttons.iter().flat_map(|buttons| &buttons.listed) {
            let complete = said.leads_to.is_some() && !said.title.is_empty();
            let Some(will) = wanted.button(&said.id) else {
                prop_assert!(!complete && live.state.button(&said.id).is_none());
                continue;
            };
            prop_assert!(said.leads_to.as_ref().is_none_or(|said| said.value == will.leads_to));
            prop_assert!(said.active.as_ref().is_none_or(|said| said.value == will.active));
            prop_assert!(said.shown_in.as_ref().is_none_or(|said| said.value == will.shown_in));
            prop_assert!(said.title.iter().all(|(tag, said)| will.title.get(tag).is_some_and(|text| said.value == *text)));
        }
    }

    /// Who is added must be an active professional. Who stands in the list already may stay, and leavers only as long
    /// as nothing is written.
    #[test]
    fn a_declared_list_is_exactly_whom_its_lines_mean(desired in desired(), live in live_clinic()) {
        let wanted = scoped(&desired, &live, false).wanted;
        for kind in DirectionKind::ALL {
            let declared = desired.direction(kind).accessible_to.as_ref().map(|said| &said.value);
            let Some(AccessRule::Listed(lines)) = declared else { continue };
            let (was, will) = (live.state.direction(kind), wanted.direction(kind));
            let stood = |id: &StaffId| matches!(&was.accessible_to, Access::Listed(people) if people.contains(id));
            let means = |who: &Who, member: &StaffMember| match who {
                Who::Person(person) => person.names(member),
                Who::Title(title) => member.title.as_ref() == Some(title) && member.may_message(),
                Who::Group(_) => false,
            };
            let stays = |member: &StaffMember| stood(&member.id) && (member.active || was == will);
            let named = |member: &&StaffMember| lines.iter().any(|line| means(&line.who, member));
            let staff = live.directory.staff().iter().filter(named);
            let listed = staff.filter(|member| member.may_message() || stays(member)).map(|member| member.id.clone());
            prop_assert_eq!(&will.accessible_to, &Access::Listed(listed.collect()));
        }
    }

    #[test]
    fn a_state_does_not_differ_from_itself(state in state()) {
        prop_assert_eq!(diff(&state, &state), vec![]);
    }

    #[test]
    fn a_diff_is_empty_exactly_where_the_states_are_equal(before in state(), after in state()) {
        prop_assert_eq!(diff(&before, &after).is_empty(), before == after);
    }

    #[test]
    fn every_change_names_what_differs_and_no_resource_twice(before in state(), after in state()) {
        let changes = diff(&before, &after);
        let resources: BTreeSet<&Resource> = changes.iter().map(|change| &change.resource).collect();
        prop_assert_eq!(resources.len(), changes.len());
        for change in &changes {
            prop_assert!(!change.fields.is_empty());
            prop_assert!(change.fields.iter().all(|field| field.before != field.after));
            prop_assert!(change.fields.is_sorted_by_key(|field| &field.field));
        }
    }

    #[test]
    fn the_steps_lead_to_the_wanted_state_with_one_write_a_resource(before in state(), after in state()) {
        let changes = diff(&before, &after);
        let steps = order(&changes);
        prop_assert_eq!(steps.len(), changes.len());
        prop_assert_eq!(performed(&before, &steps), after);
    }

    #[test]
    fn no_write_can_be_left_out(before in state(), after in state()) {
        let steps = order(&diff(&before, &after));
        for at in 0..steps.len() {
            let mut fewer = steps.clone();
            let left_out = fewer.remove(at).write;
            // Without a creation or deletion the order would name other buttons than there are.
            let stays = |id| before.button(id).is_some() == after.button(id).is_some();
            let orderly = !matches!(left_out.resource(), Resource::Button(id) if !stays(&id));
            fewer.retain(|step| orderly || !matches!(step.write, Write::PutOrder(_)));
            let reached = performed(&before, &fewer);
            prop_assert!(reached != after, "{:?} was not needed", left_out);
        }
    }

    #[test]
    fn steps_keep_the_phases_and_wait_only_for_earlier_ones(before in state(), after in state()) {
        let changes = diff(&before, &after);
        let steps = order(&changes);
        let phase = |step: &Step| {
            let change = changes.iter().find(|change| change.resource == step.write.resource());
            let phase = Phase::of(change.expect("every step carries out a change"));
            Sequence::SAFE.phases.iter().position(|other| *other == phase)
        };
        prop_assert!(steps.is_sorted_by_key(phase));
        for (at, step) in steps.iter().enumerate() {
            prop_assert_eq!(step.id as usize, at + 1);
            prop_assert!(step.waits_for.iter().all(|id| *id < step.id));
        }
    }

    #[test]
    fn a_plan_that_is_not_blocked_leads_where_it_says_and_then_nothing_is_left(
        desired in desired(),
        live in live_clinic(),
        prune: bool,
    ) {
        let plan = planned(&desired, &live, prune);
        let Some(work) = plan.work else {
            prop_assert_eq!(plan.changes, vec![]);
            return Ok(());
        };
        prop_assert_eq!(plan.blocked, vec![]);
        prop_assert_eq!(&performed(&live.state, &work.steps), &work.wanted);
        let ids: Vec<(u32, Resource)> = work.steps.iter().map(|step| (step.id, step.write.resource())).collect();
        let rows: Vec<(u32, Resource)> =
            plan.changes.iter().map(|change| (change.id, change.address.resource.clone())).collect();
        prop_assert_eq!(rows, ids);
        let again = planned(&desired, &LiveClinic { state: work.wanted, ..live }, prune);
        prop_assert_eq!(again.changes, vec![]);
        prop_assert!(again.work.is_none());
    }

    #[test]
    fn impact_is_what_people_and_patients_notice(desired in desired(), live in live_clinic()) {
        let plan = planned(&desired, &live, false);
        let wanted = plan.work.as_ref().map_or(&live.state, |work| &work.wanted);
        let holds = |state: &ClinicState, member: &StaffMember, right| {
            let direction = if right == Right::Send { &state.healthcare_initiated } else { &state.incoming };
            let admitted = match &direction.accessible_to {
                Access::Everyone => true,
                Access::Listed(people) => people.contains(&member.id),
            };
            direction.enabled && admitted && member.active && member.is_professional()
        };
        for member in live.directory.staff() {
            for right in [Right::Send, Right::Respond] {
                let (had, has) = (holds(&live.state, member, right), holds(wanted, member, right));
                let rows = |rows: &[clinicctl::plan::RightRow]| {
                    rows.iter().filter(|row| row.person == member.id && row.right == right).count()
                };
                prop_assert_eq!(rows(&plan.impact.gain), usize::from(!had && has));
                prop_assert_eq!(rows(&plan.impact.lose), usize::from(had && !has));
            }
        }
        for surface in Surface::ALL {
            let seen = |state: &ClinicState| -> Vec<_> {
                let shown = state.buttons.iter().filter(|button| button.active && button.shown_in.includes(surface));
                shown.map(|button| button.id.clone()).collect()
            };
            let (before, after) = (seen(&live.state), seen(wanted));
            let row = plan.impact.menus.iter().find(|row| row.surface == surface);
            prop_assert_eq!(row.is_some(), before != after);
            prop_assert!(row.is_none_or(|row| row.before == before && row.after == after));
        }
    }
}
