//! The one integration binary. Each module opens with what it promises.

mod architecture;
mod browser;
mod cli;
mod client;
mod conformance;
mod corpus;
mod explore;
mod findings;
mod fuzz;
mod laws;
mod pages;
mod plans;
mod reference;
mod report;
mod schemas;
mod support;
