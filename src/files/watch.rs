//! Noticing saves.

use notify::{Event, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, new_debouncer};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a folder must be quiet before a save counts: editors write a file in several steps, and version control
/// writes many files at once.
const QUIET: Duration = Duration::from_millis(150);

/// A folder that cannot be watched.
#[derive(Debug, thiserror::Error)]
#[error("cannot watch `{folder}`")]
pub struct WatchError {
    folder: String,
    source: notify::Error,
}

/// A folder under watch; dropping it ends the watch.
#[derive(Debug)]
pub struct Watch {
    _debouncer: Box<dyn std::any::Any + Send>,
}

/// Calls `saved` after every burst of changes to YAML files below `folder`, also when an editor replaces a file by
/// another one, and when the folder itself goes or comes back.
///
/// A folder that comes back is another one: from then on only a new watch sees what happens inside it.
///
/// # Errors
/// When the operating system refuses to watch the folder, or neither it nor the one around it is there.
pub fn watch(folder: &Path, saved: impl Fn() + Send + 'static) -> Result<Watch, WatchError> {
    let refused = |source| WatchError { folder: folder.display().to_string(), source };
    let (around, folder) = placed(folder);
    let watched = folder.clone();
    let notice = move |burst: DebounceEventResult| {
        // A watch that lost events does not know what changed: look again.
        if burst.map_or(true, |events| events.iter().any(|event| matters(event, &watched))) {
            saved();
        }
    };
    let mut debouncer = new_debouncer(QUIET, None, notice).map_err(refused)?;
    if let Some(around) = around {
        debouncer.watch(around, RecursiveMode::NonRecursive).map_err(refused)?;
    }
    if folder.is_dir() {
        debouncer.watch(folder, RecursiveMode::Recursive).map_err(refused)?;
    }
    Ok(Watch { _debouncer: Box::new(debouncer) })
}

/// The folder around `folder`, and `folder` inside it by its whole path, by which the system will name it. A folder
/// without a name of its own, such as `..`, can only be watched itself.
fn placed(folder: &Path) -> (Option<PathBuf>, PathBuf) {
    let around = folder.parent().map(|parent| if parent.as_os_str().is_empty() { Path::new(".") } else { parent });
    match (around.and_then(|around| around.canonicalize().ok()), folder.file_name()) {
        (Some(around), Some(name)) => {
            let folder = around.join(name);
            (Some(around), folder)
        }
        (None, _) | (_, None) => (None, folder.canonicalize().unwrap_or_else(|_| folder.to_owned())),
    }
}

/// Whether something was written, and not only read, that can matter to the fleet.
fn matters(event: &Event, folder: &Path) -> bool {
    let inside = |path: &&PathBuf| path.starts_with(folder);
    !event.kind.is_access() && event.paths.iter().filter(inside).any(|path| path == folder || concerns(path))
}

/// Whether a path can matter to the fleet: a YAML file, or a folder that may hold some.
fn concerns(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    !hidden && (yaml || path.extension().is_none())
}
