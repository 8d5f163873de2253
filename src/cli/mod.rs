//! The command line: arguments in, streams and an exit code out.
