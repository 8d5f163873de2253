//! A clinic system as a pure state machine: the oracle of the laws, the explorer and the conformance table.
