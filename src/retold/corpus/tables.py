"""The tables that a scan writes: a Parquet file each, with a version in its metadata.

Written for DuckDB, Polars and pandas: plain columns, text as ``large_string`` (a column of it may
hold more than 2 GiB), times in UTC. Rows are sorted as said at each table, and the same input gives
the same bytes. Offsets are half-open, count Unicode code points and refer to ``articles.text``.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

SCHEMA = "1"
"""Version of the tables; grows when a column changes its meaning or goes."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type and what it means."""

    name: str
    type: pa.DataType
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the stem of its file's name, what a row is, how rows are sorted, its columns."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema, with the version and the meanings in its metadata."""
        fields = [pa.field(c.name, c.type, metadata={"meaning": c.meaning}) for c in self.columns]
        return pa.schema(fields, {"retold.table": self.name, "retold.schema": SCHEMA})


_TEXT = pa.large_string()
_TIME = pa.timestamp("us", "UTC")
_COUNT = pa.int64()
_PLACE = pa.int32()
_SHARE = pa.float32()

SPANS = pa.list_(
    pa.struct(
        [
            ("a_start", _PLACE),
            ("a_end", _PLACE),
            ("b_start", _PLACE),
            ("b_end", _PLACE),
            ("words", _PLACE),
        ]
    )
)
"""Pairs of spans: where a passage stands in ``a`` and in ``b``, and how many words are equal."""
TERMS = pa.list_(
    pa.struct(
        [
            ("a_start", _PLACE),
            ("a_end", _PLACE),
            ("b_start", _PLACE),
            ("b_end", _PLACE),
            ("weight", _SHARE),
        ]
    )
)
"""Terms of two articles: where each first stands in ``a`` and in ``b``, and how rare it is."""
PLACES = pa.list_(pa.struct([("article", _TEXT), ("start", _PLACE), ("end", _PLACE)]))

ARTICLES = Table(
    "articles",
    "An article, with its text as it was read: a folder of files, in the order of the input.",
    (
        Column("article", _TEXT, "Id: a hash of the text and the fields."),
        Column("source", _TEXT, "The file, and within it the record: `file.jsonl:12`."),
        Column("outlet", _TEXT, "Who published it, as the input says; empty where it does not."),
        Column("title", _TEXT, "Title, or empty."),
        Column("url", _TEXT, "Address, or empty."),
        Column("published", _TIME, "Time of publication, or null."),
        Column("words", _PLACE, "Number of words."),
        Column("text", _TEXT, "The main text that all offsets refer to."),
    ),
)
MATCHES = Table(
    "matches",
    "Two articles that share text. a < b; sorted by a, then b.",
    (
        Column("match", _TEXT, "Id: a hash of both articles and their spans."),
        Column("a", _TEXT, "Article."),
        Column("b", _TEXT, "Article."),
        Column(
            "kind",
            _TEXT,
            "`exact`: the same words throughout; `verbatim`: passages equal word for word; `near`:"
            " passages with light edits.",
        ),
        Column("containment_a", _SHARE, "Share of the words of a that stand in b, 0 to 1."),
        Column("containment_b", _SHARE, "Share of the words of b that stand in a, 0 to 1."),
        Column("resemblance", _SHARE, "Shared words by the words of both together, 0 to 1."),
        Column("words", _PLACE, "Number of equal words in all passages."),
        Column(
            "verified",
            pa.bool_(),
            "Whether the passages cover enough of one of the two to call them versions of one text;"
            " false: a passage is shared, no more.",
        ),
        Column("spans", SPANS, "The passages, by place in a."),
    ),
)
GROUPS = Table(
    "groups",
    "An article's membership in a group of versions. Sorted by group (largest first), then by the"
    " order of joining.",
    (
        Column("group", _TEXT, "Id: a hash of its articles."),
        Column("article", _TEXT, "The member."),
        Column("size", _PLACE, "Number of members of the group."),
        Column("joined", _TEXT, "The member that it was joined to; null for the first."),
        Column("match", _TEXT, "The match that joined them; null for the first."),
        Column(
            "diameter",
            _PLACE,
            "Most matches that lie between two members, by the matches within the group.",
        ),
    ),
)
PASSAGES = Table(
    "passages",
    "A passage that lives in several articles. Sorted by number of articles (most first).",
    (
        Column("passage", _TEXT, "Id: a hash of its text and places."),
        Column(
            "kind",
            _TEXT,
            "`shared`; or, left out of the matches: `furniture` (a footer or offer, nine in ten of"
            " whose carriers are of one outlet),"
            " `stock` (a paragraph that unrelated articles carry).",
        ),
        Column("articles", _COUNT, "Number of articles that carry it."),
        Column("outlets", _COUNT, "Number of outlets among them."),
        Column("words", _PLACE, "Number of words."),
        Column("text", _TEXT, "Its text in the first article."),
        Column("first", _TEXT, "The article where it first appears, by time of publication."),
        Column("published", _TIME, "When that was published; null where no carrier has a time."),
        Column("places", PLACES, "Where it stands: up to 100 carriers, by time of publication."),
    ),
)
OUTLETS = Table(
    "outlets",
    "How much text one outlet shares with another. Sorted by outlet, then by number of articles.",
    (
        Column("outlet", _TEXT, "The outlet that carries."),
        Column("other", _TEXT, "The outlet whose text it carries."),
        Column("articles", _COUNT, "Articles of `outlet` with a verified match in `other`."),
        Column("share", _SHARE, "The same by all articles of `outlet`, 0 to 1."),
        Column("later", _COUNT, "How many of them appeared after the match in `other`."),
        Column("earlier", _COUNT, "How many appeared before it; the rest have no order in time."),
        Column(
            "median_lag",
            pa.float64(),
            "Median of hours from the match in `other` to the article in `outlet`, negative where"
            " `outlet` was first; null without times.",
        ),
    ),
)
REJECTED = Table(
    "rejected",
    "An input, or a part of one, that was left out. Sorted by source.",
    (
        Column("source", _TEXT, "The path, and within it the record."),
        Column("reason", _TEXT, "One of the reasons in the reference of bad input."),
        Column("detail", _TEXT, "What was found and what you can do about it."),
    ),
)
RUN = Table(
    "run",
    "The scan itself: one row.",
    (
        Column("version", _TEXT, "Version of Retold."),
        Column("schema", _TEXT, "Version of these tables."),
        Column("configuration", _TEXT, "Hash of all thresholds."),
        Column("thresholds", _TEXT, "The thresholds, as JSON."),
        Column(
            "inputs",
            pa.list_(pa.struct([("source", _TEXT), ("bytes", _COUNT), ("sha256", _TEXT)])),
            "The files that were read, each with its hash; of many small files, one for a bundle."
            " Where Spark read them, the hash is of name, size and time of change.",
        ),
        Column("articles_in", _COUNT, "Articles and rejected inputs."),
        Column("articles_out", _COUNT, "Articles that were compared."),
        Column("words", _COUNT, "Words in them."),
        Column("candidates", _COUNT, "Pairs of articles that were aligned."),
        Column("notices", pa.list_(_TEXT), "Limits that were reached, and what to do about it."),
    ),
)
TABLES = (ARTICLES, MATCHES, GROUPS, PASSAGES, OUTLETS, REJECTED, RUN)

KEPT = Table(
    "kept",
    "The corpus without its copies: the articles that `--keep` kept, in the order of `articles`.",
    ARTICLES.columns,
)
LEFT_OUT = Table(
    "left_out",
    "An article that `--keep` left out, and why, in the order of `articles`.",
    (
        Column("article", _TEXT, "The article that was left out."),
        Column("group", _TEXT, "The group that it is a member of."),
        Column("kept_instead", _TEXT, "The member of that group that was kept."),
        Column(
            "containment",
            _SHARE,
            "Share of its words that stand in the one kept, 0 to 1; null where the two have no"
            " match and are joined through others.",
        ),
        Column("reason", _TEXT, "Why the other was kept and this one was not, in words."),
    ),
)
KEEP_TABLES = (KEPT, LEFT_OUT)
"""What a scan writes besides when it is told which articles to keep."""

REWRITES = Table(
    "rewrites",
    "Two articles, of outlets that are not known to be one, that tell the same in other words. Of a"
    " group its first member stands for all."
    " a < b; sorted by probability (highest first), then by a and b.",
    (
        Column("rewrite", _TEXT, "Id: made of both articles' ids."),
        Column("a", _TEXT, "Article."),
        Column("b", _TEXT, "Article."),
        Column("probability", _SHARE, "How likely both tell the same event, 0 to 1."),
        Column("cosine", _SHARE, "How alike their telling terms are by weight, 0 to 1."),
        Column("shared", _SHARE, "Weight of the terms that both have, in units of idf."),
        Column(
            "terms",
            TERMS,
            "The shared terms (words by their stems, names, figures) that are rarest in the corpus,"
            " by place in a: where each first stands in both, and how rare it is.",
        ),
    ),
)
"""What a scan writes besides when it is asked for rewrites."""

STORIES = Table(
    "stories",
    "An article's membership in a story: the articles that tell one event. Sorted by story (largest"
    " first), then by article. An article that tells what no other does is a story of one.",
    (
        Column("story", _TEXT, "Id: a hash of its articles."),
        Column("article", _TEXT, "The member."),
        Column("size", _PLACE, "Number of members, revised ones left out."),
        Column(
            "revision_of",
            _TEXT,
            "Where the article was revised at its address: the latest text, which alone was"
            " compared; else null.",
        ),
    ),
)
MERGES = Table(
    "merges",
    "Why articles are one story: two groups of articles that became one, by the pair that speaks"
    " most for it. Sorted by story as there, then in the order of merging.",
    (
        Column("merge", _TEXT, "Id: a hash of both articles."),
        Column("story", _TEXT, "The story."),
        Column("a", _TEXT, "Article."),
        Column("b", _TEXT, "Article."),
        Column("score", _SHARE, "How alike the two groups are, as the mean over pairs, 0 to 1."),
        Column("reason", _TEXT, "What the pair has in common, in words."),
    ),
)
RELATED = Table(
    "related",
    "Another story that has to do with a story: its follow-up, say, or an event of its kind. Sorted"
    " by story as there; those it was divided from first, then the most alike.",
    (
        Column("story", _TEXT, "The story."),
        Column("other", _TEXT, "The other one."),
        Column(
            "score",
            _SHARE,
            "How alike their words are, as the mean over their articles, whatever the days between"
            " them, 0 to 1.",
        ),
        Column(
            "divided",
            pa.bool_(),
            "Whether the two hung together until they were divided as two events of one kind.",
        ),
        Column("reason", _TEXT, "What both have and, where they were divided, what only one has."),
    ),
)
STORY_TABLES = (STORIES, MERGES, RELATED)
"""What a scan writes besides when it is asked for stories."""
