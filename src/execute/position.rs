//! Where a clinic is in the middle of its steps.

use super::expected::apply;
use crate::domain::{ClinicState, LiveClinic, Revision};
use crate::plan::{ClinicWork, RemainingWork, Step, Write};

/// Where one clinic is after the steps so far.
#[derive(Debug)]
pub(super) struct Position<'a> {
    pub(super) work: &'a ClinicWork,
    /// Steps that are done.
    pub(super) done: usize,
    /// The one that the last step left.
    pub(super) revision: Revision,
    /// Who wrote to the clinic last, up to this revision.
    pub(super) last_writer: LastWriter,
    /// The clinic after the last step, if it had to be read to know what became of that.
    pub(super) seen: Option<Box<LiveClinic>>,
    /// The state of the clinic if no other writer changes it.
    pub(super) expected: ClinicState,
    /// What it must look like afterwards.
    pub(super) wanted: ClinicState,
    pub(super) planned: Planned,
}

/// Who has written since a clinic was planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LastWriter {
    /// The run alone has written.
    Us,
    /// Another writer too, and nothing was left to be planned again.
    Other,
}

/// How often a clinic was planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Planned {
    /// Before the run.
    Once,
    /// Once more during the run, at most once: a person who edits a clinic twice in a minute is still at work there.
    Twice,
    /// And then nothing was left to do.
    NothingLeft,
}

impl<'a> Position<'a> {
    pub(super) fn start(work: &'a ClinicWork) -> Self {
        let ClinicWork { clinic: _, revision, before, steps: _, wanted, policy: _, people: _ } = work;
        let (expected, wanted) = (before.clone(), wanted.clone());
        Self {
            work,
            done: 0,
            revision: *revision,
            last_writer: LastWriter::Us,
            seen: None,
            expected,
            wanted,
            planned: Planned::Once,
        }
    }

    /// The steps that are not done; the first one is under way.
    pub(super) fn left(&self) -> &'a [Step] {
        self.work.steps.get(self.done..).unwrap_or_default()
    }

    /// What the clinic must look like once `write` is done.
    pub(super) fn after(&self, write: &Write) -> ClinicState {
        let mut after = self.expected.clone();
        apply(&mut after, write);
        after
    }

    /// `write` is done, and left the clinic at this revision.
    pub(super) fn advance(&mut self, write: &Write, revision: Revision) {
        apply(&mut self.expected, write);
        self.revision = revision;
        self.done += 1;
    }

    /// `write`, the last one, is done, as the clinic shows beside whatever else these writers have changed.
    pub(super) fn advance_to_the_end(&mut self, write: &Write, live: Box<LiveClinic>, last_writer: LastWriter) {
        self.advance(write, live.revision);
        self.last_writer = last_writer;
        self.seen = Some(live);
    }

    /// What is left to do.
    pub(super) fn rest(&self) -> RemainingWork<'_> {
        RemainingWork { work: self.work, left: self.left(), expected: &self.expected }
    }

    /// Goes on from the clinic as it is now; what was planned again leads to `wanted`.
    pub(super) fn go_on_from(&mut self, live: LiveClinic, wanted: ClinicState, planned: Planned) {
        self.revision = live.revision;
        self.expected = live.state;
        self.wanted = wanted;
        self.planned = planned;
    }
}
