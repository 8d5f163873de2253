//! Ctrl-C and SIGTERM.
//!
//! One thread hears them for the whole process and brings them to whoever listens. Where nobody does, or whoever does
//! is stuck, such as in writing to a pipe that nobody reads, it ends the process itself: a person who asks twice is
//! obeyed.

use super::error::Failure;
use super::exit::Exit;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use std::{io, thread};
use tokio::sync::mpsc;

/// How long a second signal waits for the first to be taken. What listens takes it at once, unless it is stuck.
const PATIENCE: Duration = Duration::from_secs(1);

/// Who listens; `None` before anybody did, and then the operating system ends the process by itself.
static LISTENER: Mutex<Option<mpsc::Sender<Exit>>> = Mutex::new(None);

/// Listens for the signals that ask a run to end, from its making on: one that arrives while nobody waits is found by
/// the next wait. One that no wait has found when it is dropped, or that arrives after that, ends the process at once.
#[derive(Debug)]
pub(crate) struct Signals {
    asked: mpsc::Receiver<Exit>,
}

impl Signals {
    /// Begins to listen, in the place of whoever listened before. From then on the operating system no longer ends the
    /// process by itself.
    ///
    /// # Errors
    /// When the operating system does not let us listen.
    pub(crate) fn listen() -> Result<Self, Failure> {
        let (sender, asked) = mpsc::channel(1);
        let mut listener = LISTENER.lock().unwrap_or_else(PoisonError::into_inner);
        if listener.is_none() {
            hear().map_err(|error| Failure::new(Exit::Failed, format!("cannot listen for Ctrl-C: {error}")))?;
        }
        *listener = Some(sender);
        Ok(Self { asked })
    }

    /// Waits for a signal that asks the run to end, and says how the process then exits.
    pub(crate) async fn asked_to_end(&mut self) -> Exit {
        match self.asked.recv().await {
            Some(exit) => exit,
            // Somebody else listens now.
            None => std::future::pending().await,
        }
    }

    /// Does something that writes nothing to the system, until it is done or a signal asks for the end: then it is left
    /// at once, whatever it waits for.
    ///
    /// # Errors
    /// Its own, and the end that was asked for.
    pub(crate) async fn unless_asked<T>(
        &mut self,
        reading: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        tokio::select! {
            done = reading => done,
            exit = self.asked_to_end() => Err(Failure::new(exit, "the run was asked to stop; nothing was written")),
        }
    }
}

impl Drop for Signals {
    /// No signal is lost between the last wait and the end of listening.
    fn drop(&mut self) {
        self.asked.close();
        if let Ok(exit) = self.asked.try_recv() {
            end(exit);
        }
    }
}

/// [`Signals::unless_asked`] for a run that does nothing else that a signal could end.
///
/// # Errors
/// Its own, and the end that was asked for.
pub(crate) async fn unless_ended<T>(reading: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    Signals::listen()?.unless_asked(reading).await
}

/// From here on, a file that may not grow any further is an error where it is written, and not the end of the process.
///
/// # Errors
/// When the operating system does not let us.
#[cfg(feature = "clinic-system")]
pub(crate) fn outlive_limits_of_files() -> io::Result<()> {
    #[cfg(unix)]
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::from_raw(SIGXFSZ)).map(drop)?;
    Ok(())
}

/// The number of the signal for a file that has reached its limit, on the BSDs, on macOS, and on Linux but for rare
/// processors.
#[cfg(all(unix, feature = "clinic-system"))]
const SIGXFSZ: i32 = 25;

/// Starts the thread that hears.
fn hear() -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let within = runtime.enter();
    let (mut interrupt, mut terminate) = (interrupt()?, terminate()?);
    drop(within);
    let hearing = async move {
        loop {
            let exit = tokio::select! {
                _ = interrupt.recv() => Exit::Interrupted,
                _ = terminate.recv() => Exit::Terminated,
            };
            bring(exit).await;
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(move || runtime.block_on(hearing)).map(drop)
}

/// Brings a signal to whoever listens, or ends the process.
async fn bring(exit: Exit) {
    let listener = LISTENER.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let brought = match listener {
        // There is room for one that is not taken yet.
        Some(listener) => tokio::time::timeout(PATIENCE, listener.send(exit)).await.is_ok_and(|sent| sent.is_ok()),
        None => false,
    };
    if !brought {
        end(exit);
    }
}

#[expect(clippy::exit, reason = "who should return an exit code is stuck, or listens no more")]
fn end(exit: Exit) -> ! {
    std::process::exit(exit.code().into())
}

#[cfg(unix)]
type Interrupt = tokio::signal::unix::Signal;
#[cfg(unix)]
type Terminate = tokio::signal::unix::Signal;

#[cfg(unix)]
fn interrupt() -> io::Result<Interrupt> {
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())
}

#[cfg(unix)]
fn terminate() -> io::Result<Terminate> {
    tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
}

#[cfg(windows)]
type Interrupt = tokio::signal::windows::CtrlC;
#[cfg(windows)]
type Terminate = tokio::signal::windows::CtrlShutdown;

#[cfg(windows)]
fn interrupt() -> io::Result<Interrupt> {
    tokio::signal::windows::ctrl_c()
}

#[cfg(windows)]
fn terminate() -> io::Result<Terminate> {
    tokio::signal::windows::ctrl_shutdown()
}
