//! `apply`: plan, show, ask, do. Of a saved plan: exactly that plan, or nothing.

use super::{plan, unwritten};
use crate::cli::args::{ApplyArgs, OutputArgs};
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::planning::{Checked, Planned, Request};
use crate::cli::progress::Progress;
use crate::cli::signal::Signals;
use crate::cli::terminal::Terminal;
use crate::cli::{attribution, planning, results, saved};
use crate::domain::LiveClinic;
use crate::execute::{Event, Interrupt, Options};
use crate::plan::{Assembled, Plan, RemainingWork};
use crate::report::{Ended, Format, Paint, Printed, Run};
use crate::source::SourceSet;
use crate::{execute, report};
use std::cell::Cell;
use std::convert::Infallible;

/// Plans and applies a folder, or applies a saved plan.
pub(super) async fn run(args: &ApplyArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    let output = &args.planning.output;
    results::check(output, &[&args.path])?;
    if !args.path.exists() {
        let message = format!("there is neither a folder nor a saved plan `{}`", args.path.display());
        return Err(Failure::new(Exit::InvalidFiles, message).hint("`clinicctl plan --out FILE` saves a plan"));
    }
    let mut signals = Signals::listen()?;
    let planned = if args.path.is_file() {
        signals.unless_asked(saved::check(args, terminal)).await?
    } else {
        match planning::check(&args.path, &args.planning.system)? {
            Checked::Invalid(reading) => return plan::refuse(&reading, output, terminal),
            Checked::Valid(valid) => {
                let request = Request::new(&args.path, &args.selection, &args.planning);
                signals.unless_asked(planning::plan(*valid, &request, terminal)).await?
            }
        }
    };
    let plan = &planned.assembled.plan;
    let shown = &args.planning.names.shown(plan);
    if output.output == Format::Human {
        terminal.result(report::plan(shown, terminal.paint())).map_err(unwritten)?;
    }
    let exit = plan::exit(plan, args.planning.detailed_exitcode);
    let drift = plan::refuse_drift(plan, &args.planning).map_err(|drift| drift.hint("nothing was sent").or_worse(exit));
    let nothing = |exit: Exit| Run { ended: Ended::ByItself, exit: Some(exit.code()), ..Run::begun(shown) };
    if let Err(stopped) = stop_at_guards(plan).and(drift) {
        let told = finish(&nothing(stopped.exit), None, output, signals, terminal);
        return results::all([Err(stopped), told]).map(|()| exit);
    }
    if planned.assembled.work.is_empty() {
        let told = finish(&nothing(exit), None, output, signals, terminal);
        return told.map(|()| exit).map_err(|unwritten| unwritten.or_worse(plan::exit(plan, false)));
    }
    // What cannot be written now can be told now, and a run that is killed has left what it was about to do.
    results::write_reports(output, |format| report::render_applied(format, &Run::begun(shown), Paint::Plain))?;
    signals.unless_asked(agree(args, shown, terminal)).await?;
    carry_out(planned, args, signals, terminal).await
}

/// Refuses where a guard is exceeded that the run does not accept.
fn stop_at_guards(plan: &Plan) -> Result<(), Failure> {
    let exceeded: Vec<_> = plan.stopping_guards().map(|guard| guard.guard.as_str()).collect();
    if exceeded.is_empty() {
        return Ok(());
    }
    let accept: Vec<_> = exceeded.iter().map(|name| format!("--accept {name}")).collect();
    let message = format!("stopped by {}; nothing was sent", named(&exceeded));
    Err(Failure::new(Exit::Guarded, message).hint(format!("if this is meant, run again with `{}`", accept.join(" "))))
}

/// `the guard a`, `the guards a, b and c`.
fn named(guards: &[&str]) -> String {
    let names: Vec<_> = guards.iter().map(|name| format!("`{name}`")).collect();
    match names.split_last() {
        Some((last, [])) => format!("the guard {last}"),
        Some((last, others)) => format!("the guards {} and {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Asks, unless `--yes` was said. Without anybody to ask, silence is not a yes.
async fn agree(args: &ApplyArgs, plan: &Plan, terminal: &Terminal) -> Result<(), Failure> {
    if args.yes {
        return Ok(());
    }
    if args.no_input || !terminal.can_ask() {
        return Err(Failure::usage("nobody can be asked, and `--yes` was not said; nothing was sent")
            .hint("say `--yes` where the plan was reviewed before, as in a pipeline"));
    }
    if args.planning.output.output != Format::Human {
        // Stdout is for the program that reads the outcome; whoever is asked must see what it is about.
        terminal.error(&report::plan(plan, terminal.status_paint()));
    }
    let clinics = report::count(plan.summary.clinics_changed, "clinic");
    let question = format!("Write to {clinics} of `{}`?", crate::diagnostic::escape(&plan.system));
    let agreed = terminal.confirm(&question).await.map_err(|error| Failure::from_error(Exit::Failed, &error))?;
    if agreed { Ok(()) } else { Err(Failure::new(Exit::Failed, "not agreed; nothing was sent")) }
}

/// Does it, and says what became of it.
async fn carry_out(
    planned: Planned,
    args: &ApplyArgs,
    mut signals: Signals,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let Planned { assembled: Assembled { plan, work, limits: _ }, connection, again: planner } = planned;
    let again = |rest: &RemainingWork<'_>, live: &LiveClinic| planner.compare(&plan, rest, live);
    let progress = Progress::new("applying", work.len(), terminal);
    let interrupt = connection.interrupt.clone();
    let ended = Cell::new(Exit::Done);
    let parallelism = usize::from(args.planning.system.parallelism);
    let options = Options { parallelism, reference: plan.reference.clone(), interrupt: interrupt.clone() };
    let run = execute::run(&connection.client, &work, &again, &options, |event| {
        if matches!(event, Event::ClinicDone(_)) {
            progress.step();
        }
    });
    let mut outcomes = tokio::select! {
        outcomes = run => outcomes,
        never = stop_on_signals(&mut signals, &interrupt, &ended, terminal) => match never {},
    };
    progress.finish();
    if ended.get().and(connection.exit()) == Exit::Done {
        tokio::select! {
            () = attribution::sign(&connection, &mut outcomes, plan.reference.as_deref(), terminal) => {}
            exit = signals.asked_to_end() => ended.set(exit),
        }
    }
    let stopped = Exit::of_outcomes(&outcomes).and(connection.exit()).and(ended.get());
    let exit = stopped.and(plan::exit(&plan, args.planning.detailed_exitcode));
    let names = &args.planning.names;
    let (shown, told) = (names.shown(&plan), names.outcomes(&plan, &outcomes));
    let ended = how(ended.get().and(connection.exit()));
    let run = Run { plan: &shown, outcomes: &told, ended, exit: Some(exit.code()) };
    let told = finish(&run, names.sources(planner.sources()), &args.planning.output, signals, terminal);
    told.map(|()| exit).map_err(|unwritten| unwritten.or_worse(stopped.and(plan::exit(&plan, false))))
}

/// What ended a run, of the signals and the refused token.
fn how(exit: Exit) -> Ended {
    let ends = [
        (Exit::Interrupted, Ended::Interrupted),
        (Exit::Terminated, Ended::Terminated),
        (Exit::Unauthorised, Ended::TokenRefused),
    ];
    ends.into_iter().find(|(of, _)| *of == exit).map_or(Ended::ByItself, |(_, ended)| ended)
}

/// The first signal lets the requests under way finish, the second does not wait for their answers. The last one says
/// how the process exits.
async fn stop_on_signals(
    signals: &mut Signals,
    interrupt: &Interrupt,
    ended: &Cell<Exit>,
    terminal: &Terminal,
) -> Infallible {
    ended.set(signals.asked_to_end().await);
    interrupt.raise("the run was asked to stop");
    terminal.notice("Stopping after the requests under way; once more stops at once.\n");
    loop {
        ended.set(signals.asked_to_end().await);
        interrupt.cut_short("the run was asked to stop at once");
    }
}

/// Says what became of the plan, in every report and on stdout, where what was refused is drawn in the files.
fn finish(
    run: &Run<'_>,
    sources: Option<&SourceSet>,
    output: &OutputArgs,
    signals: Signals,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let shown = match (output.output == Format::Human, run.outcomes) {
        // The plan stands above already.
        (true, []) => Printed::default(),
        (true, _) => report::outcomes(run, sources, terminal.paint()).into(),
        (false, _) => report::render_applied(output.output, run, Paint::Plain),
    };
    let written = results::write_reports(output, |format| report::render_applied(format, run, Paint::Plain));
    // Nothing is under way any more, and everything is told but to stdout, which nobody may read: a signal ends that.
    drop(signals);
    results::all([terminal.result(shown).map_err(unwritten), written])
}
