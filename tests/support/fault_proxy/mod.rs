//! A proxy between a client and a clinic system that does to every request what a test says, and writes everything
//! down.
//!
//! What it does is a [`Fault`], asked of the test's [`Meddler`] for each request by its number. Beside that a meddler
//! hears of every [`Moment`] in the life of a request, which waits for it: that is where a test edits a clinic, kills a
//! process or puts two runs into an order. Nothing here sleeps or looks at a clock.

mod fault;
mod message;
mod serve;
mod tape;
mod tests;

pub(crate) use fault::{Back, Fault, Said, Way, Which};
pub(crate) use message::Message;
pub(crate) use tape::Taped;

use futures_util::future::{BoxFuture, ready};
use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tape::Tape;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// A moment in the life of a request, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Its first bytes are here; nothing was passed on.
    Knocked,
    /// All of it is here; nothing was passed on.
    Arrived,
    /// All of it was passed on to the system, which may or may not have read it.
    Sent,
    /// The system has answered; the client has heard nothing.
    Answered,
    /// The client was told.
    Told,
}

impl Moment {
    pub(crate) const ALL: [Self; 5] = [Self::Knocked, Self::Arrived, Self::Sent, Self::Answered, Self::Told];
}

/// What a test does to the requests that pass.
pub(crate) trait Meddler: Send + Sync {
    /// What happens to the request with this number.
    fn fault(&self, _number: usize, _request: &Message) -> Fault {
        Fault::NONE
    }

    /// Called at each moment of each request, which goes on when this is ready.
    fn at(&self, _moment: Moment, _number: usize) -> BoxFuture<'_, ()> {
        Box::pin(ready(()))
    }
}

/// Passes everything on.
pub(crate) struct Untouched;

impl Meddler for Untouched {}

/// A proxy at work; it ends with the runtime that it was started on. Clones are the same proxy.
#[derive(Clone)]
pub(crate) struct FaultProxy {
    pub(crate) address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    system: Mutex<SocketAddr>,
    meddler: Mutex<Arc<dyn Meddler>>,
    tape: Tape,
    /// Where the connections since the last rest come from.
    accepted: Mutex<BTreeSet<SocketAddr>>,
    /// Connections that have not ended.
    open: AtomicUsize,
    /// Requests that were not finished yet.
    in_hand: AtomicUsize,
    /// Raised when nobody shall wait for others any more.
    let_go: watch::Sender<bool>,
}

impl Shared {
    /// Ready when nobody shall wait any more.
    async fn let_go(&self) {
        let mut let_go = self.let_go.subscribe();
        let_go.wait_for(|let_go| *let_go).await.expect("its sender is here");
    }
}

impl FaultProxy {
    /// Starts before the system at this address.
    pub(crate) async fn start(system: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            system: Mutex::new(system),
            meddler: Mutex::new(Arc::new(Untouched)),
            tape: Tape::default(),
            accepted: Mutex::default(),
            open: AtomicUsize::new(0),
            in_hand: AtomicUsize::new(0),
            let_go: watch::Sender::new(false),
        });
        tokio::spawn(serve::accept(listener, Arc::clone(&shared)));
        Self { address, shared }
    }

    /// The address as `--system` takes it.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on requests go by this, and are counted from 0.
    pub(crate) fn follow(&self, meddler: impl Meddler + 'static) {
        self.take();
        self.shared.let_go.send_replace(false);
        *lock(&self.shared.meddler) = Arc::new(meddler);
    }

    /// The system has come back at another address.
    pub(crate) fn moved(&self, system: SocketAddr) {
        *lock(&self.shared.system) = system;
    }

    /// Everything that has passed since the last time.
    pub(crate) fn take(&self) -> Vec<Taped> {
        self.shared.tape.take()
    }

    /// The same after a client has ended, perhaps in the middle: what it had sent may still lie unread here.
    pub(crate) async fn rest_after(&self) {
        self.shared.let_go.send_replace(true);
        // Connections are accepted in their order: when this one is, all of the client's are.
        let last = TcpStream::connect(self.address).await.expect("the proxy listens");
        let from = last.local_addr().expect("an address");
        while !lock(&self.shared.accepted).contains(&from) {
            tokio::task::yield_now().await;
        }
        lock(&self.shared.accepted).clear();
        drop(last);
        while self.shared.open.load(Ordering::SeqCst) > 0 {
            tokio::task::yield_now().await;
        }
    }

    /// Lets everything go that waits, and returns when nothing is under way any more.
    pub(crate) async fn rest(&self) {
        self.shared.let_go.send_replace(true);
        while self.shared.in_hand.load(Ordering::SeqCst) > 0 {
            tokio::task::yield_now().await;
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
