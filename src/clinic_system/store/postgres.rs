//! What only PostgreSQL needs: a bound on everything that another server could make us wait for.

use super::open::TURN;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};
use std::time::Duration;

/// Connections that read, of each server. A read is a round trip, so that more of them help where SQLite's would not.
pub(super) const READERS: u32 = 8;
/// How long a transaction may stand still, in milliseconds. A batch is a second's work at most; a server that has been
/// stopped in the middle of one must not hold up all the others.
const STANDSTILL: &str = "10000";

/// A connection that may write. It does not wait for ever for another server's transaction, nor for an address that
/// nobody answers.
pub(super) async fn connect(options: &PgConnectOptions, busy: Duration) -> Result<PgConnection, sqlx::Error> {
    let options = bounded(options, busy);
    let connecting = tokio::time::timeout(TURN, options.connect()).await;
    connecting.unwrap_or(Err(sqlx::Error::PoolTimedOut))
}

/// A connection that can read only.
pub(super) fn reading(options: &PgConnectOptions, busy: Duration) -> PgConnectOptions {
    bounded(options, busy).options([("default_transaction_read_only", "on")])
}

fn bounded(options: &PgConnectOptions, busy: Duration) -> PgConnectOptions {
    let busy = busy.as_millis().to_string();
    let settings = [("lock_timeout", busy.as_str()), ("idle_in_transaction_session_timeout", STANDSTILL)];
    options.clone().options(settings).disable_statement_logging()
}
