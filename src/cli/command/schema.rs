//! `schema [KIND]`: the published schemas.

use super::unwritten;
use crate::cli::args::SchemaArgs;
use crate::cli::error::Failure;
use crate::cli::exit::Exit;
use crate::cli::results;
use crate::cli::terminal::Terminal;
use crate::schema::Kind;
use crate::{files, schema};
use std::path::{Path, PathBuf};

/// Prints the schema of one kind, or writes those of all kinds.
pub(super) fn run(args: &SchemaArgs, terminal: &Terminal) -> Result<Exit, Failure> {
    match (&args.write, args.kind) {
        (Some(folder), _) => write_all(folder, terminal),
        (None, Some(kind)) => terminal.result(text(kind)).map(|()| Exit::Done).map_err(unwritten),
        (None, None) => Err(Failure::usage("name a kind of document, or a folder with `--write`")),
    }
}

fn write_all(folder: &Path, terminal: &Terminal) -> Result<Exit, Failure> {
    for kind in Kind::ALL {
        let write = format!("--write {}", folder.display());
        results::refuse_unwritable(&write, &path(folder, kind), "move it away, or name another folder")?;
    }
    for kind in Kind::ALL {
        let path = path(folder, kind);
        files::write(&path, text(kind).as_bytes()).map_err(|error| Failure::from_error(Exit::Failed, &error))?;
        terminal.status(&format!("wrote {}\n", path.display()));
    }
    Ok(Exit::Done)
}

fn path(folder: &Path, kind: Kind) -> PathBuf {
    folder.join(format!("{}.schema.json", kind.key()))
}

fn text(kind: Kind) -> String {
    schema::json_schema_text(kind)
}
