"""Why two articles were put together, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from retold import lexicon
from retold.model import Document, Match, MatchKind
from retold.stories.linkage import Joint
from retold.stories.scores import Pair, Pile, coverage, derived_share
from retold.text import forms

_NAMED = 5
"""Names, words or figures that an explanation lists at most."""


def explain(pair: Pair, joint: Joint, pile: Pile) -> str:
    """Name what two articles share: passages, rewritten sentences, names, figures, rare words."""
    i, j = pair
    parts = [
        *_passages(pair, pile),
        *_rewrites(pile.matches.get(pair, ())),
        *_common_names(pile.documents[i], pile.documents[j]),
        *_common_terms(pair, pile),
    ]
    text = "Both articles have " + _listed(parts, "; ") + "." if parts else "The two are alike."
    if len(joint.left) + len(joint.right) > 2:
        sides = " and ".join(
            "1 article" if len(side) == 1 else f"{len(side)} articles"
            for side in (joint.left, joint.right)
        )
        text += f" This pair speaks most for joining {sides}; the mean score is {joint.score:.2f}."
    return text


def _passages(pair: Pair, pile: Pile) -> list[str]:
    held = [m for m in pile.matches.get(pair, ()) if m.kind is not MatchKind.REWRITE]
    if not held:
        return []
    articles = pile.terms[pair[0]], pile.terms[pair[1]]
    covers = coverage(articles, held)
    count = min(int((cover > 0).sum()) for cover in covers)
    share = derived_share(articles, covers)
    kind = "the same passage" if len(held) == 1 else f"{len(held)} passages in common"
    return [f"{kind} ({count} words, up to {share:.0%} of a text)"]


def _rewrites(matches: Iterable[Match]) -> list[str]:
    count = sum(match.kind is MatchKind.REWRITE for match in matches)
    if not count:
        return []
    return [
        "1 sentence told in other words" if count == 1 else f"{count} sentences told in other words"
    ]


def _common_names(a: Document, b: Document) -> list[str]:
    """The names that both have: those that are often mentioned and rare elsewhere first."""
    one, other = (Counter(name.entity for name in document.names) for document in (a, b))
    weighed = [
        (-min(one[entity], other[entity]) * max(map(lexicon.idf, forms(entity)), default=0), entity)
        for entity in one.keys() & other.keys()
    ]
    common = [entity for _, entity in sorted(weighed)[:_NAMED]]
    return [f"the names {_listed(common)}"] if common else []


def _common_terms(pair: Pair, pile: Pile) -> list[str]:
    """The terms that make the two alike, the strongest first."""
    a, b = pile.terms[pair[0]], pile.terms[pair[1]]
    of_a, of_b = pile.rows[pair[0]], pile.rows[pair[1]]
    named = bool(pile.documents[pair[0]].names)
    at_b = {term: at for at, term in enumerate(b.names)}
    weighed = []
    for at, term in enumerate(a.names):
        if term in at_b and (gain := float(of_a[at] * of_b[at_b[term]])) > 0:
            kind = "figures" if a.numeric[at] else "names" if a.proper[at] else "words"
            weighed.append((-gain, term, kind))
    parts = []
    for kind in ("names", "figures", "words"):
        if kind == "names" and named:
            continue
        chosen = [term for _, term, of_kind in sorted(weighed) if of_kind == kind][:_NAMED]
        if chosen:
            label = "parts of names" if kind == "names" else kind
            parts.append(f"the {label} {_listed([f'“{term}”' for term in chosen])}")
    return parts


def _listed(parts: Sequence[str], comma: str = ", ") -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{comma.join(parts[:-1])} and {parts[-1]}"
