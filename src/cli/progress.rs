//! Progress on stderr, for a person who waits longer than a second.

use super::terminal::Terminal;
use super::under_way::UnderWay;
use crate::client::Event;
use crate::diagnostic::{Disarmer, Notation};
use crate::report::count;
use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a run stays silent: what is over sooner needs no line.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line that appears when it is worth it, and goes with this value. Off a terminal it never appears.
#[derive(Debug)]
pub(crate) struct Progress {
    shown: Arc<Shown>,
    line: WaitLine,
}

/// The line, which the waits of the client share.
#[derive(Debug)]
struct Shown {
    bar: ProgressBar,
    doing: &'static str,
    says: Mutex<String>,
    may_show: AtomicBool,
    waits: Mutex<UnderWay>,
}

/// The way from the client's waits to whatever line there is at the time.
#[derive(Debug, Clone, Default)]
pub(crate) struct WaitLine(Arc<Mutex<Option<Arc<Shown>>>>);

impl Progress {
    /// A line for `clinics` clinics that are being `doing` (`reading`, `applying`); 0 where it is not known how many.
    pub(crate) fn new(doing: &'static str, clinics: usize, terminal: &Terminal) -> Self {
        let bar = ProgressBar::with_draw_target(u64::try_from(clinics).ok(), ProgressDrawTarget::hidden());
        // Cut where the terminal ends: a line that is broken into two cannot be drawn over.
        bar.set_style(ProgressStyle::with_template("{wide_msg}").unwrap_or_else(|_| ProgressStyle::default_bar()));
        let may_show = AtomicBool::new(terminal.shows_progress());
        let shown = Shown { bar, doing, says: Mutex::default(), may_show, waits: Mutex::default() };
        shown.say(doing.to_owned());
        let shown = Arc::new(shown);
        let line = terminal.wait_line().clone();
        *line.lock() = Some(Arc::clone(&shown));
        Self { shown, line }
    }

    /// One more clinic is done.
    pub(crate) fn step(&self) {
        self.shown.bar.inc(1);
        self.shown.draw();
        self.shown.show_where_worth_it(Duration::ZERO);
    }

    /// Takes the line away.
    pub(crate) fn finish(self) {}
}

impl Drop for Progress {
    fn drop(&mut self) {
        *self.line.lock() = None;
        self.shown.bar.finish_and_clear();
    }
}

impl Shown {
    /// Says what all the others wait for too, or what is being done.
    fn say_what_it_waits_for(&self) {
        let waits = self.waits();
        self.say(waits.last().map_or_else(|| self.doing.to_owned(), ToString::to_string));
    }

    fn waits(&self) -> MutexGuard<'_, UnderWay> {
        self.waits.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says something in front of how far it is.
    fn say(&self, what: String) {
        *self.says.lock().unwrap_or_else(PoisonError::into_inner) = what;
        self.draw();
    }

    fn draw(&self) {
        let says = self.says.lock().unwrap_or_else(PoisonError::into_inner);
        self.bar.set_message(Disarmer::new(Notation::Text).disarm(format!("{says}{}", self.how_far())));
    }

    /// `, 312 of 2,140 clinics, 12s`
    fn how_far(&self) -> String {
        let Some(clinics @ 1..) = self.bar.length() else { return String::new() };
        let clinics = count(usize::try_from(clinics).unwrap_or(usize::MAX), "clinic");
        format!(", {} of {clinics}, {:#}", HumanCount(self.bar.position()), HumanDuration(self.bar.elapsed()))
    }

    /// Shows the line where somebody watches it for longer than a moment, who also waits for this long.
    fn show_where_worth_it(&self, wait: Duration) {
        if self.bar.elapsed() + wait >= PATIENCE && self.may_show.swap(false, Ordering::Relaxed) {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
            self.bar.tick();
        }
    }
}

impl WaitLine {
    /// Shows the longest wait, at once where it makes a long one: a line that stands still needs a reason.
    pub(crate) fn told(&self, event: &Event) {
        let Some(shown) = self.lock().clone() else { return };
        match event {
            Event::WaitStarted(waiting) => {
                shown.waits().begin(shown.bar.elapsed(), waiting.clone());
                shown.say_what_it_waits_for();
                shown.show_where_worth_it(waiting.how_long);
            }
            Event::WaitEnded(waiting) => {
                shown.waits().end(waiting);
                shown.say_what_it_waits_for();
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Arc<Shown>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
