//! What people and patients of one clinic notice.

use super::clinic::Part;
use super::value::text;
use crate::domain::ButtonId;
use crate::domain::Right;
use crate::domain::Surface;
use crate::plan::MenuRow;
use crate::plan::RightRow;
use crate::report::Paint;
use crate::report::words::count;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// The most people who are named in a row, before the rest are counted: what a screen holds beside the changes
/// themselves. Whoever needs every name asks for JSON.
const MOST_PEOPLE: usize = 20;

/// Who gains and loses what, and which menus change.
pub(super) fn of_clinic(part: &Part<'_>, paint: Paint) -> String {
    let mut lines = String::new();
    for line in named(&part.lose, |rights| format!("may no longer {rights}")) {
        let _ = writeln!(lines, "    {}", paint.removed(format!("- {line}")));
    }
    for line in named(&part.gain, |rights| format!("may {rights}")) {
        let _ = writeln!(lines, "    {}", paint.added(format!("+ {line}")));
    }
    lines.push_str(&menus(&part.menus, paint));
    lines
}

/// A sentence for each person, by name and id, and one that counts those who are too many to name.
fn named(rows: &[&RightRow], say: impl Fn(&str) -> String) -> Vec<String> {
    let mut people = BTreeMap::<String, BTreeSet<Right>>::new();
    for row in rows {
        people.entry(format!("{} ({})", text(&row.name), row.person)).or_default().insert(row.right);
    }
    let sentence = |(person, rights): (&String, &BTreeSet<Right>)| format!("{person} {}", say(&joined(rights, "and")));
    let mut lines: Vec<_> = people.iter().take(MOST_PEOPLE).map(sentence).collect();
    let rest: Vec<_> = people.into_values().skip(MOST_PEOPLE).collect();
    if !rest.is_empty() {
        let more = count(rest.len(), "more person/more people");
        lines.push(format!("{more} {} (`-o json` names everybody)", say(&of_all(&rest))));
    }
    lines
}

/// The rights of several people together: `and` where all of them have the same.
fn of_all(people: &[BTreeSet<Right>]) -> String {
    let all: BTreeSet<_> = people.iter().flatten().copied().collect();
    let alike = people.iter().all(|rights| *rights == all);
    joined(&all, if alike { "and" } else { "or" })
}

fn joined(rights: &BTreeSet<Right>, word: &str) -> String {
    rights.iter().map(ToString::to_string).collect::<Vec<_>>().join(&format!(" {word} "))
}

/// The menus that change; app and web in one line where they are alike.
fn menus(rows: &[&MenuRow], paint: Paint) -> String {
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
