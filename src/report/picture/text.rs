//! A scene in lines, for a terminal.

use super::fate::Fate;
use super::scene::Item;
use super::scene::Scene;
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
        let sign = sign(&item.fate, paint);
        let notes = item.notes().join("; ");
        let notes = if notes.is_empty() { notes } else { format!("  {}", paint.aside(notes)) };
        let _ = writeln!(lines, "    {sign} {}. {title}{notes}", at + 1);
    }
    lines
}

fn sign(fate: &Fate<'_>, paint: Paint) -> String {
    match fate {
        Fate::Comes => paint.added("+"),
        Fate::Goes => paint.removed("-"),
        Fate::Stays(differences) if differences.is_empty() => " ".to_owned(),
        Fate::Stays(_) => paint.changed("~"),
    }
}
