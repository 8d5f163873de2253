//! The exit codes.

use super::{cell, head};
use clinicctl::cli::Exit;
use std::fmt::Write as _;

pub(super) fn page() -> String {
    let mut text = head("Exit codes", "`src/cli/exit.rs`");
    text.push_str("| Exit code | Meaning |\n| ---: | --- |\n");
    let mut all = Exit::ALL;
    all.sort_by_key(|exit| exit.code());
    for exit in all {
        let _ = writeln!(text, "| {} | {} |", exit.code(), cell(exit.meaning()));
    }
    // What follows ends a run alone: wrong usage never begins one, and nothing goes together with 0.
    let together = Exit::ALL.into_iter().take_while(|exit| *exit != Exit::Usage);
    let order: Vec<_> = together.map(|exit| exit.code().to_string()).collect();
    let _ = writeln!(text, "\nIf several hold, the first of these is the answer: {}.", order.join(", "));
    text
}
