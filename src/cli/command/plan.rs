//! `plan`: what would change.

use super::unwritten;
use crate::cli::args::Output;
use crate::cli::args::PlanArgs;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::fleet::Reading;
use crate::cli::planning;
use crate::cli::planning::Checked;
use crate::cli::planning::Planned;
use crate::cli::planning::Request;
use crate::cli::terminal::Terminal;
use crate::files;
use crate::plan::Binding;
use crate::plan::Plan;
use crate::plan::SavedPlan;
use crate::report;
use std::path::Path;

/// Plans, prints, and saves where asked.
pub(super) async fn run(args: &PlanArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let valid = match planning::check(&args.fleet.path)? {
        Checked::Valid(valid) => *valid,
        Checked::Invalid(reading) => return refuse(&reading, args.planning.output.output, terminal),
    };
    let request = Request::new(&args.fleet.path, &args.fleet.selection, &args.planning);
    let planned = planning::plan(valid, &request, terminal).await?;
    print(&planned.assembled.plan, args.planning.output.output, terminal)?;
    let exit = exit(&planned.assembled.plan, args.planning.detailed_exitcode);
    if let Some(file) = &args.out {
        save(file, planned, args.planning.prune, terminal)?;
    }
    Ok(exit)
}

/// Shows why the files stop the run: as a document on stdout where one was asked for, else on stderr.
pub(super) fn refuse(reading: &Reading, output: Output, terminal: &Terminal) -> Result<Exit, Failure> {
    match output {
        Output::Json => terminal.result(&reading.findings_json()).map_err(unwritten)?,
        Output::Human => terminal.complain(&reading.findings_text(terminal.talk_paint())),
    }
    let summary = reading.findings_summary();
    terminal.complain(&format!("{summary}: the files are invalid, and nothing was sent.\n"));
    Ok(Exit::InvalidFiles)
}

/// Prints a plan.
pub(super) fn print(plan: &Plan, output: Output, terminal: &Terminal) -> Result<(), Failure> {
    let text = match output {
        Output::Human => report::plan(plan, terminal.paint()),
        Output::Json => report::plan_json(plan),
    };
    terminal.result(&text).map_err(unwritten)
}

/// What a plan amounts to.
pub(super) fn exit(plan: &Plan, detailed: bool) -> Exit {
    let blocked = if plan.blocked.is_empty() { Exit::Done } else { Exit::Partly };
    let changes = if detailed && !plan.changes.is_empty() { Exit::Changes } else { Exit::Done };
    blocked.and(changes)
}

fn save(file: &Path, planned: Planned, prune: bool, terminal: &Terminal) -> Result<(), Failure> {
    let Planned { assembled, connection, again: _ } = planned;
    let saved = SavedPlan { plan: assembled.plan, prune, work: assembled.work, binding: connection.binding.clone() };
    files::write(file, saved.to_json().as_bytes()).map_err(|error| Failure::from_error(Exit::Failed, &error))?;
    let apply = format!("clinicctl apply {}{}", file.display(), address(&connection.binding));
    terminal.talk(&format!("Saved as `{}`: `{apply}` does exactly this, or refuses.\n", file.display()));
    Ok(())
}

/// What must be said about the system when the plan is applied, since its file never says where it is sent.
const fn address(binding: &Binding) -> &'static str {
    match binding {
        Binding::Embedded(_) => " --system embedded",
        Binding::Origin(_) => "",
    }
}
