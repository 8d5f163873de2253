//! What becomes of each button of a menu.

use super::title::Title;
use crate::domain::ButtonId;
use crate::plan::DrawnButton;
use similar::{Algorithm, ChangeTag, capture_diff_slices};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// What becomes of a button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum MenuDiff<'p> {
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
    /// It stands nearer to the top among those that stay, or nearer to the end, or only others have moved around it.
    Moved(Ordering),
    /// It shows other words.
    Retitled {
        /// The words before. Any text.
        was: &'p str,
    },
    /// Pressing it leads elsewhere.
    Redirected {
        /// The target before. Any text.
        from: &'p str,
        /// The target afterwards. Any text.
        to: &'p str,
    },
}

/// A button with the title that is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Titled<'p> {
    pub(super) button: &'p DrawnButton,
    pub(super) title: Title<'p>,
}

/// The buttons that stay and stand elsewhere among those that stay, as few of them as possible, and where they went.
pub(super) fn moved<'p>(before: &[Titled<'p>], after: &[Titled<'p>]) -> BTreeMap<&'p ButtonId, Ordering> {
    let (was, will) = (those_in(before, after), those_in(after, before));
    let operations = capture_diff_slices(Algorithm::Myers, &was, &will);
    let changes = operations.iter().flat_map(|operation| operation.iter_changes(&was, &will));
    let moved = changes.filter(|change| change.tag() == ChangeTag::Insert).map(|change| change.value());
    let place = |menu: &[&ButtonId], id: &ButtonId| menu.iter().position(|other| *other == id);
    moved.map(|id| (id, place(&will, id).cmp(&place(&was, id)))).collect()
}

/// The ids of `these` that are among `those` too, in their order.
fn those_in<'p>(these: &[Titled<'p>], those: &[Titled<'p>]) -> Vec<&'p ButtonId> {
    let known: BTreeSet<_> = those.iter().map(|titled| &titled.button.id).collect();
    these.iter().map(|titled| &titled.button.id).filter(|id| known.contains(id)).collect()
}

/// What is different about a button that stays.
pub(super) fn differences<'p>(before: &Titled<'p>, after: &Titled<'p>, moved: Option<Ordering>) -> Vec<Difference<'p>> {
    let moved = moved.map(Difference::Moved);
    let (from, to) = (&before.button.leads_to, &after.button.leads_to);
    let redirected = (from != to).then_some(Difference::Redirected { from, to });
    let was = before.title.text;
    let retitled = (was != after.title.text).then_some(Difference::Retitled { was });
    [moved, retitled, redirected].into_iter().flatten().collect()
}
