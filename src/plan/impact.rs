//! What people and patients notice: rights that are gained and lost, menus that change.
//!
//! Computed from the rights that people can use, not from lists: adding a name to a list of a direction that is off
//! changes no person's rights, and ticking `everyone` gives a right to each professional who did not have it.

use super::{DrawnButton, Impact, MenuRow, PictureRow, RightRow, SingleResponderRow};
use crate::domain::{
    Access, Button, ButtonId, ClinicId, ClinicState, DirectionKind, LiveClinic, StaffId, StaffMember, Surface,
};
use std::collections::BTreeMap;

/// The impact of leading a clinic to `wanted`.
pub(super) fn impact(live: &LiveClinic, wanted: &ClinicState) -> Impact {
    let mut impact = Impact::default();
    for kind in DirectionKind::ALL {
        let before = holders(live, &live.state, kind);
        let after = holders(live, wanted, kind);
        impact.gain.extend(rights(&live.clinic, kind, &after, &before));
        impact.lose.extend(rights(&live.clinic, kind, &before, &after));
    }
    impact.gain.sort();
    impact.lose.sort();
    impact.menus = Surface::ALL.into_iter().filter_map(|surface| menu_row(live, wanted, surface)).collect();
    impact.single_responders = single_responder(live, wanted).into_iter().collect();
    impact.pictures = pictures(live, wanted);
    impact
}

/// The names of the people who enter or leave a list, whether that gives or takes a right or not.
pub(super) fn moved_people(live: &LiveClinic, wanted: &ClinicState) -> BTreeMap<StaffId, String> {
    let pairs = DirectionKind::ALL.map(|kind| (live.state.direction(kind), wanted.direction(kind)));
    let moved = pairs.iter().flat_map(|(before, after)| match (&before.accessible_to, &after.accessible_to) {
        (Access::Listed(before), Access::Listed(after)) => before.symmetric_difference(after).collect(),
        (Access::Everyone, _) | (_, Access::Everyone) => Vec::new(),
    });
    moved.filter_map(|id| live.directory.get(id)).map(|member| (member.id.clone(), member.name.clone())).collect()
}

type Holders<'a> = BTreeMap<&'a StaffId, &'a StaffMember>;

fn holders<'a>(live: &'a LiveClinic, state: &'a ClinicState, kind: DirectionKind) -> Holders<'a> {
    state.direction(kind).holders(&live.directory).map(|member| (&member.id, member)).collect()
}

/// One row for each person in `these` who is not in `those`.
fn rights(clinic: &ClinicId, kind: DirectionKind, these: &Holders<'_>, those: &Holders<'_>) -> Vec<RightRow> {
    let only = these.values().filter(|member| !those.contains_key(&member.id));
    let row = |member: &&StaffMember| RightRow {
        clinic: clinic.clone(),
        person: member.id.clone(),
        name: member.name.clone(),
        right: kind.right(),
    };
    only.map(row).collect()
}

fn menu_row(live: &LiveClinic, wanted: &ClinicState, surface: Surface) -> Option<MenuRow> {
    let before = menu(&live.state, surface);
    let after = menu(wanted, surface);
    (before != after).then(|| MenuRow { clinic: live.clinic.clone(), surface, before, after })
}

fn menu(state: &ClinicState, surface: Surface) -> Vec<ButtonId> {
    state.menu(surface).map(|button| button.id.clone()).collect()
}

/// The one person who may respond afterwards, if there was another number of them before.
fn single_responder(live: &LiveClinic, wanted: &ClinicState) -> Option<SingleResponderRow> {
    let before = live.state.incoming.holders(&live.directory).count();
    let mut after = wanted.incoming.holders(&live.directory);
    let (Some(only), None) = (after.next(), after.next()) else {
        return None;
    };
    let StaffMember { id, name, .. } = only;
    (before != 1).then(|| SingleResponderRow { clinic: live.clinic.clone(), person: id.clone(), name: name.clone() })
}

/// The menus that look different.
fn pictures(live: &LiveClinic, wanted: &ClinicState) -> Vec<PictureRow> {
    let mut rows = menus(&live.clinic, &live.state, wanted);
    rows.retain(|row| row.before != row.after);
    rows
}

/// Every menu of a clinic, whether it changes or not; one row for both surfaces if they look alike before and after.
#[must_use]
pub fn menus(clinic: &ClinicId, before: &ClinicState, after: &ClinicState) -> Vec<PictureRow> {
    let mut rows: Vec<PictureRow> = Vec::new();
    for surface in Surface::ALL {
        let (before, after) = (drawn(before, surface), drawn(after, surface));
        match rows.iter_mut().find(|row| row.before == before && row.after == after) {
            Some(same) => same.surfaces.push(surface),
            None => rows.push(PictureRow { clinic: clinic.clone(), surfaces: vec![surface], before, after }),
        }
    }
    rows
}

fn drawn(state: &ClinicState, surface: Surface) -> Vec<DrawnButton> {
    let draw = |button: &Button| DrawnButton {
        id: button.id.clone(),
        leads_to: button.leads_to.to_string(),
        title: button.title.clone(),
    };
    state.menu(surface).map(draw).collect()
}
