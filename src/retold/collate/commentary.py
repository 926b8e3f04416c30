"""Sentences that report nothing one could check: assessment, outlook, model commonplaces."""

from __future__ import annotations

from collections.abc import Sequence

from retold.collate.views import View, stem
from retold.model import Speech
from retold.stemma.commonplaces import mark
from retold.text import forms

_ASSESSING = frozenset(
    stem(word)
    for word in (
        # verbs and nouns by which a writer weighs instead of reports; our own list
        *("underscore", "underline", "highlight", "signal", "reflect", "illustrate", "symbolise"),
        *("symbolize", "represent", "raise", "remain", "echo", "shape", "blend", "hinge", "depend"),
        *("complicate", "compound", "deepen", "exacerbate", "overshadow", "resonate", "transcend"),
        *("suggest", "mark", "frame", "position", "reinforce", "contrast", "balance", "embody"),
        *(
            "implication",
            "narrative",
            "complexity",
            "interplay",
            "trajectory",
            "landscape",
            "legacy",
        ),
        *("reminder", "testament", "hallmark", "cornerstone", "beacon", "tapestry", "paradigm"),
        *("uncertainty", "scrutiny", "rhetoric", "resilience", "significance", "perspective"),
        *("posture", "duality", "vision", "hope", "layer", "question", "nuance", "nuanced"),
        *(
            "symbolic",
            "strategic",
            "pivotal",
            "stark",
            "fraught",
            "profound",
            "delicate",
            "broader",
        ),
        *("fragile", "elusive", "poignant", "multifaceted", "far-reaching", "long-term"),
    )
)
_EVENT_TAGS = frozenset({"VBD", "VBN"})


def is_commentary(views: Sequence[View]) -> bool:
    """Say whether most of the sentences weigh, foresee or generalise instead of reporting."""
    votes = sum(commentary_score(view) >= 1.0 for view in views)
    return 2 * votes > len(views)


def commentary_score(view: View) -> float:
    """Return how much a sentence is commentary: 1 or more means that nothing in it can be checked.

    A figure, a date or quoted words can be checked. So can a past event with a name in it, and what
    a source is said to have said, unless words of assessment outweigh it.
    """
    if any(f.unit or f.high > 1 for f in view.figures) or view.dates:
        return 0.0
    if any(
        a.speech is not Speech.INDIRECT and any(c.overlap(view.span) for c in a.content)
        for a in view.attributions
    ):
        return 0.0
    assessing = sum(stem(t.lemma) in _ASSESSING for t in view.tokens)
    assessing += any(mark(forms(view.text)))
    events = sum(
        t.pos == "VERB"
        and t.tag in _EVENT_TAGS
        and stem(t.lemma) not in _ASSESSING
        and _involves_name(view, i)
        for i, t in enumerate(view.tokens)
    )
    told = sum(
        any(c.overlap(view.span) for c in a.content) and a.source is not None
        for a in view.attributions
    )
    if not view.names and not told:
        past = any(t.pos == "VERB" and t.tag in _EVENT_TAGS for t in view.tokens)
        return 1.0 + 0.5 * assessing if assessing or not past else 0.5
    return 0.5 * assessing - 0.5 * events - 1.0 * told + (0.5 if assessing else 0.0)


def _involves_name(view: View, index: int) -> bool:
    return any(
        (n := view.unit_of[i]) >= 0 and view.units[n].name is not None
        for _, i in view.arguments(index)
    )
