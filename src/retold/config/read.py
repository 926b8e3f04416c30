"""The thresholds of ``read``."""

from __future__ import annotations

from dataclasses import dataclass


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
    """Bytes of a file that holds one article, unpacked. Pages with their data URLs reach 10 MiB."""
    max_page_bytes: int = 8 << 20
    """Bytes of a page once scripts, styles and data URLs are out: ten times a large news page."""
    max_page_elements: int = 8_000
    """Elements of a page that are weighed to find its article; of larger pages the paragraphs of
    sentences are taken. News pages have some thousands; trafilatura's time grows by the square."""
    max_record_bytes: int = 16 << 20
    """Bytes of one record or line of a file of many."""
    max_json_bytes: int = 256 << 20
    """Bytes of a .json file, which is read whole; takes about six times as much memory."""
    max_text_characters: int = 1_000_000
    """Code points of one article's text: 13 times the longest of 37,554 news articles."""
    max_unpacked_bytes: int = 64 << 30
    """Bytes that a gzip or zstd file may unpack to."""
    max_expansion: int = 200
    """How many times larger a packed file may become; news text becomes 3 to 20 times larger."""
    min_bomb_bytes: int = 128 << 20
    """Bytes from which on ``max_expansion`` is watched."""
    max_listed: int = 100
    """Bad records of one file and one reason that are listed singly; the rest are counted."""
    min_language_probability: float = 0.85
    """Below this probability a detected language is a guess, and the first of ``languages`` is
    taken. Of 2,000 English snippets of 60 to 200 letters none is taken for another language at .82
    or more; sentences in German, French, Russian, Dutch and Ukrainian reach .96 (py3langid 0.4)."""
    min_english_words: float = 0.12
    """Share of English function words from which on a text is English and no model is asked: 99.5 %
    of 37,554 news articles, and no text in another language."""
    min_language_letters: int = 60
    """Letters that a text needs for its language to be told; with fewer it is taken as wanted."""
    max_title_words: int = 30
    """Words of a title line in plain text; 99.9 % of 37,554 headlines have 25 at most."""
    max_wrap_width: int = 132
    """Code points of the longest line of hard-wrapped text: the width of wide terminals."""
