-- People who sign in to the pages. `login` is in lower case; `password` is an argon2id hash as a PHC string, and absent
-- until it is chosen; flags are 0 or 1.
CREATE TABLE accounts (
    id TEXT PRIMARY KEY NOT NULL,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT,
    staff TEXT UNIQUE REFERENCES staff (id),
    global_administrator BIGINT NOT NULL,
    active BIGINT NOT NULL,
    created TEXT NOT NULL
);

-- `id` is a digest of what the browser holds. Times are RFC 3339 in UTC and compare as text.
CREATE TABLE sessions (
    id TEXT PRIMARY KEY NOT NULL,
    account TEXT NOT NULL REFERENCES accounts (id),
    created TEXT NOT NULL,
    seen TEXT NOT NULL
);
CREATE INDEX sessions_of_account ON sessions (account);

-- Failed attempts to sign in since `since`. `subject` is a digest of an account's login or of an address.
CREATE TABLE attempts (
    subject TEXT PRIMARY KEY NOT NULL,
    failures BIGINT NOT NULL,
    since TEXT NOT NULL
);

-- One-time codes, one a subject: `set-up`, or the account whose password may be chosen with it. `digest` is of the
-- code; `claim` says which act used it.
CREATE TABLE codes (
    subject TEXT PRIMARY KEY NOT NULL,
    digest TEXT NOT NULL,
    expires TEXT NOT NULL,
    claim TEXT
);
