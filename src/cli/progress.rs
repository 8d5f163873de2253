//! Progress on stderr, for a person who waits longer than a second.

use super::terminal::Terminal;
use crate::client::Event;
use indicatif::ProgressBar;
use indicatif::ProgressDrawTarget;
use indicatif::ProgressStyle;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::time::Duration;
use std::time::Instant;

/// How long a run stays silent: what is over sooner needs no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar that appears when it is worth it. Off a terminal it never does.
#[derive(Debug)]
pub(crate) struct Progress {
    shown: Arc<Shown>,
    started: Instant,
    line: WaitLine,
}

/// The bar, which the waits of the client share.
#[derive(Debug)]
struct Shown {
    bar: ProgressBar,
    doing: &'static str,
    may_show: AtomicBool,
    waiting: AtomicUsize,
}

/// The way from the client's waits to whatever bar there is at the time.
#[derive(Debug, Clone, Default)]
pub(crate) struct WaitLine(Arc<Mutex<Option<Arc<Shown>>>>);

impl Progress {
    /// A bar for `clinics` clinics that are being `doing` (`reading`, `applying`).
    pub(crate) fn new(doing: &'static str, clinics: usize, terminal: &Terminal) -> Self {
        let bar = ProgressBar::with_draw_target(u64::try_from(clinics).ok(), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {bar:30} {human_pos} of {human_len} clinics, {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(doing);
        let may_show = AtomicBool::new(terminal.shows_progress());
        let shown = Arc::new(Shown { bar, doing, may_show, waiting: AtomicUsize::new(0) });
        let line = terminal.wait_line().clone();
        *line.lock() = Some(Arc::clone(&shown));
        Self { shown, started: Instant::now(), line }
    }

    /// One more clinic is done.
    pub(crate) fn step(&self) {
        self.shown.bar.inc(1);
        if self.started.elapsed() >= PATIENCE {
            self.shown.show();
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        *self.line.lock() = None;
        self.shown.bar.finish_and_clear();
    }
}

impl Shown {
    fn show(&self) {
        if self.may_show.swap(false, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl WaitLine {
    /// Shows a wait, at once where it is a long one: a line that stands still needs a reason.
    pub(crate) fn told(&self, event: &Event) {
        let Some(shown) = self.lock().clone() else { return };
        match event {
            Event::Waits(waiting) => {
                shown.waiting.fetch_add(1, Ordering::Relaxed);
                shown.bar.set_message(waiting.to_string());
                if waiting.how_long >= PATIENCE {
                    shown.show();
                }
            }
            // Of several requests that wait, the last one takes the line back.
            Event::GoesOn => {
                if shown.waiting.fetch_sub(1, Ordering::Relaxed) == 1 {
                    shown.bar.set_message(shown.doing);
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Arc<Shown>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
