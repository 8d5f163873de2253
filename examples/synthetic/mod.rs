//! A synthetic fleet: about 2.5 KiB of YAML and 30 people a clinic, and the live system that the files describe.
//!
//! Everything is a function of the clinic's number, so nothing is kept: clinic after clinic is built, written and
//! dropped. [`clinic`] says what a clinic is, [`person`] who works there; [`files`] and [`seed`] write it down twice, once as people declare it in
//! layers and once as a live system holds it. Every rule is kept without a warning.

mod clinic;
mod files;
mod person;
mod seed;

use clinic::Clinic;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::{fs, io};

/// The most files in one folder: what file browsers and code hosts still list without cutting.
const FILES_A_FOLDER: u32 = 1_000;

/// A fleet of some size, some of whose clinics differ from their files.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fleet {
    clinics: u32,
    changed_percent: u8,
}

impl Fleet {
    /// `changed_percent` of the clinics, rounded down, differ from their files in three resources each: a button that
    /// is missing, a button with an older title, and a list without its last person.
    pub(crate) const fn new(clinics: u32, changed_percent: u8) -> Self {
        Self { clinics, changed_percent }
    }

    /// How many clinics differ.
    pub(crate) fn changed_clinics(&self) -> usize {
        (0..self.clinics).filter(|number| self.differs(*number)).count()
    }

    /// Writes the files into `out/clinics`.
    ///
    /// # Errors
    /// When `out/clinics` exists already (files of another fleet would mix with these), or cannot be written.
    pub(crate) fn write_files(&self, out: &Path) -> io::Result<()> {
        let root = out.join("clinics");
        fs::create_dir_all(out)?;
        fs::create_dir(&root).map_err(|error| at(&root, &error))?;
        files::write_shared(&root, self.clinics)?;
        for number in 0..self.clinics {
            let folder = root.join(format!("part-{:02}", number / FILES_A_FOLDER));
            if number % FILES_A_FOLDER == 0 {
                fs::create_dir(&folder)?;
            }
            let clinic = Clinic::new(number);
            let mut file = BufWriter::new(File::create(folder.join(format!("{}.yaml", clinic.id())))?);
            files::write_clinic(&mut file, &clinic)?;
            file.flush()?;
        }
        Ok(())
    }

    /// Writes the live system into `out/live-system.yaml`.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn write_seed(&self, out: &Path) -> io::Result<()> {
        fs::create_dir_all(out)?;
        let mut file = BufWriter::new(File::create(out.join("live-system.yaml"))?);
        writeln!(file, "system: Synthetic system of {} clinics\nclinics:", self.clinics)?;
        for number in 0..self.clinics {
            let clinic = Clinic::new(number);
            let live = if self.differs(number) { clinic.earlier() } else { clinic };
            seed::write_clinic(&mut file, &live)?;
        }
        file.flush()
    }

    /// Spreads the changed clinics evenly over the fleet.
    fn differs(&self, number: u32) -> bool {
        let changed_before = |number: u32| u64::from(number) * u64::from(self.changed_percent) / 100;
        changed_before(number + 1) > changed_before(number)
    }
}

/// Says which path an error is about.
fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
