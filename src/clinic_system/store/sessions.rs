//! Sessions, and what ends with them.

use super::{Statement, Store, StoreError, WriteFailure};
use sqlx::FromRow;

/// A session with its account and, where the account has one, its staff member.
#[derive(Debug, FromRow)]
pub(crate) struct SessionRow {
    pub(crate) created: String,
    pub(crate) seen: String,
    pub(crate) account: String,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) global_administrator: i64,
    pub(crate) active: i64,
    /// Whether the account belongs to a staff member.
    pub(crate) staff: Option<String>,
    /// The clinic of the staff member.
    pub(crate) clinic: Option<String>,
    /// The staff member as JSON.
    pub(crate) document: Option<String>,
}

impl Store {
    /// The session of this digest.
    pub(crate) async fn session(&self, id: &str) -> Result<Option<SessionRow>, StoreError> {
        let select = Statement::new(
            "SELECT sessions.created, sessions.seen, accounts.id AS account, accounts.login, accounts.name,
                    accounts.global_administrator, accounts.active, accounts.staff, staff.clinic, staff.document
             FROM sessions JOIN accounts ON accounts.id = sessions.account
                  LEFT JOIN staff ON staff.id = accounts.staff
             WHERE sessions.id = $1",
        );
        self.one(select.bind(id)).await
    }

    /// Begins a session, and clears away those that nobody has used since `unused_since`.
    pub(crate) async fn begin_session(
        &self,
        id: &str,
        account: &str,
        now: &str,
        unused_since: &str,
    ) -> Result<(), WriteFailure> {
        let clear = Statement::new("DELETE FROM sessions WHERE seen < $1").bind(unused_since);
        let insert = Statement::new(
            "INSERT INTO sessions (id, account, created, seen) SELECT $1, id, $3, $3 FROM accounts
             WHERE id = $2 AND active = 1",
        );
        self.run(vec![clear, insert.bind(id).bind(account).bind(now)]).await.map(drop)
    }

    /// Notes that a session was used.
    pub(crate) async fn touch_session(&self, id: &str, now: &str) -> Result<(), WriteFailure> {
        let update = Statement::new("UPDATE sessions SET seen = $2 WHERE id = $1 AND seen < $2");
        self.run(vec![update.bind(id).bind(now)]).await.map(drop)
    }

    /// Ends a session.
    pub(crate) async fn end_session(&self, id: &str) -> Result<(), WriteFailure> {
        self.run(vec![Statement::new("DELETE FROM sessions WHERE id = $1").bind(id)]).await.map(drop)
    }
}
