//! The binary: arguments and streams into [`clinicctl::cli`], an exit code out.

fn main() {}
