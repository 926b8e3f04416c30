"""Passages that live in several articles, as :mod:`retold.corpus.passages` finds them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from retold.config import ScanConfig
from retold.corpus import passages
from retold.corpus.furniture import Stretches, unclaimed, within
from retold.corpus.passages import KINDS, NEVER, Articles, Carried
from retold.corpus.places import locate
from retold.corpus.prepare import text_buffers, written
from retold.corpus.store import Content
from retold.corpus.tables import PLACES
from retold.flow.rows import (
    CARRIERS,
    LISTED,
    SIZES,
    SPANNED,
    TEXTS,
    WRITTEN,
    Numbers,
    array,
    ids_of,
    made,
    packed,
    runs,
    unpacked,
)
from retold.reuse.candidates import spread
from retold.reuse.sketch import Hashes
from retold.reuse.stock import Stock, mark
from retold.reuse.tokens import tokenise

KEY = ["kind", "p", "q", "r"]
_NO_HASHES = np.empty(0, np.uint64)


class Standing(NamedTuple):
    """Stock passages, by number."""

    grams: Hashes
    """The runs of words of all of them."""
    bounds: Numbers
    """Where those of each begin."""
    usual: Numbers
    """Words of each."""
    keys: Numbers
    """The keys of their sketches, sorted; one may be of several passages."""
    owners: Numbers
    """And whose each is."""


def standing(table: pa.Table, keys: Numbers, bits: int) -> Standing:
    """Tell stock passages apart, from collected rows of :data:`retold.flow.rows.GRAMS`.

    Args:
        table: these rows.
        keys: the keys that are stock, sorted.
        bits: low bits of hashes that keys lack.
    """
    order = [
        ("words", "descending"),
        ("a", "ascending"),
        ("b", "ascending"),
        ("first", "ascending"),
    ]
    table = table.take(pc.sort_indices(table, order))
    grams, bounds = unpacked(table["own"], np.uint64)

    def told() -> list[tuple[Hashes, Numbers, int]]:
        found = []
        for row, words in enumerate(table["words"].to_pylist()):
            own = grams[bounds[row] : bounds[row + 1]]
            wanted = np.unique((spread(own) >> np.uint64(bits)).view(np.int64))
            at = np.searchsorted(keys, wanted)
            at = at[(at < len(keys)) & (keys[np.minimum(at, len(keys) - 1)] == wanted)]
            found.append((own, at, words))
        return found

    kept = list(unclaimed(told(), len(keys)))
    owners = np.repeat(np.arange(len(kept)), [len(at) for _, at, _ in kept]).astype(np.int64)
    every = keys[np.concatenate([np.empty(0, np.int64), *(at for _, at, _ in kept)])]
    risen = np.lexsort((owners, every))
    return Standing(
        np.concatenate([_NO_HASHES, *(own for own, _, _ in kept)]),
        np.cumsum([0, *(len(own) for own, _, _ in kept)]),
        np.array([words for _, _, words in kept], np.int64),
        every[risen],
        owners[risen],
    )


def stocked(
    table: pa.Table, *, known: Standing, grams: Stock, bits: int, config: ScanConfig
) -> pa.Table:
    """Find the stretches of articles that are stock passages."""
    table = table.filter(pc.equal(table["reason"], ""))
    hashes, bounds = unpacked(table["hashes"], np.uint64)
    key = (spread(hashes) >> np.uint64(bits)).view(np.int64)
    low, high = (np.searchsorted(known.keys, key, side) for side in ("left", "right"))
    row = np.repeat(np.arange(len(table)), np.diff(bounds))
    sizes = high - low
    at = np.repeat(low, sizes) + np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    met = np.unique(np.column_stack((np.repeat(row, sizes), known.owners[at])), axis=0)
    rows, number = np.unique(met[:, 0], return_inverse=True)
    if not len(rows):
        return CARRIERS.empty_table()
    table = table.take(rows)
    found = tokenise(*_texts(table["text"]))
    marks = mark(found.words, found.bounds[:-1], found.bounds[1:], config.shingle, grams)
    parts = [np.empty((0, 4), np.int64)]
    for passage in np.unique(met[:, 1]).tolist():
        members = number[met[:, 1] == passage].astype(np.int64)
        own = known.grams[known.bounds[passage] : known.bounds[passage + 1]]
        first, size = within(
            found.words, found.bounds[:-1], *marks, members, own, config.shingle,
            int(known.usual[passage]),
        )  # fmt: skip
        kept = size >= config.passage_words
        stretch = (np.full(len(members), passage), members, first, size)
        parts.append(np.column_stack(stretch)[kept])
    every = np.concatenate(parts)
    zero = np.zeros(len(every), np.int64)
    kinds = pa.array(["stock"] * len(every), pa.large_string())
    n = array(table, "n")[every[:, 1]]
    return made(CARRIERS, kinds, every[:, 0], zero, zero, n, every[:, 2], every[:, 3])


def gathered(table: pa.Table) -> pa.Table:
    """Gather what pairs share to passages; pairs that hang together come together."""
    texts, ends = np.unique(
        np.concatenate((array(table, "a_n"), array(table, "b_n"))), return_inverse=True
    )
    pairs = ends.reshape(2, -1).T.astype(np.int64)
    places, bounds = unpacked(table["places"], np.int32)
    rows = np.empty((len(places) // 4, 5), np.int32)
    rows[:, 0] = np.repeat(np.arange(len(table)), np.diff(bounds) // 4)
    rows[:, 1:] = places.reshape(-1, 4)
    found = passages.stretches(pairs, rows)
    # each passage is named by the first of its stretches
    order = np.lexsort((found.words, found.first, found.text, found.passage))
    begins = runs(found.passage[order])
    lead = np.repeat(order[begins[:-1]], np.diff(begins))
    kinds = pa.array(["shared"] * len(order), pa.large_string())
    return made(
        CARRIERS, kinds, texts[found.text[lead]], found.first[lead], found.words[lead],
        texts[found.text[order]], found.first[order], found.words[order],
    )  # fmt: skip


def copied(table: pa.Table) -> pa.Table:
    """Give the stretches of an article to a copy of it."""
    at = table.column_names.index("n")
    return table.set_column(at, CARRIERS.field("n"), table["b_n"]).select(CARRIERS.names)


def listed(table: pa.Table, *, config: ScanConfig) -> pa.Table:
    """Tell of each passage who carries it; the rows are sorted by passage."""
    texts, number = np.unique(array(table, "n"), return_inverse=True)
    published = np.empty(len(texts), np.int64)
    never = pa.scalar(NEVER, pa.int64())
    published[number] = table["published"].cast(pa.int64()).fill_null(never).to_numpy()
    origins = np.empty(len(texts), np.int64)
    origins[number] = array(table, "origin")
    outlets = np.unique(origins, return_inverse=True)[1].astype(np.int32)
    outlets[origins == 0] = -1
    known = Articles(np.empty((0, 0), np.uint8), outlets, published)
    kind = pc.equal(table["kind"], "shared").to_numpy()
    names = [array(table, name) for name in KEY[1:]]
    begins = runs(kind.astype(np.int64), *names)
    passage = np.repeat(begins[:-1], np.diff(begins))
    every = Stretches(
        passage, number.astype(np.int64), array(table, "first"), array(table, "words")
    )
    parts = []
    for told, wanted in ((passages.carried, kind), (passages.left_out, ~kind)):
        some = Stretches(*(column[wanted] for column in every))
        if len(some.passage):
            least = (config.carriers,) if told is passages.carried else ()
            parts.append(_listed(told(some, known, *least), texts, published, names, config))
    return pa.concat_tables(parts) if parts else LISTED.empty_table()


def _listed(
    found: Carried,
    texts: Numbers,
    published: Numbers,
    names: list[Numbers],
    config: ScanConfig,
) -> pa.Table:
    # passages of which enough is left, in the order of their numbers, as they were sorted by
    sizes = np.minimum(found.articles, config.places)
    offsets = np.cumsum(sizes) - sizes
    owner = np.repeat(np.arange(len(sizes)), sizes)
    place = np.arange(len(owner)) - offsets[owner]
    at = found.bounds[:-1][owner] + place
    lead = found.bounds[:-1][owner]
    passage = found.passage[owner]
    kinds = pa.DictionaryArray.from_arrays(found.kinds[owner], list(KINDS)).cast(pa.large_string())
    return made(
        LISTED, kinds, *(name[passage] for name in names), found.articles[owner],
        found.outlets[owner], published[found.text[lead]], found.words[lead],
        texts[found.text[lead]], found.first[lead], place, texts[found.text[at]],
        found.first[at], found.words[at],
    )  # fmt: skip


def sizes(table: pa.Table) -> pa.Table:
    """Count passages by kind, articles and words."""
    table = table.filter(pc.equal(table["place"], 0))
    found = table.group_by(["kind", "articles", "words"]).aggregate([([], "count_all")])
    return made(SIZES, found["kind"], found["articles"], found["words"], found["count_all"])


def leads(table: pa.Table, *, kind: str, articles: int, words: int) -> pa.Table:
    """Return the first carriers of the passages of one kind and size."""
    same = pc.and_(pc.equal(table["place"], 0), pc.equal(table["kind"], kind))
    same = pc.and_(same, pc.equal(table["articles"], articles))
    return table.filter(pc.and_(same, pc.equal(table["words"], words)))


def rank(kind: str) -> int:
    """Return the place of a kind of passage among its kinds."""
    return KINDS.index(kind)


class Cut(NamedTuple):
    """Where the list of passages ends: what comes before this is listed."""

    articles: int
    kind: int
    words: int
    n: int
    first: int


def last_of(found: pa.Table, most: int) -> tuple[int, str, int, int] | None:
    """Return articles, kind and words where the list ends, and how many of these are listed.

    None where all are; ``found`` are collected rows of :data:`retold.flow.rows.SIZES`.
    """
    table = found.group_by(["kind", "articles", "words"]).aggregate([("n", "sum")])
    rows = table.to_pylist()
    rows.sort(key=lambda r: (-r["articles"], rank(r["kind"]), -r["words"]))
    left = most
    for row in rows:
        if row["n_sum"] > left:
            return row["articles"], row["kind"], row["words"], left
        left -= row["n_sum"]
    return None


def cut(table: pa.Table, *, at: Cut) -> pa.Table:
    """Keep the passages that come before a place in the list."""
    kinds = np.array([rank(k) for k in table["kind"].to_pylist()], np.int64)
    keys = (
        -array(table, "articles"), kinds, -array(table, "lead_words"), array(table, "lead_n"),
        array(table, "lead_first"),
    )  # fmt: skip
    before, same = np.zeros(len(table), np.bool_), np.ones(len(table), np.bool_)
    for key, edge in zip(keys, (-at.articles, at.kind, -at.words, at.n, at.first), strict=True):
        before |= same & (key < edge)
        same &= key == edge
    return table.filter(pa.array(before))


def by_text(table: pa.Table) -> pa.Table:
    """Bring together what is written of each article."""
    begins = runs(array(table, "n"))
    numbers = np.column_stack([_numbers(table, name) for name in LISTED.names])
    width = numbers.shape[1]
    n = array(table, "n")[begins[:-1]]
    return made(TEXTS, n, packed(numbers.ravel(), begins * width))


def _numbers(table: pa.Table, name: str) -> Numbers:
    if name == "kind":
        return np.array([rank(kind) for kind in table["kind"].to_pylist()], np.int64)
    held: Numbers = array(table, name)
    return held


def spanned(table: pa.Table) -> pa.Table:
    """Turn words to code points."""
    width = len(LISTED.names)
    values, bounds = unpacked(table["rows"], np.int64)
    rows = values.reshape(-1, width)
    owner = np.repeat(np.arange(len(table)), np.diff(bounds) // width)
    found = tokenise(*_texts(table["text"]))
    content = Content(
        np.empty((0, 0), np.uint8), found.words, found.bounds, found.starts, found.lengths,
        _NO_HASHES, bounds, _NO_HASHES,
    )  # fmt: skip
    columns = dict(zip(LISTED.names, rows.T, strict=True))
    starts, ends = locate(content, owner, columns["first"], columns["words"])
    texts = table["text"].to_pylist()
    cut_out = [
        texts[at][start:end] if place == 0 else ""
        for at, start, end, place in zip(
            owner.tolist(), starts.tolist(), ends.tolist(), columns["place"].tolist(), strict=True
        )
    ]
    kinds = pa.array([KINDS[kind] for kind in columns["kind"].tolist()], pa.large_string())
    told = [kinds, *(columns[name] for name in LISTED.names[1:])]
    return made(SPANNED, *told, table["id"].take(owner), starts, ends, cut_out)


def written_out(table: pa.Table) -> pa.Table:
    """Write passages, whose carriers come together."""
    kinds = np.array([rank(kind) for kind in table["kind"].to_pylist()], np.int64)
    begins = runs(kinds, *(array(table, name) for name in KEY[1:]))
    ids = written(ids_of(table["id"]))
    starts, ends = array(table, "start"), array(table, "end")
    owned: NDArray[np.object_] = np.array(ids.to_pylist(), dtype=object)
    lead = begins[:-1]
    texts = table["text"].take(lead).to_pylist()
    names = [
        passages.name(text, owned[low:high], starts[low:high], ends[low:high])
        for low, high, text in zip(lead.tolist(), begins[1:].tolist(), texts, strict=True)
    ]
    places = pa.StructArray.from_arrays(
        [ids, pa.array(starts), pa.array(ends)], fields=list(PLACES.value_type)
    )
    published = array(table, "published")[lead]
    return made(
        WRITTEN,
        kinds[lead],
        array(table, "lead_n")[lead],
        array(table, "lead_first")[lead],
        names,
        table["kind"].take(lead),
        table["articles"].take(lead),
        table["outlets"].take(lead),
        array(table, "words")[lead],
        [text[: passages.SHOWN] for text in texts],
        ids.take(pa.array(lead)),
        pa.array(published, pa.int64(), mask=published == NEVER).cast(pa.timestamp("us", "UTC")),
        pa.ListArray.from_arrays(begins.astype(np.int32), places),
    )


def _texts(column: pa.ChunkedArray) -> tuple[NDArray[np.uint8], Numbers]:
    held = column.combine_chunks()
    return text_buffers(held.chunk(0) if isinstance(held, pa.ChunkedArray) else held)
