//! What the tests share: a sandbox, the real binary, a reference system on a free port, builders of worlds.

pub(crate) mod invariants;
pub(crate) mod model_port;
pub(crate) mod sandbox;
pub(crate) mod server;
pub(crate) mod world;
