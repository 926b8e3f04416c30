"""The stages in order, on any engine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Generic

import numpy as np

from retold.config import ScanConfig
from retold.engine import Data, Engine, Progress, silent
from retold.flow import aligned, articles, grouped, outlets, passages, postings, rows
from retold.flow.rows import Numbers, array, unpacked
from retold.reuse.candidates import cut_off
from retold.reuse.stock import Stock, stock

MOST = 1_000
"""Texts of one hash that are brought together. Of a hash that more hold the first are; the others
are paired with the leaders where they lie."""
_FOREST = 4_000_000
"""Articles whose connections are merged at a time."""
_STAGES = 7
_SKETCH = ("n", "hashes", "whole", "origin", "reason")


@dataclass(frozen=True, slots=True)
class Flow(Generic[Data]):
    """What a scan found, as the engine holds it."""

    articles: Data
    """Of :data:`retold.flow.rows.READ`: each article once, and what was left out."""
    twice: Data
    """Of :data:`retold.flow.rows.TWICE`."""
    matches: list[Data]
    """Of :data:`retold.flow.rows.FOUND`: those that were aligned, and those of equal words."""
    members: Data
    """Of :data:`retold.flow.rows.MEMBERS`."""
    outlets: Data
    """Of :data:`retold.flow.rows.CARRIES`."""
    passages: Data
    """Of :data:`retold.flow.rows.WRITTEN`."""
    cut: bool
    """Whether passages are left out, as there are too many."""
    count: int
    """Articles."""
    words: int
    """Words in them."""
    candidates: int
    """Pairs that were aligned."""


def flow(
    engine: Engine[Data],
    read: Data,
    config: ScanConfig,
    progress: Progress = silent,
    most: int = MOST,
) -> Flow[Data]:
    """Find all matches and groups.

    Args:
        engine: holds the rows.
        read: rows of :data:`retold.flow.rows.READ`; an article may be there several times.
        config: thresholds.
        progress: is told how many of the stages are done.
        most: see :data:`MOST`.
    """
    progress("articles", 0, _STAGES)
    once, twice = _once(engine, read)
    count, words = _counted(
        engine, engine.map(articles.counted, once, rows.COUNT, columns=("words", "reason"))
    )
    found = _Found(engine, once, config, cut_off(count), most)
    progress("copies", 1, _STAGES)
    copies = found.copies()
    progress("candidates", 2, _STAGES)
    candidates, crowds = found.candidates(copies)
    progress("align", 3, _STAGES)
    matches = found.matches(candidates)
    pairs, _ = _counted(engine, engine.map(grouped.counted, candidates, rows.COUNT))
    progress("groups", 4, _STAGES)
    members = _members(engine, [matches, copies], crowds, config)
    progress("outlets", 5, _STAGES)
    carries = _outlets(engine, once, members)
    progress("passages", 6, _STAGES)
    told, cut = found.passages(matches, copies)
    progress("passages", _STAGES, _STAGES)
    return Flow(once, twice, [matches, copies], members, carries, told, cut, count, words, pairs)


def _counted(engine: Engine[Data], data: Data) -> tuple[int, int]:
    found = engine.collect(data)
    one, two = (int(array(found, name).sum()) for name in rows.COUNT.names)
    return one, two


def _once(engine: Engine[Data], read: Data) -> tuple[Data, Data]:
    """Return each article once, and what is there again."""
    places = engine.map(articles.places, read, rows.PLACES, columns=("n", "source", "reason"))
    twice = engine.group(
        articles.twice, places, ["n"], rows.TWICE, order=["file", "start", "row"], name="twice"
    )
    again, _ = _counted(engine, engine.map(grouped.counted, twice, rows.COUNT))
    if not again:
        return read, twice
    return engine.join(read, twice, {"n": "n", "source": "source"}, without=True), twice


class _Found(Generic[Data]):
    """What is found from the articles, stage by stage."""

    def __init__(
        self, engine: Engine[Data], once: Data, config: ScanConfig, bits: int, most: int
    ) -> None:
        self.engine, self.once, self.config, self.bits = engine, once, config, bits
        self.most = max(most, config.long, 2 * config.stock_samples)
        none = np.empty(0, np.int64)
        runs = np.empty(0, np.uint64)
        standing = passages.Standing(runs, np.zeros(1, np.int64), none, none, none)
        self.stock = _Known(none, stock(runs), standing)

    def copies(self) -> Data:
        """Match articles with the first one of equal words."""
        engine = self.engine
        worded = engine.map(
            articles.worded, self.once, rows.FIRSTS, columns=(*rows.FIRSTS.names, "reason")
        )
        firsts = engine.group(
            articles.firsts, worded, ["whole"], rows.FIRSTS, order=["n"], combine=articles.fewest,
            name="firsts",
        )  # fmt: skip
        met = engine.join(
            self.once, firsts, {"whole": "whole"}, columns=("n", "id", "begin", "end"), suffix="_a"
        )
        needed = ("n", "id", "words", "begin", "end", "n_a", "id_a", "begin_a", "end_a")
        return engine.map(aligned.exact, met, rows.FOUND, columns=needed, name="copies")

    def candidates(self, copies: Data) -> tuple[Data, Data]:
        """Return the pairs to align, and who is of a crowd."""
        engine, config, most, bits = self.engine, self.config, self.most, self.bits
        held = engine.map(partial(postings.held, bits=bits), self.once, rows.HELD, columns=_SKETCH)
        found = engine.group(
            partial(postings.postings, config=config, most=most), held, ["key"], rows.POSTINGS,
            order=["n"], combine=partial(postings.thinned, most=most), name="postings",
        )  # fmt: skip
        self.stock = self._stock(found)
        keys = self.stock.keys
        heavy = postings.as_heavy(
            engine.collect(
                engine.map(
                    partial(postings.heavy, stock=keys, config=config, most=most), found,
                    rows.POSTINGS,
                )
            ),
            config.leaders,
        )  # fmt: skip
        pairs = [
            engine.map(
                partial(postings.shared, stock=keys, config=config, most=most), found, rows.SHARED
            )
        ]
        crowds = [
            engine.map(
                partial(postings.crowded, stock=keys, config=config, most=most), found, rows.CROWDS
            )
        ]
        if len(heavy.keys):
            led = engine.map(
                partial(postings.led, known=heavy, bits=bits), self.once, rows.SHARED,
                columns=_SKETCH,
            )  # fmt: skip
            pairs.append(engine.join(led, copies, {"b": "b_n"}, without=True))
            crowds.append(
                engine.map(
                    partial(postings.crowded_by, known=heavy, bits=bits),
                    self.once,
                    rows.CROWDS,
                    columns=_SKETCH,
                )
            )
        wanted = engine.group(
            partial(postings.candidates, config=config), pairs, ["a", "b"], rows.SHARED,
            combine=postings.summed, name="candidates",
        )  # fmt: skip
        crowded = engine.group(
            postings.least, crowds, ["n"], rows.CROWDS, combine=postings.least, name="crowds"
        )
        return wanted, crowded

    def _stock(self, found: Data) -> _Known:
        """Tell furniture and stock paragraphs."""
        engine, config = self.engine, self.config
        asked = engine.map(partial(postings.samples, config=config), found, rows.SAMPLES)
        sketches = engine.join(asked, self.once, {"n": "n"}, columns=("hashes",))
        told = engine.group(
            partial(postings.stocked, config=config), sketches, ["key"], rows.STOCK, order=["n"],
            name="stock",
        )  # fmt: skip
        table = engine.collect(told)
        keys = np.sort(array(table, "key"))
        if not len(keys):
            return self.stock
        pairs = engine.map(postings.proposed, told, rows.SHARED)
        pairs = engine.group(postings.summed, pairs, ["a", "b"], rows.SHARED, name="stock pairs")
        grams = engine.map(
            partial(aligned.grams, keys=keys, bits=self.bits, config=config),
            self._texts(pairs), rows.GRAMS,
        )  # fmt: skip
        shared = engine.collect(grams)
        runs, _ = unpacked(shared["both"], np.uint64)
        return _Known(keys, stock(runs), passages.standing(shared, keys, self.bits))

    def _texts(self, pairs: Data) -> Data:
        """Return pairs with the ids and texts of both."""
        half = self.engine.join(pairs, self.once, {"b": "n"}, columns=("id", "text"), suffix="_b")
        return self.engine.join(half, self.once, {"a": "n"}, columns=("id", "text"), suffix="_a")

    def matches(self, candidates: Data) -> Data:
        """Align pairs."""
        return self.engine.map(
            partial(aligned.aligned, known=self.stock.grams, config=self.config),
            self._texts(candidates), rows.FOUND, name="matches",
        )  # fmt: skip

    def passages(self, matches: Data, copies: Data) -> tuple[Data, bool]:
        """Gather what is shared to passages; say whether some are left out."""
        engine, once, config = self.engine, self.once, self.config
        forest = engine.map(grouped.hanging, matches, rows.FOREST, columns=("a_n", "b_n"))
        labels = _labels(engine, forest, "hanging")
        shares = engine.join(
            engine.map(grouped.placed_pairs, matches, rows.PAIRS, columns=rows.PAIRS.names),
            labels, {"a_n": "n"}, columns=("root",),
        )  # fmt: skip
        gathered = [
            engine.group(
                passages.gathered, shares, ["root"], rows.CARRIERS, order=["a_n", "b_n"],
                name="gathered",
            )
        ]  # fmt: skip
        if len(self.stock.keys):
            find = partial(
                passages.stocked, known=self.stock.standing, grams=self.stock.grams,
                bits=self.bits, config=config,
            )  # fmt: skip
            needed = ("n", "text", "hashes", "reason")
            gathered.append(engine.map(find, once, rows.CARRIERS, columns=needed))
        met = engine.join(gathered[0], copies, {"n": "a_n"}, columns=("b_n",))
        gathered.append(engine.map(passages.copied, met, rows.CARRIERS))
        known = [
            engine.join(data, once, {"n": "n"}, columns=("origin", "published"))
            for data in gathered
        ]
        listed = engine.group(
            partial(passages.listed, config=config), known, passages.KEY, rows.LISTED,
            order=["n", "first", "words"], name="listed",
        )  # fmt: skip
        listed, cut = self._cut(listed)
        texts = engine.group(passages.by_text, listed, ["n"], rows.TEXTS)
        full = engine.join(texts, once, {"n": "n"}, columns=("id", "text"))
        spanned = engine.map(passages.spanned, full, rows.SPANNED)
        told = engine.group(
            passages.written_out, spanned, passages.KEY, rows.WRITTEN, order=["place"],
            name="passages",
        )  # fmt: skip
        return told, cut

    def _cut(self, listed: Data) -> tuple[Data, bool]:
        """Keep as many passages as are listed, those in most articles."""
        engine = self.engine
        sizes = engine.map(passages.sizes, listed, rows.SIZES)
        last = passages.last_of(engine.collect(sizes), self.config.passages)
        if last is None:
            return listed, False
        carriers, kind, words, left = last
        some = partial(passages.leads, kind=kind, articles=carriers, words=words)
        leads = engine.collect(engine.map(some, listed, rows.LISTED))
        leads = leads.sort_by([("n", "ascending"), ("first", "ascending")])
        edge = passages.Cut(
            carriers, passages.rank(kind), words, leads["n"][left].as_py(),
            leads["first"][left].as_py(),
        )  # fmt: skip
        return engine.map(partial(passages.cut, at=edge), listed, rows.LISTED), True


@dataclass(frozen=True, slots=True)
class _Known:
    """Furniture and stock paragraphs."""

    keys: Numbers
    """Of the postings, sorted."""
    grams: Stock
    standing: passages.Standing


def _members(engine: Engine[Data], found: list[Data], crowds: Data, config: ScanConfig) -> Data:
    """Join verified matches to groups."""
    forest = engine.map(grouped.linked, found, rows.FOREST, columns=("a_n", "b_n", "verified"))
    labels = _labels(engine, forest, "forest")
    every = engine.map(
        grouped.certain, found, rows.CERTAIN, columns=(*rows.CERTAIN.names, "verified")
    )
    edges = engine.join(every, labels, {"a_n": "n"}, columns=("root",))
    beside = engine.join(crowds, labels, {"n": "n"}, columns=("root",))
    return engine.group(
        partial(grouped.grouped, config=config),
        [
            engine.map(grouped.edges, edges, rows.EDGES),
            engine.map(grouped.crowd_edges, beside, rows.EDGES),
        ],
        ["root"], rows.MEMBERS, name="members",
    )  # fmt: skip


def _labels(engine: Engine[Data], forest: Data, name: str) -> Data:
    """Merge forests in rounds; return what each article is part of."""
    size, _ = _counted(engine, engine.map(grouped.counted, forest, rows.COUNT))
    buckets = -(-size // _FOREST)
    while buckets > 1:
        cut = engine.map(partial(grouped.spread, buckets=buckets), forest, rows.FOREST)
        forest = engine.group(
            grouped.merged, cut, ["bucket"], rows.FOREST, name=f"{name} {buckets}"
        )
        buckets //= 8
    one = engine.map(partial(grouped.spread, buckets=1), forest, rows.FOREST)
    return engine.group(grouped.merged, one, ["bucket"], rows.FOREST, name=name)


def _outlets(engine: Engine[Data], once: Data, members: Data) -> Data:
    """Tell who carries whose text."""
    placed = engine.join(
        engine.map(grouped.placed, members, rows.PLACED, columns=("n", "lead")), once, {"n": "n"},
        columns=("origin", "published"),
    )  # fmt: skip
    carried = engine.group(outlets.carriers, placed, ["lead"], rows.CARRIED, order=["n"])
    told = engine.group(outlets.told, carried, ["outlet_n", "other_n"], rows.LAGS)
    counts = engine.map(outlets.totals, once, rows.TOTALS, columns=("origin", "outlet", "reason"))
    totals = engine.group(
        outlets.added, counts, ["origin", "outlet"], rows.TOTALS, combine=outlets.added,
        name="totals",
    )  # fmt: skip
    every = engine.join(told, totals, {"outlet_n": "origin"}, columns=("outlet", "all"))
    both = engine.join(every, totals, {"other_n": "origin"}, columns=("outlet",), suffix="_b")
    return engine.map(outlets.shares, both, rows.CARRIES, name="outlets")
