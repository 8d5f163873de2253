//! `--token-command`: a credential helper that prints the token.
//!
//! The shell runs the command, as git runs the helpers that its users write: a pipe, a variable or a path with spaces
//! then means what it means at the prompt. The text comes from whoever starts the run and never from a file of the
//! fleet, so the shell adds no danger. The helper has nothing to read, does not see a token of the environment, and
//! talks to the person through stderr.

use super::error::Failure;
use super::exit::Exit;
use super::token::VARIABLES;
use crate::client::Token;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};

/// Long enough to touch a key or to type a password.
const PATIENCE: Duration = Duration::from_secs(60);

/// Far more than any token has.
const LONGEST: usize = 64 * 1024;

/// The token that a command prints.
///
/// # Errors
/// When it cannot be started, fails, takes too long, or prints anything but one line.
pub(crate) async fn run(command: &str) -> Result<Token, Failure> {
    run_within(command, PATIENCE).await
}

async fn run_within(command: &str, patience: Duration) -> Result<Token, Failure> {
    let mut helper = start(command)?;
    let ended = tokio::time::timeout(patience, output(&mut helper)).await;
    let (text, status) = ended.map_err(|_| failed(format!("it did not end within {} s", patience.as_secs())))??;
    if !status.success() {
        return Err(failed(ending(status)));
    }
    one_line(&text)
}

fn start(command: &str) -> Result<Child, Failure> {
    let mut shell = shell(command);
    for name in VARIABLES {
        shell.env_remove(name);
    }
    shell.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::inherit()).kill_on_drop(true);
    shell.spawn().map_err(|error| failed(format!("the shell does not start: {error}")))
}

#[cfg(unix)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("/bin/sh");
    shell.arg("-c").arg(command);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> Command {
    let mut shell = Command::new("cmd");
    shell.arg("/C").arg(command);
    shell
}

/// What it printed and how it ended. One that prints too much is not listened to any longer.
async fn output(helper: &mut Child) -> Result<(Vec<u8>, ExitStatus), Failure> {
    let mut text = Vec::new();
    if let Some(stdout) = helper.stdout.take() {
        let most = u64::try_from(LONGEST).unwrap_or(u64::MAX) + 1;
        let read = stdout.take(most).read_to_end(&mut text).await;
        read.map_err(|error| failed(format!("its output cannot be read: {error}")))?;
    }
    if text.len() > LONGEST {
        return Err(failed(format!("it printed more than {LONGEST} bytes, which is no token")));
    }
    let status = helper.wait().await.map_err(|error| failed(format!("its end cannot be seen: {error}")))?;
    Ok((text, status))
}

fn ending(status: ExitStatus) -> String {
    match status.code() {
        Some(127) => "it ended with exit code 127, as the shell does where there is no such program".to_owned(),
        Some(code) => format!("it ended with exit code {code}"),
        None => "something ended it from outside".to_owned(),
    }
}

/// The one line of the output. What it holds is never repeated.
fn one_line(text: &[u8]) -> Result<Token, Failure> {
    let text = str::from_utf8(text).map_err(|_| failed("it printed something that is no text"))?;
    match text.lines().count() {
        0 => Err(failed("it printed nothing")),
        1 => Token::parse(text).map_err(|error| failed(format!("{error}"))),
        lines => Err(failed(format!("it printed {lines} lines, and a token is one"))),
    }
}

/// The command itself is not repeated: some hold a secret, though they should not.
fn failed(why: impl std::fmt::Display) -> Failure {
    Failure::new(Exit::Failed, format!("the token command gave no token: {why}; nothing was sent"))
        .hint("run the command of `--token-command` or `CLINICCTL_TOKEN_COMMAND` by hand: it must print the token and nothing else")
}

#[cfg(all(test, unix))]
mod tests {
    use super::run_within;
    use crate::report::Paint;
    use std::time::Duration;

    #[tokio::test]
    async fn a_helper_that_hangs_is_left() {
        // It stops itself, and nobody will ever let it go on.
        let failure = run_within("kill -STOP $$", Duration::from_millis(200)).await.expect_err("no token");
        let said = failure.rendered(Paint::Plain);
        assert!(said.contains("did not end within 0 s"), "{said}");
    }
}
