//! What people and patients notice: rights that are gained and lost, menus that change.
//!
//! Computed from the rights that people can use, not from lists: adding a name to a list of a direction that is off
//! gives nobody anything, and ticking `everyone` gives a right to each professional who did not have it.

use super::Impact;
use super::MenuRow;
use super::RightRow;
use crate::domain::Access;
use crate::domain::ButtonId;
use crate::domain::ClinicId;
use crate::domain::ClinicState;
use crate::domain::DirectionKind;
use crate::domain::LiveClinic;
use crate::domain::StaffId;
use crate::domain::StaffMember;
use crate::domain::Surface;
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

/// One row for everybody in `these` who is not in `those`.
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
