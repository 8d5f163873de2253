//! Tokens: only a digest of the secret is kept.

use super::database::Database;
use super::statement::Statement;
use super::{Store, StoreError, row};
use crate::token::{Caller, Minted, Presented, Scope};
use crate::{hex, token};
use clinic_wire::Actor;
use sqlx::FromRow;

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

/// A token's row.
#[derive(FromRow)]
struct Stored {
    name: String,
    kind: String,
    scopes: String,
    created: String,
    revoked: Option<String>,
    hash: String,
}

impl Stored {
    fn shown(self) -> TokenRow {
        let Self { name, kind, scopes, created, revoked, hash: _ } = self;
        let scopes = scopes.split(' ').filter_map(Scope::of_word).collect();
        TokenRow { name, kind: row::actor_of(&kind), scopes, created, revoked }
    }
}

/// Adds a token; `false` if its name is in use already.
pub(crate) async fn add_token(
    database: &mut Database<'_>,
    minted: &Minted,
    caller: &Caller,
) -> Result<bool, StoreError> {
    let scopes: Vec<&str> = caller.scopes.iter().map(|scope| scope.word()).collect();
    let insert = Statement::new(
        "INSERT INTO tokens (id, name, kind, scopes, hash, created) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT DO NOTHING",
    );
    let insert = insert.bind(&minted.id).bind(&caller.name).bind(row::kind_word(caller.kind)).bind(scopes.join(" "));
    Ok(database.run(insert.bind(hex::encode(&minted.digest)).bind(super::log::now())).await? == 1)
}

/// Revokes the token of that name; `false` if none is in use.
pub(crate) async fn revoke_token(database: &mut Database<'_>, name: &str) -> Result<bool, StoreError> {
    let update = Statement::new("UPDATE tokens SET revoked = $2 WHERE name = $1 AND revoked IS NULL");
    Ok(database.run(update.bind(name).bind(super::log::now())).await? > 0)
}

/// All tokens, oldest first.
pub(crate) async fn tokens(database: &mut Database<'_>) -> Result<Vec<TokenRow>, StoreError> {
    let all = Statement::new("SELECT name, kind, scopes, created, revoked, hash FROM tokens ORDER BY created, id");
    Ok(database.all(all).await?.into_iter().map(Stored::shown).collect())
}

impl Store {
    /// Who presents this token; `None` if it is unknown, wrong or revoked.
    pub(crate) async fn caller(&self, presented: &Presented) -> Result<Option<Caller>, StoreError> {
        let row = Statement::new("SELECT name, kind, scopes, created, revoked, hash FROM tokens WHERE id = $1");
        let Some(row) = self.one::<Stored>(row.bind(&presented.id)).await? else { return Ok(None) };
        let known = hex::decode(&row.hash).is_some_and(|hash| token::same_digest(&hash, &presented.digest));
        let TokenRow { name, kind, scopes, created: _, revoked } = row.shown();
        let caller = Caller { name, kind, scopes: scopes.into_iter().collect() };
        Ok((known && revoked.is_none()).then_some(caller))
    }
}
