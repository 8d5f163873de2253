//! Text with places: the files as they were read, and where in them something stands.
//!
//! A place is bytes of one file. It becomes a line and a column only when it is shown, so that keeping a
//! place beside every value of ten thousand files costs twelve bytes each.

mod file;
mod lines;
mod place;
mod read;
mod tree;

pub use file::{SourceFile, SourceSet, Unreadable};
pub use lines::Lines;
pub use place::{FileId, Location, Place, Span};
pub use read::{Flaw, Reading, read};
pub use tree::{Content, Entry, Key, Node, Scalar, Style};
