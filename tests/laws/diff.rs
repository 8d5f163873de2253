//! Law 1, and that a change says exactly what differs.

use crate::support::world::{state, tried};
use clinicctl::diff::{Action, ResourceState, diff};
use clinicctl::domain::{ClinicState, DirectionKind, Resource};
use proptest::prelude::*;

proptest! {
    #![proptest_config(tried(256))]

    #[test]
    fn a_state_does_not_differ_from_itself(state in state()) {
        prop_assert_eq!(diff(&state, &state), Vec::new());
    }

    #[test]
    fn a_change_holds_its_resource_before_and_after(before in state(), after in state()) {
        for change in diff(&before, &after) {
            prop_assert_eq!(&change.before, &whole(&before, &change.resource));
            prop_assert_eq!(&change.after, &whole(&after, &change.resource));
            prop_assert_ne!(&change.before, &change.after);
            prop_assert!(!change.fields.is_empty());
            let action = match (&change.before, &change.after) {
                (None, _) => Action::Create,
                (_, None) => Action::Delete,
                _ => Action::Update,
            };
            prop_assert_eq!(change.action(), action);
        }
    }

    #[test]
    fn whatever_does_not_change_is_the_same(before in state(), after in state()) {
        let changed: Vec<_> = diff(&before, &after).into_iter().map(|change| change.resource).collect();
        for resource in resources(&before, &after) {
            let same = whole(&before, &resource) == whole(&after, &resource);
            prop_assert_eq!(changed.iter().filter(|one| **one == resource).count(), usize::from(!same), "{}", resource);
        }
    }
}

/// Every direction and button of either state.
fn resources(before: &ClinicState, after: &ClinicState) -> Vec<Resource> {
    let mut buttons: Vec<_> = before.order().into_iter().chain(after.order()).map(Resource::Button).collect();
    buttons.sort();
    buttons.dedup();
    DirectionKind::ALL.into_iter().map(Resource::Direction).chain(buttons).collect()
}

/// One resource of a state; nothing where there is no such button.
pub(crate) fn whole(state: &ClinicState, resource: &Resource) -> Option<ResourceState> {
    match resource {
        Resource::Direction(kind) => Some(ResourceState::Direction(state.direction(*kind).clone())),
        Resource::Button(id) => state.button(id).cloned().map(ResourceState::Button),
        Resource::ButtonOrder => Some(ResourceState::Order { order: state.order() }),
    }
}
