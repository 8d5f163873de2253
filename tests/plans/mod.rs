//! Scenarios: live state, files, and the plan as a reviewer reads it.
