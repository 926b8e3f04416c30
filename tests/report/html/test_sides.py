"""Where a passage stands too is what the slow way finds, match by match."""

from hypothesis import given
from hypothesis import strategies as st

from retold.model import MatchKind, Passage, Span, make_match
from retold.report.html.sides import Sides

ORDER = {"v0": 0, "v1": 1, "v2": 2}
OFFSETS = st.integers(0, 12)


@st.composite
def found(draw):
    matches = {}
    for _ in range(draw(st.integers(0, 12))):
        one, two = draw(st.permutations([*ORDER, "elsewhere"]))[:2]
        spans = []
        for article in (one, two):
            start = draw(OFFSETS)
            spans.append(Span(article, start, start + 1 + draw(OFFSETS)))
        kind = draw(st.sampled_from(list(MatchKind)))
        match = make_match(*spans, kind, draw(st.sampled_from([0.4, 0.7, 1.0])), "test")
        matches[match.id] = match
    return list(matches.values())


def slowly(matches, version, passage):
    """Every match held against the passage: those that cover half, and its own."""
    half, best = (passage.end - passage.start) / 2, {}
    sides = [pair for m in matches for pair in ((m, m.a, m.b), (m, m.b, m.a))]
    sides.sort(key=lambda side: side[0].id, reverse=True)
    sides.sort(key=lambda side: side[1].start)
    for match, here, there in sides:
        if ORDER.get(here.article) != version or there.article not in ORDER:
            continue
        if here.start >= passage.end or here.end <= passage.start:
            continue
        rank = match.score
        if match.id == passage.match:
            rank += 2.0
        elif min(here.end - passage.start, passage.end - here.start, here.end - here.start) < half:
            continue
        other = ORDER[there.article]
        if other not in best or best[other][0] < rank:
            best[other] = rank, (other, there.start, there.end, match.kind)
    ranked = sorted(best.items(), key=lambda item: (item[1][0] < 2, item[0]))
    return [place for _, (_, place) in ranked]


@given(found(), st.integers(0, 2), OFFSETS, st.integers(1, 9), st.data())
def test_nearest_is_the_slow_search(matches, version, start, length, data):
    own = data.draw(st.sampled_from(["", *(m.id for m in matches)]))
    passage = Passage(start, start + length, MatchKind.NEAR, own)
    expected = slowly(matches, version, passage)
    for most in (1, 2, 9):
        places = Sides(matches, ORDER).nearest(version, passage, most)
        assert places == (expected[:most], len(expected))
