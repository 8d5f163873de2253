//! What `why`, `can-i` and `preview` share: one clinic, read and planned.

use super::args::SystemArgs;
use super::error::Failure;
use super::exit::Exit;
use super::planning::Valid;
use super::progress::Progress;
use super::system::Connection;
use super::terminal::Terminal;
use super::{planning, system};
use crate::ask::{Files, Subject};
use crate::diff::{Members, Resolution, resolve};
use crate::domain::{ClinicId, DesiredClinic, DesiredFleet, Layers, LiveClinic};
use crate::execute::Observed;
use crate::plan::{ClinicPlan, PlanContext};
use crate::rules::Policy;
use crate::source::SourceSet;
use crate::{plan, rules};

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

/// Which clinic is asked about, and what a run would be told.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About<'a> {
    /// The clinic.
    pub(crate) clinic: &'a ClinicId,
    /// Whether the run removes unlisted buttons.
    pub(crate) prune: bool,
}

/// Reads one clinic from the system and plans it.
pub(crate) async fn ask(
    valid: Valid,
    about: About<'_>,
    args: &SystemArgs,
    terminal: &Terminal,
) -> Result<Asked, Failure> {
    let About { clinic, prune } = about;
    let Valid { fleet, reading, embedded } = valid;
    let connection = system::connect(args, embedded, fleet.embedded, terminal).await?;
    let progress = Progress::new("reading", 1, terminal);
    let live = observe(&connection, clinic, &fleet).await?;
    progress.finish();
    let members = Members::default();
    let context = PlanContext {
        sources: &reading.sources,
        layers: &fleet.layers,
        members: &members,
        prune,
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
    let (failure, otherwise) = if fleet.clinics.contains_key(clinic) {
        let message = format!("a file is about the clinic `{clinic}`, but the live system has no such clinic");
        (Failure::new(Exit::Failed, message), "have the clinic created in the live system, or delete its file")
    } else {
        let message = format!("neither the files nor the live system have a clinic `{clinic}`");
        (Failure::usage(message), "see the ids behind `clinic:` in the files")
    };
    let candidates = known.iter().chain(fleet.clinics.keys()).filter(|known| *known != clinic);
    match rules::nearest(clinic.as_str(), candidates.map(ClinicId::as_str)) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint(otherwise),
    }
}
