//! Accounts, and the one-time codes that begin them.

use super::{Statement, Store, StoreError, WriteFailure};
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

/// An account as a list shows it.
#[derive(Debug, FromRow)]
pub(crate) struct AccountRow {
    pub(crate) id: String,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) global_administrator: i64,
    pub(crate) active: i64,
    /// Whether it has a password.
    pub(crate) ready: i64,
    /// The name of the staff member's clinic.
    pub(crate) clinic: Option<String>,
    /// The staff member as JSON.
    pub(crate) document: Option<String>,
}

/// An account that is to be made.
#[derive(Debug)]
pub(crate) struct NewAccountRow {
    pub(crate) id: String,
    pub(crate) login: String,
    pub(crate) name: String,
    pub(crate) password: Option<String>,
    pub(crate) staff: Option<String>,
    pub(crate) global_administrator: i64,
    pub(crate) created: String,
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

    /// Whether there is any account.
    pub(crate) async fn has_accounts(&self) -> Result<bool, StoreError> {
        let first = Statement::new("SELECT id FROM accounts LIMIT 1");
        Ok(self.one::<(String,)>(first).await?.is_some())
    }

    /// At most `limit` accounts whose name or login contains `search` (in lower case), in the order of logins.
    pub(crate) async fn accounts(&self, search: &str, limit: i64) -> Result<Vec<AccountRow>, StoreError> {
        let select = Statement::new(
            "SELECT accounts.id, accounts.login, accounts.name, accounts.global_administrator, accounts.active,
                    CAST(CASE WHEN accounts.password IS NULL THEN 0 ELSE 1 END AS BIGINT) AS ready,
                    clinics.name AS clinic, staff.document
             FROM accounts LEFT JOIN staff ON staff.id = accounts.staff
                  LEFT JOIN clinics ON clinics.clinic = staff.clinic
             WHERE accounts.login LIKE $1 ESCAPE '\\' OR lower(accounts.name) LIKE $1 ESCAPE '\\'
             ORDER BY accounts.login LIMIT $2",
        );
        self.all(select.bind(super::read::contains(search)).bind(limit)).await
    }

    /// Adds an account; `false` if its login is in use, or its staff member is unknown or has one already.
    pub(crate) async fn add_account(&self, account: &NewAccountRow) -> Result<bool, WriteFailure> {
        let insert = Statement::new(
            "INSERT INTO accounts (id, login, name, password, staff, global_administrator, active, created)
             SELECT $1, $2, $3, $4, $5, $6, 1, $7 FROM meta
             WHERE meta.key = 'database_id' AND ($5 IS NULL OR $5 IN (SELECT id FROM staff))
             ON CONFLICT DO NOTHING",
        );
        let touched = self.run(vec![with_columns(insert, account)]).await?;
        Ok(touched == [1])
    }

    /// Gives an account of this login another password; `false` if there is none.
    pub(crate) async fn set_password(&self, login: &str, password: &str) -> Result<bool, WriteFailure> {
        let update = Statement::new("UPDATE accounts SET password = $2, active = 1 WHERE login = $1");
        Ok(self.run(vec![update.bind(login).bind(password)]).await? == [1])
    }

    /// Lets an account in again, or ends it with its sessions and its codes. The last global administrator cannot be
    /// ended: `false`, as for an account that does not exist.
    pub(crate) async fn set_active(&self, account: &str, active: bool) -> Result<bool, WriteFailure> {
        if active {
            let update = Statement::new("UPDATE accounts SET active = 1 WHERE id = $1").bind(account);
            return Ok(self.run(vec![update]).await? == [1]);
        }
        let update = Statement::new(
            "UPDATE accounts SET active = 0 WHERE id = $1 AND (global_administrator = 0 OR EXISTS
                 (SELECT 1 FROM accounts AS others
                  WHERE others.id <> $1 AND others.active = 1 AND others.global_administrator = 1))",
        );
        let sessions = Statement::new(
            "DELETE FROM sessions WHERE account IN (SELECT id FROM accounts WHERE id = $1 AND active = 0)",
        );
        let codes =
            Statement::new("DELETE FROM codes WHERE subject IN (SELECT id FROM accounts WHERE id = $1 AND active = 0)");
        let touched = self.run(vec![update.bind(account), sessions.bind(account), codes.bind(account)]).await?;
        Ok(touched.first() == Some(&1))
    }

    /// Keeps the set-up code, if there is no account yet; a code from before is forgotten.
    pub(crate) async fn put_set_up_code(&self, digest: &str, expires: &str) -> Result<bool, WriteFailure> {
        let put = Statement::new(
            "INSERT INTO codes (subject, digest, expires)
             SELECT 'set-up', $1, $2 FROM meta
             WHERE meta.key = 'database_id' AND NOT EXISTS (SELECT 1 FROM accounts)
             ON CONFLICT (subject) DO UPDATE SET digest = excluded.digest, expires = excluded.expires, claim = NULL",
        );
        Ok(self.run(vec![put.bind(digest).bind(expires)]).await? == [1])
    }

    /// Keeps a code for an active account; a code from before is forgotten.
    pub(crate) async fn put_account_code(
        &self,
        account: &str,
        digest: &str,
        expires: &str,
    ) -> Result<bool, WriteFailure> {
        let put = Statement::new(
            "INSERT INTO codes (subject, digest, expires) SELECT id, $2, $3 FROM accounts WHERE id = $1 AND active = 1
             ON CONFLICT (subject) DO UPDATE SET digest = excluded.digest, expires = excluded.expires, claim = NULL",
        );
        Ok(self.run(vec![put.bind(account).bind(digest).bind(expires)]).await? == [1])
    }

    /// Uses the set-up code, once, to make the first account.
    pub(crate) async fn set_up(&self, digest: &str, account: &NewAccountRow) -> Result<bool, WriteFailure> {
        let claim = Statement::new(
            "UPDATE codes SET claim = $2 WHERE subject = 'set-up' AND digest = $1 AND claim IS NULL AND expires > $3
             AND NOT EXISTS (SELECT 1 FROM accounts)",
        );
        let claim = claim.bind(digest).bind(&account.id).bind(&account.created);
        let insert = Statement::new(
            "INSERT INTO accounts (id, login, name, password, staff, global_administrator, active, created)
             SELECT $1, $2, $3, $4, $5, $6, 1, $7 FROM codes WHERE subject = 'set-up' AND claim = $1",
        );
        let touched = self.run(vec![claim, with_columns(insert, account)]).await?;
        Ok(touched == [1, 1])
    }

    /// Uses the code of an account, once, to choose its password, and ends its sessions.
    pub(crate) async fn choose_password(
        &self,
        digest: &str,
        claim: &str,
        password: &str,
        now: &str,
    ) -> Result<bool, WriteFailure> {
        let claims = Statement::new(
            "UPDATE codes SET claim = $2
             WHERE subject <> 'set-up' AND digest = $1 AND claim IS NULL AND expires > $3",
        );
        let update = Statement::new(
            "UPDATE accounts SET password = $2
             WHERE active = 1 AND id IN (SELECT subject FROM codes WHERE claim = $1)",
        );
        let sessions =
            Statement::new("DELETE FROM sessions WHERE account IN (SELECT subject FROM codes WHERE claim = $1)");
        let claims = claims.bind(digest).bind(claim).bind(now);
        let touched = self.run(vec![claims, update.bind(claim).bind(password), sessions.bind(claim)]).await?;
        Ok(touched.get(1) == Some(&1))
    }
}

/// The columns of a new account as `$1` to `$7`.
fn with_columns(insert: Statement, account: &NewAccountRow) -> Statement {
    let NewAccountRow { id, login, name, password, staff, global_administrator, created } = account;
    let insert = insert.bind(id).bind(login).bind(name).bind(password.clone()).bind(staff.clone());
    insert.bind(*global_administrator).bind(created)
}
