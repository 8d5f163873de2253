//! What people and patients of one clinic notice.

use super::value::text;
use crate::domain::ButtonId;
use crate::domain::ClinicId;
use crate::domain::Right;
use crate::domain::Surface;
use crate::plan::Impact;
use crate::plan::MenuRow;
use crate::plan::RightRow;
use crate::report::Paint;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Who gains and loses what, and which menus change.
pub(super) fn of_clinic(impact: &Impact, clinic: &ClinicId, paint: Paint) -> String {
    let mut lines = String::new();
    for (person, rights) in people(&impact.lose, clinic) {
        let _ = writeln!(lines, "    {}", paint.removed(format!("- {person} may no longer {}", joined(&rights))));
    }
    for (person, rights) in people(&impact.gain, clinic) {
        let _ = writeln!(lines, "    {}", paint.added(format!("+ {person} may {}", joined(&rights))));
    }
    lines.push_str(&menus(impact.menus.iter().filter(|row| row.clinic == *clinic), paint));
    lines
}

/// The rights of each person, by name and id.
fn people(rows: &[RightRow], clinic: &ClinicId) -> BTreeMap<String, Vec<Right>> {
    let mut people = BTreeMap::<String, Vec<Right>>::new();
    for row in rows.iter().filter(|row| row.clinic == *clinic) {
        people.entry(format!("{} ({})", text(&row.name), row.person)).or_default().push(row.right);
    }
    people
}

fn joined(rights: &[Right]) -> String {
    rights.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ")
}

/// The menus that change; app and web in one line where they are alike.
fn menus<'a>(rows: impl Iterator<Item = &'a MenuRow>, paint: Paint) -> String {
    let mut alike = BTreeMap::<(&[ButtonId], &[ButtonId]), Vec<Surface>>::new();
    for row in rows {
        alike.entry((&row.before, &row.after)).or_default().push(row.surface);
    }
    let line = |((before, after), surfaces): (&(&[ButtonId], &[ButtonId]), &Vec<Surface>)| {
        let surfaces = surfaces.iter().map(ToString::to_string).collect::<Vec<_>>().join(" and ");
        format!(
            "    {} {} -> {}\n",
            paint.aside(format!("patients' menu, {surfaces}:")),
            buttons(before),
            buttons(after)
        )
    };
    alike.iter().map(line).collect()
}

fn buttons(ids: &[ButtonId]) -> String {
    if ids.is_empty() {
        return "(empty)".to_owned();
    }
    ids.iter().map(ButtonId::as_str).collect::<Vec<_>>().join(", ")
}
