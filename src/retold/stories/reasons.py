"""Why two articles were put together, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from retold import lexicon
from retold.model import Match, MatchKind
from retold.stories.pile import Pair, Pile
from retold.stories.rows import Columns, Weights
from retold.stories.scores import coverage, derived_share
from retold.stories.terms import Flags
from retold.text import forms

_NAMED = 5
"""Names, words or figures that an explanation lists at most."""


def explain(pair: Pair, sizes: tuple[int, ...], score: float, pile: Pile) -> str:
    """Name what two articles share: passages, rewritten sentences, names, figures, rare words.

    ``sizes`` are the numbers of articles on the two sides of the merge that the pair stands for,
    ``score`` the mean between them.
    """
    parts = [
        *_passages(pair, pile),
        *_rewrites(pile.matches.get(pair, ())),
        *_common_names(pair, pile),
        *_common_terms(pair, pile),
    ]
    text = "Both articles have " + listed(parts, "; ") + "." if parts else "The two are alike."
    if sum(sizes) > 2:
        sides = " and ".join("1 article" if n == 1 else f"{n} articles" for n in sizes)
        text += f" This pair speaks most for joining {sides}; the mean score is {score:.2f}."
    return text


def _passages(pair: Pair, pile: Pile) -> list[str]:
    held = [m for m in pile.matches.get(pair, ()) if m.kind is not MatchKind.REWRITE]
    if not held:
        return []
    places = pile.places[pair[0]], pile.places[pair[1]]
    covers = coverage(places, held)
    count = min(int((cover > 0).sum()) for cover in covers)
    share = derived_share(places, covers)
    kind = "the same passage" if len(held) == 1 else f"{len(held)} passages in common"
    return [f"{kind} ({count} words, up to {share:.0%} of a text)"]


def _rewrites(matches: Iterable[Match]) -> list[str]:
    count = sum(match.kind is MatchKind.REWRITE for match in matches)
    if not count:
        return []
    return [
        "1 sentence told in other words" if count == 1 else f"{count} sentences told in other words"
    ]


def _common_names(pair: Pair, pile: Pile) -> list[str]:
    """The names that both have: those that are often mentioned and rare elsewhere first."""
    none: Counter[str] = Counter()
    one, other = (pile.names.get(article, none) for article in pair)
    weighed = [
        (-min(one[entity], other[entity]) * max(map(lexicon.idf, forms(entity)), default=0), entity)
        for entity in one.keys() & other.keys()
    ]
    common = [entity for _, entity in sorted(weighed)[:_NAMED]]
    return [f"the names {listed(common)}"] if common else []


def _common_terms(pair: Pair, pile: Pile) -> list[str]:
    """The terms that make the two alike, the strongest first."""
    rows = pile.weighed.rows
    one, other = (slice(rows.bounds[at], rows.bounds[at + 1]) for at in pair)
    columns, at, there = np.intersect1d(
        rows.columns[one], rows.columns[other], assume_unique=True, return_indices=True
    )
    gains = rows.weights[one][at] * rows.weights[other][there]
    named = pair[0] not in pile.names
    return terms_in_words(columns, gains, rows.proper[one][at], pile, names=named)


def terms_in_words(
    columns: Columns, gains: Weights, proper: Flags, pile: Pile, *, names: bool = True
) -> list[str]:
    """Name terms, those that gain most first: names (where asked for), figures, words."""
    # what lies behind the columns of all terms is numbers once more
    told = np.flatnonzero((columns < len(pile.weighed.order)) & (gains > 0))
    told = told[np.lexsort((columns[told], -gains[told]))]
    numbers = pile.weighed.order[columns[told]]
    numeric, named = pile.weighed.numeric[numbers], proper[told]
    parts = []
    for label, of_kind in (
        ("parts of names", named & ~numeric),
        ("figures", numeric),
        ("words", ~named & ~numeric),
    ):
        chosen = [pile.lexis.names[number] for number in numbers[of_kind][:_NAMED].tolist()]
        if chosen and (names or label != "parts of names"):
            parts.append(f"the {label} {listed([f'“{term}”' for term in chosen])}")
    return parts


def listed(parts: Sequence[str], comma: str = ", ") -> str:
    """Join with commas and, before the last, "and"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{comma.join(parts[:-1])} and {parts[-1]}"
