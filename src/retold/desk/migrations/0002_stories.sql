-- Stories: which articles tell one event, what was found in them, and what waits to be done.

CREATE TABLE story (
    row INTEGER PRIMARY KEY AUTOINCREMENT,  -- its number, which no other ever has
    title TEXT NOT NULL,
    versions INTEGER NOT NULL,
    outlets INTEGER NOT NULL,               -- that its versions name, each once
    first INTEGER NOT NULL,                 -- moment of its earliest version
    last INTEGER NOT NULL,                  -- and of its latest
    begun INTEGER NOT NULL,                 -- when it was first told apart
    grown INTEGER NOT NULL,                 -- when its versions last changed
    origins_low INTEGER,                    -- independent origins, by its dossier; null without one
    origins_high INTEGER,
    altered INTEGER                         -- what its versions altered, by its dossier
) STRICT;
CREATE INDEX story_new ON story (first, row) WHERE versions > 1;
CREATE INDEX story_growing ON story (grown, row) WHERE versions > 1;
CREATE INDEX story_retold ON story (versions, row) WHERE versions > 1;
CREATE INDEX story_altered ON story (altered, row) WHERE versions > 1 AND altered IS NOT NULL;

-- The versions of each story. A revised text is in none: the one that stands for it is.
CREATE TABLE story_article (
    article INTEGER PRIMARY KEY REFERENCES article (row) ON DELETE CASCADE,
    story INTEGER NOT NULL REFERENCES story (row)
) STRICT;
CREATE INDEX story_article_by_story ON story_article (story, article);

-- Where the stories went that became part of others.
CREATE TABLE story_moved (
    old INTEGER PRIMARY KEY,
    new INTEGER NOT NULL REFERENCES story (row) ON DELETE CASCADE
) STRICT;
CREATE INDEX story_moved_to ON story_moved (new);

-- When all articles were last grouped at once, and how many they were: one row.
CREATE TABLE settled (
    row INTEGER PRIMARY KEY CHECK (row = 1),
    at INTEGER NOT NULL,
    articles INTEGER NOT NULL
) STRICT;

-- In how many of the articles that are in a story each telling word stands.
CREATE TABLE term (
    name TEXT PRIMARY KEY,
    articles INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was annotated on an article by itself; it only saves time.
CREATE TABLE document (
    article INTEGER PRIMARY KEY REFERENCES article (row) ON DELETE CASCADE,
    made TEXT NOT NULL,                     -- by which Retold, models and tables
    body BLOB NOT NULL                      -- JSON, zstd
) STRICT;

CREATE TABLE dossier (
    story INTEGER PRIMARY KEY REFERENCES story (row) ON DELETE CASCADE,
    renewed INTEGER NOT NULL,
    body BLOB NOT NULL                      -- JSON, zstd
) STRICT;

-- Stories whose dossier lags behind their versions.
CREATE TABLE job (
    story INTEGER PRIMARY KEY REFERENCES story (row) ON DELETE CASCADE,
    since INTEGER NOT NULL,                 -- since when it lags
    asked INTEGER NOT NULL,                 -- how often it was asked for while it waited
    tries INTEGER NOT NULL DEFAULT 0,       -- how often it was begun
    tried INTEGER NOT NULL DEFAULT 0,       -- when it was begun last
    fault TEXT NOT NULL DEFAULT ''          -- why it failed the last time
) STRICT;

-- Who took text from whom, edge by edge, of all dossiers.
CREATE TABLE carried (
    story INTEGER NOT NULL REFERENCES story (row) ON DELETE CASCADE,
    edge TEXT NOT NULL,                     -- id in the dossier
    outlet TEXT NOT NULL,
    source TEXT NOT NULL,                   -- another outlet, or an agency that nobody collected
    article INTEGER NOT NULL REFERENCES article (row) ON DELETE CASCADE,
    parent INTEGER REFERENCES article (row) ON DELETE CASCADE,  -- null for an agency's report
    probability REAL NOT NULL,
    share REAL NOT NULL,
    lag REAL,                               -- hours
    decided INTEGER NOT NULL
) STRICT;
CREATE INDEX carried_by_story ON carried (story);
CREATE INDEX carried_by_outlet ON carried (outlet);
CREATE INDEX carried_by_source ON carried (source);

-- Quotations, figures and names of the articles that were annotated.
CREATE TABLE mention (
    row INTEGER PRIMARY KEY,
    article INTEGER NOT NULL REFERENCES article (row) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('quotation', 'figure', 'name')),
    start INTEGER NOT NULL,                 -- code points of the text, half-open
    stop INTEGER NOT NULL,
    shown TEXT NOT NULL,                    -- the words
    about TEXT NOT NULL,                    -- speaker; what is counted; whom or what it names
    times INTEGER NOT NULL                  -- how often the article has it; this is the first
) STRICT;
CREATE INDEX mention_by_article ON mention (article, kind);

CREATE VIRTUAL TABLE mention_text USING fts5 (
    shown,
    about,
    content = 'mention',
    content_rowid = 'row',
    tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER mention_added AFTER INSERT ON mention BEGIN
    INSERT INTO mention_text (rowid, shown, about) VALUES (new.row, new.shown, new.about);
END;
CREATE TRIGGER mention_gone AFTER DELETE ON mention BEGIN
    INSERT INTO mention_text (mention_text, rowid, shown, about)
    VALUES ('delete', old.row, old.shown, old.about);
END;
