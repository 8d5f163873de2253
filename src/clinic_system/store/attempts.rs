//! Failed attempts, counted in the store so that all replicas of the server count together.

use super::{Statement, Store, StoreError, WriteFailure};

impl Store {
    /// Counts one attempt for each subject. A count that began before `window` begins anew.
    pub(crate) async fn count_attempt(&self, subjects: &[&str], now: &str, window: &str) -> Result<(), WriteFailure> {
        let count = |subject: &&str| {
            let upsert = Statement::new(
                "INSERT INTO attempts (subject, failures, since) VALUES ($1, 1, $2)
                 ON CONFLICT (subject) DO UPDATE SET
                     failures = CASE WHEN attempts.since < $3 THEN 1 ELSE attempts.failures + 1 END,
                     since = CASE WHEN attempts.since < $3 THEN $2 ELSE attempts.since END",
            );
            upsert.bind(*subject).bind(now).bind(window)
        };
        self.run(subjects.iter().map(count).collect()).await.map(drop)
    }

    /// How many attempts of a subject are counted.
    pub(crate) async fn attempts(&self, subject: &str) -> Result<Option<i64>, StoreError> {
        let select = Statement::new("SELECT failures FROM attempts WHERE subject = $1").bind(subject);
        Ok(self.one::<(i64,)>(select).await?.map(|(failures,)| failures))
    }

    /// Forgets the failures of `forgotten`, takes back the one attempt of `taken_back` that was none, and clears away
    /// what began before `window`.
    pub(crate) async fn forgive_attempts(
        &self,
        forgotten: Option<&str>,
        taken_back: &str,
        window: &str,
    ) -> Result<(), WriteFailure> {
        let forget = Statement::new("DELETE FROM attempts WHERE subject = $1 OR since < $2");
        let back = Statement::new("UPDATE attempts SET failures = failures - 1 WHERE subject = $1 AND failures > 0");
        self.run(vec![forget.bind(forgotten.unwrap_or_default()).bind(window), back.bind(taken_back)]).await.map(drop)
    }
}
