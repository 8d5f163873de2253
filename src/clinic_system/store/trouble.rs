//! What keeps a database from doing now what it is asked for, and passes: by itself, or by the hand of who runs it.

use sqlx::Error;
use sqlx::postgres::{PgDatabaseError, PgSeverity};
use std::time::Duration;

/// Why a database cannot do something now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Too much is being asked, or somebody else holds what is needed.
    Busy,
    /// There is no room on its disk.
    Full,
    /// It can only be read: a standby after a failover, a disk or a file that takes no writes.
    ReadOnly,
    /// It cannot be reached, or does not answer.
    Away,
    /// It reports an error of its own.
    Failing,
    /// What stands in its place is not the database that was opened.
    Replaced,
}

impl Trouble {
    /// What it is, as a sentence without its point.
    pub(crate) const fn says(self) -> &'static str {
        match self {
            Self::Busy => "too much is being asked of the database",
            Self::Full => "there is no room on the disk of the database",
            Self::ReadOnly => "the database can only be read now",
            Self::Away => "the database does not answer",
            Self::Failing => "the database reports an error, which stands in the system's own log",
            Self::Replaced => "the database was moved or replaced while the system had it open",
        }
    }

    /// When it makes sense to ask again: who runs the system needs longer for a disk than a queue does to move on.
    pub(crate) const fn come_back(self) -> Duration {
        match self {
            Self::Busy => Duration::from_secs(1),
            Self::Full | Self::ReadOnly | Self::Away | Self::Failing | Self::Replaced => Duration::from_secs(5),
        }
    }

    /// What an error says of the database; `None` where it says something of the statement, or what nobody foresaw.
    pub(super) fn of(error: &Error) -> Option<Self> {
        let Some(said) = error.as_database_error() else {
            return is_silence(error).then_some(Self::Away);
        };
        let code = said.code().unwrap_or_default();
        match said.try_downcast_ref::<PgDatabaseError>() {
            Some(_) => Self::of_postgres(&code),
            None => code.parse().ok().and_then(Self::of_sqlite),
        }
    }

    /// By a result code of SQLite; extended ones keep the primary one in their lowest byte.
    const fn of_sqlite(code: u32) -> Option<Self> {
        match code & 0xff {
            SQLITE_BUSY | SQLITE_LOCKED | SQLITE_PROTOCOL => Some(Self::Busy),
            SQLITE_PERM | SQLITE_READONLY => Some(Self::ReadOnly),
            SQLITE_NOMEM | SQLITE_IOERR => Some(Self::Failing),
            SQLITE_FULL => Some(Self::Full),
            SQLITE_CANTOPEN => Some(Self::Away),
            _ => None,
        }
    }

    /// By a code of PostgreSQL, or by the class that its first two characters are.
    fn of_postgres(code: &str) -> Option<Self> {
        let class = code.get(..2).unwrap_or_default();
        match (class, code) {
            // No room for data.
            (_, "53100") => Some(Self::Full),
            // A standby, and a role from which the right to write was taken, as some providers do when a disk is full.
            (_, "25006" | "42501") => Some(Self::ReadOnly),
            // A race was lost, or somebody else kept a lock for too long.
            ("40", _) | (_, "55P03") => Some(Self::Busy),
            // It stops, starts, throws us out, takes too long, lets nobody in; the connection broke; it has too many;
            // there is no such database.
            ("08" | "57" | "28", _) | (_, "25P03" | "25P04" | "3D000" | "53300") => Some(Self::Away),
            // Its disk, its memory.
            ("53" | "58", _) => Some(Self::Failing),
            _ => None,
        }
    }
}

/// Whether a commit that failed like this has certainly left nothing behind.
///
/// SQLite says that there was no room, or that a page could not be written, before the page that makes the others count
/// is whole. After anything else of the disk it may be there, and be found when the file is opened the next time.
/// PostgreSQL takes a transaction back before it answers with an error; a connection that ends, for whatever reason, is
/// no answer.
pub(super) fn leaves_nothing(error: &Error) -> bool {
    let Some(said) = error.as_database_error() else { return false };
    let code = said.code().unwrap_or_default();
    if let Some(said) = said.try_downcast_ref::<PgDatabaseError>() {
        return said.severity() == PgSeverity::Error && code != STATEMENT_COMPLETION_UNKNOWN && !code.starts_with("08");
    }
    let code = code.parse::<u32>().unwrap_or_default();
    code == SQLITE_IOERR_WRITE
        || matches!(code & 0xff, SQLITE_BUSY | SQLITE_LOCKED | SQLITE_READONLY | SQLITE_FULL | SQLITE_CONSTRAINT)
}

/// Whether there was no answer at all.
fn is_silence(error: &Error) -> bool {
    let of_the_connection = matches!(error, Error::Io(_) | Error::Tls(_) | Error::Protocol(_) | Error::BeginFailed);
    of_the_connection || matches!(error, Error::PoolTimedOut | Error::PoolClosed | Error::WorkerCrashed)
}

const STATEMENT_COMPLETION_UNKNOWN: &str = "40003";
const SQLITE_PERM: u32 = 3;
const SQLITE_BUSY: u32 = 5;
const SQLITE_LOCKED: u32 = 6;
const SQLITE_NOMEM: u32 = 7;
const SQLITE_READONLY: u32 = 8;
const SQLITE_IOERR: u32 = 10;
const SQLITE_FULL: u32 = 13;
const SQLITE_CANTOPEN: u32 = 14;
const SQLITE_PROTOCOL: u32 = 15;
const SQLITE_CONSTRAINT: u32 = 19;
const SQLITE_IOERR_WRITE: u32 = SQLITE_IOERR | 3 << 8;

#[cfg(test)]
mod tests {
    use super::Trouble;

    #[test]
    fn what_sqlite_says_of_its_disk_is_no_surprise() {
        let troubles = [
            (Trouble::Busy, &[5, 6, 261, 517, 262, 15][..]),
            (Trouble::Full, &[13]),
            (Trouble::ReadOnly, &[3, 8, 264, 520, 776, 1032, 1288, 1544]),
            (Trouble::Failing, &[7, 10, 266, 522, 778, 1034, 3082, 4874, 5386]),
            (Trouble::Away, &[14, 526, 1038]),
        ];
        for (trouble, codes) in troubles {
            assert!(codes.iter().all(|code| Trouble::of_sqlite(*code) == Some(trouble)), "{trouble:?}");
        }
        // A statement that is wrong, a constraint, a row that is too large, a file that is spoilt or no database.
        for code in [1, 11, 18, 19, 787, 1811, 26, 267] {
            assert_eq!(Trouble::of_sqlite(code), None, "{code}");
        }
    }

    #[test]
    fn what_postgresql_says_of_itself_is_no_surprise() {
        let troubles = [
            (Trouble::Busy, &["40001", "40P01", "55P03"][..]),
            (Trouble::Full, &["53100"]),
            (Trouble::ReadOnly, &["25006", "42501"]),
            (Trouble::Failing, &["58030", "58000", "58P01", "53000", "53200", "53400"]),
            (Trouble::Away, &["57P01", "57P02", "57P03", "57P05", "57014", "08006", "08P01", "25P03"]),
            (Trouble::Away, &["53300", "3D000", "28P01", "28000"]),
        ];
        for (trouble, codes) in troubles {
            assert!(codes.iter().all(|code| Trouble::of_postgres(code) == Some(trouble)), "{trouble:?}");
        }
        for code in ["", "2", "23505", "42601", "42P01", "22P02", "25P02", "P0001", "XX000", "XX001"] {
            assert_eq!(Trouble::of_postgres(code), None, "{code}");
        }
    }

    #[test]
    fn every_trouble_is_asked_about_again_and_says_what_it_is() {
        use Trouble::{Away, Busy, Failing, Full, ReadOnly, Replaced};
        for trouble in [Busy, Full, ReadOnly, Away, Failing, Replaced] {
            assert!(trouble.come_back().as_secs() >= 1 && !trouble.says().is_empty(), "{trouble:?}");
        }
    }
}
