//! What can fail about identity. Being refused is no failure.

use crate::store::{StoreError, WriteFailure};

/// Why it is not known who somebody is.
#[derive(Debug, thiserror::Error)]
pub(crate) enum IdentityError {
    /// Accounts, sessions or counters could not be read.
    #[error("an account could not be read")]
    Read(#[from] StoreError),
    /// Accounts, sessions or counters could not be written.
    #[error("an account could not be written")]
    Write(WriteFailure),
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    Random(#[from] getrandom::Error),
    /// A password could not be hashed.
    #[error("the password could not be hashed")]
    Hash(#[source] argon2::password_hash::Error),
    /// Hashing did not come to its end: the server is stopping.
    #[error("the password was not hashed to the end")]
    Gone(#[source] tokio::task::JoinError),
}

impl From<WriteFailure> for IdentityError {
    fn from(failure: WriteFailure) -> Self {
        Self::Write(failure)
    }
}
