//! Ctrl-C and SIGTERM.

use super::exit::Exit;

/// Waits for a signal that asks the run to end, and says how the process then exits.
///
/// # Errors
/// When the operating system does not let us listen.
pub(crate) async fn asked_to_end() -> std::io::Result<Exit> {
    let terminated = terminated();
    tokio::select! {
        interrupt = tokio::signal::ctrl_c() => interrupt.map(|()| Exit::Interrupted),
        terminate = terminated => terminate.map(|()| Exit::Terminated),
    }
}

#[cfg(unix)]
async fn terminated() -> std::io::Result<()> {
    use tokio::signal::unix::SignalKind;
    use tokio::signal::unix::signal;
    signal(SignalKind::terminate())?.recv().await;
    Ok(())
}

#[cfg(not(unix))]
async fn terminated() -> std::io::Result<()> {
    std::future::pending().await
}
