//! What the tests share: a sandbox, the real binary, two clinic systems on free ports, builders of worlds.

pub(crate) mod fault_proxy;
pub(crate) mod history;
pub(crate) mod http;
pub(crate) mod invariants;
pub(crate) mod judged;
pub(crate) mod model_port;
pub(crate) mod mutate_json;
pub(crate) mod oracle;
pub(crate) mod packages;
pub(crate) mod postgres;
pub(crate) mod recording;
pub(crate) mod runners;
pub(crate) mod sandbox;
pub(crate) mod second_system;
pub(crate) mod sent;
pub(crate) mod server;
pub(crate) mod store;
pub(crate) mod suite;
pub(crate) mod tools;
pub(crate) mod world;
