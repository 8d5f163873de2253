//! A menu before and after, in one language: what a picture shows and what its words say.

use super::menu_diff::{Difference, MenuDiff, Titled, differences, moved};
use super::title::{Source, Title};
use crate::diagnostic::escape_cut;
use crate::domain::{ButtonId, Language, Surface};
use crate::plan::{DrawnButton, PictureRow};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// The longest text that a sentence quotes, in characters: the longest title twice over.
const LONGEST: usize = 80;

/// A menu before and after, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene<'p> {
    pub(super) surfaces: &'p [Surface],
    pub(super) language: &'p Language,
    pub(super) before: Vec<Item<'p>>,
    pub(super) after: Vec<Item<'p>>,
}

/// A button of a scene.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item<'p> {
    pub(super) id: &'p ButtonId,
    pub(super) title: Title<'p>,
    pub(super) menu_diff: MenuDiff<'p>,
}

/// Every language that a title of the menu has.
#[must_use]
pub fn languages(row: &PictureRow) -> BTreeSet<&Language> {
    row.before.iter().chain(&row.after).flat_map(|button| button.title.keys()).collect()
}

impl<'p> Scene<'p> {
    /// The menu as readers of `language` see it.
    #[must_use]
    pub fn of(row: &'p PictureRow, language: &'p Language) -> Self {
        let (before, after) = (titled(&row.before, language), titled(&row.after, language));
        let (was, will, moved) = (by_id(&before), by_id(&after), moved(&before, &after));
        let now = |titled: &Titled<'p>| match was.get(&titled.button.id) {
            Some(was) => MenuDiff::Stays(differences(was, titled, moved.get(&titled.button.id).copied())),
            None => MenuDiff::Comes,
        };
        let then = |titled: &Titled<'p>| match will.get(&titled.button.id) {
            Some(_) => MenuDiff::Stays(Vec::new()),
            None => MenuDiff::Goes,
        };
        let items = |menu: &[Titled<'p>], menu_diff: &dyn Fn(&Titled<'p>) -> MenuDiff<'p>| {
            menu.iter()
                .map(|titled| Item { id: &titled.button.id, title: titled.title, menu_diff: menu_diff(titled) })
                .collect()
        };
        Self { surfaces: &row.surfaces, language, before: items(&before, &then), after: items(&after, &now) }
    }

    /// The language of its readers.
    #[must_use]
    pub const fn language(&self) -> &'p Language {
        self.language
    }

    /// Whether readers of this language see anything change.
    #[must_use]
    pub fn changes(&self) -> bool {
        self.before.iter().chain(&self.after).any(|item| item.menu_diff != MenuDiff::Stays(Vec::new()))
    }

    /// `app and web`.
    pub(super) fn surfaces(&self) -> String {
        self.surfaces.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
    }

    /// Both sides in words, for those who do not see the picture.
    #[must_use]
    pub fn sides(&self) -> [String; 2] {
        let after = if self.changes() { side("After", &self.after) } else { "After: the same.".to_owned() };
        [side("Before", &self.before), after]
    }
}

fn titled<'p>(menu: &'p [DrawnButton], language: &'p Language) -> Vec<Titled<'p>> {
    menu.iter().map(|button| Titled { button, title: Title::of(button, language) }).collect()
}

fn by_id<'a, 'p>(menu: &'a [Titled<'p>]) -> BTreeMap<&'p ButtonId, &'a Titled<'p>> {
    menu.iter().map(|titled| (&titled.button.id, titled)).collect()
}

/// One side of a scene in words.
pub(super) fn side(name: &str, items: &[Item<'_>]) -> String {
    if items.is_empty() {
        return format!("{name}: no buttons.");
    }
    let sentence = |(at, item): (usize, &Item<'_>)| {
        let notes = item.notes().join("; ");
        let notes = if notes.is_empty() { notes } else { format!(" ({notes})") };
        format!("{}. “{}”{notes}", at + 1, escape_cut(item.title.text, LONGEST))
    };
    format!("{name}: {}.", items.iter().enumerate().map(sentence).collect::<Vec<_>>().join(", "))
}

impl Item<'_> {
    /// What there is to say about the button: what becomes of it, and whose words its title has.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = match &self.menu_diff {
            MenuDiff::Comes => vec!["new".to_owned()],
            MenuDiff::Goes => vec!["goes away".to_owned()],
            MenuDiff::Stays(differences) => differences.iter().map(note).collect(),
        };
        notes.extend(self.missing());
        notes
    }

    /// What stands in place of a title that the language lacks.
    pub(super) fn missing(&self) -> Option<String> {
        match self.title.source {
            Source::Asked => None,
            Source::Instead { asked, shown } => Some(format!("no title in {asked}: shown in {shown}")),
            Source::Id => Some("no title: its id is shown".to_owned()),
        }
    }
}

fn note(difference: &Difference<'_>) -> String {
    match difference {
        Difference::Moved(Ordering::Less) => "moved up".to_owned(),
        Difference::Moved(Ordering::Greater) => "moved down".to_owned(),
        Difference::Moved(Ordering::Equal) => "moved among the others".to_owned(),
        Difference::Retitled { was } => format!("was “{}”", escape_cut(was, LONGEST)),
        Difference::Redirected { from, to } => {
            format!("leads to {} instead of {}", escape_cut(to, LONGEST), escape_cut(from, LONGEST))
        }
    }
}
