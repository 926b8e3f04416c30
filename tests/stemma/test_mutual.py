"""How far two versions cover one another, and what their shared statements lend by that."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retold.config import StemmaConfig
from retold.model import Aside, AsideKind, Row, Span
from retold.stemma import build, origins
from retold.stemma.coverage import Coverage
from retold.stemma.mutual import Mutual, checkable, coverage_of
from retold.stemma.witness import observe
from tests.stemma.tradition import BASE, OWN, Telling, Tradition, document

CONFIG = StemmaConfig()


@st.composite
def stories(draw):
    """(flags of reports, what stands where) of up to five versions of up to six sentences."""
    generator = np.random.default_rng(draw(st.integers(0, 10_000)))
    n = draw(st.integers(1, 5))
    lengths = generator.integers(0, 7, size=n)
    found = [generator.random((k, n)) < 0.5 for k in lengths]
    for version, flags in enumerate(found):
        flags[:, version] = True
    return [generator.random(k) < 0.8 for k in lengths], found


def slow_share(reports, found, a, b):
    """The share of the poorer's reports that the other has; of both, averaged, in a tie."""
    sides = []
    for x, y in ((a, b), (b, a)):
        told = [bool(found[x][s, y]) for s, flag in enumerate(reports[x]) if flag]
        sides.append((told.count(False), sum(told) / len(told) if told else 1.0))
    sides.sort()
    tied = sides[0][0] == sides[1][0]
    return (sides[0][1] + sides[1][1]) / 2 if tied else sides[0][1]


def ramp(share):
    low, high = CONFIG.mutual_least, CONFIG.mutual_full
    return min(1.0, max(0.0, (share - low) / (high - low)))


@given(stories(), st.data())
def test_the_factors_are_those_of_the_plain_definition(story, data):
    reports, found = story
    n = len(found)
    empty = np.zeros((n, n))
    mutual = Mutual(reports, Coverage(tuple(found), empty, ()), CONFIG)
    shares = [[slow_share(reports, found, a, b) for b in range(n)] for a in range(n)]
    kept = coverage_of([f[r] for f, r in zip(found, reports, strict=True)])
    assert np.allclose(kept, shares)
    assert np.allclose(mutual.pairs, [[ramp(x) for x in row] for row in shares], atol=1 / 64)
    assert (mutual.pairs == mutual.pairs.T).all()
    kin = sorted(data.draw(st.sets(st.integers(0, n - 1), min_size=1)))
    among = mutual.among(kin)
    for version in range(n):
        others = [k for k in kin if k != version]
        best = max((ramp(shares[version][k]) for k in others), default=0.0)
        if version in kin and len(kin) > 2:
            told = [
                any(found[version][s, k] for k in others)
                for s, flag in enumerate(reports[version])
                if flag
            ]
            best = max(best, ramp(sum(told) / len(told) if told else 1.0))
        assert abs(among[version] - best) < 1 / 64


def test_asides_are_no_reports():
    plain = document(Telling("one", BASE[:4]))
    third = plain.sentences[2].span
    aside = Aside(Span(third.article, third.start, third.end), AsideKind.CAPTION)
    changed = type(plain)(
        plain.article, plain.sentences, figures=plain.figures, names=plain.names, asides=(aside,)
    )
    assert checkable(observe(plain))[3]
    before, after = checkable(observe(plain)), checkable(observe(changed))
    assert list(before[[0, 1, 3]]) == list(after[[0, 1, 3]])
    assert not after[2]


UNPOLISHED = StemmaConfig(polished_later=0.5)
"""The length of words tells nothing."""


def told_alike(shared, length):
    """Two texts of ``length`` sentences without a word in common that tell ``shared`` alike."""
    tradition = Tradition([Telling("one", BASE[:length]), Telling("two", OWN[:length])])
    one, two = (tradition.documents[tradition.ids[name]] for name in ("one", "two"))
    rows = tuple(
        Row(f"row:{i}", tuple(sorted((one.sentences[i].span, two.sentences[i].span))), 0.9)
        for i in range(shared)
    )
    stemma = build(tradition.story(), tradition.documents, rows, UNPOLISHED)
    return stemma, origins(stemma, tuple(tradition.documents))


def test_what_a_retelling_covers_shows_kinship():
    stemma, count = told_alike(12, 12)
    assert all(e.runner_up and e.runner_up.parent and not e.decided for e in stemma.edges)
    # either may be the source: by symmetry a root in half of all that may be, hardly ever both
    assert all(0.5 <= e.probability < 0.52 for e in stemma.edges)
    assert count.low == 1


def test_as_many_shared_statements_show_none_where_both_report_more_of_their_own():
    stemma, count = told_alike(6, 20)
    assert stemma.hypothetical == ()
    assert {(e.parent, e.decided) for e in stemma.edges} == {(None, True)}
    assert (count.low, count.high) == (2, 2)
    _, near = told_alike(6, 6)
    assert near.low == 1
