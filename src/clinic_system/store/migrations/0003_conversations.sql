-- Demonstration messages: no settings, and never in the change log. `governed_by` is the resource of a direction.
-- `with_kind` and `with_id` are the other side: a patient, or the clinic that started it. `once` is what makes sending
-- the same twice harmless: whose key it is, for what, and the key.
CREATE TABLE conversations (
    id TEXT PRIMARY KEY NOT NULL,
    clinic TEXT NOT NULL REFERENCES clinics (clinic),
    governed_by TEXT NOT NULL,
    with_kind TEXT NOT NULL,
    with_id TEXT NOT NULL,
    touched TEXT NOT NULL,
    once TEXT UNIQUE
);
CREATE INDEX conversations_of_clinic ON conversations (clinic, touched, id);
CREATE INDEX conversations_with ON conversations (with_kind, with_id, touched, id);

-- `place` counts from 1 within a conversation. `handed_to` is the clinic that got the conversation with these words.
CREATE TABLE messages (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    id TEXT NOT NULL UNIQUE,
    author_kind TEXT NOT NULL,
    author TEXT NOT NULL,
    written_at TEXT NOT NULL,
    body TEXT NOT NULL,
    handed_to TEXT,
    once TEXT UNIQUE,
    PRIMARY KEY (conversation, place)
);
