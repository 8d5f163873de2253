//! Guilty and innocent files for every rule and refusal.

mod reader;
mod rules;
mod rules_yaml;
mod shape;
