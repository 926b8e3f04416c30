"""Further rows: a sentence bundles several statements, and others may tell each on its own.

Average link puts a sentence into one row. It may stand in a second one that its version lacks, and
the pairs that may share a statement though no row holds them are linked anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from retold.collate.linkage import Strengths, link
from retold.config import CollateConfig
from retold.rewrite.score import TALK
from retold.rewrite.terms import commentary
from retold.text import forms

Rows = list[frozenset[int]]


def second_rows(
    homes: Sequence[frozenset[int]],
    articles: Sequence[str],
    strengths: Strengths,
    config: CollateConfig,
) -> Rows:
    """Let a sentence that tells two things stand in a second row too."""
    home = {n: g for g, group in enumerate(homes) for n in group}
    versions = [{articles[n] for n in group} for group in homes]
    grown = [set(group) for group in homes]
    many = config.row_second_many
    for n, own in enumerate(articles):
        best: dict[int, dict[str, float]] = defaultdict(dict)
        for m, strength in strengths.get(n, {}).items():
            # a version that has the row already needs no sentence from elsewhere
            if own not in versions[home[m]]:
                of_row = best[home[m]]
                of_row[articles[m]] = max(strength, of_row.get(articles[m], 0.0))
        fits = []
        for g, of_row in best.items():
            size = len(versions[g])
            # mean over the row's versions of the sentence's best there
            fit = sum(sorted(of_row.values())) / size
            if fit >= many + (config.row_second - many) / size:
                fits.append((-size, -fit, g))
        for _, _, g in sorted(fits)[: config.row_extra]:
            grown[g].add(n)
    return _widest(frozenset(group) for group in grown)


def further_rows(
    groups: Sequence[frozenset[int]],
    homes: Sequence[frozenset[int]],
    articles: Sequence[str],
    texts: Sequence[str],
    strengths: Strengths,
    config: CollateConfig,
) -> Rows:
    """Link the pairs that may share a statement and that no row of ``groups`` holds.

    ``config.row_extra`` times, as one sentence may share statements with several of a version.
    """
    home = {n: g for g, group in enumerate(homes) for n in group}
    bundled = _bundled(homes, articles, texts, strengths, config)
    least = replace(config, row_link=config.row_further, row_link_many=config.row_further)
    # what joins the same rows is told once: copies each bring a pair of their own
    joined: dict[frozenset[int], set[int]] = defaultdict(set)
    for _ in range(config.row_extra):
        left = _left([*groups, *map(frozenset, joined.values())], bundled)
        numbers = sorted(left)
        place = {n: i for i, n in enumerate(numbers)}
        renumbered = {place[a]: {place[b]: p for b, p in left[a].items()} for a in numbers}
        linked = link([articles[n] for n in numbers], renumbered, least)
        found = [[numbers[i] for i in group] for group in linked if len(group) > 1]
        if not found:
            break
        for members in found:
            joined[frozenset(home[n] for n in members)].update(members)
    return _widest(map(frozenset, joined.values()))


def merged(groups: Iterable[frozenset[int]], further: Sequence[frozenset[int]]) -> Rows:
    """Put further rows beside the others; a sentence that stood alone and has one now goes."""
    placed = {n for row in further for n in row}
    stay = [group for group in groups if len(group) > 1 or group.isdisjoint(placed)]
    return sorted({*stay, *further}, key=sorted)


def _bundled(
    homes: Sequence[frozenset[int]],
    articles: Sequence[str],
    texts: Sequence[str],
    strengths: Strengths,
    config: CollateConfig,
) -> Strengths:
    """The pairs that may share a statement among several.

    Not those of which a side is mostly commentary or has a far surer partner in the other's
    version, nor those of two rows that many versions have side by side: these are known to tell
    different things. Nor those for which the other versions of their rows do not speak at all.
    """
    home = {n: g for g, group in enumerate(homes) for n in group}
    versions = [{articles[n] for n in group} for group in homes]

    @cache
    def talk(n: int) -> bool:
        return commentary(forms(texts[n])) > TALK

    @cache
    def open_to(g: int, h: int) -> bool:
        if g == h or len(versions[g] & versions[h]) >= config.row_apart:
            return False
        pairs = len(versions[g]) * len(versions[h]) - len(versions[g] & versions[h])
        best: dict[tuple[str, str], float] = {}
        for a in sorted(homes[g]):
            for b, p in strengths.get(a, {}).items():
                if home[b] == h:
                    both = articles[a], articles[b]
                    best[both] = max(p, best.get(both, 0.0))
        return sum(sorted(best.values())) >= config.row_hint * pairs

    def surest(n: int, version: str) -> float:
        return max(p for m, p in strengths[n].items() if articles[m] == version)

    found: Strengths = {}
    for a, others in strengths.items():
        kept = {
            b: p
            for b, p in others.items()
            if p >= config.row_further
            and open_to(min(home[a], home[b]), max(home[a], home[b]))
            and not (talk(a) or talk(b))
            and p >= config.row_surer * max(surest(a, articles[b]), surest(b, articles[a]))
        }
        if kept:
            found[a] = kept
    return found


def _left(rows: Iterable[frozenset[int]], strengths: Strengths) -> Strengths:
    """The pairs that no row holds."""
    holding: dict[int, set[int]] = defaultdict(set)
    for number, row in enumerate(rows):
        for n in row:
            holding[n].add(number)
    left: Strengths = {}
    for a, others in strengths.items():
        kept = {b: p for b, p in others.items() if holding[a].isdisjoint(holding[b])}
        if kept:
            left[a] = kept
    return left


def _widest(rows: Iterable[frozenset[int]]) -> Rows:
    """Sort rows, without those that another one holds."""
    unique = set(rows)
    holders: dict[int, list[frozenset[int]]] = defaultdict(list)
    for row in unique:
        for n in row:
            holders[n].append(row)
    return sorted((r for r in unique if not any(r < s for s in holders[min(r)])), key=sorted)
