//! Which system, and how to talk to it.

use clap::Args;
use std::path::PathBuf;
use std::time::Duration;

/// Which system.
#[derive(Debug, Clone, Args)]
pub(crate) struct SystemArgs {
    /// The root of the clinic system's address, or `embedded` for the reference system in this process.
    ///
    /// Without it, `CLINICCTL_SYSTEM` says it. `system: embedded` in `fleet.yaml` is used only where neither a token
    /// nor `CI` is set.
    #[arg(long, value_name = "URL|embedded")]
    pub(crate) system: Option<String>,
    /// A file that holds the token. Without it, `CLINICCTL_TOKEN` holds it.
    #[arg(long, value_name = "FILE", conflicts_with = "token_command")]
    pub(crate) token_file: Option<PathBuf>,
    /// A command that prints the token, for credential helpers. `CLINICCTL_TOKEN_COMMAND` says it too.
    ///
    /// The shell runs it (`sh -c`), with nothing to read and without `CLINICCTL_TOKEN`. Its one line of output is the
    /// token; what it says on stderr is passed on; it has a minute. Everybody on this machine can see the command.
    #[arg(long, value_name = "COMMAND")]
    pub(crate) token_command: Option<String>,
    /// Certificates of the authorities (PEM) that may vouch for the system, in place of those that this machine trusts.
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,
    /// How long one request may be tried again (`90s`, `2m`); `0` tries nothing again.
    ///
    /// A request is sent at most four times, and never later than this after the first time. If the system asks to come
    /// back later than that, the clinic fails at once, and the report says when to come back.
    #[arg(long, value_name = "DURATION", default_value = "60s", value_parser = duration)]
    pub(crate) retry_budget: Duration,
    /// Requests to the system at a time, at most. Fewer while it is slow or asks for patience.
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(crate) parallelism: u16,
}

/// The longest that anybody may wait for one request: longer than any pipeline runs.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

fn duration(text: &str) -> Result<Duration, String> {
    if text == "0" {
        return Ok(Duration::ZERO);
    }
    let said = text.parse::<jiff::SignedDuration>().ok().and_then(|said| Duration::try_from(said).ok());
    said.filter(|said| *said <= LONGEST)
        .ok_or_else(|| "expected `0`, or a time such as `90s` or `2m`, at most a day".to_owned())
}
