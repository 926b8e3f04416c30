"""Which readings of a claim contradict each other, by the word of a judge that the user brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from retold.collate.crossencoder import CrossEncoder
from retold.collate.descent import Descent
from retold.collate.merging import Draft, reading
from retold.collate.readings import Compared, Group, comparisons
from retold.config import CollateConfig
from retold.model import ChangeKind, Row

SALIENCE = 0.9
"""How telling a contradiction is: as a change of figure. By judgement."""


def contradictions(
    rows: Sequence[Row],
    grouped: Sequence[Sequence[Group]],
    descent: Descent,
    config: CollateConfig,
    judge: CrossEncoder,
) -> list[list[Draft]]:
    """Return, for each row, those of its ``grouped`` readings that probably contradict each other.

    Sentences that are compared for changes are judged, too, each as the premise of the other. The
    mean of the two is weighed with the probability that they tell the same at all: of sentences
    about different things a judge often says that they contradict.
    """
    asked = [_asked(groups, descent, config) for groups in grouped]
    doubts = judge.judge(
        pair for each in asked for c in each for pair in (_texts(c), _texts(c)[::-1])
    )
    drafts = (
        [_draft(c, doubts, row.probability, judge) for c in each]
        for row, each in zip(rows, asked, strict=True)
    )
    return [[d for d in each if d.probability >= config.least_probability] for each in drafts]


def judged_by(judge: CrossEncoder, config: CollateConfig) -> str:
    """Return what the user should know of a run whose contradictions a judge decided."""
    return (
        f"Whether readings of a claim contradict each other was judged by {judge.file.name}"
        f" ({judge.file.version}), not by the kinds of their changes; of each claim it read"
        f" {config.judged_pairs} pairs of sentences at most."
    )


def _asked(groups: Sequence[Group], descent: Descent, config: CollateConfig) -> list[Compared]:
    """Return what is judged of a row: of too many, the sentences that most versions have."""
    pairs = list(comparisons(groups, descent, config))
    pairs.sort(key=lambda c: -len(c.first.articles) - len(c.second.articles))
    return pairs[: config.judged_pairs]


def _texts(compared: Compared) -> tuple[str, str]:
    return compared.a.text, compared.b.text


def _draft(
    compared: Compared,
    doubts: Mapping[tuple[str, str], float],
    certainty: float,
    judge: CrossEncoder,
) -> Draft:
    there, back = doubts[_texts(compared)], doubts[_texts(compared)[::-1]]
    return Draft(
        ChangeKind.CONTRADICTION,
        reading(compared.a.document, compared.a.span),
        reading(compared.b.document, compared.b.span),
        directed=compared.directed,
        probability=(there + back) / 2 * certainty,
        salience=SALIENCE,
        explanation=f"they contradict each other, says {judge.file.name}: {there:.2f} read one way,"
        f" {back:.2f} the other",
        first=compared.first.articles,
        second=compared.second.articles,
    )
