"""What two versions report in common, held against what each reports of its own.

Reports of one event have its main facts and its public quotations in common anyway, so that the
statements which two versions share say little by their number. What tells a retelling from a report
of its own is how little the poorer of the two adds: a cut lacks much and adds nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retold.config import StemmaConfig
from retold.stemma.coverage import Coverage
from retold.stemma.witness import Witness

Flags = NDArray[np.bool_]
Table = NDArray[np.float64]

STEPS = 64
"""Trust is taken in steps of 1 / 64, so that sums of weights stay exact."""


def checkable(witness: Witness) -> Flags:
    """Say of each sentence whether it reports what can be checked: no comment and no aside."""
    found = np.array(witness.specific, dtype=np.bool_) & ~np.array(witness.commentary, np.bool_)
    starts = [s.span.start for s in witness.document.sentences]
    for aside in witness.document.asides:
        low = bisect_left(starts, aside.span.start)
        found[low : bisect_left(starts, aside.span.end)] = False
    return found


class Mutual:
    """How far versions cover one another, as factors on what shared statements lend, 0 to 1.

    The log likelihood ratio of a sentence of the poorer version is positive where the other has it
    and negative where it lacks it, so that their sum is linear in the share of those found, down to
    a share at which nothing is left of what the statements lent.
    """

    def __init__(self, reports: Sequence[Flags], coverage: Coverage, config: StemmaConfig) -> None:
        """``reports`` has the flags of :func:`checkable`."""
        self._least, self._full = config.mutual_least, config.mutual_full
        self._found = [coverage.sentences[v][flags] for v, flags in enumerate(reports)]
        self._known: dict[tuple[int, ...], Table] = {}
        self.pairs: Table = self._factor(coverage_of(self._found))
        """(versions, versions), symmetric: the factor for two versions."""

    def among(self, kin: Sequence[int]) -> Table:
        """Return (versions,) the factor for each version under a source of ``kin`` (indices).

        The best of the factors with any one of the kin; for one of the kin itself also that of what
        all others together have of its reports, as each may have cut something else.
        """
        key = tuple(kin)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._among(key)
        return found

    def _among(self, kin: tuple[int, ...]) -> Table:
        inside = np.array(kin)
        table = self.pairs[:, inside].copy()
        table[inside, np.arange(len(kin))] = 0.0
        result: Table = table.max(axis=1)
        for version in kin if len(kin) > 2 else ():
            others = [k for k in kin if k != version]
            report: Flags = np.any(self._found[version][:, others], axis=1)
            share = np.array(report.mean() if len(report) else 1.0)
            result[version] = max(result[version], float(self._factor(share)))
        return result

    def _factor(self, share: Table) -> Table:
        ramp = np.clip((share - self._least) / (self._full - self._least), 0.0, 1.0)
        result: Table = np.rint(ramp * STEPS) / STEPS
        return result


def coverage_of(found: Sequence[Flags]) -> Table:
    """Return what share of the reports of the poorer of two versions the other has too.

    The poorer has the fewer reports that the other lacks; of equals the share is averaged.
    ``found`` holds for each version (reports, versions): whether the report stands in that version.
    (versions, versions), symmetric, 1 where there is nothing to check.
    """
    n = len(found)
    shared = np.array([flags.sum(axis=0) for flags in found], dtype=np.float64).reshape(n, n)
    told = np.array([len(flags) for flags in found], dtype=np.float64)[:, None]
    own = told - shared
    share = np.divide(shared, told, out=np.ones((n, n)), where=told > 0)
    poorer = np.where(own < own.T, share, share.T)
    result: Table = np.where(own == own.T, (share + share.T) / 2, poorer)
    return result
