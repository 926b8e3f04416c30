-- Articles, once by content, with their texts searchable; what was left out; who brought it.

-- What brought articles: a call of `retold add`, a round of `retold watch`, a page that was pasted.
CREATE TABLE run (
    row INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,                     -- add, watch, ...
    source TEXT NOT NULL,                   -- what was asked for, in words or as an address
    started INTEGER NOT NULL,               -- all times: microseconds since 1970 in UTC
    finished INTEGER,                       -- null while it goes on, and where it was interrupted
    new INTEGER NOT NULL DEFAULT 0,         -- articles that were not known
    known INTEGER NOT NULL DEFAULT 0,       -- articles that were
    revised INTEGER NOT NULL DEFAULT 0,     -- articles that another came to stand for
    rejected INTEGER NOT NULL DEFAULT 0     -- inputs that were left out
) STRICT;

-- The articles, all but their texts.
CREATE TABLE article (
    row INTEGER PRIMARY KEY,                -- in the order of arrival
    id TEXT NOT NULL UNIQUE,                -- sha256: and 24 digits over what was published
    title TEXT NOT NULL,
    outlet TEXT NOT NULL,
    byline TEXT NOT NULL,
    url TEXT NOT NULL,
    address TEXT NOT NULL,                  -- what makes the url that of one article, or nothing
    language TEXT NOT NULL,                 -- ISO 639-1
    published INTEGER,                      -- null where no date was found
    published_source TEXT NOT NULL,         -- a field name, html-metadata, given, or nothing
    fetched INTEGER,
    arrived INTEGER NOT NULL,               -- when it was stored
    moment INTEGER NOT NULL,                -- published, else fetched, else arrived: what sorts it
    words INTEGER NOT NULL,
    extractor TEXT NOT NULL,                -- the reader that made the text, with its version
    source TEXT NOT NULL,                   -- the path and record, or the page, that it is from
    cuts TEXT NOT NULL,                     -- JSON: furniture that was cut, [[kind, text], ...]
    remarks TEXT NOT NULL,                  -- JSON: what the reader assumed, [sentence, ...]
    run INTEGER NOT NULL REFERENCES run (row),
    latest INTEGER REFERENCES article (row),  -- the later text of the same address, if any
    placed INTEGER NOT NULL DEFAULT 0       -- 1 once it is in its story as it now stands
) STRICT;
CREATE INDEX article_by_moment ON article (moment, row);
CREATE INDEX article_by_outlet ON article (outlet, moment, row);
CREATE INDEX article_by_language ON article (language, moment, row);
CREATE INDEX article_by_address ON article (address) WHERE address <> '';
CREATE INDEX article_by_latest ON article (latest) WHERE latest IS NOT NULL;
CREATE INDEX article_by_run ON article (run);
CREATE INDEX article_waiting ON article (row) WHERE placed = 0;

-- The texts, apart, so that what changes of an article does not write its text anew.
CREATE TABLE article_body (
    row INTEGER PRIMARY KEY REFERENCES article (row) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;

-- Articles with their texts.
CREATE VIEW article_full AS
SELECT article.*, article_body.text FROM article JOIN article_body ON article_body.row = article.row;

-- Its rows are those of `article`.
CREATE VIRTUAL TABLE article_text USING fts5 (
    title,
    text,
    content = 'article_full',
    content_rowid = 'row',
    tokenize = "unicode61 remove_diacritics 2"
);

-- A word in the title counts as four in the text.
INSERT INTO article_text (article_text, rank) VALUES ('rank', 'bm25(4.0, 1.0)');

-- Titles and texts are hashed into the id: another text is another article.
CREATE TRIGGER article_stays BEFORE UPDATE OF row, id, title ON article BEGIN
    SELECT raise(ABORT, 'articles do not change: add another');
END;
CREATE TRIGGER article_body_stays BEFORE UPDATE ON article_body BEGIN
    SELECT raise(ABORT, 'articles do not change: add another');
END;

-- The text leaves the index while the title is still there.
CREATE TRIGGER article_gone BEFORE DELETE ON article BEGIN
    INSERT INTO article_text (article_text, rowid, title, text)
    SELECT 'delete', old.row, old.title, text FROM article_body WHERE row = old.row;
END;

-- What was left out, and why.
CREATE TABLE rejected (
    row INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (row) ON DELETE CASCADE,
    source TEXT NOT NULL,                   -- as in article
    reason TEXT NOT NULL,                   -- in a word
    detail TEXT NOT NULL                    -- what was found, and what can be done about it
) STRICT;
CREATE INDEX rejected_by_run ON rejected (run, row);
