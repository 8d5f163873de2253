//! What is left after a process was killed.

use crate::faults::kills;

#[test]
fn p07_kill_anywhere_one_more_run_finishes() {
    kills::an_apply_killed_anywhere();
}

#[test]
fn p14_what_was_answered_survives_a_killed_system_with_one_entry_each() {
    kills::a_system_killed_anywhere();
}
