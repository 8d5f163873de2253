//! Scenarios: live state, files, and the plan as a reviewer reads it; and what holds for every plan.

mod documents;
mod guards;
mod laws;
mod live_values;
mod order;
mod saved;
mod situations;
mod strategies;
mod world;
