//! What an apply does when everything around it fails: requests, answers, processes, and people who edit meanwhile.
//!
//! ```text
//! schedules   thousands of small applies in this process, each with its own script of faults and edits
//! edits       somebody in the console before any request
//! saved       plans that are saved, and what happens before they are applied
//! kills       the real binary, and its system, killed at every moment of every request
//! races       two applies of different commits at once
//! ```
//!
//! After each run `judge` compares what was sent, what was told and what the change log says. Tests named `p03` and so
//! on are the promises of the same numbers.

mod edits;
mod judge;
mod kills;
mod lab;
mod races;
mod saved;
mod scene;
mod schedules;
mod script;
