//! The client against systems that are not ours, and against faulty ones.
