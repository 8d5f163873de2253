//! What a clinic system was asked, request by request, and a proxy that writes it down for the reference system.

use super::http::client;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// More than any request of a test.
pub(crate) const LONGEST: usize = 1 << 20;

/// One request as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
}

impl Asked {
    pub(crate) fn is_read(&self) -> bool {
        self.method == Method::GET
    }

    /// A header as text; nothing where it is not there.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// The requests so far, in the order of their arrival.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recording(Arc<Mutex<Vec<Asked>>>);

impl Recording {
    pub(crate) fn write_down(&self, asked: Asked) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
    }

    /// The requests since the last time, so that every run can be looked at by itself.
    pub(crate) fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Serves `app` on a free port of this machine, on a thread of its own, until the runtime is dropped.
pub(crate) fn serve(app: Router) -> (Runtime, SocketAddr) {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
    let address = listener.local_addr().expect("an address");
    runtime.spawn(async move { axum::serve(listener, app).await });
    (runtime, address)
}

/// Stands before a clinic system and passes everything on.
pub(crate) struct Proxy {
    pub(crate) address: String,
    pub(crate) recording: Recording,
    _runtime: Runtime,
}

#[derive(Clone)]
struct Behind {
    system: String,
    http: reqwest::Client,
    recording: Recording,
}

impl Proxy {
    pub(crate) fn before(system: &str) -> Self {
        let http = client();
        let recording = Recording::default();
        let behind = Behind { system: system.to_owned(), http, recording: recording.clone() };
        let (runtime, address) = serve(Router::new().fallback(pass_on).with_state(behind));
        Self { address: format!("http://{address}"), recording, _runtime: runtime }
    }
}

async fn pass_on(State(behind): State<Behind>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let path = head.uri.to_string();
    let body = to_bytes(body, LONGEST).await.expect("a body");
    let mut headers = head.headers.clone();
    headers.remove("host");
    behind.recording.write_down(Asked { method: head.method.clone(), path: path.clone(), headers: head.headers });
    let passed = behind.http.request(head.method, format!("{}{path}", behind.system)).headers(headers).body(body);
    let answer = passed.send().await.expect("the system answers");
    let mut response = Response::builder().status(answer.status());
    for (name, value) in answer.headers().iter().filter(|(name, _)| *name != "transfer-encoding") {
        response = response.header(name, value);
    }
    response.body(Body::from(answer.bytes().await.expect("a whole answer"))).expect("a response")
}
