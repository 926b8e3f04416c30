"""Average link: both ways of it against one as plain as can be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.collate.linkage import link_dense, link_sparse
from retold.config import CollateConfig


def slow_link(articles, strengths, config):
    """Average link as plain as can be: every mean afresh from the sentences, after every join."""
    groups = [frozenset([n]) for n in range(len(articles))]

    def by_version(group):
        return {v: [n for n in group if articles[n] == v] for v in sorted(set(articles))}

    def best(one, two):
        return max((strengths.get(a, {}).get(b, 0.0) for a in one for b in two), default=0.0)

    def joins(g, h):
        one = {v: members for v, members in by_version(g).items() if members}
        two = {v: members for v, members in by_version(h).items() if members}
        means = [best(a, b) for u, a in one.items() for v, b in two.items() if u != v]
        mean = round(sum(means) / len(means), 9) if means else 0.0
        linked = any(b in strengths.get(a, {}) for a in g for b in h)
        many = config.row_link_many
        enough = mean >= many + (config.row_link - many) / (len(one) * len(two))
        both = one.keys() & two.keys()
        apart = len(both) > max(1.0, config.row_spread * min(len(one), len(two))) or any(
            min(abs(a - b) for a in one[v] for b in two[v]) > config.row_reach
            or len(one[v]) + len(two[v]) > config.row_sentences
            for v in both
        )
        return mean, linked and enough and not apart

    while True:
        found = []
        for g in groups:
            for h in groups:
                if min(g) < min(h):
                    mean, allowed = joins(g, h)
                    if allowed:
                        found.append((-mean, min(g), min(h), g, h))
        if not found:
            return sorted(groups, key=sorted)
        *_, g, h = min(found)
        groups = [x for x in groups if x not in (g, h)] + [g | h]


pair = st.tuples(st.integers(0, 3), st.integers(0, 3))
linked = st.lists(
    st.tuples(pair, pair, st.integers(1, 16)).filter(lambda t: t[0][0] != t[1][0]), max_size=40
)


@pytest.mark.parametrize("link", [link_dense, link_sparse])
@given(told=linked)
def test_average_link_is_the_slow_one(link, told):
    articles = [f"v{n}" for n in range(4) for _ in range(4)]
    strengths = {}
    for (u, i), (v, j), sixteenths in told:
        a, b = 4 * u + i, 4 * v + j
        strengths.setdefault(a, {})[b] = strengths.setdefault(b, {})[a] = sixteenths / 16
    config = CollateConfig()
    assert link(articles, strengths, config) == slow_link(articles, strengths, config)


def test_average_link_of_nothing():
    assert link_dense([], {}, CollateConfig()) == link_sparse([], {}, CollateConfig()) == []
