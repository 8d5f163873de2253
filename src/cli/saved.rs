//! Before a saved plan is applied: the same system, the same revisions, today's directory.

use super::again::Planner;
use super::args::ApplyArgs;
use super::error::Failure;
use super::exit::Exit;
use super::fleet;
use super::planning;
use super::planning::Planned;
use super::progress::Progress;
use super::system;
use super::system::Connection;
use super::system::Embedded;
use super::terminal::Terminal;
use crate::diagnostic::escape;
use crate::domain::ClinicId;
use crate::domain::FleetName;
use crate::execute::Observed;
use crate::plan::Assembled;
use crate::plan::Binding;
use crate::plan::Blocked;
use crate::plan::ClinicWork;
use crate::plan::SavedPlan;
use std::collections::BTreeMap;

/// Reads a saved plan and every clinic that it writes; what is returned may be carried out.
///
/// # Errors
/// Exit 5 where the file, the system or a revision is not the one that was planned against: then nothing is written.
/// A clinic that breaks a rule on today's directory is blocked in the plan that is returned.
pub(crate) async fn check(args: &ApplyArgs, terminal: &Terminal) -> Result<Planned, Failure> {
    refuse_selections(args)?;
    let mut saved = planning::read_saved(&args.path)?;
    // The name becomes part of a path: whoever wrote the file must not choose another one.
    let fleet = FleetName::parse(&saved.plan.fleet).map_err(|error| Failure::from_error(Exit::Stale, &error))?;
    let offered = Embedded::of_saved(&fleet);
    let connection = system::connect(&args.planning.system, offered, false, terminal).await?;
    if connection.binding != saved.binding {
        return Err(other_system(&saved, &connection));
    }
    let today = fleet::today()?;
    let verdicts = read_again(&connection, &saved, today, terminal).await?;
    stop_unless_checked(&verdicts)?;
    for (clinic, verdict) in verdicts {
        if let Verdict::Breaks { rule, detail } = verdict {
            saved.block(Blocked { clinic, rule, detail });
        }
    }
    let SavedPlan { plan, work, .. } = saved;
    Ok(Planned { assembled: Assembled { plan, work }, connection, again: Planner::Saved { today } })
}

/// A plan goes to the system that it was made against, and to no other.
fn other_system(saved: &SavedPlan, connection: &Connection) -> Failure {
    if let (Binding::Embedded(_), Binding::Embedded(_)) = (&saved.binding, &connection.binding) {
        let message = "the plan was made against another database of the embedded system than the one that is here; \
                       nothing was written";
        return Failure::new(Exit::Stale, message)
            .hint("run it in the folder in which it was made; where `.clinicctl` was deleted since, make a new plan");
    }
    let (made, now) = (&saved.plan.system, connection.name());
    let message =
        format!("the plan was made for another system (`{made}`) than this one (`{now}`); nothing was written");
    Failure::new(Exit::Stale, message)
}

/// What today's reading says about one clinic of a saved plan.
enum Verdict {
    Stands,
    Moved(String),
    Unread(String),
    Breaks { rule: String, detail: String },
}

/// A saved plan has its own clinics, guards and prune; options that would change them are mistakes.
fn refuse_selections(args: &ApplyArgs) -> Result<(), Failure> {
    let planning = &args.planning;
    let given = [
        (!args.selection.clinics.is_empty(), "--clinic"),
        (!args.selection.labels.is_empty(), "--label"),
        (args.selection.changed_since.is_some(), "--changed-since"),
        (planning.prune, "--prune"),
        (!planning.accept.is_empty(), "--accept"),
        (planning.reference.is_some(), "--reference"),
    ];
    let wrong = given.into_iter().find(|(given, _)| *given);
    wrong.map_or(Ok(()), |(_, option)| {
        let message = format!("`{option}` does not go with a saved plan, which is applied as it is");
        Err(Failure::usage(message).hint(format!("say `{option}` when the plan is made: `clinicctl plan --out FILE`")))
    })
}

async fn read_again(
    connection: &Connection,
    saved: &SavedPlan,
    today: jiff::civil::Date,
    terminal: &Terminal,
) -> Result<BTreeMap<ClinicId, Verdict>, Failure> {
    let works: BTreeMap<_, _> = saved.work.iter().map(|work| (work.clinic.clone(), work)).collect();
    let clinics: Vec<_> = works.keys().cloned().collect();
    let progress = Progress::new("reading", clinics.len(), terminal);
    let each = |clinic: ClinicId, observed: Observed| {
        progress.step();
        works.get(&clinic).map(|work| verdict(work, observed, today))
    };
    let read = connection.client.observe(&clinics, each).await;
    progress.finish();
    let read = read.map_err(|error| planning::unread(&error, connection))?;
    Ok(read.into_iter().filter_map(|(clinic, verdict)| verdict.map(|verdict| (clinic, verdict))).collect())
}

fn verdict(work: &ClinicWork, observed: Observed, today: jiff::civil::Date) -> Verdict {
    match observed {
        Observed::Live(live) if live.revision != work.revision => {
            Verdict::Moved(format!("planned against revision {}, now at {}", work.revision, live.revision))
        }
        Observed::Live(live) => {
            match work.judge_again(&live, today).into_iter().find(crate::rules::Judgement::blocks) {
                Some(judgement) => {
                    Verdict::Breaks { rule: judgement.breach.rule.to_owned(), detail: judgement.breach.message }
                }
                None => Verdict::Stands,
            }
        }
        Observed::Missing => Verdict::Moved("the system does not know it any more".to_owned()),
        Observed::Forbidden => Verdict::Unread("the token may not read it".to_owned()),
        Observed::Failed(why) => Verdict::Unread(why),
    }
}

/// Nothing of a plan is written unless every clinic of it was found as it was.
fn stop_unless_checked(verdicts: &BTreeMap<ClinicId, Verdict>) -> Result<(), Failure> {
    let (mut moved, mut unread) = (Vec::new(), Vec::new());
    for (clinic, verdict) in verdicts {
        match verdict {
            Verdict::Moved(why) => moved.push(format!("`{clinic}`: {}", escape(why))),
            Verdict::Unread(why) => unread.push(format!("`{clinic}`: {}", escape(why))),
            Verdict::Stands | Verdict::Breaks { .. } => {}
        }
    }
    if !moved.is_empty() {
        let message = "the plan is stale: its clinics are not as they were when it was made; nothing was written";
        let failure = Failure::new(Exit::Stale, message).hints(moved);
        return Err(failure.hint("make a new plan with `clinicctl plan --out FILE`"));
    }
    if !unread.is_empty() {
        let message = "the plan cannot be checked: not all of its clinics can be read; nothing was written";
        return Err(Failure::new(Exit::Failed, message).hints(unread));
    }
    Ok(())
}
