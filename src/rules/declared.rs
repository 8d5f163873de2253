//! One clinic as the files declare it, as the rules of the files are asked about it.

use super::AskedAbout;
use crate::diagnostic::Finding;
use crate::domain::{
    AccessRule, DesiredButton, DesiredClinic, DirectionKind, Language, Listed, ShortText, Sourced, Who,
};
use crate::source::Place;
use jiff::civil::Date;

/// A clinic as the files declare it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared<'a> {
    /// The clinic, layers merged.
    pub(super) clinic: &'a DesiredClinic,
    /// The languages that every active button needs.
    pub(super) required: &'a [Language],
    /// The day, for waivers that end.
    pub(super) today: Date,
}

/// A rule that the files alone break.
#[derive(Debug)]
pub(super) struct Told {
    /// The thing that breaks it.
    pub(super) thing: AskedAbout,
    /// The breach, with the rule's own severity.
    pub(super) finding: Finding,
}

impl<'a> Declared<'a> {
    /// The listed buttons.
    pub(super) fn buttons(&self) -> impl Iterator<Item = &'a DesiredButton> + use<'a> {
        self.clinic.buttons.iter().flat_map(|buttons| &buttons.listed)
    }

    /// Every declared text of a button.
    pub(super) fn titles(
        &self,
    ) -> impl Iterator<Item = (&'a DesiredButton, &'a Language, &'a Sourced<ShortText>)> + use<'a> {
        self.buttons().flat_map(|button| button.title.iter().map(move |(language, said)| (button, language, said)))
    }

    /// Every line of both lists.
    pub(super) fn lines(&self) -> impl Iterator<Item = (DirectionKind, &'a Listed)> + use<'a> {
        let clinic = self.clinic;
        DirectionKind::ALL.into_iter().flat_map(move |kind| {
            let said = clinic.direction(kind).accessible_to.as_ref();
            let lines = said.map_or(&[][..], |said| listed(&said.value));
            lines.iter().map(move |line| (kind, line))
        })
    }

    /// The places that switch `kind` on and that admit no one to it, if the files do both.
    pub(super) fn nobody(&self, kind: DirectionKind) -> Option<(Place, Place)> {
        let direction = self.clinic.direction(kind);
        let switch = direction.enabled.as_ref().filter(|said| said.value)?;
        let list = direction.accessible_to.as_ref().filter(|said| admits_nobody(&said.value))?;
        Some((switch.place, list.place))
    }

    /// Two places that contradict each other, the one to discuss first: what stands in the clinic's own file, because
    /// what it shares with others was right before; if both do or none, `usual`.
    pub(super) fn own_first(&self, usual: Place, other: Place) -> (Place, Place) {
        let own = |place: Place| place.file == self.clinic.place.file;
        if own(other) && !own(usual) { (other, usual) } else { (usual, other) }
    }
}

fn listed(rule: &AccessRule) -> &[Listed] {
    match rule {
        AccessRule::Everyone => &[],
        AccessRule::Listed(lines) => lines,
    }
}

/// Whether the list admits no one in any directory.
fn admits_nobody(rule: &AccessRule) -> bool {
    let empty = |line: &Listed| match &line.who {
        Who::Group(group) => group.members.is_empty(),
        Who::Person(_) | Who::Title(_) => false,
    };
    match rule {
        AccessRule::Everyone => false,
        AccessRule::Listed(lines) => lines.iter().all(empty),
    }
}
