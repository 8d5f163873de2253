//! Ctrl-C and SIGTERM.

use super::error::Failure;
use super::exit::Exit;
use std::io;

/// Listens for the signals that ask a run to end, from its making on: one that arrives while nobody waits is found by
/// the next wait.
#[derive(Debug)]
pub(crate) struct Signals {
    interrupt: Interrupt,
    terminate: Terminate,
}

impl Signals {
    /// Begins to listen. From then on the operating system no longer ends the process by itself.
    ///
    /// # Errors
    /// When the operating system does not let us listen.
    pub(crate) fn listen() -> Result<Self, Failure> {
        let listening = || Ok::<_, io::Error>(Self { interrupt: interrupt()?, terminate: terminate()? });
        listening().map_err(|error| Failure::new(Exit::Failed, format!("cannot listen for Ctrl-C: {error}")))
    }

    /// Waits for a signal that asks the run to end, and says how the process then exits.
    pub(crate) async fn asked_to_end(&mut self) -> Exit {
        tokio::select! {
            _ = self.interrupt.recv() => Exit::Interrupted,
            _ = self.terminate.recv() => Exit::Terminated,
        }
    }
}

/// Does something that writes nothing to the system, until it is done or a signal asks for the end: then it is left at
/// once, whatever it waits for.
///
/// # Errors
/// Its own, and the end that was asked for.
pub(crate) async fn unless_ended<T>(reading: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    let mut signals = Signals::listen()?;
    tokio::select! {
        done = reading => done,
        exit = signals.asked_to_end() => Err(Failure::new(exit, "the run was asked to stop; nothing was written")),
    }
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
