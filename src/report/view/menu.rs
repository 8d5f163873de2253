//! What patients will see appear, disappear, move or look different.

use crate::domain::{ButtonId, Surface};
use crate::plan::{DrawnButton, MenuRow, PictureRow};
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::collections::{BTreeMap, BTreeSet};

/// One menu that changes; app and web together if they are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu<'p> {
    /// Where.
    pub surfaces: Vec<Surface>,
    /// The buttons as they are.
    pub before: &'p [ButtonId],
    /// The buttons as they will be.
    pub after: &'p [ButtonId],
}

/// The buttons of one clinic that patients see come, go, move or look different, wherever they see it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Buttons<'p> {
    /// They appear.
    pub appear: BTreeSet<&'p ButtonId>,
    /// They disappear.
    pub disappear: BTreeSet<&'p ButtonId>,
    /// They stay, at another place among those that stay.
    pub moved: BTreeSet<&'p ButtonId>,
    /// They stay, with another title or target.
    pub altered: BTreeSet<&'p ButtonId>,
}

/// The menus of `rows`, which are those of one clinic.
pub(super) fn menus<'p>(rows: &[&'p MenuRow]) -> Vec<Menu<'p>> {
    let mut menus: Vec<Menu<'p>> = Vec::new();
    for row in rows {
        match menus.iter_mut().find(|menu| menu.before == row.before && menu.after == row.after) {
            Some(same) => same.surfaces.push(row.surface),
            None => menus.push(Menu { surfaces: vec![row.surface], before: &row.before, after: &row.after }),
        }
    }
    menus
}

impl Menu<'_> {
    /// `app and web`.
    #[must_use]
    pub fn surfaces_joined(&self) -> String {
        self.surfaces.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
    }
}

impl<'p> Buttons<'p> {
    pub(super) fn of(menus: &[Menu<'p>], pictures: &[&'p PictureRow]) -> Self {
        let mut buttons = Self::default();
        menus.iter().for_each(|menu| buttons.add(menu));
        for PictureRow { clinic: _, surfaces: _, before, after } in pictures {
            buttons.altered.extend(altered(before, after));
        }
        buttons
    }

    fn add(&mut self, menu: &Menu<'p>) {
        let was: BTreeSet<_> = menu.before.iter().collect();
        let will: BTreeSet<_> = menu.after.iter().collect();
        self.appear.extend(will.difference(&was).copied());
        self.disappear.extend(was.difference(&will).copied());
        let before: Vec<_> = menu.before.iter().filter(|id| will.contains(id)).collect();
        let after: Vec<_> = menu.after.iter().filter(|id| was.contains(id)).collect();
        let ops = capture_diff_slices(Algorithm::Myers, &before, &after);
        let moved = ops.iter().filter(|op| op.tag() != DiffTag::Equal).flat_map(|op| &after[op.new_range()]);
        self.moved.extend(moved.copied());
    }

    /// Whether patients notice nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { appear, disappear, moved, altered } = self;
        [appear, disappear, moved, altered].into_iter().all(BTreeSet::is_empty)
    }
}

/// The buttons that stand in both menus and look different.
fn altered<'p>(before: &'p [DrawnButton], after: &'p [DrawnButton]) -> impl Iterator<Item = &'p ButtonId> {
    let was: BTreeMap<_, _> = before.iter().map(|button| (&button.id, button)).collect();
    let looks_different = move |button: &&DrawnButton| was.get(&button.id).is_some_and(|was| was != button);
    after.iter().filter(looks_different).map(|button| &button.id)
}
