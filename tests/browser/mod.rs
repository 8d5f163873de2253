//! The pages in a real browser.

mod demo;
mod driver;
mod every_page;
mod page;
mod path;
mod plan_page;
mod screenshots;
mod two_people;
mod words;
