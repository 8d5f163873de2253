//! One file a verb.

mod apply;
mod can_i;
mod completions;
mod drift;
mod explain;
mod history;
mod man;
mod plan;
mod preview;
mod schema;
#[cfg(feature = "clinic-system")]
mod serve;
mod show;
#[cfg(feature = "clinic-system")]
mod upkeep;
mod validate;
mod watch;
mod why;

use super::args::Verb;
use super::error::Failure;
use super::exit::Exit;
use super::results::unwritten;
use super::terminal::Terminal;
use std::future::Future;

/// Does what the arguments say.
pub(crate) fn run(verb: &Verb, terminal: &Terminal) -> Result<Exit, Failure> {
    match verb {
        Verb::Validate(args) => validate::run(args, terminal),
        Verb::Plan(args) => in_runtime(plan::run(args, terminal)),
        Verb::Show(args) => show::run(args, terminal),
        Verb::Apply(args) => in_runtime(apply::run(args, terminal)),
        Verb::Preview(args) => in_runtime(preview::run(args, terminal)),
        Verb::Drift(args) => in_runtime(drift::run(args, terminal)),
        Verb::History(args) => in_runtime(history::run(args, terminal)),
        Verb::Watch(args) => in_runtime(watch::run(args, terminal)),
        Verb::Why(args) => in_runtime(why::run(args, terminal)),
        Verb::CanI(args) => in_runtime(can_i::run(args, terminal)),
        Verb::Schema(args) => schema::run(args, terminal),
        Verb::Explain(args) => explain::run(args, terminal),
        #[cfg(feature = "clinic-system")]
        Verb::Serve(args) => in_runtime(serve::run(args, terminal)),
        Verb::Completions(args) => completions::run(args, terminal),
        Verb::Man => man::run(terminal),
    }
}

/// Runs a verb that talks to a network.
fn in_runtime(verb: impl Future<Output = Result<Exit, Failure>>) -> Result<Exit, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| Failure::from_error(Exit::Failed, &error))?.block_on(verb)
}
