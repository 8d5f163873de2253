//! The plan as a reviewer reads it: clinic by clinic, then what the rules say, then one line that sums it up.

mod change;
mod finding;
mod impact;
mod value;

use super::Paint;
use super::words::count;
use super::words::thousands;
use crate::domain::ClinicId;
use crate::plan::Plan;
use crate::plan::Summary;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Renders a whole plan.
#[must_use]
pub fn plan(plan: &Plan, paint: Paint) -> String {
    let mut text = String::new();
    for clinic in clinics(plan) {
        let _ = writeln!(text, "{}", paint.title(&clinic));
        text.push_str(&change::of_clinic(plan, &clinic, paint));
        text.push_str(&impact::of_clinic(&plan.impact, &clinic, paint));
        text.push('\n');
    }
    text.push_str(&finding::all(plan, paint));
    let _ = writeln!(text, "{}", summary(plan, paint));
    text
}

/// The clinics that have something to show.
fn clinics(plan: &Plan) -> BTreeSet<ClinicId> {
    let changed = plan.changes.iter().map(|change| change.clinic.clone());
    changed.chain(plan.notes.iter().map(|note| note.address.clinic.clone())).collect()
}

/// The last line, which says it all.
fn summary(plan: &Plan, paint: Paint) -> String {
    let Summary { clinics, clinics_changed, create, update, delete } = plan.summary;
    let of = format!("{} of {}", thousands(clinics_changed), count(clinics, "clinic"));
    let blocked = match plan.blocked.len() {
        0 => String::new(),
        number => format!(" {}", paint.removed(format!("{} blocked.", count(number, "clinic")))),
    };
    if create + update + delete == 0 {
        let nothing = if plan.blocked.is_empty() { "Nothing to do" } else { "Nothing else to do" };
        return format!(
            "{nothing}: {} as the files say.{blocked}",
            agreeing(clinics - plan.blocked.len().min(clinics))
        );
    }
    format!(
        "Plan: {} to add, {} to change, {} to remove in {of}.{blocked}",
        thousands(create),
        thousands(update),
        thousands(delete)
    )
}

fn agreeing(clinics: usize) -> String {
    let verb = if clinics == 1 { "is" } else { "are" };
    format!("{} {verb}", count(clinics, "clinic"))
}
