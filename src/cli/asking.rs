//! What `why` and `can-i` share: one clinic, read and planned.

use super::args::SystemArgs;
use super::error::Failure;
use super::exit::Exit;
use super::planning;
use super::planning::Valid;
use super::system;
use super::system::Connection;
use super::system::Embedded;
use super::terminal::Terminal;
use crate::ask::Files;
use crate::ask::Subject;
use crate::diff::Members;
use crate::diff::Resolution;
use crate::diff::resolve;
use crate::domain::ClinicId;
use crate::domain::DesiredClinic;
use crate::domain::DesiredFleet;
use crate::domain::Layers;
use crate::domain::LiveClinic;
use crate::execute::Observed;
use crate::plan;
use crate::plan::ClinicPlan;
use crate::plan::PlanContext;
use crate::rules;
use crate::rules::Policy;
use crate::source::SourceSet;
use std::path::Path;

/// One clinic with everything that an answer needs.
pub(crate) struct Asked {
    sources: SourceSet,
    live: LiveClinic,
    files: Option<OwnedFiles>,
}

struct OwnedFiles {
    desired: Box<DesiredClinic>,
    resolution: Resolution,
    plan: ClinicPlan,
    layers: Layers,
}

impl Asked {
    /// As the questions take it.
    pub(crate) fn subject(&self) -> Subject<'_> {
        let Self { sources, live, files } = self;
        let files = files.as_ref().map(|OwnedFiles { desired, resolution, plan, layers }| Files {
            desired,
            resolution,
            plan,
            layers,
        });
        Subject { live, files, sources }
    }
}

/// Reads one clinic from the system and plans it.
pub(crate) async fn ask(
    valid: Valid,
    (path, clinic): (&Path, &ClinicId),
    args: &SystemArgs,
    terminal: &Terminal,
) -> Result<Asked, Failure> {
    let Valid { fleet, reading } = valid;
    let embedded = Embedded::of_fleet(path, &fleet, &reading.sources.file(fleet.place.file).path);
    let connection = system::connect(args, embedded, fleet.embedded, terminal).await?;
    let live = observe(&connection, clinic, &fleet).await?;
    let members = Members::default();
    let context = PlanContext {
        sources: &reading.sources,
        layers: &fleet.layers,
        members: &members,
        prune: false,
        today: reading.today,
    };
    let desired = fleet.clinics.get(clinic).cloned();
    let files = desired.map(|desired| {
        let resolution = resolve(&desired, &live.directory);
        let plan = plan::plan_clinic(&desired, &live, Policy::of(&fleet, &desired), &context);
        OwnedFiles { desired, resolution, plan, layers: fleet.layers.clone() }
    });
    Ok(Asked { live, files, sources: reading.sources })
}

async fn observe(connection: &Connection, clinic: &ClinicId, fleet: &DesiredFleet) -> Result<LiveClinic, Failure> {
    let read = connection.client.observe(std::slice::from_ref(clinic), |_, observed| observed).await;
    let mut read = read.map_err(|error| planning::unread(&error, connection))?;
    match read.pop().map_or(Observed::Missing, |(_, observed)| observed) {
        Observed::Live(live) => Ok(*live),
        Observed::Missing => Err(missing(connection, clinic, fleet).await),
        Observed::Forbidden => {
            Err(Failure::new(Exit::Unauthorised, format!("the token may not read the clinic `{clinic}`")))
        }
        Observed::Failed(why) => {
            Err(Failure::new(Exit::Failed, format!("the clinic `{clinic}` could not be read: {why}")))
        }
    }
}

/// A clinic that the system does not have: mistyped, unless a file is about it.
async fn missing(connection: &Connection, clinic: &ClinicId, fleet: &DesiredFleet) -> Failure {
    let known = connection.client.clinic_ids().await;
    let failure = if fleet.clinics.contains_key(clinic) {
        let message = format!("a file is about the clinic `{clinic}`, but the live system has no such clinic");
        Failure::new(Exit::Failed, message)
    } else {
        Failure::usage(format!("neither the files nor the live system have a clinic `{clinic}`"))
    };
    let candidates = known.iter().chain(fleet.clinics.keys()).filter(|known| *known != clinic);
    match rules::nearest(clinic.as_str(), candidates.map(ClinicId::as_str)) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint("see the ids behind `clinic:` in the files"),
    }
}
