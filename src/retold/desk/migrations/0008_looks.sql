-- Pages that are asked again, as some change without a word of their feed.

CREATE TABLE look (
    entry INTEGER PRIMARY KEY REFERENCES feed_entry (row) ON DELETE CASCADE,
    feed INTEGER NOT NULL,                  -- that of the entry
    host TEXT NOT NULL,                     -- of the page
    due INTEGER NOT NULL                    -- when it is asked again
) STRICT;
CREATE INDEX look_due ON look (due);
CREATE INDEX look_of_feed ON look (feed);
