//! Guilty and innocent files for every rule and refusal.

mod reader;
mod rules_yaml;
mod shape;
