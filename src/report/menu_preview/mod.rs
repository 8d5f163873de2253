//! Pictures: the patients' menu before and after a plan, as they will see it in one language.
//!
//! A [`Scene`] says which buttons stand there with which titles and what becomes of each: that is the whole meaning.
//! Drawing ([`document`], [`phones`]) and wording ([`text`], [`Scene::sides`]) only show it, and show the same.
//! Titles are any text: what a reader cannot see is made visible, and what is too long for a button is cut.

mod measure;
mod menu_diff;
mod scene;
mod svg;
mod text;
mod title;

pub use scene::{Scene, languages};
pub use svg::{STYLE, document, phones};
pub use text::text;
