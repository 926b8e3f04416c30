-- Who may use the desk over the network. Of sessions and tokens only SHA-256 sums are kept.

CREATE TABLE person (
    row INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    role TEXT NOT NULL CHECK (role IN ('reader', 'editor')),
    password TEXT NOT NULL,  -- as argon2 writes it, with its salt and costs
    made INTEGER NOT NULL  -- microseconds UTC, as all times
) STRICT;

CREATE TABLE session (
    secret BLOB PRIMARY KEY,
    person INTEGER REFERENCES person (row) ON DELETE CASCADE,
    grant_sum BLOB,  -- of the server's own token, where one logged in with that
    made INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    CHECK ((person IS NULL) <> (grant_sum IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (person);
CREATE INDEX session_ends ON session (ends);

CREATE TABLE token (
    row INTEGER PRIMARY KEY,
    secret BLOB NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES person (row) ON DELETE CASCADE,
    label TEXT NOT NULL,
    made INTEGER NOT NULL,
    ends INTEGER  -- NULL for never
) STRICT;
CREATE INDEX token_person ON token (person);
