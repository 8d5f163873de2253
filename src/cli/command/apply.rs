//! `apply`: plan, show, ask, do. Of a saved plan: exactly that plan, or nothing.

use super::plan;
use super::unwritten;
use crate::cli::args::ApplyArgs;
use crate::cli::args::OutputArgs;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::planning;
use crate::cli::planning::Checked;
use crate::cli::planning::Planned;
use crate::cli::planning::Request;
use crate::cli::progress::Progress;
use crate::cli::results;
use crate::cli::saved;
use crate::cli::signal::Signals;
use crate::cli::terminal::Terminal;
use crate::domain::LiveClinic;
use crate::execute;
use crate::execute::ClinicOutcome;
use crate::execute::Event;
use crate::execute::Interrupt;
use crate::execute::Options;
use crate::plan::Assembled;
use crate::plan::Plan;
use crate::plan::Rest;
use crate::report;
use crate::report::Format;
use crate::report::Paint;
use crate::source::SourceSet;
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
        match planning::check(&args.path)? {
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
        terminal.result(&report::plan(shown, terminal.paint())).map_err(unwritten)?;
    }
    let exit = plan::exit(plan, args.planning.detailed_exitcode);
    let drift = plan::refuse_drift(plan, &args.planning).map_err(|drift| drift.hint("nothing was sent").or_worse(exit));
    let nothing = Applied { plan: shown, outcomes: &[], sources: None };
    if let Err(stopped) = stop_at_guards(plan).and(drift) {
        return results::all([Err(stopped), finish(nothing, output, signals, terminal)]).map(|()| exit);
    }
    if planned.assembled.work.is_empty() {
        return finish(nothing, output, signals, terminal)
            .map(|()| exit)
            .map_err(|failure| failure.or_worse(plan::exit(plan, false)));
    }
    // What cannot be written now can be told now, and a run that is killed has left what it was about to do.
    results::write_reports(output, |format| report::render_applied(format, shown, &[], Paint::Plain))?;
    signals.unless_asked(agree(args, shown, terminal)).await?;
    let blocked = plan::exit(plan, false);
    let applied = carry_out(planned, args, signals, terminal).await;
    applied.map(|applied| applied.and(exit)).map_err(|unwritten| unwritten.or_worse(blocked))
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
        terminal.complain(&report::plan(plan, terminal.talk_paint()));
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
    let Planned { assembled: Assembled { plan, work }, connection, again: planner } = planned;
    let again = |rest: &Rest<'_>, live: &LiveClinic| planner.compare(&plan, rest, live);
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
    let outcomes = tokio::select! {
        outcomes = run => outcomes,
        never = stop_on_signals(&mut signals, &interrupt, &ended, terminal) => match never {},
    };
    progress.finish();
    let exit = Exit::of_outcomes(&outcomes).and(connection.exit()).and(ended.get());
    let names = &args.planning.names;
    let (shown, told) = (names.shown(&plan), names.outcomes(&plan, &outcomes));
    let applied = Applied { plan: &shown, outcomes: &told, sources: names.sources(planner.sources()) };
    finish(applied, &args.planning.output, signals, terminal).map_err(|unwritten| unwritten.or_worse(exit))?;
    Ok(exit)
}

/// The first signal lets the requests under way finish, the second does not wait for their answers. The last one says how
/// the process exits.
async fn stop_on_signals(
    signals: &mut Signals,
    interrupt: &Interrupt,
    ended: &Cell<Exit>,
    terminal: &Terminal,
) -> Infallible {
    ended.set(signals.asked_to_end().await);
    interrupt.raise("the run was asked to stop");
    terminal.call_out("Stopping after the requests under way; once more stops at once.\n");
    loop {
        ended.set(signals.asked_to_end().await);
        interrupt.cut_short("the run was asked to stop at once");
    }
}

/// A plan and what became of it, with its files where they were read.
#[derive(Clone, Copy)]
struct Applied<'a> {
    plan: &'a Plan,
    outcomes: &'a [ClinicOutcome],
    sources: Option<&'a SourceSet>,
}

/// Says what became of the plan, in every report and on stdout.
fn finish(applied: Applied<'_>, output: &OutputArgs, signals: Signals, terminal: &Terminal) -> Result<(), Failure> {
    let Applied { plan, outcomes, sources } = applied;
    let shown = match (output.output == Format::Human, outcomes) {
        // The plan stands above already.
        (true, []) => String::new(),
        (true, outcomes) => report::outcomes(plan, outcomes, sources, terminal.paint()),
        (false, outcomes) => report::render_applied(output.output, plan, outcomes, Paint::Plain),
    };
    let written = results::write_reports(output, |format| report::render_applied(format, plan, outcomes, Paint::Plain));
    // Nothing is under way any more, and everything is told but to stdout, which nobody may read: a signal ends that.
    drop(signals);
    results::all([terminal.result(&shown).map_err(unwritten), written])
}
