//! What a store cannot do now is said, nothing of it is done, and all is well again when the trouble is over, without a
//! restart: the same law for every trouble of both stores.

mod commits;
mod full;
mod law;
mod patience;
mod postgres;
mod replaced;
mod sqlite;
