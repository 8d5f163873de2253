//! A small clinic system for one run of the real binary, with a fault where a test wants one.

use crate::client::behaviours::tiny::{FILES, Tiny};
use crate::client::raw;
use crate::client::raw::{Reply, Requests};
use crate::support::sandbox::Sandbox;
use tokio::runtime::Runtime;

/// The running system.
pub(super) struct TinySystem {
    pub(super) address: String,
    requests: Requests,
    _runtime: Runtime,
}

impl TinySystem {
    /// A system that does what `fault` says where it says something, and else what the contract says.
    pub(super) fn start(fault: impl Fn(&str) -> Option<Reply> + Send + Sync + 'static) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let tiny = Tiny::new(false);
        let answer = move |request: &str| fault(request).unwrap_or_else(|| tiny.answer(request));
        let (requests, address) = runtime.block_on(raw::start(answer));
        Self { address, requests, _runtime: runtime }
    }

    /// The requests since the last time, whole.
    pub(super) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.requests.lock().expect("not poisoned"))
    }
}

/// A folder with the fleet of the tiny system.
pub(super) fn tiny_fleet() -> Sandbox {
    let sandbox = Sandbox::new();
    for (file, text) in FILES {
        sandbox.write(file, text);
    }
    sandbox
}
