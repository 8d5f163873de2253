//! Logs to stderr for `-v`, and for the server.

use super::args::Common;
use super::outlet;
use tracing_subscriber::EnvFilter;

/// Starts the log of this process: warnings, or more with `-v`. Only our own words: the libraries' traces may hold
/// headers, and a header may hold a token.
pub(crate) fn start(common: &Common) {
    let level = match (common.quiet, common.verbose) {
        (true, _) => "error",
        (false, 0) => "warn",
        (false, 1) => "info",
        (false, 2) => "debug",
        (false, _) => "trace",
    };
    let filter = EnvFilter::new(format!("off,clinicctl={level},clinic_system={level}"));
    let subscriber = tracing_subscriber::fmt().with_env_filter(filter).with_writer(outlet::talk).with_ansi(false);
    // Where stderr takes nothing any more it would be told so, on stderr, by a macro that panics.
    let subscriber = subscriber.log_internal_errors(false);
    // Fails only where a subscriber is installed already, and then that one is as good.
    let _ = subscriber.with_target(false).try_init();
}
