//! Lockout: how often a guess may fail, for one account and from one address.
//!
//! The counters stand in the store, so that replicas count together, and are kept for logins that do not exist too: a
//! lockout tells nobody which accounts there are. A lockout ends by itself; attempts during it do not prolong it, so
//! that nobody can be kept out for ever by somebody who keeps guessing.

use super::error::IdentityError;
use super::time::{ago, text};
use crate::hex;
use crate::store::Store;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::net::IpAddr;

/// How long failures are counted together, and so the longest that a lockout lasts.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Failures of one account in a window: more than a person who has forgotten needs, and 480 guesses a day at most for
/// a machine.
const PER_ACCOUNT: i64 = 5;
/// Failures from one address in a window: a whole clinic may sit behind one address, while one who tries a few common
/// passwords on every account does not get far.
const PER_ADDRESS: i64 = 50;

/// An attempt to sign in.
pub(super) enum Attempt {
    /// It is counted and may go on.
    Counted(Counted),
    /// Too many have failed.
    Locked,
}

/// An attempt that is counted as failed until it says that it succeeded.
pub(super) struct Counted {
    account: Option<String>,
    address: String,
}

impl Attempt {
    /// Counts an attempt from this address, at this login if there is one, and says whether it may go on.
    pub(super) async fn begin(store: &Store, login: Option<&str>, address: IpAddr) -> Result<Self, IdentityError> {
        let now = Timestamp::now();
        let account = login.map(|login| subject("account", login));
        let counted = Counted { account, address: subject("address", &network(address)) };
        let limits = [(counted.account.as_deref(), PER_ACCOUNT), (Some(counted.address.as_str()), PER_ADDRESS)];
        let limits = limits.map(|(subject, most)| subject.map(|subject| (subject, most)));
        let subjects: Vec<&str> = limits.iter().flatten().map(|(subject, _)| *subject).collect();
        store.count_attempt(&subjects, &text(now), &ago(now, WINDOW)).await?;
        for (subject, most) in limits.into_iter().flatten() {
            if store.attempts(subject).await?.is_some_and(|failures| failures > most) {
                return Ok(Self::Locked);
            }
        }
        Ok(Self::Counted(counted))
    }
}

impl Counted {
    /// It was no failure after all.
    pub(super) async fn succeeded(self, store: &Store) -> Result<(), IdentityError> {
        let window = ago(Timestamp::now(), WINDOW);
        Ok(store.forgive_attempts(self.account.as_deref(), &self.address, &window).await?)
    }
}

/// What the store calls a login or an address: nothing that a reader of the table could use.
fn subject(kind: &str, name: &str) -> String {
    hex::encode(&Sha256::digest(format!("{kind} {name}")))
}

/// The address as far as one customer of a provider has it to themselves: of IPv6 the first 64 bits.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("{:x?}", &address.segments()[..4]),
    }
}

#[cfg(test)]
mod tests {
    use super::network;

    #[test]
    fn one_customer_is_one_network() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }
}
