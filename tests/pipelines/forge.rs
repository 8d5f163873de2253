//! As much of GitHub and GitLab as comments need: a list of them, a new one, another text for one.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// What it was asked, and the comments that it has.
#[derive(Default)]
pub(super) struct State {
    pub(super) requests: Vec<String>,
    pub(super) comments: Vec<Value>,
}

/// A service that takes comments of anybody who has the token.
pub(super) struct Forge {
    pub(super) address: String,
    state: Arc<Mutex<State>>,
}

/// The token that it knows.
pub(super) const TOKEN: &str = "token-of-the-forge";

impl Forge {
    /// Starts on a free port; the thread ends with the tests.
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                serve(stream, &shared);
            }
        });
        Self { address, state }
    }

    /// Looks at, or changes, what it has.
    pub(super) fn with<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.state.lock().expect("no test has failed in here"))
    }
}

fn serve(mut stream: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let mut line = String::new();
    reader.read_line(&mut line).expect("a request");
    let (mut length, mut allowed) = (0, false);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).expect("a header");
        let Some((name, value)) = header.trim_end().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().expect("a length"),
            "authorization" => allowed |= value == format!("Bearer {TOKEN}"),
            "private-token" => allowed |= value == TOKEN,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    let mut words = line.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut state = state.lock().expect("no test has failed in here");
    state.requests.push(format!("{method} {target}"));
    let (status, answer) = if allowed { state.answer(method, target, &body) } else { ("401 Unauthorized", json!({})) };
    let answer = answer.to_string();
    let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", answer.len());
    stream.write_all(&[head.as_bytes(), answer.as_bytes()].concat()).expect("an answer");
}

impl State {
    fn answer(&mut self, method: &str, target: &str, body: &[u8]) -> (&'static str, Value) {
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let text = || serde_json::from_slice::<Value>(body).expect("a body is JSON")["body"].clone();
        match method {
            "GET" if path.ends_with("/user") => ("200 OK", json!({"id": 1})),
            "GET" => {
                let page: usize = query.rsplit('=').next().and_then(|page| page.parse().ok()).expect("a page");
                ("200 OK", self.comments.iter().skip(100 * (page - 1)).take(100).cloned().collect())
            }
            "POST" => {
                let id = self.comments.len() + 1;
                self.comments.push(json!({"id": id, "user": {"type": "Bot"}, "author": {"id": 1}, "body": text()}));
                ("201 Created", json!({"id": id}))
            }
            "PATCH" | "PUT" => {
                let id: usize = path.rsplit('/').next().and_then(|id| id.parse().ok()).expect("an id");
                self.comments[id - 1]["body"] = text();
                ("200 OK", json!({"id": id}))
            }
            _ => ("405 Method Not Allowed", json!({})),
        }
    }
}
