//! The seed that a fleet's file names for the embedded system: found and read under the rules of the fleet's own files.
//!
//! Where it lies is judged in every run, also in one that talks to another system. It is read only for the embedded one,
//! and of what is wrong with it the first place alone is told, with one line: a seed may be any text of anybody.

#[cfg(feature = "clinic-system")]
mod fault;

use crate::diagnostic::Finding;
use crate::domain::{DesiredFleet, Sourced};
use crate::files;
use crate::files::{Named, NamedError, Naming};
use crate::source::{Place, SourceSet};
#[cfg(feature = "clinic-system")]
use clinic_system::Seed;
use std::path::Path;

/// The refusal of everything that is no seed.
const RULE: &str = "bad-seed";
/// What would be right, for whoever named something else.
const HELP: &str = "write the path of a YAML file inside of the checkout, relative to this file, such as \
                    `../examples/live-system.yaml`";
#[cfg(feature = "clinic-system")]
/// The most lists, maps and values that are taken apart: each of them costs many times its length. A system of ten
/// thousand clinics has some eight millions.
const MOST_PARTS: usize = 16_000_000;

#[cfg(feature = "clinic-system")]
/// A seed with the path that it was read from.
#[derive(Debug, Clone)]
pub(crate) struct Filling {
    /// The path as it is shown.
    pub(crate) shown: String,
    /// The seed.
    pub(crate) seed: Seed,
}

/// What is wrong with the place of the seed. That there is no file is not: who talks to another system needs none.
pub(crate) fn misplaced(folder: &Path, fleet: &DesiredFleet, sources: &SourceSet) -> Option<Finding> {
    let said = fleet.seed.as_ref()?;
    match named(folder, said, sources) {
        Ok(_) | Err(NamedError::Missing | NamedError::Refused(_)) => None,
        Err(error) => Some(refused(said.place, &error)),
    }
}

#[cfg(feature = "clinic-system")]
/// Reads the seed of a fleet that names one. A seed that has a fault is added to `sources`.
///
/// # Errors
/// A finding at the path or in the seed.
pub(crate) fn read(
    folder: &Path,
    fleet: &DesiredFleet,
    sources: &mut SourceSet,
) -> Result<Option<Filling>, Box<Finding>> {
    let Some(said) = &fleet.seed else { return Ok(None) };
    let refused = |error: NamedError| Box::new(refused(said.place, &error));
    let named = named(folder, said, sources).map_err(refused)?;
    let file = named.read().map_err(refused)?;
    if parts(&file.text) > MOST_PARTS {
        return Err(Box::new(too_many_parts(said.place)));
    }
    match fault::parse(&file) {
        Ok(seed) => Ok(Some(Filling { shown: named.shown().to_owned(), seed })),
        Err(fault) => Err(Box::new(fault.told(sources, file))),
    }
}

fn named(folder: &Path, said: &Sourced<String>, sources: &SourceSet) -> Result<Named, NamedError> {
    let by = &sources.file(said.place.file).path;
    files::named(Naming { folder, by, path: &said.value })
}

fn refused(place: Place, error: &NamedError) -> Finding {
    let finding = |message: String| Finding::error(RULE, place, message);
    match error {
        NamedError::Absolute => finding("the seed is named by a path that means another file on each machine".into())
            .labelled("begins at the root of a machine, or at somebody's home"),
        NamedError::Leaves => finding("the seed lies outside of the checkout".into())
            .labelled("leads out of it, or through a link that does"),
        NamedError::Hidden => {
            finding("the seed is hidden".into()).labelled("the name of the file, or of a folder, begins with `.`")
        }
        NamedError::NotYaml => finding("the seed is no YAML file".into())
            .labelled("does not end in `.yaml` or `.yml`, or leads to such a file"),
        NamedError::NotAFile(what) => finding(format!("the seed is {what}, not a file")),
        NamedError::TooLarge { bytes } => finding(format!("the seed has {bytes} bytes; at most 128 MiB are read")),
        NamedError::Missing => finding("the seed is not there".into()).labelled("there is no such file"),
        NamedError::Refused(why) => finding(format!("the seed cannot be read: {why}")),
    }
    .help(HELP)
}

#[cfg(feature = "clinic-system")]
/// More than the lists, maps and values that a text can hold: each begins after one of these.
fn parts(text: &str) -> usize {
    text.bytes().filter(|byte| matches!(byte, b',' | b':' | b'-' | b'?' | b'[' | b'{' | b'\n' | b'\r')).count()
}

#[cfg(feature = "clinic-system")]
fn too_many_parts(place: Place) -> Finding {
    Finding::error(RULE, place, "the seed holds far more values than any clinic system")
        .help("a seed holds at most some twenty thousand clinics")
}
