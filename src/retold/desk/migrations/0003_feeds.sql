-- Feeds that are watched, their entries, the pages that were fetched, and the marks of sites.

CREATE TABLE feed (
    row INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE,               -- where it is asked for
    given TEXT NOT NULL,                    -- as it was added, before it moved
    host TEXT NOT NULL,                     -- host and port of url: one is asked by one at a time
    title TEXT NOT NULL,
    outlet TEXT NOT NULL,                   -- the outlet of its articles; empty: as they say
    folder TEXT NOT NULL,                   -- headings of a list of feeds
    site TEXT NOT NULL DEFAULT '',          -- the page that it belongs to
    format TEXT NOT NULL DEFAULT '',
    added INTEGER NOT NULL,                 -- all times: microseconds since 1970 in UTC
    asked INTEGER,
    answered INTEGER,
    brought INTEGER,                        -- when it last had something new
    due INTEGER,                            -- when it is asked again; null: never
    wait REAL,                              -- seconds that it asks to wait
    failures INTEGER NOT NULL DEFAULT 0,    -- in a row
    error TEXT NOT NULL DEFAULT '',         -- of the last failure, until it answers again
    etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '',
    digest BLOB NOT NULL DEFAULT x''        -- of the last answer that was read
) STRICT;
CREATE INDEX feed_due ON feed (due) WHERE due IS NOT NULL;

CREATE TABLE feed_entry (
    row INTEGER PRIMARY KEY,
    feed INTEGER NOT NULL REFERENCES feed (row) ON DELETE CASCADE,
    key TEXT NOT NULL,                      -- by which the feed knows it again
    url TEXT NOT NULL,
    address TEXT NOT NULL,                  -- what makes the url that of one article, or nothing
    host TEXT NOT NULL,                     -- of the url, or of the feed where that has the text
    digest BLOB NOT NULL,                   -- of all that the feed says of it
    published INTEGER,
    updated INTEGER,
    changed INTEGER NOT NULL,               -- when it came, or last came otherwise
    page INTEGER NOT NULL,                  -- 1 where its text is to be had from its page
    held TEXT,                              -- what the feed gives, JSON; while it waits
    due INTEGER,                            -- when its text is to be had; null: it was
    tries INTEGER NOT NULL DEFAULT 0,       -- times that its page could not be read, in a row
    read INTEGER,                           -- when its text was last had
    article INTEGER REFERENCES article (row) ON DELETE SET NULL,
    reason TEXT NOT NULL DEFAULT '',        -- why there is no article
    UNIQUE (feed, key)
) STRICT;
CREATE INDEX feed_entry_due ON feed_entry (due) WHERE due IS NOT NULL;
CREATE INDEX feed_entry_by_address ON feed_entry (address) WHERE address <> '';
CREATE INDEX feed_entry_by_article ON feed_entry (article) WHERE article IS NOT NULL;

CREATE TABLE page (
    url TEXT PRIMARY KEY,                   -- as entries, sitemaps and callers name it
    etag TEXT NOT NULL,
    modified TEXT NOT NULL,
    fetched INTEGER NOT NULL,               -- when it last was, whatever came of it
    article INTEGER REFERENCES article (row) ON DELETE SET NULL  -- what the validators are of
) STRICT, WITHOUT ROWID;
CREATE INDEX page_by_article ON page (article) WHERE article IS NOT NULL;

CREATE TABLE fingerprint (
    site TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    seen INTEGER NOT NULL,                  -- for the first time
    PRIMARY KEY (site, kind, value)
) STRICT, WITHOUT ROWID;
