//! What becomes of each button of a menu.

use super::title::Title;
use crate::domain::ButtonId;
use crate::plan::DrawnButton;
use similar::Algorithm;
use similar::ChangeTag;
use similar::capture_diff_slices;
use std::collections::BTreeSet;

/// What becomes of a button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate<'p> {
    /// Patients did not see it before.
    Comes,
    /// Patients will not see it any more.
    Goes,
    /// It stays, with what is different about it; on the side before, nothing is.
    Stays(Vec<Difference<'p>>),
}

/// What is different about a button that stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Difference<'p> {
    /// It stands elsewhere among those that stay; places count from 1.
    Moved {
        /// Its place before.
        from: usize,
        /// Its place after.
        to: usize,
    },
    /// It shows other words.
    Retitled {
        /// The words before. Any text.
        was: &'p str,
    },
    /// Pressing it leads elsewhere.
    Redirected {
        /// Where it led. Any text.
        from: &'p str,
        /// Where it will lead. Any text.
        to: &'p str,
    },
}

/// A button with its place in the menu, from 1, and the title that is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'p> {
    pub(super) place: usize,
    pub(super) button: &'p DrawnButton,
    pub(super) title: Title<'p>,
}

/// The buttons that stay and stand elsewhere among those that stay: as few of them as possible.
pub(super) fn moved<'p>(before: &[Placed<'p>], after: &[Placed<'p>]) -> BTreeSet<&'p ButtonId> {
    let ids = |menu: &[Placed<'p>]| menu.iter().map(|placed| &placed.button.id).collect::<Vec<_>>();
    let (before, after) = (ids(before), ids(after));
    let both = |these: &[&'p ButtonId], those: &[&'p ButtonId]| -> Vec<&'p ButtonId> {
        these.iter().copied().filter(|id| those.contains(id)).collect()
    };
    let (was, will) = (both(&before, &after), both(&after, &before));
    let operations = capture_diff_slices(Algorithm::Myers, &was, &will);
    let changes = operations.iter().flat_map(|operation| operation.iter_changes(&was, &will));
    changes.filter(|change| change.tag() == ChangeTag::Insert).map(|change| change.value()).collect()
}

/// What is different about a button that stays.
pub(super) fn differences<'p>(before: &Placed<'p>, after: &Placed<'p>, moved: bool) -> Vec<Difference<'p>> {
    let moved = moved.then_some(Difference::Moved { from: before.place, to: after.place });
    let (from, to) = (&before.button.leads_to, &after.button.leads_to);
    let redirected = (from != to).then_some(Difference::Redirected { from, to });
    let was = before.title.text;
    let retitled = (was != after.title.text).then_some(Difference::Retitled { was });
    [moved, retitled, redirected].into_iter().flatten().collect()
}
