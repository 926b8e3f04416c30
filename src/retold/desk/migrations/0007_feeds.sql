-- Feeds by the address that was given, what each brought, and marks are found by indexes alone.

CREATE INDEX feed_by_given ON feed (given);
CREATE INDEX feed_entry_of_feed ON feed_entry (feed, due, article);
CREATE INDEX fingerprint_by_mark ON fingerprint (kind, value);
