//! Why a saved plan is stale: in what a clinic is not as the plan found it.

use super::outcome::field_side;
use super::words::count;
use crate::diagnostic::escape_cut;
use crate::diff::Change;
use crate::domain::StaffId;
use crate::plan::{Moved, Redaction};

/// The longest id that a line shows, in characters.
const LONGEST: usize = 80;
/// The most resources or people that a sentence names, before it counts the rest.
const MOST: usize = 8;

/// One sentence without a full stop.
#[must_use]
pub fn moved(moved: &Moved, names: Redaction) -> String {
    match moved {
        Moved::Revision { planned, now } => format!("planned against revision {planned}, now at {now}"),
        Moved::State(revision, changes) => {
            let resources: Vec<_> = changes.iter().map(resource).collect();
            format!(
                "at revision {revision}, as planned, with other contents; planned against -> now: {}",
                some(&resources, "; ")
            )
        }
        Moved::People(people) => format!("not the person that was planned for any more: {}", whom(people, names)),
        Moved::Impact(people) => format!("what is noticed now is not what the plan shows, for {}", whom(people, names)),
    }
}

/// `messaging/incoming accessible_to st-1 -> st-1, st-5`.
fn resource(change: &Change) -> String {
    let fields = change.fields.iter().map(|field| {
        format!("{} {} -> {}", field.field, field_side(field.before.as_ref()), field_side(field.after.as_ref()))
    });
    format!("{} {}", change.resource, fields.collect::<Vec<_>>().join(", "))
}

fn whom(people: &[StaffId], names: Redaction) -> String {
    match names {
        Redaction::Told => some(&people.iter().map(named).collect::<Vec<_>>(), ", "),
        Redaction::LeftOut => count(people.len(), "person/people"),
    }
}

fn named(person: &StaffId) -> String {
    format!("`{}`", escape_cut(person.as_str(), LONGEST))
}

fn some(all: &[String], between: &str) -> String {
    let shown = all.iter().take(MOST).cloned().collect::<Vec<_>>().join(between);
    match all.len().saturating_sub(MOST) {
        0 => shown,
        rest => format!("{shown}{between}and {}", count(rest, "more/more")),
    }
}
