//! Accounts, and the one-time codes that begin them.

use super::Statement;
use super::Store;
use super::StoreError;
use sqlx::FromRow;

/// What signing in needs to know of an account.
#[derive(Debug, FromRow)]
pub(crate) struct CredentialRow {
    pub(crate) id: String,
    pub(crate) password: Option<String>,
    pub(crate) active: i64,
    pub(crate) staff: Option<String>,
    /// The staff member as JSON.
    pub(crate) document: Option<String>,
}

impl Store {
    /// The account of this login.
    pub(crate) async fn credential(&self, login: &str) -> Result<Option<CredentialRow>, StoreError> {
        let select = Statement::new(
            "SELECT accounts.id, accounts.password, accounts.active, accounts.staff, staff.document
             FROM accounts LEFT JOIN staff ON staff.id = accounts.staff WHERE accounts.login = $1",
        );
        self.one(select.bind(login)).await
    }
}
