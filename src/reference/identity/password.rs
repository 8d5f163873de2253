//! Passwords: hashed by argon2id, checked in the same time whether the account exists or not.

use super::error::IdentityError;
use argon2::Algorithm;
use argon2::Argon2;
use argon2::Params;
use argon2::PasswordHasher;
use argon2::PasswordVerifier;
use argon2::Version;
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// The shortest password, in characters. Length is what makes a password hard to guess; rules about its characters
/// make it hard to remember.
pub(crate) const SHORTEST: usize = 12;
/// The longest password, in bytes: more than any password manager makes, and little to hash.
pub(crate) const LONGEST: usize = 1024;

/// OWASP's first choice for argon2id: 19 MiB and two passes, about 20 ms. With the lockout a guesser online never notices;
/// one with a stolen table pays for every guess on every account.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How many passwords are hashed at a time: 19 MiB each, so that a flood of sign-ins waits instead of filling the
/// memory.
static TURNS: Semaphore = Semaphore::const_new(4);

/// What the password of an account that cannot be signed in to is compared with: a hash with the same cost, of a
/// password that nobody knows.
static DECOY: LazyLock<String> = LazyLock::new(|| {
    let mut unknown = [0; 32];
    // Without random bytes it is the hash of zeros, which is refused like every other (see `matches`).
    let _filled = getrandom::fill(&mut unknown);
    hash_now(&unknown).unwrap_or_default()
});

/// The hash of a new password, as a PHC string.
pub(crate) async fn hash(password: &str) -> Result<String, IdentityError> {
    let password = password.to_owned();
    in_turn(move || hash_now(password.as_bytes())).await?
}

/// Whether `password` is the one of this hash. Without a hash it is not, after the same work.
pub(super) async fn matches(stored: Option<String>, password: &str) -> Result<bool, IdentityError> {
    let password = password.to_owned();
    let known = stored.is_some();
    let against = stored.unwrap_or_else(|| DECOY.clone());
    let right = in_turn(move || argon().verify_password(password.as_bytes(), against.as_str()).is_ok()).await?;
    Ok(right && known)
}

/// Does the work on a thread of its own: the others serve pages meanwhile.
async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, IdentityError> {
    // The semaphore is never closed; were it, hashing would go on without turns.
    let _turn = TURNS.acquire().await;
    tokio::task::spawn_blocking(work).await.map_err(IdentityError::Gone)
}

fn hash_now(password: &[u8]) -> Result<String, IdentityError> {
    argon().hash_password(password).map(|hash| hash.to_string()).map_err(IdentityError::Hash)
}

fn argon() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or(Params::DEFAULT);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}
