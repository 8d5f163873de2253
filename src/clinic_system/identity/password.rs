//! Passwords: hashed by argon2id, checked in the same time whether the account exists or not.

use super::error::IdentityError;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

/// The shortest password, in characters. Length is what makes a password hard to guess; rules about its characters
/// make it hard to remember.
pub(crate) const SHORTEST: usize = 12;
/// The longest password, in bytes: more than any password manager makes, and little to hash.
pub(crate) const LONGEST: usize = 1024;

/// How the passwords begin that a guesser tries first, as far as they are long enough.
const PLAIN: [&str; 6] = ["123456789", "abcdefgh", "qwertyuiop", "password", "lösenord", "losenord"];

/// OWASP's first choice for argon2id: 19 MiB and two passes, about 20 ms. With the lockout a guesser online never
/// notices; one with a stolen table pays for every guess on every account.
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

/// A password that may be chosen.
pub(crate) struct Password(String);

/// Why a password may not be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weak {
    /// It has fewer than [`SHORTEST`] characters.
    Short,
    /// It has more than [`LONGEST`] bytes.
    Long,
    /// It is one character over and over, or the start of the keyboard or the alphabet.
    Plain,
}

impl Password {
    /// Checks a new password.
    pub(crate) fn parse(text: &str) -> Result<Self, Weak> {
        if text.chars().count() < SHORTEST {
            return Err(Weak::Short);
        }
        if text.len() > LONGEST {
            return Err(Weak::Long);
        }
        let lower = text.to_lowercase();
        let plain = lower.chars().all(|c| lower.starts_with(c)) || PLAIN.iter().any(|run| lower.starts_with(run));
        if plain { Err(Weak::Plain) } else { Ok(Self(text.to_owned())) }
    }
}

/// The hash of a new password, as a PHC string.
pub(super) async fn hash(Password(text): &Password) -> Result<String, IdentityError> {
    let text = text.clone();
    in_turn(move || hash_now(text.as_bytes())).await?
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

#[cfg(test)]
mod tests {
    use super::{DECOY, Password, Weak, hash, hash_now, matches};
    use argon2::PasswordHash;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_alone() {
        let right = Password::parse("correct horse battery").ok().unwrap();
        let stored = hash(&right).await.unwrap();
        assert_ne!(stored, hash(&right).await.unwrap(), "salted");
        assert!(matches(Some(stored.clone()), "correct horse battery").await.unwrap());
        for wrong in ["", "correct horse batterz", "Correct horse battery", "correct horse battery "] {
            assert!(!matches(Some(stored.clone()), wrong).await.unwrap(), "{wrong}");
        }
        assert!(!matches(Some("no hash".into()), "correct horse battery").await.unwrap());
    }

    #[tokio::test]
    async fn without_an_account_the_same_work_is_done_in_vain() {
        let parts = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        let real = hash_now(b"correct horse battery").unwrap();
        assert_eq!(parts(&DECOY), parts(&real), "the same algorithm, version and cost");
        assert!(PasswordHash::new(&DECOY).is_ok_and(|hash| hash.salt.is_some() && hash.hash.is_some()));
        assert_eq!(parts(&real)[1..], ["argon2id", "v=19", "m=19456,t=2,p=1"]);
        assert!(!matches(None, "").await.unwrap() && !matches(None, "correct horse battery").await.unwrap());
    }

    #[test]
    fn weak_passwords_are_refused() {
        let judged = |text: &str| Password::parse(text).err();
        assert_eq!(judged("elva tecken"), Some(Weak::Short));
        assert_eq!(judged("tolv tecken!"), None);
        assert_eq!(judged("åäöåäöåäöåäx"), None, "characters, not bytes");
        assert_eq!(judged(&"ab".repeat(513)), Some(Weak::Long));
        for plain in ["aaaaaaaaaaaaaaaa", "1234567890123", "Password12345", "lösenord2026!"] {
            assert_eq!(judged(plain), Some(Weak::Plain), "{plain}");
        }
    }
}
