//! Scenarios: live state, files, and the plan as a reviewer reads it; and what holds for every plan.

mod again;
mod again_by_files;
mod because;
mod documents;
mod forged;
mod guards;
mod impact;
mod laws;
mod live_values;
mod order;
mod provenance;
mod refactoring;
mod saved;
mod situations;
mod strategies;
mod world;
