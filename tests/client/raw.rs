//! A server without hooks: it answers bytes, or nothing.

use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What it does with a request.
#[derive(Debug, Clone)]
pub(crate) enum Reply {
    /// These bytes, then the end of the connection.
    Bytes(Vec<u8>),
    /// These bytes, and then this again and again until the client has had enough.
    Endless(Vec<u8>, &'static [u8]),
    /// These bytes, then silence on an open connection.
    Silence(Vec<u8>),
}

/// The requests that arrived, each from its first line to the end of its body.
pub(crate) type Requests = Arc<Mutex<Vec<String>>>;

/// Starts a server on a free port.
pub(crate) async fn start(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> (Requests, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let root = format!("http://{}", listener.local_addr().expect("an address"));
    let (requests, answer) = (Requests::default(), Arc::new(answer));
    let log = Arc::clone(&requests);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
            tokio::spawn(async move { serve(stream, &log, answer.as_ref()).await });
        }
    });
    (requests, root)
}

async fn serve(mut stream: TcpStream, log: &Requests, answer: &(impl Fn(&str) -> Reply + Sync)) {
    let Some(request) = request(&mut stream).await else { return };
    log.lock().expect("not poisoned").push(request.clone());
    // A client that leaves in the middle is part of the test.
    let _left = match answer(&request) {
        Reply::Bytes(bytes) => stream.write_all(&bytes).await,
        Reply::Endless(head, again) => endless(&mut stream, &head, again).await,
        Reply::Silence(bytes) => {
            let _written = stream.write_all(&bytes).await;
            stream.read_to_end(&mut Vec::new()).await.map(drop)
        }
    };
}

async fn endless(stream: &mut TcpStream, head: &[u8], again: &[u8]) -> std::io::Result<()> {
    stream.write_all(head).await?;
    loop {
        stream.write_all(again).await?;
    }
}

/// One request with its body; `None` where the connection ends before.
async fn request(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n")
            && body.len() >= content_length(head)
        {
            return Some(text);
        }
        let mut more = [0; 4096];
        match stream.read(&mut more).await.ok()? {
            0 => return None,
            read => bytes.extend_from_slice(&more[..read]),
        }
    }
}

fn content_length(head: &str) -> usize {
    let header =
        head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:").map(str::to_owned));
    header.and_then(|length| length.trim().parse().ok()).unwrap_or(0)
}

/// An answer with a length and these further header lines.
pub(crate) fn http(status: u16, headers: &str, body: &str) -> Reply {
    Reply::Bytes(head(status, headers, body.len()).into_iter().chain(body.bytes()).collect())
}

/// The head of an answer whose body will have this length.
pub(crate) fn head(status: u16, headers: &str, length: usize) -> Vec<u8> {
    format!("HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n").into_bytes()
}

/// The head of an answer that ends with its connection.
pub(crate) fn open_head(headers: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 X\r\nconnection: close\r\n{headers}\r\n").into_bytes()
}
