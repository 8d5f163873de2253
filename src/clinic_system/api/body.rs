//! Bodies of requests: bounded in size and in time.

use super::app::App;
use super::call::{Call, once};
use super::json;
use super::problem::{Reason, Refusal};
use axum::body::{Body, BodyDataStream};
use axum::http::{HeaderMap, header};
use futures_util::StreamExt;
use serde_json::Value;

/// The JSON document of a request's body.
pub(super) async fn json(call: &mut Call) -> Result<Value, Refusal> {
    check_media_type(call)?;
    let body = std::mem::take(&mut call.body);
    let read = tokio::time::timeout(call.app.limits.body_time, bytes(&call.app, body)).await;
    let bytes = read.unwrap_or_else(|_| Err(too_slow(&call.app)))?;
    json::parse(&bytes).map_err(|error| Refusal::new(Reason::MalformedJson, error.to_string()))
}

fn check_media_type(call: &Call) -> Result<(), Refusal> {
    let unsupported = |detail: String| Refusal::new(Reason::UnsupportedMediaType, detail);
    let media_type = once(&call.headers, &header::CONTENT_TYPE)?.unwrap_or_default();
    let (essence, parameters) = media_type.split_once(';').unwrap_or((media_type, ""));
    let charset = parameters.trim().to_ascii_lowercase();
    let utf8 = matches!(charset.as_str(), "" | "charset=utf-8" | "charset=\"utf-8\"");
    if !essence.trim().eq_ignore_ascii_case("application/json") || !utf8 {
        return Err(unsupported(format!("expected `Content-Type: application/json`, found `{media_type}`")));
    }
    match once(&call.headers, &header::CONTENT_ENCODING)?.unwrap_or("identity") {
        "identity" => Ok(()),
        other => Err(unsupported(format!("a body cannot be sent with `Content-Encoding: {other}`"))),
    }
}

async fn bytes(app: &App, body: Body) -> Result<Vec<u8>, Refusal> {
    let (mut bytes, mut stream) = (Vec::new(), body.into_data_stream());
    while let Some(piece) = stream.next().await {
        let piece = piece.map_err(|_| Refusal::new(Reason::MalformedJson, "the body was cut short"))?;
        if bytes.len() + piece.len() > app.limits.body_bytes {
            discard(stream, app.limits.body_bytes).await;
            let detail = format!("a body has at most {} bytes", app.limits.body_bytes);
            return Err(Refusal::new(Reason::BodyTooLarge, detail));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn too_slow(app: &App) -> Refusal {
    let detail = format!("the body did not arrive within {:?}", app.limits.body_time);
    Refusal::new(Reason::BodyTooSlow, detail).with(header::CONNECTION, "close")
}

/// How many times the largest body is read and thrown away before the connection is closed on its sender.
const PATIENCE: usize = 8;

/// Reads on for a while without keeping anything: a client that is still sending when its connection is closed may
/// never see the answer that says why.
async fn discard(mut stream: BodyDataStream, largest: usize) {
    let mut read = 0;
    while let Some(Ok(piece)) = stream.next().await {
        read += piece.len();
        if read > largest * PATIENCE {
            return;
        }
    }
}

/// [`discard`] for a body that was refused unread, unless its sender waits for a word before sending it.
pub(crate) async fn let_it_end(app: &App, headers: &HeaderMap, body: Body) {
    if headers.contains_key(header::EXPECT) {
        return;
    }
    let discarding = discard(body.into_data_stream(), app.limits.body_bytes);
    // Whether it ended or was given up, the answer is the same.
    drop(tokio::time::timeout(app.limits.body_time, discarding).await);
}
