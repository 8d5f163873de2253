-- What the system knows about itself: its database's id, its name, the head of the change log.
CREATE TABLE meta (
    key TEXT PRIMARY KEY NOT NULL,
    value TEXT NOT NULL
);

-- `state` is JSON: the two directions and the buttons in the order of the menu, each with its last change.
CREATE TABLE clinics (
    clinic TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    hsa_id TEXT,
    revision BIGINT NOT NULL,
    state TEXT NOT NULL
);

-- `document` is JSON: the person as the API shows them. `search` is what a search looks through, in lower case.
CREATE TABLE staff (
    id TEXT PRIMARY KEY NOT NULL,
    clinic TEXT NOT NULL REFERENCES clinics (clinic),
    search TEXT NOT NULL,
    document TEXT NOT NULL
);
CREATE UNIQUE INDEX staff_of_clinic ON staff (clinic, id);

-- One row per accepted write, in its transaction. `before` and `after` are JSON. `hash` covers every other column.
CREATE TABLE changes (
    seq BIGINT PRIMARY KEY NOT NULL,
    clinic TEXT NOT NULL REFERENCES clinics (clinic),
    resource TEXT NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    made_at TEXT NOT NULL,
    reference TEXT,
    before_json TEXT NOT NULL,
    after_json TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE UNIQUE INDEX changes_of_clinic ON changes (clinic, seq);

-- `hash` is the SHA-256 of the token's secret part; `scopes` are separated by spaces.
CREATE TABLE tokens (
    id TEXT PRIMARY KEY NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    scopes TEXT NOT NULL,
    hash TEXT NOT NULL,
    created TEXT NOT NULL,
    revoked TEXT
);
CREATE UNIQUE INDEX tokens_in_use ON tokens (name) WHERE revoked IS NULL;
