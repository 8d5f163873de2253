//! Planning: what `plan`, `apply` and `watch` share.

use super::args::{PlanningArgs, SelectionArgs, SystemArgs};
use super::changed::reached_since;
use super::embedded::Embedded;
use super::error::Failure;
use super::exit::Exit;
use super::fleet::Reading;
use super::progress::Progress;
use super::replan::Planner;
use super::system::Connection;
use super::terminal::Terminal;
use super::{attribution, change_reference, fleet, system};
use crate::client::ObserveError;
use crate::diagnostic::{Finding, escape};
use crate::diff::Members;
use crate::domain::{ClinicId, DesiredFleet};
use crate::execute::Observed;
use crate::plan::{Assembled, ClinicPlan, FindingRow, GuardSettings, Header, PlanContext, SavedPlan, Unread};
use crate::report::count;
use crate::rules::Policy;
use crate::source::SourceSet;
use crate::{files, plan};
use std::collections::HashSet;
use std::path::Path;

/// What a run plans.
#[derive(Debug, Clone)]
pub(crate) struct Request<'a> {
    /// The fleet's folder.
    pub(crate) path: &'a Path,
    /// Which of its clinics.
    pub(crate) selection: &'a SelectionArgs,
    /// Which system.
    pub(crate) system: &'a SystemArgs,
    /// Whether unlisted buttons go.
    pub(crate) prune: bool,
    /// What the change log shall say.
    pub(crate) reference: Option<&'a str>,
    /// Guards that may be exceeded.
    pub(crate) accept: &'a [String],
}

impl<'a> Request<'a> {
    /// What `plan` and `apply` ask for.
    pub(crate) fn new(path: &'a Path, selection: &'a SelectionArgs, args: &'a PlanningArgs) -> Self {
        let PlanningArgs {
            system,
            prune,
            reference,
            accept,
            detailed_exitcode: _,
            fail_on_drift: _,
            names: _,
            output: _,
        } = args;
        Self { path, selection, system, prune: *prune, reference: reference.as_deref(), accept }
    }
}

/// A plan with the connection that it was made through.
#[derive(Debug)]
pub(crate) struct Planned {
    /// The plan and its work.
    pub(crate) assembled: Assembled,
    /// The connection.
    pub(crate) connection: Connection,
    /// Plans its clinics again while it is carried out.
    pub(crate) again: Planner,
}

/// The result of reading the files: a fleet to plan, or findings that stop the run.
pub(crate) enum Checked {
    /// A valid fleet.
    Valid(Box<Valid>),
    /// At least one error.
    Invalid(Box<Reading>),
}

/// A valid fleet with its files.
pub(crate) struct Valid {
    /// The fleet.
    pub(crate) fleet: DesiredFleet,
    /// Everything else that the reading gave.
    pub(crate) reading: Reading,
    /// The embedded system, where the run talks to it.
    pub(crate) embedded: Embedded,
}

/// Reads the files of a run that talks to the system of these arguments; of the embedded one also its seed.
pub(crate) fn check(path: &Path, args: &SystemArgs) -> Result<Checked, Failure> {
    let mut reading = fleet::read(path)?;
    let Some(fleet) = reading.fleet.take() else { return Ok(Checked::Invalid(Box::new(reading))) };
    if !system::is_embedded(args, fleet.embedded) {
        return Ok(Checked::Valid(Box::new(Valid { fleet, reading, embedded: Embedded::none() })));
    }
    Ok(match Embedded::of_fleet(path, &fleet, &mut reading.sources) {
        Ok(embedded) => Checked::Valid(Box::new(Valid { fleet, reading, embedded })),
        Err(error) => Checked::Invalid(Box::new(reading.refused(*error))),
    })
}

/// Plans a valid fleet against its live system.
pub(crate) async fn plan(valid: Valid, request: &Request<'_>, terminal: &Terminal) -> Result<Planned, Failure> {
    let clinics = chosen(&valid.fleet, &valid.reading.sources, request, terminal)?;
    check_guards(request.accept)?;
    let reference = change_reference::of_run(request.reference, request.path, &valid.reading.sources, |error| {
        terminal.status(&format!("The change log will name no commit: {}.\n", escape(&error.with_hint())));
    })?;
    let Valid { fleet, reading, embedded } = valid;
    let connection = system::connect(request.system, embedded, fleet.embedded, terminal).await?;
    let members = Members::of(&fleet);
    let mut findings = findings_about(&clinics, &fleet, &reading);
    let world = World { fleet, sources: reading.sources, members, prune: request.prune, today: reading.today };
    let mut plans = observe(&connection, &clinics, &world, terminal).await?;
    let drift_unknown = attribution::gather(&connection, &mut plans, terminal).await;
    // What a change log does not tell stops nothing; a token that ends while they are read stops everything.
    if connection.client.token_refused() {
        return Err(unread(&ObserveError::Unauthenticated, &connection));
    }
    findings.extend(plan::unknown_members(&world.fleet, &world.context(), &plans));
    let header = Header {
        fleet: world.fleet.name.to_string(),
        system: connection.name(),
        reference,
        guards: GuardSettings::of(&world.fleet, request.accept.iter().cloned().collect()),
        findings,
    };
    let mut assembled = plan::assemble(header, plans);
    assembled.plan.drift_unknown = drift_unknown;
    Ok(Planned { assembled, connection, again: Planner::Files(Box::new(world)) })
}

/// The clinics of a run. That nothing changed is no mistake, so that there may be none with `--changed-since`.
fn chosen(
    fleet: &DesiredFleet,
    sources: &SourceSet,
    request: &Request<'_>,
    terminal: &Terminal,
) -> Result<Vec<ClinicId>, Failure> {
    let mut clinics = fleet::select(fleet, request.selection)?;
    let Some(since) = &request.selection.changed_since else { return Ok(clinics) };
    let of = count(clinics.len(), "clinic");
    let reached = reached_since(request.path, since, (fleet, sources))?;
    clinics.retain(|clinic| reached.contains(clinic));
    terminal.status(&format!("What changed since `{}` reaches {} of {of}.\n", escape(since), clinics.len()));
    Ok(clinics)
}

/// The findings of the files that concern these clinics: all but those in the files of other clinics.
fn findings_about(clinics: &[ClinicId], fleet: &DesiredFleet, reading: &Reading) -> Vec<FindingRow> {
    let chosen: HashSet<_> = clinics.iter().collect();
    let left_out = fleet.clinics.values().filter(|clinic| !chosen.contains(&clinic.clinic));
    let files_left_out: HashSet<_> = left_out.map(|clinic| clinic.place.file).collect();
    let elsewhere =
        |finding: &&Finding| finding.labels.first().is_some_and(|label| files_left_out.contains(&label.place.file));
    let here = reading.findings.iter().filter(|finding| !elsewhere(finding));
    here.map(|finding| FindingRow::of(finding, &reading.sources)).collect()
}

/// Everything that planning one clinic reads.
#[derive(Debug)]
pub(crate) struct World {
    fleet: DesiredFleet,
    /// The files.
    pub(crate) sources: SourceSet,
    members: Members,
    prune: bool,
    today: jiff::civil::Date,
}

/// Reads the clinics and plans each as it arrives.
async fn observe(
    connection: &Connection,
    clinics: &[ClinicId],
    world: &World,
    terminal: &Terminal,
) -> Result<Vec<ClinicPlan>, Failure> {
    let progress = Progress::new("reading", clinics.len(), terminal);
    let each = |clinic: ClinicId, observed: Observed| {
        progress.step();
        world.plan(&clinic, observed)
    };
    let plans = connection.client.observe(clinics, each).await;
    let plans = plans.map_err(|error| unread(&error, connection))?;
    let known =
        if plans.iter().all(|(_, plan)| plan.is_some()) { Vec::new() } else { connection.client.clinic_ids().await };
    progress.finish();
    let plan = |(clinic, plan): (ClinicId, Option<ClinicPlan>)| plan.or_else(|| world.plan_missing(&clinic, &known));
    Ok(plans.into_iter().filter_map(plan).collect())
}

impl World {
    fn context(&self) -> PlanContext<'_> {
        PlanContext {
            sources: &self.sources,
            layers: &self.fleet.layers,
            members: &self.members,
            prune: self.prune,
            today: self.today,
        }
    }

    /// Plans one clinic; `None` for one that the system does not have.
    pub(crate) fn plan(&self, clinic: &ClinicId, observed: Observed) -> Option<ClinicPlan> {
        let desired = self.fleet.clinics.get(clinic)?;
        match observed {
            Observed::Live(live) => {
                let policy = Policy::of(&self.fleet, desired);
                Some(plan::plan_clinic(desired, &live, policy, &self.context()))
            }
            Observed::Missing => None,
            Observed::Forbidden => Some(ClinicPlan::unread(clinic, &Unread::Forbidden)),
            Observed::Failed(why) => Some(ClinicPlan::unread(clinic, &Unread::Failed(why))),
        }
    }

    /// Plans a clinic that the system, which has the clinics `known`, does not have.
    fn plan_missing(&self, clinic: &ClinicId, known: &[ClinicId]) -> Option<ClinicPlan> {
        let desired = self.fleet.clinics.get(clinic)?;
        Some(ClinicPlan::unknown(desired, known.iter(), &Policy::of(&self.fleet, desired), &self.context()))
    }
}

/// How a run ends that could not read the system.
pub(crate) fn unread(error: &ObserveError, connection: &Connection) -> Failure {
    let exit = if unauthorised(error) { Exit::Unauthorised } else { Exit::Failed };
    let failure = if let ObserveError::Exchange(exchange) = error {
        Failure::new(exit, format!("{error}: {}", exchange.sentence()))
    } else {
        Failure::from_error(exit, error)
    };
    let failure = failure.hint(format!("the system that was asked is `{}`", connection.name()));
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

fn unauthorised(error: &ObserveError) -> bool {
    match error {
        ObserveError::Unauthenticated | ObserveError::Forbidden | ObserveError::DirectoryForbidden => true,
        ObserveError::Exchange(_)
        | ObserveError::NotThisApi(_)
        | ObserveError::Version { .. }
        | ObserveError::Redirected { .. }
        | ObserveError::Unavailable(_)
        | ObserveError::Pages(_)
        | ObserveError::List(_)
        | ObserveError::Snapshot(_) => false,
    }
}

/// Refuses to accept a guard that does not exist.
fn check_guards(accept: &[String]) -> Result<(), Failure> {
    let unknown = accept.iter().find(|name| plan::find_guard(name).is_none());
    unknown.map_or(Ok(()), |name| {
        let names: Vec<_> = plan::GUARDS.iter().map(|guard| format!("`{}`", guard.name)).collect();
        Err(Failure::usage(format!("there is no guard `{name}`")).hint(format!("the guards are {}", names.join(", "))))
    })
}

/// Reads a saved plan.
pub(crate) fn read_saved(file: &Path) -> Result<SavedPlan, Failure> {
    let text = files::read_text(file).map_err(|error| Failure::from_error(Exit::Failed, &error))?;
    SavedPlan::from_json(&text).map_err(|error| {
        let failure = Failure::new(Exit::Stale, format!("`{}` cannot be used: {error}", file.display()));
        failure.hint("make a new one with `clinicctl plan --out FILE`")
    })
}

/// What the guards of a saved plan allow, for whoever agrees to it: its file says so, and no folder is at hand to ask.
pub(crate) fn limits_of(saved: &SavedPlan) -> String {
    let limit = |(guard, limit): (&String, &Option<u64>)| match limit {
        Some(limit) => format!("{guard} {limit}"),
        None => format!("{guard} off"),
    };
    let limits: Vec<_> = saved.limits.iter().map(limit).collect();
    format!("The plan was made with these limits: {}.\n", limits.join(", "))
}
