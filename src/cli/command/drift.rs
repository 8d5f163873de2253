//! `drift`: what somebody changed in the live system since the last apply.

use super::plan;
use crate::cli::args::DriftArgs;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::planning::{Checked, Request};
use crate::cli::terminal::Terminal;
use crate::cli::{planning, results, signal};
use crate::plan::Plan;
use crate::report;
use crate::report::Format;

/// Plans, and shows of the plan what undoes somebody's change.
pub(super) async fn run(args: &DriftArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let DriftArgs { fleet, system, prune, detailed_exitcode, output } = args;
    results::check(output, &[])?;
    let valid = match planning::check(&fleet.path, system)? {
        Checked::Valid(valid) => *valid,
        Checked::Invalid(reading) => return plan::refuse(&reading, output, terminal),
    };
    let request =
        Request { path: &fleet.path, selection: &fleet.selection, system, prune: *prune, reference: None, accept: &[] };
    let drift = signal::unless_ended(planning::plan(valid, &request, terminal)).await?.assembled.plan.of_drift();
    let render = |format, paint| {
        if format == Format::Human {
            report::drift(&drift, paint).into()
        } else {
            report::render_plan(format, &drift, paint)
        }
    };
    results::give(output, terminal, render).map_err(|failure| failure.or_worse(exit(&drift, false)))?;
    Ok(exit(&drift, *detailed_exitcode))
}

/// What was found; not to know it of every clinic is no success.
fn exit(drift: &Plan, detailed: bool) -> Exit {
    let known = if drift.drift_unknown.is_none() { Exit::Done } else { Exit::Failed };
    plan::exit(drift, detailed).and(known)
}
