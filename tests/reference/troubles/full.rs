//! A disk without room: the files of a server may not grow any further, until they may.

use super::law::{SOON, System, Trouble};
use crate::reference::world::SEED;
use crate::support::packages::need;
use crate::support::sandbox::Sandbox;
use crate::support::server;
use crate::support::server::Server;
use std::process::Command;
use std::time::Instant;

/// No file of the process may be written behind its first 32 KiB. SQLite's index of its log needs so much; its log is
/// longer, and so is the database up to the pages of the change log, so that the one cannot be emptied into the other.
struct Full(u32);

impl Full {
    fn limit(&self, bytes: &str) {
        let mut limit = Command::new(need("prlimit", "util-linux"));
        limit.arg(format!("--pid={}", self.0)).arg(format!("--fsize={bytes}:unlimited"));
        assert!(limit.status().expect("prlimit runs").success());
    }
}

impl Trouble for Full {
    async fn begin(&mut self) {
        self.limit("32768");
    }

    async fn end(&mut self) {
        self.limit("unlimited");
    }
}

/// A system of its own process, with the seed's clinics.
fn start(sandbox: &Sandbox) -> (Server, System, Full) {
    sandbox.write("seed.yaml", SEED);
    let server = Server::start_on(sandbox, "system.db", "seed.yaml");
    let system = System::at(server.address.clone(), server::token(sandbox, server::ALL_SCOPES));
    let full = Full(server.id());
    (server, system, full)
}

#[tokio::test]
async fn p21_a_disk_without_room() {
    let sandbox = Sandbox::new();
    let (_server, mut system, mut full) = start(&sandbox);
    for _ in 0..2 {
        system.keeps_the_law(&mut full).await;
        system.keeps_the_law_unwritten(&mut full).await;
    }
    system.log_must_hold_what_it_kept(&sandbox.path("system.db").into()).await;
}

#[tokio::test]
async fn p21_a_disk_without_room_and_a_crash() {
    let sandbox = Sandbox::new();
    let (mut server, mut system, mut full) = start(&sandbox);
    system.must_write().await;
    full.begin().await;
    for _ in 0..3 {
        system.must_not_write().await;
    }
    server.kill();
    let server = Server::start_on(&sandbox, "system.db", "seed.yaml");
    let mut system = system.moved_to(server.address.clone());
    system.must_hold_what_it_kept().await;
    system.must_write().await;
    system.log_must_hold_what_it_kept(&sandbox.path("system.db").into()).await;
}

#[tokio::test]
async fn p21_a_write_that_is_refused_proves_nothing_about_the_disk() {
    let sandbox = Sandbox::new();
    let (_server, mut system, mut full) = start(&sandbox);
    system.must_write().await;
    full.begin().await;
    let begun = Instant::now();
    while system.get("/readyz").await.status == 200 {
        system.must_be_stale().await;
        assert!(begun.elapsed() < SOON, "it does not notice");
    }
}
