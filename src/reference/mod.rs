//! The reference clinic system: the contract on a real store. Shares `wire` with the client, and none of its logic.
