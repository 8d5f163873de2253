//! `plan`: what would change.

use crate::cli::args::{OutputArgs, PlanArgs, PlanningArgs};
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::fleet::Reading;
use crate::cli::planning::{Checked, Planned, Request};
use crate::cli::terminal::Terminal;
use crate::cli::{attribution, planning, results, signal};
use crate::plan::{Assembled, Binding, Plan, SavedPlan};
use crate::report::{Format, Paint};
use crate::{files, report};
use std::path::{Path, PathBuf};

/// Plans, prints, and saves where asked.
pub(super) async fn run(args: &PlanArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let output = &args.planning.output;
    results::check(output, &args.out.iter().map(PathBuf::as_path).collect::<Vec<_>>())?;
    args.out.as_deref().map_or(Ok(()), refuse_unwritable)?;
    let valid = match planning::check(&args.fleet.path, &args.planning.system)? {
        Checked::Valid(valid) => *valid,
        Checked::Invalid(reading) => return refuse(&reading, output, terminal),
    };
    let request = Request::new(&args.fleet.path, &args.fleet.selection, &args.planning);
    let planned = signal::unless_ended(planning::plan(valid, &request, terminal)).await?;
    let plan = &planned.assembled.plan;
    let exit = exit(plan, args.planning.detailed_exitcode);
    // Not worse than a failure is that there are changes: a pipeline that reads 2 goes on to what could not be written.
    let blocked = self::exit(plan, false);
    let shown = print(&args.planning.names.shown(plan), output, terminal);
    let drift = refuse_drift(plan, &args.planning);
    let saved = args.out.as_ref().map_or(Ok(()), |file| save(file, planned, args.planning.prune, terminal));
    results::all([shown, saved, drift]).map(|()| exit).map_err(|failure| failure.or_worse(blocked))
}

/// A plan that could not be saved is not made.
fn refuse_unwritable(out: &Path) -> Result<(), Failure> {
    results::refuse_unwritable(&format!("--out {}", out.display()), out, "`-o json` prints the plan to stdout")
}

/// With `--fail-on-drift`: refuses a plan that undoes what somebody changed by hand.
pub(super) fn refuse_drift(plan: &Plan, args: &PlanningArgs) -> Result<(), Failure> {
    if args.fail_on_drift { attribution::refuse_drift(plan) } else { Ok(()) }
}

/// Shows why the files stop the run: as a document on stdout where one was asked for, else on stderr, and in every
/// report.
pub(super) fn refuse(reading: &Reading, output: &OutputArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let files = reading.files();
    let render = |format, paint| report::render_files(format, &files, paint);
    let shown = if output.output == Format::Human {
        terminal.error(&files.drawn(terminal.status_paint()));
        results::write_reports(output, |format| render(format, Paint::Plain))
    } else {
        results::give(output, terminal, render)
    };
    terminal.error(&format!("{}: the files are invalid, and nothing was sent.\n", files.summary()));
    shown.map(|()| Exit::InvalidFiles).map_err(|failure| failure.or_worse(Exit::InvalidFiles))
}

/// Prints a plan and writes the reports of it.
pub(super) fn print(plan: &Plan, output: &OutputArgs, terminal: &Terminal) -> Result<(), Failure> {
    results::give(output, terminal, |format, paint| report::render_plan(format, plan, paint))
}

/// What a plan amounts to.
pub(super) fn exit(plan: &Plan, detailed: bool) -> Exit {
    let blocked = if plan.blocked.is_empty() { Exit::Done } else { Exit::Partly };
    let changes = if detailed && !plan.changes.is_empty() { Exit::Changes } else { Exit::Done };
    blocked.and(changes)
}

fn save(file: &Path, planned: Planned, prune: bool, terminal: &Terminal) -> Result<(), Failure> {
    let Planned { assembled, connection, again: _ } = planned;
    let Assembled { plan, work, limits } = assembled;
    let (binding, instance) = (connection.binding.clone(), connection.client.instance());
    let saved = SavedPlan { plan, prune, binding, instance, limits, work };
    files::write(file, saved.to_json().as_bytes()).map_err(|error| Failure::from_error(Exit::Failed, &error))?;
    let apply = format!("clinicctl apply {}{}", file.display(), address(&connection.binding));
    terminal.status(&format!("Saved as `{}`: `{apply}` does exactly this, or refuses.\n", file.display()));
    Ok(())
}

/// What must be said about the system when the plan is applied, since its file never says where it is sent.
const fn address(binding: &Binding) -> &'static str {
    match binding {
        Binding::Embedded(_) => " --system embedded",
        Binding::Origin(_) => "",
    }
}
