"""What each version took from its sources, on traditions whose truth is known.

The traditions are those of the task ``stemma``, from base stories that no threshold was chosen on;
of each version the true class and shares are known from the operations that made it
(``eval/traditions/taken.py``). Retold is given the versions of a tradition as one story and infers
their stemma first, with the dates given or hidden, so that its errors there count here too.

- *class*: whether METER's class (wholly, partially, not derived) is right.
- *decided*: how many classes Retold calls decided; *class, decided*: how many of these are right.
- *shares*: how far the shares of verbatim, near, rewritten and own words are the true ones: 1 less
  half the sum of the differences. Of versions that truly have a parent.
- *own*: 1 less the difference between the found and the true share of own words, of the same.
- *calibration*: 1 less the expected calibration error of the classes' probabilities.

All are over versions, whose number is n. The baseline asks what of a version stands in any other,
whoever took it from whom: from .8 of its words on it is wholly derived, under .2 not derived.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.calibration import calibration
from eval.core import GoldError, Score, score
from eval.tasks import stemma
from eval.traditions import Told, load
from eval.traditions.taken import Taken
from retold import collate
from retold.collate.versions import versions
from retold.model import Derivation, MakeUp, Version

make = stemma.make

WHOLLY, PARTIALLY = 0.8, 0.2
"""The baseline's thresholds: shares of words that stand in any other version."""


@dataclass(frozen=True, slots=True)
class Case:
    """A version: what it truly took, what Retold finds, and what of it stands anywhere."""

    level: str
    truth: Taken
    made: MakeUp
    anywhere: Version

    @property
    def right(self) -> bool:
        """Whether the class is the true one."""
        return self.made.derivation is self.truth.derivation


def evaluate(path: Path) -> list[Score]:
    """Score the traditions of a folder.

    Raises:
        GoldError: a tradition is missing or damaged, or none tells what its versions took.
    """
    told = [t for t in load(path) if t.taken]
    if not told:
        raise GoldError(f"{path}: no tradition that tells what its versions took")
    found: dict[str, list[Case]] = {"dates given": [], "dates hidden": []}
    for tradition in told:
        read = stemma.Read(tradition)
        for dates in found:
            found[dates] += cases_of(tradition, read, hidden=dates == "dates hidden")
    scores = []
    for dates, cases in found.items():
        scores += _scores(dates, cases)
    for level in sorted({t.level for t in told}):
        of_level = [c for c in found["dates given"] if c.level == level]
        scores.append(_of_class(f"dates given, {level}: class", of_level))
        scores.append(_of_shares(f"dates given, {level}: shares", of_level))
    return scores


def cases_of(tradition: Told, read: stemma.Read, *, hidden: bool) -> list[Case]:
    """Return the cases of a tradition."""
    times = {t.name: None if hidden else t.published for t in tradition.texts}
    tree = read.stemma(times)
    made = collate.makeup(read.story, read.documents, read.rows, tree)
    anywhere = versions(read.story, read.documents)
    return [
        Case(tradition.level, tradition.taken[read.names[m.article]], m, v)
        for m, v in zip(made, anywhere, strict=True)
        if read.names[m.article] in tradition.taken
    ]


def _scores(dates: str, cases: Sequence[Case]) -> list[Score]:
    decided = [c for c in cases if c.made.decided]
    scores = [
        _of_class(f"{dates}: class", cases),
        score(f"{dates}: decided", cases, lambda c: sum(x.made.decided for x in c) / len(c)),
    ]
    if decided:
        scores.append(_of_class(f"{dates}: class, decided", decided))
    derived = _derived(cases)
    return [
        *scores,
        _of_shares(f"{dates}: shares", cases),
        score(
            f"{dates}: own",
            derived,
            lambda c: _mean([_own(x.truth, x.made) for x in c]),
            _mean([_own(c.truth, c.anywhere) for c in derived]),
            "in any other version",
        ),
        score(
            f"{dates}: calibration",
            cases,
            lambda c: calibration([(x.made.probability, x.right) for x in c]),
        ),
    ]


def _of_class(name: str, cases: Sequence[Case]) -> Score:
    simple = _mean([_simple(c.anywhere) is c.truth.derivation for c in cases])
    return score(name, cases, lambda c: _mean([x.right for x in c]), simple, "in any other version")


def _of_shares(name: str, cases: Sequence[Case]) -> Score:
    derived = _derived(cases)
    simple = _mean([_alike(c.truth, c.anywhere) for c in derived])
    return score(
        name,
        derived,
        lambda c: _mean([_alike(x.truth, x.made) for x in c]),
        simple,
        "in any other version",
    )


def _derived(cases: Sequence[Case]) -> list[Case]:
    return [c for c in cases if c.truth.derivation is not Derivation.NOT]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _simple(version: Version) -> Derivation:
    elsewhere = 1 - version.own
    if elsewhere >= WHOLLY:
        return Derivation.WHOLLY
    return Derivation.PARTIALLY if elsewhere >= PARTIALLY else Derivation.NOT


def _alike(truth: Taken, found: MakeUp | Version) -> float:
    shares = (found.verbatim, found.near, found.rewritten, found.own)
    return 1 - sum(abs(a - b) for a, b in zip(truth.shares, shares, strict=True)) / 2


def _own(truth: Taken, found: MakeUp | Version) -> float:
    return 1 - abs(found.own - truth.shares[-1])
