//! Statements as the store writes them: one text for both databases, its values typed and apart from it.

use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Arguments as _, Database, Encode, FromRow, Type};
use std::borrow::Cow;
use std::fmt::Write as _;

/// A statement with its values. Its text is SQL that SQLite and PostgreSQL read alike.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(super) sql: Cow<'static, str>,
    values: Vec<Bound>,
    /// Whether the rows that it reads are to stay as they are until the transaction ends.
    pub(super) locks: bool,
}

/// A value of a statement.
#[derive(Debug, Clone)]
pub(crate) enum Bound {
    Text(Option<String>),
    Number(i64),
}

/// What a row can become, whichever database it comes from: every struct that derives [`FromRow`].
pub(crate) trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<T> Row for T where T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl Statement {
    /// A statement whose values stand as `$1`, `$2` and so on.
    pub(crate) const fn new(sql: &'static str) -> Self {
        Self { sql: Cow::Borrowed(sql), values: Vec::new(), locks: false }
    }

    /// With the next value.
    pub(crate) fn bind(mut self, value: impl Into<Bound>) -> Self {
        self.values.push(value.into());
        self
    }

    /// `insert` ends before `VALUES`; each row has a value for each of its columns.
    pub(crate) fn insert(insert: &'static str, rows: impl IntoIterator<Item = Vec<Bound>>) -> Self {
        let (mut sql, mut values) = (format!("{insert} VALUES "), Vec::new());
        for (at, row) in rows.into_iter().enumerate() {
            sql.push_str(if at == 0 { "(" } else { ", (" });
            for (column, value) in row.into_iter().enumerate() {
                values.push(value);
                let comma = if column == 0 { "" } else { ", " };
                // Writing to a string cannot fail.
                let _ = write!(sql, "{comma}${}", values.len());
            }
            sql.push(')');
        }
        Self { sql: Cow::Owned(sql), values, locks: false }
    }

    /// A `SELECT` whose rows nobody else may change until this transaction ends. SQLite has one writer, who is alone
    /// from the beginning of a transaction on.
    pub(super) const fn locking(mut self) -> Self {
        self.locks = true;
        self
    }

    /// Whether a text has a NUL in it: PostgreSQL keeps none, so nothing that is read can be found by it.
    pub(super) fn says_nul(&self) -> bool {
        let says = |value: &Bound| matches!(value, Bound::Text(Some(text)) if text.contains('\0'));
        self.values.iter().any(says)
    }

    /// The values, as this database takes them.
    pub(super) fn arguments<D: Database>(&self) -> Result<D::Arguments, sqlx::Error>
    where
        for<'q> &'q str: Encode<'q, D> + Type<D>,
        for<'q> Option<&'q str>: Encode<'q, D>,
        for<'q> i64: Encode<'q, D> + Type<D>,
    {
        let mut arguments = D::Arguments::default();
        for value in &self.values {
            let added = match value {
                Bound::Text(text) => arguments.add(text.as_deref()),
                Bound::Number(number) => arguments.add(*number),
            };
            added.map_err(sqlx::Error::Encode)?;
        }
        Ok(arguments)
    }
}

impl From<&str> for Bound {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<String> for Bound {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

impl From<&String> for Bound {
    fn from(text: &String) -> Self {
        Self::Text(Some(text.clone()))
    }
}

impl From<Option<String>> for Bound {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Bound {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

#[cfg(test)]
mod tests {
    use super::Statement;

    #[test]
    fn every_value_of_every_row_has_a_number_of_its_own() {
        let rows = [vec!["a".into(), 1.into()], vec!["b".into(), 2.into()]];
        let statement = Statement::insert("INSERT INTO t (a, b)", rows);
        assert_eq!(statement.sql, "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)");
        assert_eq!(statement.values.len(), 4);
    }
}
