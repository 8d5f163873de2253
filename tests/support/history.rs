//! The history of one clinic, judged by an adversary: the change log on one side, what a run sent on the other.
//!
//! Pure: nothing here asks how a run works. What the log says happened, happened; the run may have written only under
//! the revision that it met, only over what it had been told, and only over what its plan showed.

use serde_json::Value;

/// One entry of the change log.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Commit {
    /// The clinic's revision afterwards.
    pub(crate) revision: u64,
    pub(crate) resource: String,
    pub(crate) by: By,
    pub(crate) before: Value,
    pub(crate) after: Value,
}

/// Who wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// The run that is judged.
    Us,
    /// Anybody else.
    Others,
}

/// A write of the run that the system answered as done and that changed something.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sent {
    pub(crate) resource: String,
    /// The revision in its precondition.
    pub(crate) under: Option<u64>,
    /// The revision that it left.
    pub(crate) left: u64,
    /// The newest revision of the clinic that the run had been told of when it sent this.
    pub(crate) knew: u64,
}

/// What is wrong with a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// The log has another entry than one for this revision at this place.
    Gap(u64),
    /// A write was accepted under another revision than the one that it met.
    NotUnderWhatItMet { left: u64, under: Option<u64> },
    /// The change at `lost` was overwritten at `by`, and the run had never been told of it.
    Unseen { resource: String, lost: u64, by: u64 },
    /// The change at `lost` was overwritten at `by`, and the plan that people agreed to did not show it.
    Unshown { resource: String, lost: u64, by: u64 },
    /// A write was answered as done and is not in the log.
    NotLogged(u64),
    /// The log has an entry of the run that no write of it was answered with.
    NotSent(u64),
}

/// Judges a history. The clinic was at revision `start` before `log`; the run's plan shows it as it was at `shown`.
pub(crate) fn wrong(start: u64, shown: u64, log: &[Commit], sent: &[Sent]) -> Vec<Wrong> {
    let mut found = Vec::new();
    for (revision, commit) in (start + 1..).zip(log) {
        found.extend((commit.revision != revision).then_some(Wrong::Gap(revision)));
    }
    for write in sent {
        let met = write.under.is_some_and(|under| under + 1 == write.left);
        found.extend((!met).then_some(Wrong::NotUnderWhatItMet { left: write.left, under: write.under }));
        match log.iter().find(|commit| commit.revision == write.left) {
            Some(commit) if commit.by == By::Us && commit.resource == write.resource => {
                found.extend(overwritten(shown, log, write, commit));
            }
            Some(_) | None => found.push(Wrong::NotLogged(write.left)),
        }
    }
    let sent_at = |revision| sent.iter().filter(|write| write.left == revision).count();
    let ours = log.iter().filter(|commit| commit.by == By::Us);
    found.extend(ours.filter(|commit| sent_at(commit.revision) != 1).map(|commit| Wrong::NotSent(commit.revision)));
    found
}

/// Others' changes of the same resource that `write` overwrote.
fn overwritten(shown: u64, log: &[Commit], write: &Sent, commit: &Commit) -> Vec<Wrong> {
    let (resource, by) = (&write.resource, write.left);
    let earlier = |after: u64| {
        log.iter().rev().find(move |other| {
            other.by == By::Others && other.resource == *resource && other.revision > after && other.revision < by
        })
    };
    let unseen = earlier(write.knew).map(|lost| Wrong::Unseen { resource: resource.clone(), lost: lost.revision, by });
    let unshown = earlier(shown).filter(|_| commit.before != *expected(shown, log, commit));
    let unshown = unshown.map(|lost| Wrong::Unshown { resource: resource.clone(), lost: lost.revision, by });
    unseen.into_iter().chain(unshown).collect()
}

/// What a write of ours may overwrite: what our last one to the same resource left, else what the plan showed. What was
/// changed and changed back is as expected.
fn expected<'a>(shown: u64, log: &'a [Commit], commit: &'a Commit) -> &'a Value {
    let since = |other: &&Commit| other.revision > shown && other.revision < commit.revision;
    let mut here = log.iter().filter(since).filter(|other| other.resource == commit.resource);
    match here.clone().rfind(|other| other.by == By::Us) {
        Some(ours) => &ours.after,
        None => here.next().map_or(&commit.before, |first| &first.before),
    }
}

#[cfg(test)]
mod tests {
    use super::{By, Commit, Sent, Wrong, wrong};
    use serde_json::json;

    /// An entry that takes a resource from one value to another.
    fn commit(revision: u64, by: By, resource: &str, (before, after): (u64, u64)) -> Commit {
        Commit { revision, resource: resource.to_owned(), by, before: json!(before), after: json!(after) }
    }

    fn sent(resource: &str, left: u64, knew: u64) -> Sent {
        Sent { resource: resource.to_owned(), under: Some(left - 1), left, knew }
    }

    #[test]
    fn an_honest_history_has_nothing_wrong() {
        let log = [
            commit(6, By::Us, "a", (0, 1)),
            commit(7, By::Others, "c", (0, 5)),
            commit(8, By::Us, "b", (0, 1)),
            commit(9, By::Others, "a", (1, 2)),
        ];
        assert_eq!(wrong(5, 5, &log, &[sent("a", 6, 5), sent("b", 8, 7)]), []);
        assert_eq!(wrong(5, 5, &[], &[]), []);
    }

    #[test]
    fn a_planted_lost_update_is_found() {
        let log = [commit(6, By::Others, "a", (0, 5)), commit(7, By::Us, "a", (5, 1))];
        let unseen = Wrong::Unseen { resource: "a".to_owned(), lost: 6, by: 7 };
        let unshown = Wrong::Unshown { resource: "a".to_owned(), lost: 6, by: 7 };
        assert_eq!(wrong(5, 5, &log, &[sent("a", 7, 5)]), [unseen, unshown.clone()]);
        // The run read the clinic again, and wrote all the same.
        assert_eq!(wrong(5, 5, &log, &[sent("a", 7, 6)]), [unshown]);
        // The plan was made after the edit.
        assert_eq!(wrong(5, 6, &log, &[sent("a", 7, 6)]), []);
    }

    #[test]
    fn an_edit_of_something_else_is_no_lost_update() {
        let log = [commit(6, By::Others, "b", (0, 5)), commit(7, By::Us, "a", (0, 1))];
        assert_eq!(wrong(5, 5, &log, &[sent("a", 7, 5)]), []);
    }

    #[test]
    fn what_was_changed_and_changed_back_was_shown_and_must_be_seen() {
        let log =
            [commit(6, By::Others, "a", (0, 5)), commit(7, By::Others, "a", (5, 0)), commit(8, By::Us, "a", (0, 1))];
        let unseen = Wrong::Unseen { resource: "a".to_owned(), lost: 7, by: 8 };
        assert_eq!(wrong(5, 5, &log, &[sent("a", 8, 6)]), [unseen]);
        assert_eq!(wrong(5, 5, &log, &[sent("a", 8, 7)]), []);
    }

    #[test]
    fn an_edit_between_two_writes_of_ours_to_one_resource_is_found() {
        let log = [commit(6, By::Us, "a", (0, 1)), commit(7, By::Others, "a", (1, 5)), commit(8, By::Us, "a", (5, 1))];
        let found = wrong(5, 5, &log, &[sent("a", 6, 5), sent("a", 8, 6)]);
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn what_is_as_our_own_write_left_it_was_shown() {
        let log = [
            commit(6, By::Us, "a", (0, 1)),
            commit(7, By::Others, "a", (1, 5)),
            commit(8, By::Others, "a", (5, 1)),
            commit(9, By::Us, "a", (1, 2)),
        ];
        assert_eq!(wrong(5, 5, &log, &[sent("a", 6, 5), sent("a", 9, 8)]), []);
        let back_to_the_start = [log[0].clone(), commit(7, By::Others, "a", (1, 0)), commit(8, By::Us, "a", (0, 2))];
        let unshown = Wrong::Unshown { resource: "a".to_owned(), lost: 7, by: 8 };
        assert_eq!(wrong(5, 5, &back_to_the_start, &[sent("a", 6, 5), sent("a", 8, 7)]), [unshown]);
    }

    #[test]
    fn a_write_under_another_revision_is_found() {
        let log = [commit(6, By::Others, "b", (0, 5)), commit(7, By::Us, "a", (0, 1))];
        for under in [Some(5), None] {
            let write = Sent { under, ..sent("a", 7, 6) };
            assert_eq!(wrong(5, 5, &log, &[write]), [Wrong::NotUnderWhatItMet { left: 7, under }]);
        }
    }

    #[test]
    fn the_log_and_the_answers_must_agree() {
        let ours = commit(6, By::Us, "a", (0, 1));
        assert_eq!(wrong(5, 5, &[], &[sent("a", 6, 5)]), [Wrong::NotLogged(6)]);
        assert_eq!(wrong(5, 5, std::slice::from_ref(&ours), &[]), [Wrong::NotSent(6)]);
        let twice = [sent("a", 6, 5), sent("a", 6, 5)];
        assert_eq!(wrong(5, 5, std::slice::from_ref(&ours), &twice), [Wrong::NotSent(6)]);
        let other = [commit(6, By::Us, "b", (0, 1))];
        assert_eq!(wrong(5, 5, &other, &[sent("a", 6, 5)]), [Wrong::NotLogged(6)]);
        assert_eq!(wrong(6, 5, std::slice::from_ref(&ours), &[sent("a", 6, 5)]), [Wrong::Gap(7)]);
    }
}
