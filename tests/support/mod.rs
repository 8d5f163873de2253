//! What the tests share: a sandbox, the real binary, a reference system on a free port, builders of worlds.

pub mod invariants;
pub mod model_port;
pub mod world;
