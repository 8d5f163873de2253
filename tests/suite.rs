//! The one integration binary. Each module opens with what it promises.

mod architecture;
mod ask;
mod browser;
mod cli;
mod client;
mod conformance;
mod explore;
mod findings;
mod laws;
mod pages;
mod plans;
mod reference;
mod report;
mod schemas;
mod support;
