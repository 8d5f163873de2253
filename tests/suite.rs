//! The one integration binary. Each module opens with what it promises.

mod architecture;
mod ask;
mod browser;
mod cli;
mod client;
mod conformance;
mod corpus;
mod docs;
mod explore;
mod faults;
mod findings;
mod fuzz;
mod known_bugs;
mod laws;
mod outlets;
mod pages;
mod pipelines;
mod plans;
mod promises;
mod reference;
mod report;
mod schemas;
mod support;
