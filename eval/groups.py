"""How well a pile is put into groups: B-cubed, V-measure, adjusted Rand index; a simple baseline.

A case is a labelled group: of each of its items, the label and the group that it was found in. The
intervals of :mod:`eval.core` then lie over labelled groups, as the items of one stand or fall
together; a group drawn twice counts twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from math import comb, log

import numpy as np
from numpy.typing import NDArray
from spacy.lang.en.stop_words import STOP_WORDS

from retold.text import forms

Item = tuple[Hashable, Hashable]
"""The label of an item, and the group that it was found in."""
Group = tuple[Item, ...]


def by_label(items: Iterable[Item]) -> list[Group]:
    """Return the cases: items with one label, in the order of the first of each."""
    groups: dict[Hashable, list[Item]] = defaultdict(list)
    for item in items:
        groups[item[0]].append(item)
    return [tuple(group) for group in groups.values()]


def _tables(
    cases: Sequence[Group],
) -> tuple[Counter[Item], Counter[Hashable], Counter[Hashable]]:
    """Items by label and group, by label, by group."""
    both = Counter(item for case in cases for item in case)
    labels: Counter[Hashable] = Counter()
    groups: Counter[Hashable] = Counter()
    for (label, group), count in both.items():
        labels[label] += count
        groups[group] += count
    return both, labels, groups


def bcubed(cases: Sequence[Group]) -> float:
    """Return B-cubed F1 (Bagga & Baldwin 1998), the harmonic mean of the two over items.

    Precision: the share of an item's group with its label; recall: the share of its label in its
    group; both include the item itself.
    """
    both, labels, groups = _tables(cases)
    total = both.total()
    precision = sum(n * n / groups[group] for (_, group), n in both.items()) / total
    recall = sum(n * n / labels[label] for (label, _), n in both.items()) / total
    return 2 * precision * recall / (precision + recall)


def v_measure(cases: Sequence[Group]) -> float:
    """Return the harmonic mean of homogeneity and completeness (Rosenberg & Hirschberg 2007)."""
    both, labels, groups = _tables(cases)
    total = both.total()
    of_label = -sum(n / total * log(n / total) for n in labels.values())
    of_group = -sum(n / total * log(n / total) for n in groups.values())
    mixed = -sum(n / total * log(n / groups[group]) for (_, group), n in both.items())
    spread = -sum(n / total * log(n / labels[label]) for (label, _), n in both.items())
    homogeneity = 1 - mixed / of_label if of_label else 1.0
    completeness = 1 - spread / of_group if of_group else 1.0
    both_ways = homogeneity + completeness
    return 2 * homogeneity * completeness / both_ways if both_ways else 0.0


def adjusted_rand(cases: Sequence[Group]) -> float:
    """Return the Rand index, adjusted for chance (Hubert & Arabie 1985)."""
    both, labels, groups = _tables(cases)
    together = sum(comb(n, 2) for n in both.values())
    of_label = sum(comb(n, 2) for n in labels.values())
    of_group = sum(comb(n, 2) for n in groups.values())
    chance = of_label * of_group / max(1, comb(both.total(), 2))
    most = (of_label + of_group) / 2
    return (together - chance) / (most - chance) if most != chance else 1.0


def right_number(cases: Sequence[Group]) -> float:
    """Return the number of groups found against that of labels, the less by the more: 1 is best."""
    _, labels, groups = _tables(cases)
    return min(len(labels), len(groups)) / max(len(labels), len(groups))


def tfidf(texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the cosines of texts; shape (texts, texts).

    Words of two letters and more that are no stop words and in no more than half of the texts,
    weighed (1 + ln tf) * (1 + ln((1 + texts) / (1 + df))) (Salton & Buckley 1988).
    """
    counts = [Counter(w for w in forms(t) if len(w) > 1 and w not in STOP_WORDS) for t in texts]
    held = Counter(word for count in counts for word in count)
    kept = sorted(word for word, n in held.items() if 1 < n <= len(texts) / 2)
    column = {word: at for at, word in enumerate(kept)}
    idf = {word: 1 + log((1 + len(texts)) / (1 + n)) for word, n in held.items()}
    norms, entries = [], []
    for count in counts:
        row = {w: (1 + log(n)) * idf[w] for w, n in count.items() if held[w] <= len(texts) / 2}
        norms.append(sum(v * v for v in row.values()) ** 0.5 or 1.0)
        entries.append([(column[w], v) for w, v in row.items() if w in column])
    product = np.zeros((len(texts), len(texts)), dtype=np.float32)
    width = 4096  # words multiplied at a time: what bounds the memory
    for low in range(0, len(kept), width):
        block = np.zeros((len(texts), width), dtype=np.float32)
        for at, (norm, row_entries) in enumerate(zip(norms, entries, strict=True)):
            for place, value in row_entries:
                if low <= place < low + width:
                    block[at, place - low] = value / norm
        product += block @ block.T
    return product


def average_link(likeness: NDArray[np.float32], cut: float) -> list[int]:
    """Return the group of each item: UPGMA (Sokal & Michener 1958) down to a mean of ``cut``.

    By nearest-neighbour chains (Murtagh 1983), which find the same merges in quadratic time.
    """
    means = likeness.astype(np.float32, copy=True)
    np.fill_diagonal(means, -1)
    sizes = np.ones(len(means))
    group = np.arange(len(means))
    chain: list[int] = []
    waiting = list(range(len(means)))
    while waiting or chain:
        if not chain:
            start = waiting.pop()
            if not sizes[start]:
                continue
            chain = [start]
        at = chain[-1]
        nearest = int(means[at].argmax())
        before = chain[-2] if len(chain) > 1 else -1
        if before >= 0 and means[at, before] >= means[at, nearest]:
            nearest = before
        if means[at, nearest] < cut:
            # nothing is nearer to it than the cut, and merges elsewhere only lower means
            chain.pop()
            means[at], means[:, at] = -1, -1
            sizes[at] = 0
        elif nearest == before:
            chain = chain[:-2]
            merged = (sizes[at] * means[at] + sizes[before] * means[before]) / (
                sizes[at] + sizes[before]
            )
            merged[[at, before]] = -1
            merged[sizes == 0] = -1
            means[before], means[:, before] = merged, merged
            means[at], means[:, at] = -1, -1
            sizes[before] += sizes[at]
            sizes[at] = 0
            group[group == at] = before
            waiting.append(before)
        else:
            chain.append(nearest)
    return [int(each) for each in group]
