-- What the pages of stories show that takes long to make, made ahead; it only saves time.

CREATE TABLE ahead (
    story INTEGER PRIMARY KEY REFERENCES dossier (story) ON DELETE CASCADE,
    made TEXT NOT NULL DEFAULT '',          -- by which Retold; empty: it waits to be made
    renewed INTEGER NOT NULL DEFAULT 0,     -- of the dossier that the piece shows
    piece BLOB,                             -- JSON, zstd behind the dossier's; null: quickly made
    state TEXT NOT NULL DEFAULT '',         -- of all stories when the related ones were found
    near TEXT NOT NULL DEFAULT '',          -- a sum over the stories that were compared
    related TEXT NOT NULL DEFAULT ''        -- JSON: [[story, score, explanation], ...]
) STRICT;
CREATE INDEX ahead_by_maker ON ahead (made);

INSERT INTO ahead (story) SELECT story FROM dossier;
