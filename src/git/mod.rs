//! The `git` program, asked what a commit holds. Nothing is ever written, fetched or run for it.
//!
//! Whoever opens a pull request writes every byte of the checkout, and the process beside which git runs holds a token.
//! So nothing of the checkout decides what is run:
//!
//! 1. *Where.* The repository is the nearest `.git` above the fleet's folder, found here ([`Repository::of`]) and named to
//!    git. A folder with `HEAD`, `objects` and `refs` in it is never taken for one. git refuses to check in anything
//!    called `.git` (nor `.GIT` or `git~1`, where the file system takes these for it), so that a pull request cannot bring
//!    one; whoever can put one there otherwise has it lie about a commit, and no more: see 3.
//! 2. *Which.* The program comes from an absolute folder of `PATH` outside of the checkout.
//! 3. *What.* A repository's configuration may include a file of the checkout, and teams do that. So even a hostile
//!    configuration must run nothing: only commands are used that read objects and nothing else (`rev-parse`, `ls-tree`,
//!    `cat-file`). They touch neither index nor working tree, and so start no file monitor, filter, hook, driver or pager;
//!    whether a file is as it was is found out from the bytes that were read ([`Committed`]). What programs there are is
//!    switched off besides, and no transport is allowed, so that a partial clone cannot fetch.
//! 4. *With what.* Of the environment git gets the few variables by which it finds itself and the person's own
//!    configuration. It inherits no token, and nothing that a hook has set.
//! 5. *How long.* It is ended with everything that it has started where it takes too long or says too much.

mod command;
mod committed;
mod error;
mod limits;
mod object;
mod repository;
mod surroundings;

pub use committed::Committed;
pub use error::GitError;
pub use object::ObjectId;
pub use repository::Repository;
