//! Why a whole run could not read the system.

use super::ExchangeError;
use super::read::ReadError;
use super::tls::TlsTrouble;

/// Why nothing can be planned: a failure that concerns all clinics. [`hint`](Self::hint) says what to do.
#[derive(Debug, thiserror::Error)]
pub enum ObserveError {
    /// No whole answer to a request on which everything depends.
    #[error("the clinic system could not be read")]
    Exchange(#[source] ExchangeError),
    /// 401.
    #[error("the clinic system does not accept the token (401)")]
    Unauthenticated,
    /// 403 on everything.
    #[error("the token may read none of the clinics (403)")]
    Forbidden,
    /// 403 on every directory.
    #[error("the token may not read the clinics' directories (403)")]
    DirectoryForbidden,
    /// Something else answers at this address; what.
    #[error("there is no clinic system at this address: {0}")]
    NotThisApi(String),
    /// Another version of the contract.
    #[error("the clinic system speaks version `{found}` of the interface; this program speaks version 1")]
    Version {
        /// What it says.
        found: String,
    },
    /// A redirect; it is never followed.
    #[error("the clinic system redirects to `{to}`")]
    Redirected {
        /// Where to, without query.
        to: String,
    },
    /// 429, 5xx or another status that stops everything; what it said.
    #[error("{0}")]
    Unavailable(String),
    /// The pages of a list lead in a circle, or to another address; what is wrong with them.
    #[error("the clinic system's pages cannot be read to their end: {0}")]
    Pages(String),
    /// The list of clinics is none; what is wrong with it.
    #[error("the clinic system's list of clinics cannot be used: {0}")]
    List(String),
    /// The snapshot has a line that belongs to no clinic; what is wrong with it.
    #[error("the clinic system's snapshot cannot be used: {0}")]
    Snapshot(String),
}

impl ObserveError {
    /// What a person can do about it, in a sentence without a full stop.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Exchange(ExchangeError::Unreachable(_)) => {
                Some("check the address and the network; `--system` or `CLINICCTL_SYSTEM` says where the system is")
            }
            Self::Exchange(ExchangeError::Tls(error)) => {
                Some(TlsTrouble::of(error).unwrap_or(TlsTrouble::Other).hint())
            }
            Self::Exchange(_) | Self::Unavailable(_) => Some("nothing was changed; run it again later"),
            Self::Unauthenticated => Some("the token may have ended or belong to another system"),
            Self::Forbidden => Some("reading needs the scope `settings:read`"),
            Self::DirectoryForbidden => {
                Some("a plan must know who works where, and that needs the scope `directory:read`")
            }
            Self::NotThisApi(_) => Some("give the root of the clinic system, to which `/api/v1` is appended"),
            Self::Redirected { .. } => {
                Some("the token goes to no other address than the one given; if the new one is right, give that")
            }
            Self::Version { .. } | Self::Pages(_) | Self::List(_) | Self::Snapshot(_) => None,
        }
    }
}

impl From<ReadError> for ObserveError {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Exchange(error) => Self::Exchange(error),
            ReadError::Unauthenticated => Self::Unauthenticated,
            ReadError::Forbidden => Self::Forbidden,
            ReadError::Pages(wrong) => Self::Pages(wrong),
            ReadError::WebPage => Self::NotThisApi("a web page answers, perhaps of a login".to_owned()),
            ReadError::Status(said) => match said.location {
                Some(to) => Self::Redirected { to },
                None => Self::Unavailable(said.to_string()),
            },
            error @ (ReadError::Missing | ReadError::Shape(_)) => Self::Unavailable(error.sentence()),
        }
    }
}
