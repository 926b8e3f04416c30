"""Scores of a scan, or of another tool's pairs, on a corpus with planted copies.

A pair is right when both were made from one text, when one merges the text that the other was made
from, or when a quarter of the word 5-grams of one stand in the other (news holds real copies, too).
Footers are no part of that check.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.corpus import GROUP, KINDS, TRUTH
from eval.core import GoldError, Score

Integers = NDArray[np.int64]
CONTAINMENT = 0.25
SAMPLE = 5_000
"""Pairs that precision is measured on, at most."""
SPANS = 300
"""Pairs of a kind that the ends of passages are measured on, at most."""
WHOLE = ("exact", "cut to 70 %", "cut to 55 %", "cut to 40 %", "merge of two", "reordered")
_WORD = re.compile(r"\w+")
_RUN = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Truth:
    """What was planted. Articles are named by their rows in the corpus."""

    article: Integers
    base: Integers
    kind: NDArray[np.object_]
    spans: pa.Array
    words: Integers
    """By row: words before the footer."""
    bases: Integers
    """By row: the one or two texts that it was made from, the second -1 where there is one."""


def truth(path: Path) -> Truth:
    """Read the truth of a corpus.

    Raises:
        GoldError: the file lacks a column or an article.
    """
    try:
        if path.suffix == ".parquet":
            table = pq.read_table(path, schema=TRUTH)
        else:
            options = pa.json.ParseOptions(explicit_schema=TRUTH)
            table = pa.json.read_json(path, parse_options=options)
    except (OSError, pa.ArrowException) as error:
        raise GoldError(f"{path}: {error}") from None
    article, base = (_row(table[name]) for name in ("article", "base"))
    count = int(article.max()) + 1
    words = np.zeros(count, np.int64)
    words[article] = table["words"].to_numpy()
    bases = np.full((count, 2), -1)
    again = np.concatenate([[False], article[1:] == article[:-1]])
    bases[article, again.astype(int)] = base
    if bases[:, 0].min() < 0:
        raise GoldError(f"{path}: article {int(bases[:, 0].argmin())} is missing")
    kind = table["kind"].to_numpy()
    return Truth(article, base, kind, table["spans"].combine_chunks(), words, bases)


def _row(ids: pa.ChunkedArray) -> Integers:
    rows: Integers = pc.utf8_slice_codeunits(ids, 1).cast(pa.int64()).to_numpy()
    return rows


@dataclass(frozen=True, slots=True)
class Found:
    """What a tool found: pairs of rows, lower row first, sorted; and groups, where it makes any."""

    pairs: Integers
    """Each as ``lower * 2**32 + higher``."""
    group: Integers
    """By row: the number of its group, or -1."""
    same: Integers
    """By row: the lowest row with the same words. A tool may list one of several exact copies
    for all: what is matched with one of them is matched with each."""


def _keys(a: Integers, b: Integers) -> Integers:
    return (np.minimum(a, b) << 32) | np.maximum(a, b)


def parts(table: Path) -> list[Path]:
    """Return the files of a table: itself, or what lies in it where it is a folder."""
    return sorted(table.glob("*.parquet")) if table.is_dir() else [table]


def rows_of(folder: Path) -> tuple[pa.Array, Integers]:
    """Return the ids of a scan's articles, and the row of the corpus that each was read from."""
    files = parts(folder / "articles")
    table = pa.concat_tables(pq.read_table(file, columns=["article", "source"]) for file in files)
    number = pc.extract_regex(table["source"], r":(?P<n>\d+)$").combine_chunks().field("n")
    return table["article"].combine_chunks(), number.cast(pa.int64()).to_numpy() - 1


def scanned(folder: Path, count: int) -> Found:
    """Return the verified matches and the groups of a scan of ``count`` rows."""
    ids, rows = rows_of(folder)
    table = pq.read_table(folder / "matches.parquet", columns=["a", "b", "kind", "verified"])
    table = table.filter(table["verified"])
    a, b = (rows[pc.index_in(table[side], ids).to_numpy()] for side in ("a", "b"))
    exact = pc.equal(table["kind"], "exact").to_numpy()
    groups = pq.read_table(folder / "groups.parquet", columns=["group", "article"])
    group = np.full(count, -1)
    names = groups["group"].combine_chunks().dictionary_encode().indices.to_numpy()
    group[rows[pc.index_in(groups["article"], ids).to_numpy()]] = names
    return Found(np.unique(_keys(a, b)), group, _lowest(count, a[exact], b[exact]))


def _lowest(count: int, a: Integers, b: Integers) -> Integers:
    """Return by row the lowest row that a chain of the pairs leads to."""
    lowest = np.arange(count)
    while (lowest[a] != lowest[b]).any():
        low = np.minimum(lowest[a], lowest[b])
        np.minimum.at(lowest, a, low)
        np.minimum.at(lowest, b, low)
    return lowest


def paired(file: Path, count: int) -> Found:
    """Return the pairs of another tool: a table of pairs."""
    table = pq.read_table(file)
    keys = _keys(_row(table["a"]), _row(table["b"]))
    return Found(np.unique(keys), np.full(count, -1), np.arange(count))


def bucketed(file: Path, told: Truth) -> Found:
    """Return the pairs of another tool that gives buckets: the planted ones, and a sample.

    The pairs of all buckets together grow with the square of the largest; so only the planted
    pairs, and one pair drawn from each bucket, are looked at.
    """
    table = pa.concat_tables(map(pq.read_table, parts(file)))
    lists = table["articles"].cast(pa.large_list(pa.large_string())).combine_chunks()
    rows = _row(pa.chunked_array([lists.flatten()]))
    bucket = pc.list_parent_indices(lists).to_numpy()
    order = np.lexsort((bucket, rows))
    rows, bucket = rows[order], bucket[order]
    starts = np.searchsorted(rows, np.arange(len(told.words) + 1))
    keep = [
        bool(
            np.intersect1d(
                bucket[starts[a] : starts[a + 1]], bucket[starts[b] : starts[b + 1]]
            ).size
        )
        for a, b in zip(told.article.tolist(), told.base.tolist(), strict=True)
    ]
    planted = _keys(told.article[keep], told.base[keep])
    generator = np.random.default_rng(0)
    offsets = lists.offsets.to_numpy()
    flat = _row(pa.chunked_array([lists.flatten()]))
    sizes = np.diff(offsets)
    first = (generator.random(len(sizes)) * sizes).astype(int)
    second = (first + 1 + (generator.random(len(sizes)) * (sizes - 1)).astype(int)) % sizes
    drawn = _keys(flat[offsets[:-1] + first], flat[offsets[:-1] + second])
    keys = np.unique(np.concatenate([planted[told.article[keep] != told.base[keep]], drawn]))
    count = len(told.words)
    return Found(keys, np.full(count, -1), np.arange(count))


def wilson(name: str, right: int, n: int, baseline: float | None = None, by: str = "") -> Score:
    """Return a share with its 95 % interval (Wilson 1927), which stays sensible near 0 and 1."""
    if not n:
        raise GoldError(f"{name}: no cases to score")
    z, p = 1.96, right / n
    middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low, high = round(max(0.0, middle - half), 4), round(min(1.0, middle + half), 4)
    base = None if baseline is None else round(baseline, 4)
    return Score(name, round(p, 4), low, high, n, base, by)


def recall(found: Found, told: Truth, baseline: dict[str, float] | None = None) -> list[Score]:
    """Return the share of planted pairs of article and base that are matched, by kind."""
    pairs = _keys(found.same[found.pairs >> 32], found.same[found.pairs & 0xFFFFFFFF])
    article, base = found.same[told.article], found.same[told.base]
    hit = np.isin(_keys(article, base), pairs) | (article == base)
    by = "5-gram Jaccard of .5 or more" if baseline else ""
    scores = []
    for name, kinds in (("all kinds", KINDS), *((kind, (kind,)) for kind in KINDS)):
        of = np.isin(told.kind, kinds)
        plain = baseline[name] if baseline else None
        scores.append(wilson(f"recall, {name}", int(hit[of].sum()), int(of.sum()), plain, by))
    return scores


def group_recall(found: Found, told: Truth) -> list[Score]:
    """Return the share of the large group that stands in one group."""
    members = told.article[told.kind == GROUP]
    if not len(members) or not (found.group >= 0).any():
        return []
    numbers = found.group[np.append(members, told.base[told.kind == GROUP][0])]
    best = np.bincount(numbers + 1)[1:].max() if (numbers >= 0).any() else 0
    return [wilson("recall, one large group", int(best), len(numbers))]


def together(told: Truth, a: Integers, b: Integers) -> NDArray[np.bool_]:
    """Return whether both articles of each pair were made from a common text."""
    one, two = told.bases[a], told.bases[b]
    same = (one[:, :, None] == two[:, None, :]) & (one >= 0)[:, :, None]
    found: NDArray[np.bool_] = same.any(axis=(1, 2))
    return found


def precision(found: Found, told: Truth, corpus: Path, *, groups: bool) -> list[Score]:
    """Return the share of matches, and of the pairs within groups, that are right, by sampling."""
    generator = np.random.default_rng(0)
    large = np.zeros(len(told.words), bool)
    large[told.article[told.kind == GROUP]] = True
    a, b = found.pairs >> 32, found.pairs & 0xFFFFFFFF
    samples = {"precision, matches": (a, b)}
    rest = ~(large[a] & large[b])
    samples["precision, matches outside the large group"] = (a[rest], b[rest])
    for name, (x, y) in samples.items():
        pick = generator.permutation(len(x))[:SAMPLE]
        samples[name] = (x[pick], y[pick])
    if groups:
        samples["precision, grouped pairs"] = _grouped(found.group, generator)
        outside = np.where(large, -1, found.group)
        samples["precision, grouped pairs outside the large group"] = _grouped(outside, generator)
    joined = _joined(told)
    needed = [np.empty(0, np.int64)]
    for x, y in samples.values():
        no = ~together(told, x, y)
        needed += [x[no], y[no]]
    shingles = dict(sets(corpus, told, np.unique(np.concatenate(needed))))
    scores = []
    for name, (x, y) in samples.items():
        right = together(told, x, y)
        linked = right.copy()
        for n in np.flatnonzero(~right).tolist():
            s, t = shingles[int(x[n])], shingles[int(y[n])]
            right[n] = len(s & t) >= CONTAINMENT * min(len(s), len(t))
            linked[n] = right[n] or not joined.isdisjoint(_bases(told, int(x[n]), int(y[n])))
        if len(x):
            scores.append(wilson(name, int(right.sum()), len(x)))
            if "grouped" in name:
                scores.append(wilson(f"{name}, merges join", int(linked.sum()), len(x)))
    return scores


def _grouped(group: Integers, generator: np.random.Generator) -> tuple[Integers, Integers]:
    """Draw pairs evenly from all pairs within groups."""
    order = np.argsort(group, kind="stable")
    order = order[group[order] >= 0]
    _, starts, sizes = np.unique(group[order], return_index=True, return_counts=True)
    starts, sizes = starts[sizes > 1], sizes[sizes > 1]
    if not len(sizes):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    weights = sizes * (sizes - 1.0)
    pick = generator.choice(len(sizes), SAMPLE, p=weights / weights.sum())
    first = generator.integers(0, sizes[pick])
    second = (first + 1 + generator.integers(0, sizes[pick] - 1)) % sizes[pick]
    return order[starts[pick] + first], order[starts[pick] + second]


def _joined(told: Truth) -> set[tuple[int, int]]:
    """Return the pairs of texts that a planted merge joins, lower first."""
    two = told.bases[told.bases[:, 1] >= 0]
    return {(min(a, b), max(a, b)) for a, b in two.tolist()}


def _bases(told: Truth, x: int, y: int) -> Iterator[tuple[int, int]]:
    for a in told.bases[x].tolist():
        for b in told.bases[y].tolist():
            yield min(a, b), max(a, b)


def texts(file: Path, rows: Integers | None, wanted: Integers) -> Iterator[tuple[int, str]]:
    """Yield (row, text) of the wanted rows; ``rows`` says which row each of the file's is."""
    start = 0
    batches = (pq.ParquetFile(part).iter_batches(10_000, columns=["text"]) for part in parts(file))
    for batch in chain.from_iterable(batches):
        here = np.arange(start, start + len(batch)) if rows is None else rows[start:][: len(batch)]
        mine = np.flatnonzero(np.isin(here, wanted))
        yield from zip(here[mine].tolist(), batch.column(0).take(mine).to_pylist(), strict=True)
        start += len(batch)


def sets(corpus: Path, told: Truth, wanted: Integers) -> Iterator[tuple[int, set[str]]]:
    """Yield (row, 5-grams) of the wanted rows of a corpus, or of the articles of a scan."""
    rows = rows_of(corpus)[1] if corpus.is_dir() else None
    file = corpus / "articles" if corpus.is_dir() else corpus
    for row, text in texts(file, rows, wanted):
        yield row, shingles(text, int(told.words[row]))


def shingles(text: str, words: int) -> set[str]:
    """Return the 5-grams of the first ``words`` words of a text."""
    found = _WORD.findall(" ".join(text.split()[:words]).lower())
    return {" ".join(run) for run in zip(*(found[i:] for i in range(5)), strict=False)}


def ends(folder: Path, told: Truth) -> dict[str, list[tuple[int, int] | None]]:
    """Return, by kind, how many words each planted passage's found start and end lie off.

    None where no passage of the match covers any of it. Of each kind up to :data:`SPANS` matched
    pairs are looked at, in both of their texts.
    """
    ids, rows = rows_of(folder)
    table = pq.read_table(folder / "matches.parquet", columns=["a", "b", "spans"])
    a, b = (rows[pc.index_in(table[side], ids).to_numpy()] for side in ("a", "b"))
    keys = _keys(a, b)
    order = np.argsort(keys)
    planted = _keys(told.article, told.base)
    at = order[np.minimum(np.searchsorted(keys, planted, sorter=order), len(keys) - 1)]
    cases = []
    for kind in WHOLE:
        mine = np.flatnonzero((told.kind == kind) & (keys[at] == planted))
        cases += mine[:: max(1, len(mine) // SPANS)][:SPANS].tolist()
    wanted = np.unique(np.concatenate([told.article[cases], told.base[cases]]))
    runs = {
        row: [m.span() for m in _RUN.finditer(text)]
        for row, text in texts(folder / "articles", rows, wanted)
    }
    off: dict[str, list[tuple[int, int] | None]] = {kind: [] for kind in WHOLE}
    for case in cases:
        match = int(at[case])
        spans = table["spans"][match].as_py()
        for row, own in (
            (told.article[case], "start end"),
            (told.base[case], "base_start base_end"),
        ):
            side = "a" if a[match] == row else "b"
            places = [_words(runs[int(row)], s[f"{side}_start"], s[f"{side}_end"]) for s in spans]
            start, end = own.split()
            off[str(told.kind[case])] += [
                _off((span[start], span[end]), places) for span in told.spans[case].as_py()
            ]
    return off


def _words(runs: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Return the words, parted by white space, that a range of characters touches."""
    return (
        bisect_left(runs, start + 1, key=lambda run: run[1]),
        bisect_left(runs, end, key=lambda run: run[0]),
    )


def _off(wanted: tuple[int, int], places: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    def common(place: tuple[int, int]) -> int:
        return min(place[1], wanted[1]) - max(place[0], wanted[0])

    best = max(places, key=common, default=(0, 0))
    if common(best) <= 0:
        return None
    return abs(best[0] - wanted[0]), abs(best[1] - wanted[1])


def span_scores(off: dict[str, list[Any]]) -> list[Score]:
    """Return the share of planted passages found, and of their ends that lie within 3 words."""
    scores = []
    for name, kinds in (("cut, merged, whole", WHOLE[:-1]), ("moved", WHOLE[-1:])):
        every = [case for kind in kinds for case in off[kind]]
        hit = [case for case in every if case is not None]
        if every:
            scores.append(wilson(f"passages found, {name}", len(hit), len(every)))
        errors = [error for case in hit for error in case]
        if errors:
            near = sum(error <= 3 for error in errors)
            scores.append(wilson(f"ends within 3 words, {name}", near, len(errors)))
    return scores


def scores(
    folder: Path, told: Truth, corpus: Path, baseline: dict[str, float] | None = None
) -> list[Score]:
    """Return all scores of a scan of ``corpus``; ``baseline`` has the recall of a simple method."""
    found = scanned(folder, len(told.words))
    return [
        *recall(found, told, baseline),
        *group_recall(found, told),
        *precision(found, told, corpus, groups=True),
        *span_scores(ends(folder, told)),
    ]
