//! The rules, asked of values: every rule speaks of its guilty case and is silent about a near miss.

mod cases;
mod files;
mod judge;
mod people;
mod personal_number;
mod scene;
mod table;
