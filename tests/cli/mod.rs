//! Transcripts of the real binary.
