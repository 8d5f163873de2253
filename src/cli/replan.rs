//! Clinics planned again while a plan is carried out.

use super::planning::World;
use crate::domain::LiveClinic;
use crate::execute::Observed;
use crate::plan::{Impact, Plan, RemainingWork, Replanned};
use crate::source::SourceSet;

/// What plans the clinics of a run again.
#[derive(Debug)]
pub(crate) enum Planner {
    /// The files that were read.
    Files(Box<World>),
    /// A saved plan alone, on this day.
    Saved {
        /// The day of the run.
        today: jiff::civil::Date,
    },
}

impl Planner {
    /// The files that were read, where any were.
    pub(crate) fn sources(&self) -> Option<&SourceSet> {
        match self {
            Self::Files(world) => Some(&world.sources),
            Self::Saved { .. } => None,
        }
    }

    /// Whether the rest of a clinic's work is still what `shown`, the plan that was agreed to, says.
    pub(crate) fn compare(&self, shown: &Plan, rest: &RemainingWork<'_>, live: &LiveClinic) -> Replanned {
        let shown = shown.impact.of_clinic(&live.clinic);
        match self {
            Self::Saved { today } => rest.compare_strictly(&shown, live, *today),
            Self::Files(world) => by_files(world, &shown, rest, live),
        }
    }
}

fn by_files(world: &World, shown: &Impact, rest: &RemainingWork<'_>, live: &LiveClinic) -> Replanned {
    match world.plan(&live.clinic, Observed::Live(Box::new(live.clone()))) {
        Some(again) => rest.compare(shown, live, again),
        None => Replanned::Different("the files do not speak of the clinic".to_owned()),
    }
}
