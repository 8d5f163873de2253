//! The pages in a real browser.

mod demo;
mod driver;
mod every_page;
mod page;
mod path;
mod words;
