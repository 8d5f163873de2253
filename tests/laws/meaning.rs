//! What the files say comes about, and what they do not say stays (law 3).

use super::journey::{Journey, journey};
use crate::support::world::tried;
use clinicctl::domain::{
    Access, AccessRule, Button, ButtonId, DesiredButton, DesiredDirection, Direction, DirectionKind, Directory, Listed,
    PersonRef, StaffId, StaffMember, Unlisted, Who,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(tried(256))]

    #[test]
    fn a_direction_is_as_declared_and_else_as_it_was(journey in journey()) {
        let Journey { live, desired, wanted, .. } = &journey;
        for kind in DirectionKind::ALL {
            let DesiredDirection { enabled, accessible_to } = desired.direction(kind);
            let (before, after) = (live.state.direction(kind), wanted.direction(kind));
            prop_assert_eq!(after.enabled, enabled.as_ref().map_or(before.enabled, |said| said.value));
            match accessible_to.as_ref().map(|said| &said.value) {
                None => prop_assert_eq!(&after.accessible_to, &before.accessible_to),
                Some(AccessRule::Everyone) => prop_assert_eq!(&after.accessible_to, &Access::Everyone),
                Some(AccessRule::Listed(lines)) => admits(lines, before, after, &live.directory)?,
            }
        }
    }

    #[test]
    fn a_button_is_as_declared_and_else_as_it_was(journey in journey()) {
        let Journey { live, wanted, .. } = &journey;
        for after in &wanted.buttons {
            let before = live.state.button(&after.id);
            match journey.declared(&after.id) {
                Some(said) => has_the_declared_parts(said, before, after)?,
                None => prop_assert_eq!(Some(after), before),
            }
        }
    }

    #[test]
    fn a_button_goes_only_where_the_files_and_the_run_say_so(journey in journey()) {
        let Journey { live, desired, prune, wanted, .. } = &journey;
        let removes = desired.buttons.as_ref().is_some_and(|buttons| buttons.fate_of_unlisted() == Unlisted::Remove);
        for before in &live.state.buttons {
            let goes = *prune && removes && journey.declared(&before.id).is_none();
            prop_assert_eq!(wanted.button(&before.id).is_none(), goes);
        }
    }

    #[test]
    fn buttons_stand_as_listed_and_others_do_not_move(journey in journey()) {
        let Journey { live, desired, wanted, .. } = &journey;
        let Some(buttons) = &desired.buttons else {
            prop_assert_eq!(&wanted.buttons, &live.state.buttons);
            return Ok(());
        };
        let is_listed = |id: &ButtonId| journey.declared(id).is_some();
        let exists = |id: &ButtonId| wanted.button(id).is_some();
        let as_listed: Vec<_> = buttons.listed.iter().map(|said| said.id.clone()).filter(exists).collect();
        prop_assert_eq!(wanted.order().into_iter().filter(is_listed).collect::<Vec<_>>(), as_listed);
        let goes = live.state.buttons.iter().any(|before| !exists(&before.id));
        for (place, before) in live.state.buttons.iter().enumerate().filter(|_| !goes) {
            let stands = is_listed(&before.id) || wanted.buttons[place].id == before.id;
            prop_assert!(stands, "{} has moved", before.id);
        }
    }
}

impl Journey {
    fn declared(&self, id: &ButtonId) -> Option<&DesiredButton> {
        self.desired.buttons.as_ref()?.listed.iter().find(|said| said.id == *id)
    }
}

/// A list admits every active professional whom its lines mean, and nobody whom they do not.
fn admits(lines: &[Listed], before: &Direction, after: &Direction, directory: &Directory) -> Result<(), TestCaseError> {
    let meant: Vec<_> =
        directory.staff().iter().filter(|member| lines.iter().any(|line| means(line, member))).collect();
    let ids = |people: &[&StaffMember]| people.iter().map(|member| member.id.clone()).collect::<BTreeSet<StaffId>>();
    let sound: Vec<_> = meant.iter().copied().filter(|member| member.may_message()).collect();
    let Access::Listed(people) = &after.accessible_to else {
        return Err(TestCaseError::fail("a list became everyone"));
    };
    prop_assert!(ids(&sound).is_subset(people));
    prop_assert!(people.is_subset(&ids(&meant)));
    let stays = |id: &&StaffId| matches!(&before.accessible_to, Access::Listed(stood) if stood.contains(*id));
    prop_assert!(people.difference(&ids(&sound)).all(|id| stays(&id)), "somebody unsound was added");
    Ok(())
}

fn means(line: &Listed, member: &StaffMember) -> bool {
    match &line.who {
        Who::Person(person) => is(person, member),
        Who::Title(title) => member.title.as_ref() == Some(title) && member.may_message(),
        Who::Group(group) => group.members.iter().any(|one| is(&one.person, member)),
    }
}

fn is(person: &PersonRef, member: &StaffMember) -> bool {
    match person {
        PersonRef::Email(email) => member.email.as_ref() == Some(email),
        PersonRef::HsaId(hsa_id) => member.hsa_id.as_ref() == Some(hsa_id),
        PersonRef::StaffId(id) => member.id == *id,
    }
}

/// Each part is as declared; else as it was; else as the format says of a new button.
fn has_the_declared_parts(said: &DesiredButton, before: Option<&Button>, after: &Button) -> Result<(), TestCaseError> {
    let DesiredButton { id: _, place: _, title_place: _, leads_to, title, active, shown_in } = said;
    let leads_to = leads_to.as_ref().map(|said| &said.value).or(before.map(|button| &button.leads_to));
    prop_assert_eq!(Some(&after.leads_to), leads_to);
    let active = active.as_ref().map(|said| said.value).or(before.map(|button| button.active));
    prop_assert_eq!(after.active, active.unwrap_or(false));
    let shown_in = shown_in.as_ref().map(|said| said.value).or(before.map(|button| button.shown_in));
    prop_assert_eq!(after.shown_in, shown_in.unwrap_or_default());
    let mut titles = before.map(|button| button.title.clone()).unwrap_or_default();
    titles.extend(title.iter().map(|(language, said)| (language.clone(), said.value.to_string())));
    prop_assert_eq!(&after.title, &titles);
    Ok(())
}
