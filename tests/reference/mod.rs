//! The reference system over HTTP: every route, scope, limit and refusal.
