//! The promises of `docs/reliability.md`, each with the tests that are named after it.

use super::head;
use crate::docs::page as read;
use crate::support::suite;
use std::fmt::Write as _;

pub(super) fn page() -> String {
    let mut text = head("Promises and their tests", "`docs/reliability.md` and the names of the tests");
    text.push_str(
        "A test whose name begins with `p07_` tries the seventh promise, and `p04_p06_` two of them. \
         `cargo test --locked --test suite p07` runs those of one promise. What they try is told in \
         [Reliability](../reliability.md).\n",
    );
    let tests = suite::names();
    for (number, promise) in promises() {
        let _ = write!(text, "\n## P{number}\n\n{promise}.\n");
        let mut named: Vec<_> = tests.iter().filter(|test| numbers(test).any(|named| named == number)).collect();
        named.sort();
        for (before, test) in std::iter::once("\n").chain(std::iter::repeat("")).zip(named) {
            let _ = writeln!(text, "{before}- `{test}`");
        }
    }
    text
}

/// Number and sentence of each promise.
fn promises() -> Vec<(usize, String)> {
    let page = read("docs/reliability.md");
    let rows = page.rows().into_iter().filter_map(|row| {
        let number = row.first()?.strip_prefix('P')?.parse().ok()?;
        Some((number, row.get(1)?.trim_end_matches('.').to_owned()))
    });
    rows.collect()
}

/// The promises that a test is named after.
fn numbers(test: &str) -> impl Iterator<Item = usize> {
    let name = test.rsplit("::").next().unwrap_or_default();
    name.split('_').map_while(|word| word.strip_prefix('p').filter(|digits| digits.len() == 2)?.parse().ok())
}
