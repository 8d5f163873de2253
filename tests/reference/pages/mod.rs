//! The pages over HTTP, as a browser without JavaScript uses them.

mod console;
