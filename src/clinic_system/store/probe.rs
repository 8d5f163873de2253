//! A write that is there to find out whether there can be one.
//!
//! One that is taken back finds out nothing about SQLite: the pages of a transaction reach the disk when it is kept. So
//! this one is kept, and takes as much room as a write of a large clinic does. PostgreSQL takes the room for a row when
//! the row is written, but finds some in its own files for a row that is replaced again and again: so after a failure a
//! store has to show that it could make its change log longer.

use super::StoreError;
use super::database::Database;
use super::log::Head;
use super::statement::Statement;
use jiff::Timestamp;

/// How many bytes are written: sixteen pages of SQLite.
const ROOM: usize = 64 * 1024;
/// The rows by which the change log is made longer. Together they need several pages, also where the last one is nearly
/// empty.
const ROWS: i64 = 24;
/// The bytes of each: a larger row PostgreSQL would compress.
const ROW: usize = 1800;

/// Writes what nobody reads. `thorough`: what a write of settings does, too.
pub(super) async fn probe(database: &mut Database<'_>, head: &Head, thorough: bool) -> Result<(), StoreError> {
    if thorough {
        lengthen(database, head).await?;
    }
    let keep = Statement::new(
        "INSERT INTO meta (key, value) VALUES ('probe', $1) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    );
    database.run(keep.bind(filler(ROOM))).await.map(drop)
}

/// Makes the change log longer, and takes that back.
async fn lengthen(database: &mut Database<'_>, head: &Head) -> Result<(), StoreError> {
    let mut rehearsal = database.begin().await?;
    for row in 1..=ROWS {
        let insert = Statement::new(
            "INSERT INTO changes (seq, clinic, resource, actor, kind, made_at, before_json, after_json,
                                  previous_hash, hash)
             SELECT $1, clinic, '', '', '', '', $2, '', '', '' FROM clinics ORDER BY clinic LIMIT 1",
        );
        rehearsal.database().run(insert.bind(head.length + row).bind(filler(ROW))).await?;
    }
    rehearsal.rollback().await
}

/// Something else each time, in each part of it: SQLite does not write a page that stays as it is.
fn filler(length: usize) -> String {
    let now = Timestamp::now().to_string();
    now.repeat(length / now.len() + 1)
}
