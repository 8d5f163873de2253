//! Running a program that may neither take for ever nor say without end.

use super::GitError;
use std::io::{Read, Write as _};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};
use std::{io, thread};

/// How much of a complaint is kept.
const COMPLAINT: u64 = 64 * 1024;

/// What a program may use up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How long it may run.
    pub(super) patience: Duration,
    /// How many bytes it may answer with.
    pub(super) longest: u64,
}

/// What a program said and how it ended.
#[derive(Debug)]
pub(super) struct Ended {
    /// How.
    pub(super) status: ExitStatus,
    /// Its answer, whole.
    pub(super) stdout: Vec<u8>,
    /// Its complaints, cut.
    pub(super) stderr: Vec<u8>,
}

/// Runs a program to its end, or to the end of our patience; then everything that it has started in its group ends too.
///
/// # Errors
/// When it does not start, and when a limit is reached.
pub(super) fn run(mut command: Command, input: Vec<u8>, limits: Limits) -> Result<Ended, GitError> {
    let stdin = if input.is_empty() { Stdio::null() } else { Stdio::piped() };
    command.stdin(stdin).stdout(Stdio::piped()).stderr(Stdio::piped());
    in_a_group_of_its_own(&mut command);
    let mut child = command.spawn().map_err(GitError::Start)?;
    let heard = hear(&mut child, input, limits);
    if heard.is_err() {
        end(&mut child);
    }
    // It has closed what it speaks through, or was killed: it is on its way out.
    let status = child.wait().map_err(GitError::Unheard)?;
    let (stdout, stderr) = heard?;
    Ok(Ended { status, stdout, stderr })
}

/// Both of its outputs, at the same time, since it waits where nobody reads.
fn hear(child: &mut Child, input: Vec<u8>, limits: Limits) -> Result<(Vec<u8>, Vec<u8>), GitError> {
    let deadline = Instant::now() + limits.patience;
    let stdout = apart(child.stdout.take(), move |stdout| whole(stdout, limits.longest));
    let stderr = apart(child.stderr.take(), |stderr| beginning(stderr).map(Some));
    // Who ends early does not read all that it is given, which is no mistake.
    let _fed = apart(child.stdin.take(), move |mut stdin| stdin.write_all(&input));
    let heard = |answer: Receiver<io::Result<Option<Vec<u8>>>>| {
        let answer = answer.recv_timeout(deadline.saturating_duration_since(Instant::now()));
        let answer = answer.map_err(|_| GitError::TooSlow(limits.patience))?;
        answer.map_err(GitError::Unheard)?.ok_or(GitError::TooMuch(limits.longest))
    };
    Ok((heard(stdout)?, heard(stderr)?))
}

/// Does something with a pipe, where it stops nobody else; without the pipe, never.
fn apart<P: Send + 'static, T: Send + 'static>(
    pipe: Option<P>,
    work: impl FnOnce(P) -> T + Send + 'static,
) -> Receiver<T> {
    let (sender, receiver) = mpsc::channel();
    if let Some(pipe) = pipe {
        thread::spawn(move || {
            let _nobody_waits_any_more = sender.send(work(pipe));
        });
    }
    receiver
}

/// Everything; nothing where that is more than `longest` bytes.
fn whole(pipe: impl Read, longest: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    pipe.take(longest + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= longest))
}

/// The beginning; the rest is read as well, so that nobody is stuck with it.
fn beginning(mut pipe: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    pipe.by_ref().take(COMPLAINT).read_to_end(&mut bytes)?;
    io::copy(&mut pipe, &mut io::sink())?;
    Ok(bytes)
}

#[cfg(unix)]
fn in_a_group_of_its_own(command: &mut Command) {
    use std::os::unix::process::CommandExt as _;
    command.process_group(0);
}

#[cfg(not(unix))]
const fn in_a_group_of_its_own(_: &mut Command) {}

fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        // What has ended by itself need not be ended.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
}

#[cfg(all(test, unix))]
mod tests {
    use super::{Limits, run};
    use crate::git::GitError;
    use std::path::Path;
    use std::process::Command;
    use std::time::Duration;

    fn shell(script: &str) -> Command {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", script]);
        shell
    }

    const LIMITS: Limits = Limits { patience: Duration::from_secs(60), longest: 1000 };

    #[test]
    fn who_does_not_end_is_ended_with_all_that_it_started() {
        let file = shell("mktemp").output().expect("a file").stdout;
        let file = String::from_utf8(file).expect("a path");
        let said = || crate::files::read_text(Path::new(file.trim())).expect("a file");
        // The second one holds the same pipes, and nobody will ever let it go on.
        let script = format!("sh -c 'echo $$ >{}; kill -STOP $$' & kill -STOP $$", file.trim());
        let mut patience = Duration::from_millis(200);
        while !said().ends_with('\n') {
            let ended = run(shell(&script), Vec::new(), Limits { patience, ..LIMITS });
            assert!(matches!(ended, Err(GitError::TooSlow(_))), "{ended:?}");
            patience *= 2;
        }
        // Whoever is still there can be asked, but for one whose parent has not looked yet.
        let state = shell(&format!("ps -o stat= -p {}; rm {}", said().trim(), file.trim())).output().expect("a state");
        let state = String::from_utf8_lossy(&state.stdout).trim().to_owned();
        assert!(state.is_empty() || state.starts_with('Z'), "{state}");
    }

    #[test]
    fn who_says_without_end_is_ended() {
        let ended = run(shell("while :; do echo y; done"), Vec::new(), LIMITS);
        assert!(matches!(ended, Err(GitError::TooMuch(1000))), "{ended:?}");
        let ended = run(
            shell("i=0; while [ $i -lt 20000 ]; do echo complaint >&2; i=$((i+1)); done; echo x"),
            Vec::new(),
            LIMITS,
        );
        let ended = ended.expect("an end");
        assert_eq!((ended.stdout, ended.stderr.len() as u64), (b"x\n".to_vec(), super::COMPLAINT));
    }

    #[test]
    fn what_is_given_is_read_or_not() {
        let long = vec![b'x'; 1_000_000];
        let ended = run(shell("wc -c"), long.clone(), LIMITS).expect("an end");
        assert_eq!(String::from_utf8_lossy(&ended.stdout).trim(), "1000000");
        let ended = run(shell("exit 3"), long, LIMITS).expect("an end");
        assert_eq!((ended.status.code(), ended.stdout.as_slice()), (Some(3), &[][..]));
    }
}
