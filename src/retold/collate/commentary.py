"""Sentences that report nothing one could check: assessment, outlook, scenes, commonplaces."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from retold.collate.views import View, lemmas, stem
from retold.model import NameKind, Speech
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
_SCENE = frozenset(
    stem(word)
    for word in (
        # what somebody looks like, or a place feels like, at a moment; our own list
        *("stare", "gaze", "glance", "peer", "nod", "smile", "frown", "grin", "sigh", "shrug"),
        *("murmur", "tremble", "shiver", "loom", "linger", "glimmer", "shimmer", "glisten"),
        *("flicker", "hush", "beckon", "pause", "fidget", "wince", "grimace", "chuckle", "slump"),
    )
)
"""Verbs that paint a scene where a sentence has no other."""
_EVENT_TAGS = frozenset({"VBD", "VBN"})
_PERSONAL = frozenset({"he", "she", "i", "we"})
_DONE_TAGS = frozenset({"VBD", "VBN", "VBG"})
_EVENTS = frozenset(
    {
        # things that happen at a place and time; our own list
        *("capture", "seize", "seizure", "enter", "entry", "occupy", "occupation", "retake"),
        *("recapture", "liberate", "liberation", "surround", "encircle", "withdraw", "withdrawal"),
        *("visit", "arrive", "arrival", "departure", "meet", "travel", "trip", "flee"),
        *("attack", "strike", "shell", "bomb", "bombing", "raid", "assault", "invade", "invasion"),
        *("arrest", "detain", "detention", "release", "jail", "sentence", "convict", "conviction"),
        *("kill", "killing", "die", "death", "wound", "injure", "murder", "assassination", "shoot"),
        *("destroy", "destruction", "damage", "collapse", "explode", "explosion", "crash", "burn"),
        *("sign", "signing", "approve", "approval", "vote", "elect", "election", "appoint"),
        *("appointment", "dismiss", "dismissal", "resign", "resignation", "evacuate", "evacuation"),
        *("rescue", "protest", "march", "closure", "launch"),
    }
)


KEPT = 8_192
"""Sentences of which it is kept for the next call whether a commonplace stands in them: some two
hundred versions', a few megabytes."""


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
    assessing = sum(
        stem(t.lemma) in _ASSESSING and not _done_by_person(view, i)
        for i, t in enumerate(view.tokens)
    )
    assessing += _commonplace(view.text)
    if _names_event(view):
        return 0.0
    if _paints_scene(view):
        return 1.0
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


@lru_cache(maxsize=KEPT)
def _commonplace(sentence: str) -> bool:
    return any(mark(forms(sentence)))


def _done_by_person(view: View, index: int) -> bool:
    """Say whether a verb tells what a person does ("Okafor represents the harbour district")."""
    if view.tokens[index].pos != "VERB":
        return False
    return any(
        role == "subj"
        and (
            view.forms[i] in _PERSONAL
            or (
                (n := view.unit_of[i]) >= 0
                and (name := view.units[n].name) is not None
                and name.kind is NameKind.PERSON
            )
        )
        for role, i in view.arguments(index)
    )


def _paints_scene(view: View) -> bool:
    """Say whether every verb of a sentence tells of a look, a gesture or an air, and one does."""
    verbs = [stem(t.lemma) for t in view.tokens if t.pos == "VERB"]
    return bool(verbs) and all(verb in _SCENE for verb in verbs)


def _names_event(view: View) -> bool:
    """Say whether something done, to or by a named person, place or body, stands in a sentence.

    Words of assessment round it ("the capture of Vell was a turning point") change nothing.
    """
    return any(
        lemma in _EVENTS
        and (view.tokens[i].pos == "NOUN" or view.tokens[i].tag in _DONE_TAGS)
        and _done_to_name(view, i)
        for i, lemma in enumerate(lemmas(view))
    )


def _done_to_name(view: View, index: int) -> bool:
    """Say whether a name hangs on a word as who did it, to what, or where."""
    return any(
        role in {"subj", "obj", "obl"}
        and (n := view.unit_of[i]) >= 0
        and view.units[n].name is not None
        for role, i in view.arguments(index)
    )


def _involves_name(view: View, index: int) -> bool:
    return any(
        (n := view.unit_of[i]) >= 0 and view.units[n].name is not None
        for _, i in view.arguments(index)
    )
