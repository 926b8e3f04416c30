"""Every threshold, with its unit and where it comes from.

One frozen dataclass a stage, gathered in :class:`Config`. What cannot change a result (number of
processes, progress) is not here: the configuration's hash keys what is stored.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """How files become articles."""

    fields: tuple[tuple[str, str], ...] = ()
    """Pairs (Retold's field, the file's column) that override the usual names."""
    languages: tuple[str, ...] = ("en",)
    """ISO 639-1 codes that the later stages can read."""
    assume_language: str = ""
    """Skip detection and take every article as written in this language."""
    max_article_bytes: int = 32 << 20
    """Bytes of a file that holds one article, unpacked. Pages saved with their data URLs reach 10 MiB."""
    max_page_bytes: int = 8 << 20
    """Bytes of a page once scripts, styles and data URLs are out; parsing takes about 1 s a MiB."""
    max_record_bytes: int = 16 << 20
    """Bytes of one record or line of a file of many."""
    max_json_bytes: int = 256 << 20
    """Bytes of a .json file, which is read whole; takes about six times as much memory."""
    max_text_characters: int = 1_000_000
    """Code points of one article's text: several times the longest of 37,554 news articles."""
    max_unpacked_bytes: int = 64 << 30
    """Bytes that a gzip or zstd file may unpack to."""
    max_expansion: int = 200
    """How many times larger a packed file may become; news text becomes 3 to 20 times larger."""
    min_bomb_bytes: int = 128 << 20
    """Bytes from which on ``max_expansion`` is watched."""
    max_listed: int = 100
    """Bad records of one file and one reason that are listed singly; the rest are counted."""
    min_language_probability: float = 0.5
    """Below this probability a detected language is a guess, and one of ``languages`` is taken.
    py3langid, whose softmax is tempered by the square root of the length in bytes."""
    min_language_letters: int = 60
    """Letters that a text needs for its language to be told; with fewer it is taken as wanted."""
    max_title_words: int = 30
    """Words of a title line in plain text; the 99.5th percentile of 37,554 headlines is below."""
    max_wrap_width: int = 132
    """Code points of the longest line of hard-wrapped text: the width of wide terminals."""


@dataclass(frozen=True, slots=True)
class AnnotateConfig:
    """How articles become documents."""


@dataclass(frozen=True, slots=True)
class ReuseConfig:
    """How verbatim and near passages are found."""

    shingle: int = 5
    """Words in a row that two texts must share to be compared, and that a passage grows from. Five
    is what Broder (1997) and most work on news reuse take: shorter runs are idiom, longer ones miss
    light edits."""
    shingle_articles: int = 500
    """Distinct texts: a shingle that stands in more proposes no pairs, as pairs grow with the
    square. Texts equal word for word count once, so that copies of one text never reach it; a pile
    of fewer texts than this has no cap, and there a shingle in every version of a story is what
    counts. Logged when it is hit."""
    gap: int = 12
    """Words without a counterpart at which a passage ends, less what equal words between them gain:
    half a sentence of news."""
    near_share: float = 0.6
    """Share of equal words in the longer side of a passage, 0..1; below it a passage is divided at
    its longest change. At 0.6, two words of five may differ: more is a rewrite, not light edits."""
    common_word_gain: float = 0.3
    """What an equal word without any rarity counts for when passages grow, in equal rare words,
    0..1; a word of ``full_gain_idf`` or above counts 1. Keeps passages from crawling on over "of
    the" and "in a"."""
    full_gain_idf: float = 3.0
    """Inverse document frequency in nats: the word stands in about 5 % of news articles."""
    passage_words: int = 6
    """Equal words that a passage has at least."""
    passage_rarity: float = 20.0
    """Nats of information, by rarity of words and word pairs in news, that a passage of fewer than
    ``long_words`` has at least. "At the time of writing" has about 5; three rare pairs of words
    have 20."""
    long_words: int = 30
    """Equal words from which on a passage counts however common its wording is: two sentences."""
    repeats: int = 16
    """Ways to pair the places of one shingle in two texts; with more, only the k-th with the
    k-th."""


@dataclass(frozen=True, slots=True)
class RewriteConfig:
    """How rewritten sentences are found."""


@dataclass(frozen=True, slots=True)
class StoriesConfig:
    """How articles are grouped into stories."""


@dataclass(frozen=True, slots=True)
class StemmaConfig:
    """How derivation is inferred."""

    method: str = "evidence"
    """A name in :data:`retold.stemma.METHODS`."""


@dataclass(frozen=True, slots=True)
class CollateConfig:
    """How readings are aligned and changes typed."""


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration of a run."""

    read: ReadConfig = field(default_factory=ReadConfig)
    annotate: AnnotateConfig = field(default_factory=AnnotateConfig)
    reuse: ReuseConfig = field(default_factory=ReuseConfig)
    rewrite: RewriteConfig = field(default_factory=RewriteConfig)
    stories: StoriesConfig = field(default_factory=StoriesConfig)
    stemma: StemmaConfig = field(default_factory=StemmaConfig)
    collate: CollateConfig = field(default_factory=CollateConfig)
    seed: int = 0

    def digest(self) -> str:
        """Return ``sha256:`` and the hash of every value, in canonical JSON."""
        canonical = json.dumps(dataclasses.asdict(self), sort_keys=True, separators=(",", ":"))
        return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"
