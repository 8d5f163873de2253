//! Tokens: only a digest of the secret is kept.

use super::Store;
use super::StoreError;
use super::row;
use crate::reference::hex;
use crate::reference::token;
use crate::reference::token::Caller;
use crate::reference::token::Minted;
use crate::reference::token::Presented;
use crate::reference::token::Scope;
use crate::wire::Actor;
use sqlx::FromRow;
use sqlx::Row;
use sqlx::SqliteConnection;
use sqlx::sqlite::SqliteRow;

/// A token without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenRow {
    /// The name that stands in the change log.
    pub name: String,
    /// Whether a person or a service holds it.
    pub kind: Actor,
    /// What it allows.
    pub scopes: Vec<Scope>,
    /// When it was made (RFC 3339).
    pub created: String,
    /// When it was revoked (RFC 3339).
    pub revoked: Option<String>,
}

impl FromRow<'_, SqliteRow> for TokenRow {
    fn from_row(row: &SqliteRow) -> sqlx::Result<Self> {
        let scopes: String = row.try_get("scopes")?;
        let kind: String = row.try_get("kind")?;
        Ok(Self {
            name: row.try_get("name")?,
            kind: row::actor_of(&kind),
            scopes: scopes.split(' ').filter_map(Scope::of_word).collect(),
            created: row.try_get("created")?,
            revoked: row.try_get("revoked")?,
        })
    }
}

/// Adds a token; `false` where its name is in use already.
pub(crate) async fn add_token(
    database: &mut SqliteConnection,
    minted: &Minted,
    caller: &Caller,
) -> Result<bool, StoreError> {
    let scopes: Vec<&str> = caller.scopes.iter().map(|scope| scope.word()).collect();
    let insert = sqlx::query(
        "INSERT INTO tokens (id, name, kind, scopes, hash, created) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
    );
    let insert = insert.bind(&minted.id).bind(&caller.name).bind(row::kind_word(caller.kind)).bind(scopes.join(" "));
    let insert = insert.bind(hex::encode(&minted.digest)).bind(super::log::now());
    Ok(insert.execute(database).await.map_err(StoreError::Write)?.rows_affected() == 1)
}

/// Revokes the token of that name; `false` where none is in use.
pub(crate) async fn revoke_token(database: &mut SqliteConnection, name: &str) -> Result<bool, StoreError> {
    let update = sqlx::query("UPDATE tokens SET revoked = $2 WHERE name = $1 AND revoked IS NULL");
    let done = update.bind(name).bind(super::log::now()).execute(database).await.map_err(StoreError::Write)?;
    Ok(done.rows_affected() > 0)
}

/// All tokens, oldest first.
pub(crate) async fn tokens(database: &mut SqliteConnection) -> Result<Vec<TokenRow>, StoreError> {
    let rows = sqlx::query_as("SELECT name, kind, scopes, created, revoked FROM tokens ORDER BY created, id");
    rows.fetch_all(database).await.map_err(StoreError::Read)
}

impl Store {
    /// Who presents this token; `None` where it is unknown, wrong or revoked.
    pub(crate) async fn caller(&self, presented: &Presented) -> Result<Option<Caller>, StoreError> {
        let row = sqlx::query("SELECT hash, name, kind, scopes, created, revoked FROM tokens WHERE id = $1");
        let row = row.bind(&presented.id).fetch_optional(&self.readers).await.map_err(StoreError::Read)?;
        let Some(row) = row else { return Ok(None) };
        let hash: String = row.try_get("hash").map_err(StoreError::Read)?;
        let TokenRow { name, kind, scopes, created: _, revoked } =
            TokenRow::from_row(&row).map_err(StoreError::Read)?;
        let known = hex::decode(&hash).is_some_and(|hash| token::same_digest(&hash, &presented.digest));
        let caller = Caller { name, kind, scopes: scopes.into_iter().collect() };
        Ok((known && revoked.is_none()).then_some(caller))
    }
}
