//! What a server is started with, and the limits that keep one client from harming the others.

use crate::seed::Seed;
use crate::store::Location;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// Everything that a server needs to start.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The database; a file is created, with its folder, if it does not exist.
    pub database: Location,
    /// What an *empty* database is filled with. A database that holds clinics keeps them, and
    /// [`Running::seeded`](super::Running::seeded) says so.
    pub seed: Option<Seed>,
    /// The limits.
    pub limits: Limits,
}

/// How long and how large things may be, and how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The time for the whole head of a request, and for which a connection may be idle.
    pub head_time: Duration,
    /// The time for the whole body of a request.
    pub body_time: Duration,
    /// How long a client may leave an answer lying in the socket without reading on.
    pub write_time: Duration,
    /// The size of a head.
    pub head_bytes: usize,
    /// The size of a body.
    pub body_bytes: usize,
    /// Connections at a time; more wait to be accepted.
    pub connections: usize,
    /// Writes that may wait for the writer; more are told to come back.
    pub waiting_writes: usize,
    /// How long to wait for another process that writes to the same database.
    pub busy_time: Duration,
    /// How long a stop waits for the requests under way.
    pub stop_time: Duration,
    /// The proxies whose `X-Forwarded-For` says for whom they speak: failures to sign in are counted by that address.
    pub proxies: Vec<IpAddr>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // A head is a few hundred bytes: who needs ten seconds for it is stuck, or an attacker.
            head_time: Duration::from_secs(10),
            body_time: Duration::from_secs(30),
            write_time: Duration::from_secs(30),
            head_bytes: 16 * 1024,
            body_bytes: 1024 * 1024,
            // Below the usual limit of 1,024 open files, with room for the database.
            connections: 512,
            waiting_writes: 1024,
            busy_time: Duration::from_secs(5),
            stop_time: Duration::from_secs(10),
            proxies: Vec::new(),
        }
    }
}
