"""``python -m bench.corpus SIZE FOLDER``: a corpus with planted copies, and the truth of it.

Of all articles a quarter are variants of one of the kinds in :data:`KINDS`, one in twenty (5,000 at
most) belongs to one group of light edits of a single text, the rest are the texts that these
were made from and texts without a copy. One article in five ends with its outlet's footer, which
alone makes no match. Rows are shuffled. The same call gives the same rows.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.footers import FOOTERS
from bench.words import Tokens, Words, fiction, news, strings, texts

NEWS = Path(__file__).parents[2] / "shared" / "data" / "articles_37k" / "articles.parquet"
SIZES = {
    "1k": 1_000,
    "5k": 5_000,
    "10k": 10_000,
    "100k": 100_000,
    "1m": 1_000_000,
    "3m": 3_000_000,
}
KINDS = (
    "exact",
    "edits 5 %",
    "edits 10 %",
    "edits 15 %",
    "cut to 70 %",
    "cut to 55 %",
    "cut to 40 %",
    "merge of two",
    "reordered",
    "synonyms 20 %",
    "rewrite",
)
GROUP = "group"
ROWS = 10_000
"""Rows of a row group."""

CORPUS = pa.schema(
    [
        ("id", pa.string()),
        ("outlet", pa.string()),
        ("title", pa.large_string()),
        ("published", pa.timestamp("us", "UTC")),
        ("text", pa.large_string()),
    ]
)
TRUTH = pa.schema(
    [
        ("article", pa.string()),
        ("base", pa.string()),
        ("kind", pa.string()),
        ("words", pa.int32()),
        (
            "spans",
            pa.list_(
                pa.struct([(n, pa.int32()) for n in ("start", "end", "base_start", "base_end")])
            ),
        ),
    ]
)
"""One row for an article and each text that it was made from (an article that was made from none
has itself for its base and the kind ``base``). ``words`` counts the words before the footer;
``spans`` are half-open ranges of words, parted by white space, that stand in both unchanged, for
the kinds that leave passages whole."""

Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Planted:
    """An article before it is written: its tokens, and each base with kind and common spans."""

    tokens: Tokens
    bases: tuple[tuple[int, str, tuple[Span, ...]], ...] = ()
    """Base as a place in the list of all articles."""


class Editor:
    """Makes variants; holds the vocabulary that edits draw from."""

    def __init__(self, words: Words, seed: int) -> None:
        """Take the 20,000 commonest plain words; a synonym is the neighbour in frequency."""
        self.generator = np.random.default_rng(seed)
        self.common = words.plain[:20_000]
        self.synonym = np.full(len(words.starts), -1, np.int32)
        content = words.plain[100 : 100 + (len(words.plain) - 100) // 2 * 2]
        self.synonym[content] = content.reshape(-1, 2)[:, ::-1].ravel()

    def edited(self, tokens: Tokens, share: float) -> Tokens:
        """Substitute, delete or insert at ``share`` of the words, never at a sentence's end."""
        inner = np.flatnonzero(tokens & 3 == 0)
        count = min(len(inner), round(share * len(tokens)))
        places = self.generator.choice(inner, count, replace=False)
        what = self.generator.integers(0, 3, count)
        fresh = self.common[self.generator.integers(0, len(self.common), count)] << 2
        times = np.ones(len(tokens), np.int64)
        times[places[what == 1]] = 0
        times[places[what == 2]] = 2
        out = np.repeat(tokens, times)
        ends = np.cumsum(times) - 1
        out[ends[places[what != 1]]] = fresh[what != 1]
        return out

    def replaced(self, tokens: Tokens, share: float) -> Tokens:
        """Replace ``share`` of the words by their synonyms."""
        able = np.flatnonzero(self.synonym[tokens >> 2] >= 0)
        count = min(len(able), round(share * len(tokens)))
        places = self.generator.choice(able, count, replace=False)
        out = tokens.copy()
        out[places] = self.synonym[tokens[places] >> 2] << 2 | tokens[places] & 3
        return out

    def shuffled(self, tokens: Tokens, level: int) -> tuple[Tokens, tuple[Span, ...]]:
        """Shuffle sentences (level 1) or paragraphs (level 2); return also where each piece is."""
        ends = np.flatnonzero(tokens & 3 >= level) + 1
        bounds = np.unique(np.concatenate([[0], ends, [len(tokens)]]))
        order = self.generator.permutation(len(bounds) - 1)
        out: list[Tokens] = []
        spans: list[Span] = []
        place = 0
        for k in order.tolist():
            start, end = int(bounds[k]), int(bounds[k + 1])
            out.append(tokens[start:end])
            if spans and spans[-1][3] == start:
                spans[-1] = (spans[-1][0], place + end - start, spans[-1][2], end)
            else:
                spans.append((place, place + end - start, start, end))
            place += end - start
        return np.concatenate(out), tuple(spans)


def cut(tokens: Tokens, share: float) -> Tokens:
    """Keep the first ``share`` of the words, to the nearest end of a sentence within 20 words."""
    wanted = round(share * len(tokens))
    near = np.flatnonzero(tokens[max(0, wanted - 20) : wanted + 20] & 3) + 1 + max(0, wanted - 20)
    end = int(near[np.abs(near - wanted).argmin()]) if len(near) else wanted
    return tokens[:end]


def variant(editor: Editor, kind: str, bases: list[Tokens], own: int, other: int) -> Planted:
    """Make a variant of the text ``own`` (and of ``other``, for a merge)."""
    tokens = bases[own]
    spans: tuple[Span, ...] = ()
    word, _, share = kind.removesuffix(" %").rpartition(" ")
    if kind == "exact":
        spans = ((0, len(tokens), 0, len(tokens)),)
    elif word == "edits":
        tokens = editor.edited(tokens, int(share) / 100)
    elif word == "cut to":
        tokens = cut(tokens, int(share) / 100)
        spans = ((0, len(tokens), 0, len(tokens)),)
    elif word == "synonyms":
        tokens = editor.replaced(tokens, int(share) / 100)
    elif kind == "reordered":
        paragraphs = np.count_nonzero(tokens & 3 == 2) > 5
        tokens, spans = editor.shuffled(tokens, 1 + int(paragraphs and own % 2))
    elif kind == "rewrite":
        tokens, _ = editor.shuffled(editor.edited(cut(tokens, 0.7), 0.15), 1)
    elif kind == "merge of two":
        first, second = cut(tokens, 0.6).copy(), cut(bases[other], 0.6)
        n, m = len(first), len(second)
        first[-1] |= 2
        first[-1] &= ~1
        return Planted(
            np.concatenate([first, second]),
            ((own, kind, ((0, n, 0, n),)), (other, kind, ((n, n + m, 0, m),))),
        )
    return Planted(tokens, ((own, kind, spans),))


def plant(words: Words, count: int, seed: int = 1) -> list[Planted]:
    """Return ``count`` articles: bases first, then variants, then the large group."""
    generator = np.random.default_rng(seed)
    variants = count // 4
    group = min(5_000, count // 20)
    bases = texts(words, count - variants - group, seed)
    editor = Editor(words, seed + 1)
    kinds = generator.permutation(np.arange(variants) % len(KINDS)).tolist()
    families = max(2, round(variants / 2.5))
    owners = generator.integers(1, families, variants).tolist()
    found = [Planted(b) for b in bases]
    for n, (kind, own) in enumerate(zip(kinds, owners, strict=True)):
        found.append(variant(editor, KINDS[kind], bases, own, min(families + n, len(bases) - 1)))
    found += [Planted(editor.edited(bases[0], 0.03), ((0, GROUP, ()),)) for _ in range(group)]
    return found


def write(target: Path, truth: Path, count: int, words: Words, seed: int = 1) -> None:
    """Write the corpus and its truth as Parquet."""
    found = plant(words, count, seed)
    generator = np.random.default_rng(seed + 2)
    order = generator.permutation(count)
    row = np.empty(count, np.int64)
    row[order] = np.arange(count)
    footer = np.where(generator.random(count) < 0.2, generator.integers(0, len(FOOTERS), count), -1)
    outlet = generator.integers(0, len(words.outlets), count)
    published = _times(generator, found)
    missing = generator.random(count) < 0.03
    names = np.array([*words.outlets, *FOOTERS], object)
    outlet = np.where(footer < 0, outlet, len(words.outlets) + footer)
    endings = ["", *("\n\n" + text for text in FOOTERS.values())]
    with (
        pq.ParquetWriter(target, CORPUS, compression="zstd") as corpus,
        pq.ParquetWriter(truth, TRUTH, compression="zstd") as told,
    ):
        for start in range(0, count, ROWS):
            picked = order[start : start + ROWS]
            bodies = [found[k].tokens for k in picked]
            text = strings(words, bodies)
            ends = pa.array([endings[k + 1] for k in footer[picked]], pa.large_string())
            text = pa.compute.binary_join_element_wise(text, ends, pa.scalar("", pa.large_string()))
            titles = strings(words, [b[:8] & ~3 for b in bodies])
            ids = [_id(k) for k in range(start, start + len(picked))]
            times = pa.array(published[picked], mask=missing[picked]).cast(pa.timestamp("us"))
            columns = [ids, names[outlet[picked]], titles, times.cast(CORPUS.field(3).type), text]
            corpus.write_table(pa.table(columns, schema=CORPUS), row_group_size=ROWS)
            told.write_table(_truth(found, picked, row, start), row_group_size=ROWS)


def _id(row: int) -> str:
    return f"n{row:07}"


def _times(generator: np.random.Generator, found: list[Planted]) -> NDArray[np.int64]:
    """Return microseconds since 1970: bases at any time of 2024, copies up to some days later."""
    hour = 3_600_000_000
    times = 1_704_067_200_000_000 + generator.integers(0, 8_784, len(found)) * hour
    lags = (generator.exponential(9, len(found)) * 60).astype(np.int64) * (hour // 60)
    for k, planted in enumerate(found):
        if planted.bases:
            times[k] = max(times[base] for base, _, _ in planted.bases) + lags[k]
    return times


def _truth(
    found: list[Planted], picked: NDArray[np.int64], row: NDArray[np.int64], start: int
) -> pa.Table:
    rows = []
    for n, k in enumerate(picked.tolist(), start):
        for base, kind, spans in found[k].bases or ((k, "base", ()),):
            named = [
                dict(zip(("start", "end", "base_start", "base_end"), span, strict=True))
                for span in spans
            ]
            rows.append((_id(n), _id(int(row[base])), kind, len(found[k].tokens), named))
    return pa.table(list(map(list, zip(*rows, strict=True))), schema=TRUTH)


def source() -> Words:
    """Return the news where it is present, else the invented language."""
    return news(NEWS) if NEWS.is_file() else fiction()


def main() -> None:
    """Write the corpora that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus", description=__doc__)
    parser.add_argument("sizes", nargs="+", choices=SIZES, metavar="SIZE", help=", ".join(SIZES))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fiction", action="store_true", help="the invented language, always")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    words = fiction() if given.fiction else source()
    for size in given.sizes:
        target = given.folder / f"{size}.parquet"
        write(target, given.folder / f"{size}.truth.parquet", SIZES[size], words)
        print(f"written: {target}, {target.stat().st_size >> 20} MiB")


if __name__ == "__main__":
    main()
