"""The measures of stemmata on cases worked out by hand, and the simple ways beside Retold's."""

from datetime import UTC, datetime

import numpy as np
import pytest

from eval.phylogenies import BASELINES
from eval.stemmata import TOP, Graph, compare, distances, matched, sign_similarity
from eval.tasks import stemma as task
from eval.traditions import Text, grow, write


def graph(collected, probability=None, **parents):
    """Nodes by letter; the parents of each as a string of letters."""
    return Graph({n: tuple(p) for n, p in parents.items()}, frozenset(collected), probability or {})


CHAIN = graph("abc", a="", b="a", c="b")
STAR = graph("abc", a="", b="a", c="a")


def test_a_stemma_agrees_with_itself():
    found = compare(CHAIN, CHAIN)
    assert found.root
    assert found.edges == (2, 0, 0)
    assert found.pairs == (3, 0, 0)
    assert found.sign == 1.0
    assert found.contaminated == (0, 0, 0)


def test_a_star_for_a_chain():
    found = compare(CHAIN, STAR)
    assert found.root
    assert found.edges == (1, 1, 1)
    assert found.pairs == (2, 0, 1)  # that c goes back to b is missed
    # a: b is nearer, now as near: 1/2; b: as near, now a is nearer: 1/2; c: b, now a is nearer: 0
    assert found.sign == pytest.approx(1 / 3)


def test_a_chain_turned_round():
    found = compare(CHAIN, graph("abc", c="", b="c", a="b"))
    assert not found.root
    assert found.edges == (0, 2, 2)
    assert found.pairs == (0, 3, 3)
    assert found.sign == 1.0  # distances have no direction


def test_lost_sources_are_matched_by_their_descendants():
    true = graph("abcd", x="", a="x", b="x", y="x", c="y", d="y")
    found = graph("abcd", p="", a="p", b="p", q="p", c="q", d="q")
    assert matched(true, found) == {n: n for n in "abcd"} | {"p": "x", "q": "y"}
    same = compare(true, found)
    assert same.root
    assert same.edges == (5, 0, 0)
    assert same.pairs == (0, 0, 0)
    none = compare(true, graph("abcd", a="", b="a", c="a", d="c"))
    assert not none.root
    assert none.edges == (0, 3, 5)


def test_a_lost_source_of_others_is_none_of_the_true_ones():
    true = graph("abcd", x="", a="x", b="x", c="a", d="a")
    found = graph("abcd", a="", b="a", p="a", c="p", d="p")
    assert matched(true, found)["p"] == "found p"


def test_two_sources():
    true = graph("abc", a="", b="a", c="ab")
    assert compare(true, CHAIN).contaminated == (0, 0, 1)
    assert compare(CHAIN, true).contaminated == (0, 1, 0)
    assert compare(true, true).contaminated == (1, 0, 0)
    assert compare(true, CHAIN).edges == (2, 0, 1)


def test_probabilities_stand_beside_whether_their_edges_are_right():
    said = {("a", TOP): 0.9, ("b", "a"): 0.8, ("c", "a"): 0.3}
    found = compare(CHAIN, graph("abc", said, a="", b="a", c="a"))
    assert found.sure == ((0.9, True), (0.8, True), (0.3, False))


def test_several_roots_are_joined_above():
    table = distances(graph("abc", a="", b="a", c=""))
    assert table.tolist() == [[0, 1, 2], [1, 0, 3], [2, 3, 0]]


def test_signs_of_opposite_distances():
    one = np.array([[0, 1, 2], [1, 0, 1], [2, 1, 0]])
    other = np.array([[0, 2, 1], [2, 0, 2], [1, 2, 0]])
    # a: turned round, 0; b: as near in both, 1; c: turned round, 0
    assert sign_similarity(one, other) == pytest.approx(1 / 3)


LONG = "one two three four five six seven eight nine ten eleven twelve"


def texts(*, dated):
    made = {
        "v0": LONG,
        "v1": " ".join(LONG.split()[:9]),
        "v2": " ".join(LONG.split()[:6]),
    }
    return [
        Text(name, "", "", "", text, datetime(2040, 1, 1 + at, tzinfo=UTC) if dated else None)
        for at, (name, text) in enumerate(made.items())
    ]


@pytest.mark.parametrize("name", ["earlier and nearest", "longer and nearest", "arborescence"])
def test_the_simple_ways_find_cuts_of_cuts(name):
    found = BASELINES[name](texts(dated=True))
    assert found.parents == {"v0": (), "v1": ("v0",), "v2": ("v1",)}


@pytest.mark.parametrize("dated", [True, False])
def test_neighbour_joining_gives_every_version_one_place(dated):
    found = BASELINES["neighbour joining"](texts(dated=dated))
    assert found.collected == {"v0", "v1", "v2"}
    assert found.collected <= set(found.parents)
    assert found.root() in found.parents
    assert sum(not above for above in found.parents.values()) == 1


def test_the_order_of_the_files_helps_no_simple_way():
    for method in BASELINES.values():
        given = texts(dated=False)
        assert method(given) == method(given[::-1])


def test_the_task_scores_a_folder(tmp_path):
    write(tmp_path / "one", grow(1, "light", 4))
    found = {s.name: s for s in task.evaluate(tmp_path)}
    assert {"dates hidden: root", "dates given, light: edges", "dates wrong: sign"} <= set(found)
    assert all(0 <= s.value <= 1 for s in found.values())
    assert found["dates given: edges"].baseline_name in BASELINES
    assert found["dates given: edges"].n == 1
