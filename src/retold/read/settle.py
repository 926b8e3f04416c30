"""Fields of many records to a table of articles, and a line for each that is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retold.model import Reason, Rejected
from retold.read import columns
from retold.read.columns import INK, SCHEMA, TEXT
from retold.read.compose import NO_TEXT, is_markup, prepare, too_long
from retold.read.errors import UnreadableError
from retold.read.fields import Raw

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.read.ledger import Ledger


@dataclass(slots=True)
class Made:
    """Articles that were made one by one, to become a table."""

    sources: list[str] = field(default_factory=list)
    raws: list[Raw] = field(default_factory=list)
    characters: int = 0

    def add(self, raw: Raw, source: str) -> None:
        """Take an article, as :func:`retold.read.compose.prepare` makes it."""
        self.sources.append(source)
        self.raws.append(raw)
        self.characters += len(raw.text)

    def full(self, articles: int, characters: int) -> bool:
        """Say whether there are so many articles, or so much text."""
        return len(self.raws) >= articles or self.characters >= characters

    def table(self) -> pa.Table:
        """Return the articles and begin anew."""
        raws, sources = self.raws, self.sources
        self.raws, self.sources, self.characters = [], [], 0
        arrays = [
            columns.texts(sources),
            columns.texts([raw.outlet for raw in raws]),
            columns.texts([raw.title for raw in raws]),
            columns.texts([raw.url for raw in raws]),
            columns.moments_of([raw.published for raw in raws]),
            columns.texts([raw.text for raw in raws]),
        ]
        return pa.Table.from_arrays(arrays, schema=SCHEMA)


@dataclass(frozen=True, slots=True)
class Draft:
    """Fields of records of one file, a row each, before any of them is judged."""

    numbers: pa.Array
    """The record's number in its file."""
    outlet: pa.Array
    title: pa.Array
    url: pa.Array
    published: pa.Array
    text: pa.Array
    html: pa.Array | None
    """Pages, for the rows without text."""

    def __len__(self) -> int:
        """Count the records."""
        return len(self.numbers)


def settle(draft: Draft, ledger: Ledger, config: ReadConfig) -> tuple[pa.Table, list[Rejected]]:
    """Return the articles of the records, in their order, and what was left out.

    Text is taken as it stands. Only a page, and text that is plainly HTML, is turned into text as
    :func:`retold.read.compose.prepare` does it.
    """
    inked = pc.match_substring_regex(draft.text, INK)
    ledger.with_text += len(draft)
    odd = pc.or_(pc.invert(inked), _large(draft.text, config))
    odd = pc.or_(odd, _marked(draft.text))
    url = columns.lines(draft.url)
    arrays = [
        _sources(draft.numbers, ledger),
        columns.outlets(draft.outlet, url),
        columns.lines(draft.title),
        url,
        draft.published,
        draft.text,
    ]
    table = pa.Table.from_arrays(arrays, schema=SCHEMA)
    places = np.flatnonzero(odd.to_numpy(zero_copy_only=False))
    if not len(places):
        return table, []
    made, kept, rejected = Made(), [], []
    for place in map(int, places):
        judged = _judge(draft, place, ledger, config)
        if isinstance(judged, Raw):
            made.add(judged, ledger.name(draft.numbers[place].as_py()))
            kept.append(place)
        else:
            rejected += judged
    plain = np.flatnonzero(~odd.to_numpy(zero_copy_only=False))
    table = table.filter(pc.invert(odd))
    if kept:
        order = np.argsort(np.concatenate([plain, kept]), kind="stable")
        table = pa.concat_tables([table, made.table()]).take(order)
    return table, rejected


def _sources(numbers: pa.Array, ledger: Ledger) -> pa.Array:
    if len(numbers) == 1 and not numbers[0].as_py():
        return columns.texts([ledger.name(0)])
    start = columns.texts([ledger.name(1).removesuffix("1")])[0]
    return pc.binary_join_element_wise(start, numbers.cast(TEXT), pa.scalar("", TEXT))


def _large(text: pa.Array, config: ReadConfig) -> pa.Array:
    """Mark the texts that are too large; their length is counted only where it may be."""
    most = config.max_text_characters
    large = pc.greater(pc.binary_length(text), most)
    return pc.greater(pc.utf8_length(text), most) if pc.any(large).as_py() else large


def _marked(text: pa.Array) -> pa.Array:
    """Mark the texts that are HTML."""
    rows, tags = columns.rows_with(text, ord("<"))
    places = rows[tags >= 2]
    found = np.zeros(len(text), bool)
    found[places] = [is_markup(text[place].as_py()) for place in map(int, places)]
    return pa.array(found)


def _judge(draft: Draft, place: int, ledger: Ledger, config: ReadConfig) -> Raw | list[Rejected]:
    """Make the article of a row that cannot be taken as it stands, or say why it is none."""
    number = draft.numbers[place].as_py()

    def reject(reason: Reason, detail: str) -> list[Rejected]:
        return list(ledger.list(number, reason, detail))

    text = draft.text[place].as_py()
    if text.strip() and not is_markup(text):
        if len(text) > config.max_text_characters:
            return reject(Reason.TOO_LARGE, too_long(len(text), config))
        return reject(Reason.EMPTY, NO_TEXT)
    html = draft.html[place].as_py() if draft.html is not None else ""
    raw = Raw(
        text=text,
        html=html,
        title=draft.title[place].as_py(),
        outlet=draft.outlet[place].as_py(),
        url=draft.url[place].as_py(),
        published=draft.published[place].as_py(),
    )
    try:
        made = prepare(raw, "", config)
    except UnreadableError as error:
        return reject(error.reason, error.detail)
    return reject(made.reason, made.detail) if isinstance(made, Rejected) else made
