//! Connections: how many, how slow, how large. All that happens before a request is understood, and after it is
//! answered.
//!
//! hyper itself answers what it cannot understand as HTTP (400) and heads that are too large (431), without a body.

use crate::api::App;
use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::net::IpAddr;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::task::JoinSet;
use tokio::time::Sleep;

/// The pause after a failed accept: usually the process has no file descriptors left, and trying at once would spin.
const BREATH: Duration = Duration::from_millis(50);

/// The address that a request came from, among its extensions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Accepts connections until told to stop (or until nobody is left who could tell), and then waits for those that are
/// open.
pub(crate) async fn accept(listener: TcpListener, router: Router, app: Arc<App>, mut stopping: watch::Receiver<()>) {
    let places = Arc::new(Semaphore::new(app.limits.connections));
    let mut open = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            _ = stopping.changed() => break,
            accepted = next(&listener, &places) => accepted,
        };
        while open.try_join_next().is_some() {}
        let Some((connection, place)) = accepted else { continue };
        open.spawn(serve(connection, place, router.clone(), Arc::clone(&app), stopping.clone()));
    }
    drop(listener);
    if tokio::time::timeout(app.limits.stop_time, async { while open.join_next().await.is_some() {} }).await.is_err() {
        open.shutdown().await;
    }
}

/// The place is taken before the connection: who finds no place waits in the backlog of the operating system.
async fn next(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<((TcpStream, Peer), OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, address)) => Some(((stream, Peer(address.ip())), place)),
        Err(error) => {
            tracing::warn!(%error, "a connection could not be accepted");
            tokio::time::sleep(BREATH).await;
            None
        }
    }
}

async fn serve(
    (stream, peer): (TcpStream, Peer),
    place: OwnedSemaphorePermit,
    router: Router,
    app: Arc<App>,
    mut stopping: watch::Receiver<()>,
) {
    let counted = app.metrics.open();
    // Answers are written in one piece; waiting for more to send would only delay them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection stays with delayed writes");
    }
    let io = TokioIo::new(Impatient::new(stream, app.limits.write_time));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(app.limits.head_time).max_header_size(app.limits.head_bytes);
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        router.call(request)
    });
    let mut connection = pin!(http.serve_connection(io, service));
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        _ = stopping.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
    drop((counted, place));
}

/// A stream that fails when its reader takes nothing for too long: an answer nobody reads must not live forever.
struct Impatient {
    stream: TcpStream,
    patience: Duration,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Impatient {
    const fn new(stream: TcpStream, patience: Duration) -> Self {
        Self { stream, patience, waiting: None }
    }

    /// Passes on what the stream says, unless it has said "not yet" for too long.
    fn judge<T>(&mut self, cx: &mut Context<'_>, said: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if said.is_ready() {
            self.waiting = None;
            return said;
        }
        let patience = self.patience;
        let waiting = self.waiting.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        waiting.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Impatient {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Impatient {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let said = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.judge(cx, said)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[std::io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let said = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.judge(cx, said)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let said = Pin::new(&mut self.stream).poll_flush(cx);
        self.judge(cx, said)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
