//! The files that pages refer to: built into the program, and named after their content, so that browsers may keep them
//! for ever.

use super::call::Call;
use super::refusal::Refusal;
use super::route::{Needs, PageRoute};
use crate::hex;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use sha2::{Digest, Sha256};

pub(super) const ROUTES: &[PageRoute] =
    &[PageRoute::get("/assets/{file}", Needs::Nobody, |call| async move { file(&call) }.boxed())];

/// A file.
#[derive(Debug)]
pub(crate) struct Asset {
    name: &'static str,
    extension: &'static str,
    media_type: &'static str,
    content: &'static str,
}

/// The one style sheet.
pub(crate) static STYLE: Asset = Asset {
    name: "style",
    extension: "css",
    media_type: "text/css; charset=utf-8",
    content: include_str!("assets/style.css"),
};

/// The sign of the product.
pub(crate) static ICON: Asset =
    Asset { name: "icon", extension: "svg", media_type: "image/svg+xml", content: include_str!("assets/icon.svg") };

/// Comfort for the console; nothing depends on it.
pub(crate) static CONSOLE: Asset = Asset {
    name: "console",
    extension: "js",
    media_type: "text/javascript; charset=utf-8",
    content: include_str!("assets/console.js"),
};

static ALL: [&Asset; 3] = [&STYLE, &ICON, &CONSOLE];

impl Asset {
    /// Where it is served.
    pub(crate) fn href(&self) -> String {
        format!("/assets/{}", self.file())
    }

    fn file(&self) -> String {
        let digest = hex::encode(&Sha256::digest(self.content)[..8]);
        format!("{}-{digest}.{}", self.name, self.extension)
    }
}

fn file(call: &Call) -> Result<Response, Refusal> {
    let asked = call.segment("file");
    let asset = ALL.into_iter().find(|asset| asset.file() == asked).ok_or(Refusal::UnknownPage)?;
    let headers =
        [(header::CONTENT_TYPE, asset.media_type), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")];
    Ok((headers, asset.content).into_response())
}
