//! Transcripts of the real binary: what a person sees, and what a pipeline gets.

mod credentials;
mod demo;
mod drift;
mod embedded;
mod faults;
mod files_only;
mod killed;
mod readme;
mod saved_plans;
mod second_system;
mod server;
mod signals;
mod surroundings;
mod tiny_system;
mod tls;
mod upkeep;
mod usage;
mod waiting;
mod watch;
