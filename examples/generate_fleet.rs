//! Writes a synthetic fleet of any size and the live system that matches it, to see how the tool behaves at scale.
//!
//! ```text
//! cargo run --release --example generate_fleet -- --clinics 10000 --changed 1 --out target/fleet
//! cargo run --release -- plan target/fleet/clinics --system embedded
//! ```
//!
//! The same arguments always write the same bytes. A plan against the live system is empty, except for the clinics
//! that `--changed` asks for.

mod synthetic;

use clap::Parser;
use std::io;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use synthetic::Fleet;

/// Writes a synthetic fleet and the live system that matches it.
#[derive(Debug, Parser)]
struct Arguments {
    /// How many clinics.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=99_999))]
    clinics: u32,
    /// The folder to fill, with `clinics/` and `live-system.yaml`.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// How many percent of the clinics differ from their files, in three resources each.
    #[arg(long, value_name = "PERCENT", default_value_t = 0, value_parser = clap::value_parser!(u8).range(..=100))]
    changed: u8,
    /// Write `live-system.yaml` only: the files do not depend on `--changed`.
    #[arg(long)]
    seed_only: bool,
}

fn main() -> ExitCode {
    match generate(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is nowhere left to say that even this failed.
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn generate(arguments: &Arguments) -> io::Result<()> {
    let Arguments { clinics, out, changed, seed_only } = arguments;
    let fleet = Fleet::new(*clinics, *changed);
    if !seed_only {
        fleet.write_files(out)?;
    }
    fleet.write_seed(out)?;
    writeln!(io::stdout(), "{clinics} clinics, {} of them changed, in {}", fleet.changed_clinics(), out.display())
}
