//! Where a database is: a file, or a PostgreSQL server.

use sqlx::postgres::PgConnectOptions;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use url::Url;

/// Where a database is. It shows itself without any password.
#[derive(Clone)]
pub struct Location(Kind);

#[derive(Clone)]
pub(super) enum Kind {
    File(PathBuf),
    Postgres(Box<PgConnectOptions>),
}

/// Why a text says no place of a database.
#[derive(Debug, thiserror::Error)]
pub enum LocationError {
    /// It begins like a PostgreSQL address and is none.
    #[error("an address of a PostgreSQL database is written as `postgres://USER@HOST:PORT/DATABASE`")]
    Address(#[source] sqlx::Error),
}

impl Location {
    /// Reads `postgres://USER@HOST:PORT/DATABASE` with PostgreSQL's usual parameters (`?sslmode=verify-full`); any
    /// other text is the path of a file. What the address leaves out, `PGPASSWORD`, the file that `PGPASSFILE` names
    /// and the other variables of PostgreSQL's own programs say.
    ///
    /// # Errors
    /// [`LocationError`].
    pub fn parse(text: &str) -> Result<Self, LocationError> {
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Ok(Self::from(Path::new(text)));
        }
        let options = PgConnectOptions::from_str(text).map_err(LocationError::Address)?;
        Ok(Self(Kind::Postgres(Box::new(options.application_name("clinicctl")))))
    }

    /// Whether an address has its password in it: then whoever sees the address sees the password.
    #[must_use]
    pub fn holds_password(text: &str) -> bool {
        let Ok(url) = Url::parse(text) else { return false };
        url.password().is_some() || url.query_pairs().any(|(name, _)| name == "password")
    }

    pub(super) const fn kind(&self) -> &Kind {
        &self.0
    }
}

impl From<&Path> for Location {
    fn from(path: &Path) -> Self {
        Self(Kind::File(path.to_owned()))
    }
}

impl From<&PathBuf> for Location {
    fn from(path: &PathBuf) -> Self {
        Self(Kind::File(path.clone()))
    }
}

impl From<PathBuf> for Location {
    fn from(path: PathBuf) -> Self {
        Self(Kind::File(path))
    }
}

impl From<&Self> for Location {
    fn from(location: &Self) -> Self {
        location.clone()
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::File(path) => write!(f, "{}", path.display()),
            Kind::Postgres(options) => {
                let host = options.get_socket().map_or(options.get_host().into(), |socket| socket.to_string_lossy());
                let database = options.get_database().unwrap_or(options.get_username());
                write!(f, "postgres://{host}:{}/{database}", options.get_port())
            }
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Location({self})")
    }
}
