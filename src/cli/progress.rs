//! Progress on stderr, for a person who waits longer than a second.

use super::terminal::Terminal;
use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use indicatif::ProgressStyle;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;

/// How long a run stays silent: what is over sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that appears when it is worth it. Off a terminal it never does.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: ProgressBar,
    started: Instant,
    may_show: AtomicBool,
}

impl Progress {
    /// A bar for `clinics` clinics that are being `doing` (`reading`, `applying`).
    pub(crate) fn new(doing: &'static str, clinics: usize, terminal: &Terminal) -> Self {
        let bar = ProgressBar::with_draw_target(u64::try_from(clinics).ok(), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {bar:30} {human_pos} of {human_len} clinics, {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(doing);
        Self { bar, started: Instant::now(), may_show: AtomicBool::new(terminal.shows_progress()) }
    }

    /// One more clinic is done.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
        if self.started.elapsed() >= PATIENCE && self.may_show.swap(false, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
