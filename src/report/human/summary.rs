//! The last line, which says it all.

use crate::plan::Summary;
use crate::report::Paint;
use crate::report::view::View;
use crate::report::words::{count, thousands};

/// `Plan: 3 to add, 12 to change, 1 to remove in 9 of 2,140 clinics.`, or why there is nothing to do.
pub(super) fn line(view: &View<'_>, paint: Paint) -> String {
    let Summary { clinics: all, clinics_changed, create, update, delete } = view.plan.summary;
    let stuck = view.blocked().count();
    let blocked = match stuck {
        0 => String::new(),
        number => format!(" {}", paint.removed(format!("{} blocked.", count(number, "clinic")))),
    };
    match (create + update + delete, all.saturating_sub(stuck)) {
        (0, 0) if stuck == 0 => "Nothing to do: no clinic was asked about.".to_owned(),
        (0, 0) => paint.removed(format!("Nothing can be done: {} blocked.", agreeing(stuck))),
        (0, fine) => {
            let nothing = if stuck == 0 { "Nothing to do" } else { "Nothing else to do" };
            format!("{nothing}: {} as the files say.{blocked}", agreeing(fine))
        }
        (_, _) => {
            let [create, update, delete] = [create, update, delete].map(thousands);
            let of = format!("{} of {}", thousands(clinics_changed), count(all, "clinic"));
            format!("Plan: {create} to add, {update} to change, {delete} to remove in {of}.{blocked}")
        }
    }
}

fn agreeing(clinics: usize) -> String {
    let verb = if clinics == 1 { "is" } else { "are" };
    format!("{} {verb}", count(clinics, "clinic"))
}
