from itertools import combinations, pairwise
from random import Random

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.corpus.groups import group, table

FAR = 10**6


def grouped(count, matches, original=None, anchors=3, every=2_000, crowds=None):
    """``matches``: pair -> strength."""
    pairs = sorted(matches)
    strength = np.array([matches[pair] for pair in pairs], np.float64)
    original = np.arange(count) if original is None else np.array(original, np.int64)
    matches = np.array(pairs, np.int64).reshape(-1, 2)
    return group(original, matches, strength, anchors, every, crowds)


def members(found):
    bounds = found.bounds.tolist()
    return [found.texts[a:b].tolist() for a, b in pairwise(bounds)]


def sets(found):
    return {frozenset(own) for own in members(found)}


def slow_groups(count, matches, original, anchors):
    """Join by the rule, with lists."""
    owner = {text: [text] for text in range(count)}
    degree = dict.fromkeys(range(count), 0)
    real = {pair: s for pair, s in matches.items() if original[pair[0]] != original[pair[1]]}
    for one, two in real:
        degree[one] += 1
        degree[two] += 1

    def stand(own):
        return sorted(own, key=lambda text: (-degree[text], text))[:anchors]

    before = -1
    while before != len({id(own) for own in owner.values()}):
        before = len({id(own) for own in owner.values()})
        for one, two in sorted(real, key=lambda pair: (-real[pair], pair)):
            a, b = owner[one], owner[two]
            if a is b:
                continue
            tried = [(min(x, y), max(x, y)) for x in stand(a) for y in stand(b)]
            if 2 * sum(pair in matches for pair in tried) > len(tried):
                for text in b:
                    owner[text] = a
                a += b
    for copy in range(count):
        if original[copy] != copy:
            owner[original[copy]].append(copy)
    return {frozenset(own) for own in owner.values() if len(own) > 1}


def slow_diameter(own, matches):
    """Floyd and Warshall, within a group."""
    far = {(a, b): 0 if a == b else FAR for a in own for b in own}
    for pair in matches:
        if set(pair) <= set(own):
            far[pair] = far[pair[::-1]] = 1
    for k in own:
        for a in own:
            for b in own:
                far[a, b] = min(far[a, b], far[a, k] + far[k, b])
    return max(far.values())


@st.composite
def graphs(draw):
    """Matches between originals, and copies of some of these."""
    count = draw(st.integers(0, 16))
    density = draw(st.sampled_from((0.1, 0.3, 0.7)))
    random = Random(draw(st.integers(0, 2**32)))
    levels = draw(st.sampled_from((2, 1000)))
    original = list(range(count))
    for text in range(1, count):
        if random.random() < 0.2:
            original[text] = original[random.randrange(text)]
    matches = {(original[t], t): 1.0 for t in range(count) if original[t] != t}
    for pair in combinations([t for t in range(count) if original[t] == t], 2):
        if random.random() < density:
            matches[pair] = random.randrange(levels) / levels
    return count, matches, original


@given(graphs(), st.integers(1, 4))
def test_groups_are_those_of_the_slow_way(graph, anchors):
    count, matches, original = graph
    found = grouped(count, matches, original, anchors)
    assert sets(found) == slow_groups(count, matches, original, anchors)


@given(graphs(), st.sampled_from((1, 4, 2000)))
def test_groups_are_walked_from_the_member_with_most_matches(graph, every):
    count, matches, original = graph
    pairs = sorted(matches)
    found = grouped(count, matches, original, every=every)
    groups = members(found)
    assert sum(map(len, groups)) == len({text for own in groups for text in own})
    assert [len(own) for own in groups] == sorted(map(len, groups), reverse=True)
    for number, own in enumerate(groups):
        inside = [pair for pair in pairs if set(pair) <= set(own)]
        degree = {text: sum(text in pair for pair in inside) for text in own}
        assert own[0] == min(own, key=lambda text: (-degree[text], text))
        low = found.bounds[number]
        assert found.joined[low] == found.match[low] == -1
        for place in range(1, len(own)):
            joined, match = found.joined[low + place], found.match[low + place]
            assert joined in own[:place]
            assert set(pairs[match]) == {joined, own[place]}
        # level by level, within one by the strength of the match
        exact = slow_diameter(own, inside)
        told = found.diameter[number]
        if len(own) <= every:
            assert told == exact
        else:
            assert exact <= told <= 2 * exact
            assert (told == 1) == (exact == 1)


def clique(texts, strength=0.9):
    return dict.fromkeys(combinations(texts, 2), strength)


def test_a_merge_of_two_stories_does_not_join_them():
    # text 20 is made of both, and matches every one of each
    matches = {**clique(range(10)), **clique(range(10, 20))}
    matches |= {(text, 20): 0.5 for text in range(20)}
    assert sets(grouped(21, matches)) == {frozenset([*range(10), 20]), frozenset(range(10, 20))}


def test_a_single_match_is_no_bridge():
    matches = {**clique(range(5)), **clique(range(5, 10)), (2, 7): 1.0}
    found = sets(grouped(10, matches))
    assert frozenset(range(10)) not in found
    assert all(len(own) <= 6 for own in found)
    matches[2, 7] = 0.1
    assert sets(grouped(10, matches)) == {frozenset(range(5)), frozenset(range(5, 10))}


def test_a_chain_does_not_hang_together():
    matches = {(text, text + 1): 0.9 - text / 100 for text in range(30)}
    assert all(len(own) == 2 for own in sets(grouped(31, matches)))


@pytest.mark.parametrize("leaders", [2, 3])
@pytest.mark.parametrize("seed", range(4))
def test_the_copies_of_one_text_that_are_aligned_with_its_leaders_are_one_group(seed, leaders):
    random = Random(seed)
    matches = {(a, b): random.random() for a, b in combinations(range(500), 2) if a < leaders}
    found = grouped(500, matches, anchors=8, crowds=np.zeros(500, np.int32))
    assert sets(found) == {frozenset(range(500))}
    assert found.diameter.tolist() == [2]
    assert found.texts[0] == 0


def test_two_crowds_are_not_joined_by_one_text_made_of_both():
    matches = {
        (a, b): 0.9 for low in (0, 60) for a in (low, low + 1) for b in range(a + 1, low + 60)
    }
    matches |= {(k, 120): 0.5 for k in (0, 1, 60, 61)}
    crowds = np.array([0] * 60 + [60] * 60 + [0], np.int32)
    found = grouped(121, matches, anchors=8, crowds=crowds)
    assert sorted(map(len, sets(found))) == [60, 61]


def test_copies_follow_their_originals():
    # 3 and 4 are copies of 0, 5 of 2, 7 of 6, which matches nothing else
    matches = {(0, 1): 0.8, (0, 3): 1.0, (0, 4): 1.0, (2, 5): 1.0, (6, 7): 1.0, (1, 2): 0.1}
    found = grouped(8, matches, [0, 1, 2, 0, 0, 2, 6, 6])
    assert sets(found) == {frozenset({0, 1, 3, 4}), frozenset({2, 5}), frozenset({6, 7})}
    assert members(found)[0] == [0, 3, 4, 1]


def test_names_do_not_matter():
    random = Random(2)
    groups = [range(9), range(9, 20), range(20, 24), range(24, 26)]
    matches = {pair: random.random() for own in groups for pair in clique(own)}
    matches |= {(0, 9): 0.01, (1, 20): 0.02}
    for _ in range(10):
        name = random.sample(range(30), 30)
        renamed = {tuple(sorted((name[a], name[b]))): s for (a, b), s in matches.items()}
        assert sets(grouped(30, renamed)) == {frozenset(name[t] for t in own) for own in groups}


def test_no_matches_no_groups():
    for count in (0, 5):
        found = grouped(count, {})
        assert members(found) == []
        assert len(found.texts) == len(found.diameter) == 0


def test_the_table_names_groups_by_their_members():
    matches = {**clique(range(3)), (4, 6): 0.5}
    found = grouped(7, matches)
    ids = np.arange(70, dtype=np.uint8).reshape(7, 10)
    rows = table(found, ids, pa.array([f"match:{k}" for k in range(4)], pa.large_string()))
    rows = rows.to_pylist()
    articles = [f"article:{bytes(each).hex()}" for each in ids]
    assert [row["article"] for row in rows] == [articles[k] for k in (0, 1, 2, 4, 6)]
    assert [row["joined"] for row in rows] == [None, articles[0], articles[0], None, articles[4]]
    assert [row["match"] for row in rows] == [None, "match:0", "match:1", None, "match:3"]
    assert [row["size"] for row in rows] == [3, 3, 3, 2, 2]
    assert [row["diameter"] for row in rows] == [1] * 5
    assert len({row["group"] for row in rows}) == 2
    again = grouped(7, {pair: 1 - s for pair, s in matches.items()})
    renamed = table(again, ids, pa.array(["match:x"] * 4, pa.large_string())).to_pylist()
    assert {r["group"] for r in renamed} == {r["group"] for r in rows}
