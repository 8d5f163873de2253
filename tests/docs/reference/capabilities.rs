//! What a system may offer beyond what every system does.

use super::{cell, head};
use crate::support::http;
use crate::support::sandbox::Sandbox;
use crate::support::server::Server;
use clinic_wire::{ApiRoot, CAPABILITIES};
use std::fmt::Write as _;

pub(super) fn page() -> String {
    let mut text = head("Capabilities", "`src/wire`");
    text.push_str(
        "`GET /api/v1` lists what a system offers beyond [what every system does](../api.md). A client asks for \
         nothing that is not listed, and a system may list names that a client does not know.\n\n\
         | Capability | A system that lists it | A client, if it is missing |\n| --- | --- | --- |\n",
    );
    for capability in CAPABILITIES {
        let [offers, without] = [capability.offers, capability.without].map(cell);
        let _ = writeln!(text, "| `{}` | {offers} | {without} |", capability.name);
    }
    text
}

#[tokio::test]
async fn the_clinic_system_lists_no_capability_that_the_page_does_not_tell() {
    let sandbox = Sandbox::with_real_fleet();
    let server = Server::start(&sandbox);
    let root = http::client().get(format!("{}/api/v1", server.address)).send().await.expect("an answer");
    let root: ApiRoot = serde_json::from_slice(&root.bytes().await.expect("a body")).expect("the root");
    let known = |name: &String| CAPABILITIES.iter().any(|capability| capability.name == name);
    let untold: Vec<_> = root.capabilities.iter().filter(|name| !known(name)).collect();
    assert!(untold.is_empty() && !root.capabilities.is_empty(), "{:?}", root.capabilities);
}
