//! The pages in a real browser.

mod driver;
mod page;
mod words;
