//! The plan as one page for a browser: complete without a script, without a network and on paper.
//!
//! The page holds everything that it shows. Its policy allows one style sheet and one script, both by their digest, and
//! nothing else: no request, no frame, no form that sends. Templates escape every text, and what a reader cannot see is
//! made visible before. The script only filters.

mod annotations;
mod block;
mod blocks;
mod digest;
mod files;
mod impact;
mod menus;
mod page;
mod prose;
mod tags;

pub(super) use files::files;
pub(super) use page::{applied, plan};
