//! The port over HTTP.
