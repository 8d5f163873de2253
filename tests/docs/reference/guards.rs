//! The guards.

use super::{cell, head};
use clinicctl::domain::Limit;
use clinicctl::plan::{GUARDS, Guard};
use std::fmt::Write as _;

pub(super) fn page() -> String {
    let mut text = head("Guards", "`src/plan/guard/`");
    text.push_str(
        "A guard counts something over all clinics of a run. More than its limit stops `apply` with exit code 4 before \
         anything is sent, until the run accepts that guard by name (`--accept`); the live system's change log keeps \
         the acceptance. `plan` only shows it. [`guards:`](files.md#guards) in `fleet.yaml` sets other limits: a \
         number, a percentage, or `off`. A percentage is of all clinics in the folder, also in a run for some of \
         them.\n\n| Guard | Counts | Allows at most |\n| --- | --- | --- |\n",
    );
    for guard in GUARDS {
        let _ = writeln!(text, "| `{}` | {} | {} |", guard.name, cell(guard.counts), limit(guard));
    }
    text
}

fn limit(guard: &Guard) -> String {
    match guard.default {
        Limit::Count(count) => count.to_string(),
        Limit::Percent(percent) if guard.floor > 0 => format!("{percent} %, but always {}", guard.floor),
        Limit::Percent(percent) => format!("{percent} %"),
        Limit::Off => "any number".to_owned(),
    }
}
