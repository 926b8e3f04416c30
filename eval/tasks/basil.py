"""Claims and changes between outlets that report one event, on BASIL (Fan et al. 2019).

``eval/data/basil_pairs.jsonl`` holds our own labels, by article (uuid, with a hash of its text) and
offsets; a text is its paragraphs' sentences, blanks squeezed, joined by a blank, and the paragraphs
by two line feeds. They were made by reading, before anything was scored.

Sample: 24 events at random (12 with an even, 12 with an odd number in the order of the file), two
of the three outlets at random, up to twelve sentences of the first article at random: the anchors.
Each anchor was compared with every sentence of the second article. So recall and precision over
anchors are free of the choice of candidates. A sentence that no label names shares nothing (none).

Guidelines:

- *same*: some clause of both says the same of the same event, state or utterance, even if it is
  subordinate in either, if details differ, or if one contradicts the other. What merely names
  somebody ("the former governor") and what is only taken for granted is no claim. Two utterances
  on different days, or of two speakers, are two claims, however alike.
- *related*: on the same matter, with no such clause in common.
- The clauses that share the claim are marked where they are not the whole sentences.
- A change is a difference in what the shared claim says: a kind of the design, *real* where an
  editor would want to know of it, *harmless* where both say the same thing otherwise ("last month"
  and "in July", an alias, a rounded figure, a part for the whole that a reader would take as such).
  Attribution is real where the text lays the claim on somebody else, or on nobody.
- *contradiction*: both cannot be right. What happened between the two articles is none.

The events with an even number served for development, those with an odd one for nothing but this
score. The labels come from one reader. A second, who saw neither the labels nor what Retold says,
labelled 40 of the pairs anew (20 that the first called same, 12 related, 8 none): on same, related
or none they agree in .85 (Cohen's kappa .76), on same or not in .90 (.80); on the 16 that both call
same, in whether there is any real change in .88 (.73), in attribution in .88 (.67). The second had
read how the 40 were drawn. Both are language models that read with these guidelines.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from eval.basil import load, read
from eval.claims import Found, compare
from eval.claimscores import changes, claims
from eval.core import GoldError, Score


def evaluate(path: Path) -> list[Score]:
    """Score the labelled articles of ``path``: claims shared, changes, contradiction, calibration.

    Raises:
        GoldError: the labelled articles do not lie in ``path``, or have another text.
    """
    found = list(examine(path))
    return [*claims(found, "even events", "odd events", "all"), *changes(found)]


def examine(path: Path) -> Iterator[Found]:
    """Compare the versions of each labelled event, and lay its labelled pairs side by side."""
    articles = read(path)
    pairs = load()
    missing = sorted({name for p in pairs for name in (p.a, p.b)} - articles.keys())
    if missing:
        raise GoldError(
            f"{path}: {len(missing)} labelled articles are not here, or have another text; the "
            f"first is {missing[0]}. The labels are for {len(pairs)} events of BASIL"
        )
    for pair in pairs:
        event = articles[pair.a][0]
        told = [article for e, article, _ in articles.values() if e == event]
        yield compare(pair, told, *(articles[name][1:] for name in (pair.a, pair.b)))
