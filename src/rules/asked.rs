//! One state of one clinic, as the rules of a resulting state are asked about it.

use super::{Policy, Resulting};
use crate::domain::{ButtonId, ClinicState, DesiredButton, DesiredClinic, DirectionKind, Directory};
use crate::source::Place;

/// A state, and the people of its clinic.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The state.
    pub(super) state: &'a ClinicState,
    /// The people of the clinic.
    pub(super) directory: &'a Directory,
    /// The fleet's severities and waivers.
    pub(super) policy: &'a Policy,
    /// Which of the two states it is.
    pub(super) side: Side<'a>,
}

/// Which state is asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side<'a> {
    /// The state as it is, to find out what is already so. Places do not matter.
    Live,
    /// The state as it would be, with the files if they are at hand.
    Wanted(Option<&'a DesiredClinic>),
}

impl<'a> Asked<'a> {
    /// What would result.
    pub(super) fn wanted(resulting: &Resulting<'a>) -> Self {
        let Resulting { live, wanted, desired, policy, .. } = *resulting;
        Self { state: wanted, directory: &live.directory, policy, side: Side::Wanted(desired) }
    }

    /// What is.
    pub(super) fn live(resulting: &Resulting<'a>) -> Self {
        let Resulting { live, policy, .. } = *resulting;
        Self { state: &live.state, directory: &live.directory, policy, side: Side::Live }
    }

    /// How many people hold the right of `kind`, counted no further than `most`.
    pub(super) fn holders(&self, kind: DirectionKind, most: usize) -> usize {
        self.state.direction(kind).holders(self.directory).take(most).count()
    }

    /// The line to discuss about the clinic as a whole.
    pub(super) fn clinic_place(&self) -> Option<Place> {
        self.desired().map(|desired| desired.place)
    }

    /// The line that declares the list of `kind`, or that the direction is on.
    pub(super) fn list_place(&self, kind: DirectionKind) -> Option<Place> {
        let direction = self.desired()?.direction(kind);
        let list = direction.accessible_to.as_ref().map(|said| said.place);
        list.or_else(|| self.switch_place(kind))
    }

    /// The line that switches `kind` on or off.
    pub(super) fn switch_place(&self, kind: DirectionKind) -> Option<Place> {
        let switch = self.desired()?.direction(kind).enabled.as_ref().map(|said| said.place);
        switch.or_else(|| self.clinic_place())
    }

    /// The line that lists a button; if none does, the clinic's.
    pub(super) fn button_place(&self, id: &ButtonId) -> Option<Place> {
        self.desired_button(id).map(|button| button.place).or_else(|| self.clinic_place())
    }

    /// What the files say about a button.
    pub(super) fn desired_button(&self, id: &ButtonId) -> Option<&'a DesiredButton> {
        let buttons = self.desired()?.buttons.as_ref()?;
        buttons.listed.iter().find(|button| button.id == *id)
    }

    /// What the files say about the clinic.
    pub(super) fn desired(&self) -> Option<&'a DesiredClinic> {
        match self.side {
            Side::Live => None,
            Side::Wanted(desired) => desired,
        }
    }
}
