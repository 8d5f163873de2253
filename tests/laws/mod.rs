//! Property tests of the laws that everything stands on.
