//! The proxy's work: connections, and on each one request after the other.

use super::message::Unsaid;
use super::{Back, Fault, Meddler, Message, Moment, Shared, Way, Which, lock};
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// How often a delayed request lets all others go first before it thinks that it is alone.
const PATIENCE: usize = 300;

pub(super) async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, from)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        let open = Open::take(&shared);
        lock(&shared.accepted).insert(from);
        tokio::spawn(async move {
            let _open = open;
            // Else what drips waits for the other side, which waits for more. A client may be gone already.
            let _gone = stream.set_nodelay(true);
            let mut stream = BufReader::new(stream);
            // A client that goes away, or is killed, is part of the tests.
            while matches!(serve(&shared, &mut stream).await, Ok(Goes::On)) {}
        });
    }
}

/// One connection; it is closed when this is dropped, also by a panic.
struct Open(Arc<Shared>);

impl Open {
    fn take(shared: &Arc<Shared>) -> Self {
        shared.open.fetch_add(1, Ordering::SeqCst);
        Self(Arc::clone(shared))
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Whether a connection is good for another request.
enum Goes {
    On,
    Ended,
}

/// One request in hand; it is not any more when this is dropped.
struct InHand<'a>(&'a Shared);

impl<'a> InHand<'a> {
    fn take(shared: &'a Shared) -> Self {
        shared.in_hand.fetch_add(1, Ordering::SeqCst);
        Self(shared)
    }
}

impl Drop for InHand<'_> {
    fn drop(&mut self) {
        self.0.in_hand.fetch_sub(1, Ordering::SeqCst);
    }
}

async fn serve(shared: &Shared, stream: &mut BufReader<TcpStream>) -> io::Result<Goes> {
    if stream.fill_buf().await?.is_empty() {
        return Ok(Goes::Ended);
    }
    let _in_hand = InHand::take(shared);
    let meddler = Arc::clone(&lock(&shared.meddler));
    meddler.at(Moment::Knocked, shared.tape.len()).await;
    let Some(request) = Message::read(stream, Unsaid::Empty).await? else { return Ok(Goes::Ended) };
    let number = shared.tape.arrived(&request);
    meddler.at(Moment::Arrived, number).await;
    let passing = Passing { shared, meddler: meddler.as_ref(), number, request };
    passing.carry(stream).await
}

/// A request that has arrived.
struct Passing<'a> {
    shared: &'a Shared,
    meddler: &'a dyn Meddler,
    number: usize,
    request: Message,
}

impl Passing<'_> {
    async fn carry(&self, stream: &mut BufReader<TcpStream>) -> io::Result<Goes> {
        let Fault { way, back } = self.meddler.fault(self.number, &self.request);
        let answer = match way {
            Way::Stop => None,
            Way::Late(others) => return self.late(stream, back, others).await,
            Way::Pass => self.forward().await,
            Way::Delay(others) => {
                self.wait_for(others, PATIENCE).await;
                self.forward().await
            }
            Way::Twice(which) => {
                let answers = [self.forward().await, self.forward().await];
                let [first, second] = answers;
                if which == Which::First { first } else { second }
            }
        };
        self.tell(stream, back, answer).await
    }

    /// The client hears something, and only then the request travels on.
    async fn late(&self, stream: &mut BufReader<TcpStream>, back: Back, others: usize) -> io::Result<Goes> {
        // Whether the client is still there does not matter to the request.
        let told = self.tell(stream, back, None).await;
        stream.shutdown().await?;
        self.wait_for(others, usize::MAX).await;
        self.forward().await;
        told.map(|_| Goes::Ended)
    }

    /// Waits until so many answers were given since; at most until everything is let go, or for so many turns.
    async fn wait_for(&self, others: usize, turns: usize) {
        let enough = self.shared.tape.answers() + others;
        for _ in 0..turns {
            if self.shared.tape.answers() >= enough || *self.shared.let_go.borrow() {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Sends the request to the system on a connection of its own. Nothing where the system does not answer.
    async fn forward(&self) -> Option<Message> {
        let answer = self.exchange().await.ok().flatten()?;
        self.shared.tape.answered(self.number, &answer);
        self.meddler.at(Moment::Answered, self.number).await;
        Some(answer)
    }

    async fn exchange(&self) -> io::Result<Option<Message>> {
        let system = *lock(&self.shared.system);
        let mut stream = TcpStream::connect(system).await?;
        stream.write_all(&self.request.bytes(Some("close"))).await?;
        self.meddler.at(Moment::Sent, self.number).await;
        Message::read(&mut BufReader::new(stream), Unsaid::ToTheEnd).await
    }

    async fn tell(&self, stream: &mut BufReader<TcpStream>, back: Back, answer: Option<Message>) -> io::Result<Goes> {
        if back == Back::Hold {
            self.shared.let_go().await;
            return Ok(Goes::Ended);
        }
        let heard = match (back, answer) {
            (Back::Say(said), answer) => said.instead_of(answer),
            (Back::Lose, _) | (_, None) => return Ok(Goes::Ended),
            (_, Some(answer)) => answer,
        };
        let mut bytes = heard.bytes(None);
        let cut = matches!(back, Back::Cut(length) if length < bytes.len());
        if let Back::Cut(length) = back {
            bytes.truncate(length);
        }
        if !cut {
            self.shared.tape.told(self.number, &heard);
        }
        let pieces = if back == Back::Drip { 1 } else { bytes.len().max(1) };
        for piece in bytes.chunks(pieces) {
            stream.write_all(piece).await?;
            tokio::task::yield_now().await;
        }
        self.meddler.at(Moment::Told, self.number).await;
        Ok(if cut || back == Back::HangUp { Goes::Ended } else { Goes::On })
    }
}
