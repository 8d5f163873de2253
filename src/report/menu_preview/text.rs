//! A scene in lines, for a terminal.

use super::menu_diff::MenuDiff;
use super::scene::{Item, Scene};
use crate::diagnostic::escape_cut;
use crate::domain::ClinicId;
use crate::report::Paint;
use std::fmt::Write as _;

/// The longest title that a line shows, in characters: the longest that a file may say, twice over.
const LONGEST: usize = 80;

/// The menus of a clinic before and after, one scene below the other.
#[must_use]
pub fn text(clinic: &ClinicId, scenes: &[Scene<'_>], paint: Paint) -> String {
    let scene = |scene: &Scene<'_>| {
        let title = format!("{clinic}: the patients' menu, {}, in {}", scene.surfaces(), scene.language);
        let sides = if scene.changes() {
            format!("{}\n{}", side("Before", &scene.before, paint), side("After", &scene.after, paint))
        } else {
            side("Before and after", &scene.after, paint)
        };
        format!("{}\n\n{sides}", paint.title(title))
    };
    scenes.iter().map(scene).collect::<Vec<_>>().join("\n")
}

fn side(name: &str, items: &[Item<'_>], paint: Paint) -> String {
    let mut lines = format!("  {name}\n");
    if items.is_empty() {
        lines.push_str("      no buttons\n");
    }
    for (at, item) in items.iter().enumerate() {
        let title = escape_cut(item.title.text, LONGEST);
        let sign = sign(&item.menu_diff, paint);
        let notes = item.notes().join("; ");
        let notes = if notes.is_empty() { notes } else { format!("  {}", paint.aside(notes)) };
        let _ = writeln!(lines, "    {sign} {}. {title}{notes}", at + 1);
    }
    lines
}

fn sign(menu_diff: &MenuDiff<'_>, paint: Paint) -> String {
    match menu_diff {
        MenuDiff::Comes => paint.added("+"),
        MenuDiff::Goes => paint.removed("-"),
        MenuDiff::Stays(differences) if differences.is_empty() => " ".to_owned(),
        MenuDiff::Stays(_) => paint.changed("~"),
    }
}
