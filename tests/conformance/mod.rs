//! One table of scenarios, run on every implementation of a clinic system.
