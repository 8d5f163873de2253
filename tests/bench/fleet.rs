//! The benchmark of whole fleets.

fn main() {}
