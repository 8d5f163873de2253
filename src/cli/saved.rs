//! Before a saved plan is applied: the same system, the same states, the same people, today's directory.

use super::args::ApplyArgs;
use super::embedded::Embedded;
use super::error::Failure;
use super::exit::Exit;
use super::planning::Planned;
use super::progress::Progress;
use super::replan::Planner;
use super::system::Connection;
use super::terminal::Terminal;
use super::{fleet, planning, system};
use crate::diagnostic::escape;
use crate::domain::{ClinicId, FleetName, LiveClinic, StaffId};
use crate::execute::Observed;
use crate::plan::{Assembled, Binding, Blocked, ClinicWork, Instance, Moved, SavedPlan};
use crate::report::count;
use crate::rules::Judgement;
use std::collections::BTreeMap;

/// Reads a saved plan and every clinic that it writes; what is returned may be carried out.
///
/// # Errors
/// Exit 5 where the file, the system, a state or a person is not the one that was planned against: then nothing is written.
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
    if connection.client.instance() != saved.instance {
        return Err(other_instance(&saved, &connection));
    }
    stop_unless_checked(&verdicts, &saved, args)?;
    settle(&mut saved, verdicts);
    terminal.status(&planning::limits_of(&saved));
    let SavedPlan { plan, work, limits, .. } = saved;
    Ok(Planned { assembled: Assembled { plan, work, limits }, connection, again: Planner::Saved { today } })
}

/// Takes out what may not be written any more, and calls people what they are called now.
fn settle(saved: &mut SavedPlan, verdicts: BTreeMap<ClinicId, Verdict>) {
    let mut names = BTreeMap::new();
    for (clinic, verdict) in verdicts {
        match verdict {
            Verdict::Breaks { rule, detail } => saved.block(Blocked { clinic, rule, detail }),
            Verdict::Stands { renamed } if !renamed.is_empty() => drop(names.insert(clinic, renamed)),
            Verdict::Stands { .. } | Verdict::Moved(_) | Verdict::Missing | Verdict::Unread(_) => {}
        }
    }
    saved.rename(&names);
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

/// The system at the plan's address says that it is another one, or that it was put back since.
fn other_instance(saved: &SavedPlan, connection: &Connection) -> Failure {
    let told = |instance: Option<&Instance>| match instance {
        Some(Instance { id, epoch }) => format!("`{id}`, epoch {epoch}"),
        None => "one that does not tell".to_owned(),
    };
    let (made, now) = (told(saved.instance.as_ref()), told(connection.client.instance().as_ref()));
    let message = format!(
        "`{}` is another system now than the one that the plan was made for, or was put back to an earlier state: \
         planned for {made}; now {now}; nothing was written",
        connection.name()
    );
    Failure::new(Exit::Stale, message).hint(NEW_PLAN)
}

const NEW_PLAN: &str = "make a new plan with `clinicctl plan --out FILE`";

/// What today's reading says about one clinic of a saved plan.
enum Verdict {
    /// It is as the plan found it; who has another name since.
    Stands {
        renamed: BTreeMap<StaffId, String>,
    },
    Moved(Moved),
    Missing,
    Unread(String),
    Breaks {
        rule: String,
        detail: String,
    },
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
        Observed::Live(live) => of_live(work, &live, today),
        Observed::Missing => Verdict::Missing,
        Observed::Forbidden => Verdict::Unread("the token may not read it".to_owned()),
        Observed::Failed(why) => Verdict::Unread(why),
    }
}

/// A rule that is broken takes the clinic out and says why, whatever its people would notice besides.
fn of_live(work: &ClinicWork, live: &LiveClinic, today: jiff::civil::Date) -> Verdict {
    if let Some(moved) = work.moved(live) {
        return Verdict::Moved(moved);
    }
    if let Some(judgement) = work.judge_again(live, today).into_iter().find(Judgement::blocks) {
        return Verdict::Breaks { rule: judgement.breach.rule.to_owned(), detail: judgement.breach.message };
    }
    match work.moved_impact(live) {
        Some(moved) => Verdict::Moved(moved),
        None => Verdict::Stands { renamed: work.renamed(live) },
    }
}

/// The most clinics that are named as not as they were.
const MOST_NAMED: usize = 20;

/// Nothing of a plan is written unless every clinic of it was found as it was.
fn stop_unless_checked(
    verdicts: &BTreeMap<ClinicId, Verdict>,
    saved: &SavedPlan,
    args: &ApplyArgs,
) -> Result<(), Failure> {
    let (mut moved, mut unread) = (Vec::new(), Vec::new());
    for (clinic, verdict) in verdicts {
        match verdict {
            Verdict::Moved(how) if moved.len() < MOST_NAMED => {
                let how = args.planning.names.moved(&saved.plan, clinic, how);
                moved.push(format!("`{clinic}`: {}", escape(&how)));
            }
            Verdict::Moved(_) => moved.push(String::new()),
            Verdict::Missing => moved.push(format!("`{clinic}`: the system does not know it any more")),
            Verdict::Unread(why) => unread.push(format!("`{clinic}`: {}", escape(why))),
            Verdict::Stands { .. } | Verdict::Breaks { .. } => {}
        }
    }
    if !moved.is_empty() {
        let message = "the plan is stale: its clinics are not as they were when it was made; nothing was written";
        return Err(Failure::new(Exit::Stale, message).hints(bounded(moved)).hint(NEW_PLAN));
    }
    if !unread.is_empty() {
        let message = "the plan cannot be checked: not all of its clinics can be read; nothing was written";
        return Err(Failure::new(Exit::Failed, message).hints(bounded(unread)));
    }
    Ok(())
}

/// The first of many, and how many more there are.
fn bounded(mut clinics: Vec<String>) -> Vec<String> {
    let rest = clinics.len().saturating_sub(MOST_NAMED);
    clinics.truncate(MOST_NAMED);
    clinics.extend((rest > 0).then(|| format!("and {} more", count(rest, "clinic"))));
    clinics
}
