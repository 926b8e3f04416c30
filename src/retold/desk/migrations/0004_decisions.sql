-- What editors decided, and who undid what; kept apart from what is found, and for good.

CREATE TABLE decision (
    row INTEGER PRIMARY KEY,                -- in the order in which they were made
    step INTEGER NOT NULL UNIQUE,           -- counts what was decided or undone: when it last changed
    kind TEXT NOT NULL,
    articles TEXT NOT NULL,                 -- JSON: [id, ...]
    others TEXT NOT NULL,                   -- JSON: [id, ...], the other side of what is apart
    spans TEXT NOT NULL,                    -- JSON: [[article, start, end], ...] in code points
    value TEXT NOT NULL,                    -- a speaker's name, or a time as ISO 8601
    note TEXT NOT NULL,
    by TEXT NOT NULL,                       -- who decided
    made INTEGER NOT NULL,                  -- when
    undone INTEGER,                         -- when it was undone, if it was
    undone_by TEXT,
    CHECK ((undone IS NULL) = (undone_by IS NULL))
) STRICT;
CREATE INDEX decision_standing ON decision (row) WHERE undone IS NULL;

-- By id, not by number: what was decided stays, whatever becomes of the article.
CREATE TABLE decision_article (
    article TEXT NOT NULL,
    decision INTEGER NOT NULL REFERENCES decision (row),
    PRIMARY KEY (article, decision)
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_article_by_decision ON decision_article (decision);

CREATE TRIGGER decision_stays
BEFORE UPDATE OF row, kind, articles, others, spans, value, note, by, made ON decision BEGIN
    SELECT raise(ABORT, 'decisions do not change: undo this one and make another');
END;
CREATE TRIGGER decision_undone_once BEFORE UPDATE OF undone, undone_by ON decision
WHEN old.undone IS NOT NULL BEGIN
    SELECT raise(ABORT, 'decisions are undone once: make another');
END;
CREATE TRIGGER decision_kept BEFORE DELETE ON decision BEGIN
    SELECT raise(ABORT, 'decisions are kept: undo it');
END;
