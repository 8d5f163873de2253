//! Bearer tokens: who calls, and what they may do. A token is shown once; the store keeps only a digest of its secret.

use crate::config::Limits;
use crate::store::{Location, StoreError, TokenRow};
use crate::{hex, store};
use clinic_wire::Actor;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fmt;

/// What makes a token recognisable, to people and to scanners for leaked secrets.
const PREFIX: &str = "clinicctl_";
/// The bytes of the public part, by which the token is found.
const ID_BYTES: usize = 8;
/// The bytes of the secret part: 256 bits.
const SECRET_BYTES: usize = 32;
/// The longest name of an actor: it stands in every entry of the change log.
const NAME_MAX: usize = 100;

/// What a token allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Reading clinics and their settings.
    #[serde(rename = "settings:read")]
    SettingsRead,
    /// Writing settings.
    #[serde(rename = "settings:write")]
    SettingsWrite,
    /// Reading who works at a clinic.
    #[serde(rename = "directory:read")]
    DirectoryRead,
    /// Reading the change log.
    #[serde(rename = "audit:read")]
    AuditRead,
    /// Reading conversations, in the name of whoever takes part.
    #[serde(rename = "messages:read")]
    MessagesRead,
    /// Writing in conversations, in the name of whoever takes part.
    #[serde(rename = "messages:write")]
    MessagesWrite,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 6] = [
        Self::SettingsRead,
        Self::SettingsWrite,
        Self::DirectoryRead,
        Self::AuditRead,
        Self::MessagesRead,
        Self::MessagesWrite,
    ];

    /// The scope's word, as in `settings:read`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SettingsRead => "settings:read",
            Self::SettingsWrite => "settings:write",
            Self::DirectoryRead => "directory:read",
            Self::AuditRead => "audit:read",
            Self::MessagesRead => "messages:read",
            Self::MessagesWrite => "messages:write",
        }
    }

    /// The scope with this word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.word() == word)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The name under which a token acts: 1 to 100 characters, none of them a control character.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActorName(String);

impl ActorName {
    /// Checks a name.
    ///
    /// # Errors
    /// [`TokenError::Name`].
    pub fn parse(name: &str) -> Result<Self, TokenError> {
        let fits = (1..=NAME_MAX).contains(&name.chars().count());
        let plain = !name.trim().is_empty() && !name.contains(char::is_control);
        if fits && plain { Ok(Self(name.to_owned())) } else { Err(TokenError::Name) }
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a token could not be made, revoked or listed.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// The name cannot stand in a change log.
    #[error("a token's name has 1 to {NAME_MAX} characters and no control characters")]
    Name,
    /// Another token of that name is in use.
    #[error("a token named `{0}` is in use already; revoke it first, or choose another name")]
    Taken(String),
    /// No token of that name is in use.
    #[error("no token named `{0}` is in use")]
    Unknown(String),
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Random(#[source] getrandom::Error),
    /// The database failed.
    #[error("the tokens could not be reached")]
    Store(#[from] StoreError),
}

/// Who calls: what a token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Caller {
    pub(crate) name: String,
    pub(crate) kind: Actor,
    pub(crate) scopes: BTreeSet<Scope>,
}

/// A new token, and what is kept of it.
pub(crate) struct Minted {
    /// What the caller is given; nothing else ever holds it.
    pub(crate) text: String,
    /// The public part.
    pub(crate) id: String,
    /// The digest of the secret part.
    pub(crate) digest: [u8; 32],
}

/// A token as it came in a request.
pub(crate) struct Presented {
    pub(crate) id: String,
    pub(crate) digest: [u8; 32],
}

/// Makes a token for `database`, which is created where it does not exist, and returns its text: the only time that it
/// is shown.
///
/// # Errors
/// [`TokenError`].
pub async fn create_token(
    database: impl Into<Location>,
    name: &ActorName,
    kind: Actor,
    scopes: &BTreeSet<Scope>,
) -> Result<String, TokenError> {
    let minted = mint()?;
    let caller = Caller { name: name.as_str().to_owned(), kind, scopes: scopes.clone() };
    let mut connection = store::open(&database.into(), Limits::default().busy_time).await?;
    let added = store::add_token(&mut connection.database(), &minted, &caller).await?;
    if added { Ok(minted.text) } else { Err(TokenError::Taken(caller.name)) }
}

/// Revokes the token of that name; servers that run on the database refuse it from their next request on.
///
/// # Errors
/// [`TokenError`].
pub async fn revoke_token(database: impl Into<Location>, name: &str) -> Result<(), TokenError> {
    let mut connection = store::open(&database.into(), Limits::default().busy_time).await?;
    let revoked = store::revoke_token(&mut connection.database(), name).await?;
    if revoked { Ok(()) } else { Err(TokenError::Unknown(name.to_owned())) }
}

/// Every token ever made, oldest first, without its secret.
///
/// # Errors
/// [`TokenError`].
pub async fn tokens(database: impl Into<Location>) -> Result<Vec<TokenRow>, TokenError> {
    let mut connection = store::open(&database.into(), Limits::default().busy_time).await?;
    Ok(store::tokens(&mut connection.database()).await?)
}

/// A new token from the operating system's random bytes.
pub(crate) fn mint() -> Result<Minted, TokenError> {
    let mut bytes = [0; ID_BYTES + SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(TokenError::Random)?;
    let (id, secret) = bytes.split_at(ID_BYTES);
    Ok(Minted {
        text: format!("{PREFIX}{}", hex::encode(&bytes)),
        id: hex::encode(id),
        digest: Sha256::digest(secret).into(),
    })
}

/// Takes a token apart; `None` if it cannot be one of ours.
pub(crate) fn present(text: &str) -> Option<Presented> {
    let bytes = hex::decode(text.strip_prefix(PREFIX)?)?;
    let (id, secret) = bytes.split_at_checked(ID_BYTES)?;
    (secret.len() == SECRET_BYTES).then(|| Presented { id: hex::encode(id), digest: Sha256::digest(secret).into() })
}

/// Whether two digests are equal, in a time that does not depend on where they differ.
pub(crate) fn same_digest(one: &[u8], other: &[u8; 32]) -> bool {
    let differing = one.iter().zip(other).fold(0, |sum, (a, b)| sum | (a ^ b));
    one.len() == other.len() && std::hint::black_box(differing) == 0
}
