//! clinicctl: the messaging settings of clinics as code.
//!
//! Clinics describe who may start and answer conversations, and which buttons their patients see, in YAML. This crate
//! reads the files, compares them with a live clinic system, and applies the difference in an order that patients and
//! colleagues never notice half-done.
//!
//! # The four ideas
//!
//! 1. Every choice is made in a pure planner, and a plan is a value: comparable, printable, storable.
//! 2. The executor makes no choices.
//! 3. A declared value carries its place (file and bytes) with it, from the reader to the report.
//! 4. Folders are floors, and `tests/architecture.rs` enforces who may import whom.
//!
//! # The flow
//!
//! ```text
//! clinics/*.yaml -> files::read -> SourceSet
//!   compile   parse (a tree with places) -> shape (typed, all errors at once) -> layers -> lower
//!             = Compiled { fleet, findings }        any error stops here, all of them shown at once
//! client::observe -> LiveClinic, clinic by clinic, planned on all cores while the rest still arrives
//!   diff::resolve   whom the files mean in this directory
//!   diff::scope     what would result: everything undeclared copied from the live state
//!   rules::judge    may it be so?
//!   diff::diff      which resources differ
//!   plan            order, preconditions, impact, guards -> Plan              (print, save, or go on)
//! client::attribution  the change log of what changes -> ClinicPlan::attribute: intent, drift or conflict
//! execute::run      per step: perform under its precondition. If somebody else has written, the clinic is read and
//!                   planned again; it goes on only with the same writes and impact, else it stops, and no neighbour does
//! report            what was done, what was not, why; the exit code is a pure function of it
//! ```
//!
//! # The floors
//!
//! Ground floor, types, pure: [`source`], [`domain`], [`schema`]. First floor, meaning, pure and deterministic:
//! [`diagnostic`], [`rules`], [`compile`], [`diff`], [`plan`], [`ask`], [`model`]. Second floor, action through a port and
//! texts for readers: [`execute`], [`report`]. Edges, the only input and output: [`files`], [`git`], [`client`], [`cli`].
//!
//! Two folders are crates of their own: `src/wire/`, the contract of the API as data, which the client and every clinic
//! system share, and `src/clinic_system/`, the reference clinic system, which the feature `clinic-system` brings in.

pub mod ask;
pub mod cli;
pub mod client;
pub mod compile;
pub mod diagnostic;
pub mod diff;
pub mod domain;
pub mod execute;
pub mod files;
pub mod git;
pub mod model;
pub mod plan;
pub mod report;
pub mod rules;
pub mod schema;
pub mod source;
