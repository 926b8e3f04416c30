-- Outlets are counted by indexes alone: of many articles the rows lie far apart.

CREATE INDEX article_standing ON article (outlet, moment) WHERE latest IS NULL;
DROP INDEX carried_by_outlet;
DROP INDEX carried_by_source;
CREATE INDEX carried_by_outlet ON carried (outlet, source, article, probability);
CREATE INDEX carried_by_source ON carried (source, outlet, article, probability);
