from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from retold.report.html.layout import (
    HEIGHT,
    WIDEST,
    WIDTH,
    Link,
    arrange,
    forest,
)

NODES = [f"n{i}" for i in range(24)]
links_of = st.lists(
    st.builds(
        Link,
        st.sampled_from(NODES),
        st.sampled_from(NODES),
        st.sampled_from([0.1, 0.5, 0.9]),
    ),
    max_size=60,
)


def overlapping(boxes):
    placed = list(boxes.items())
    return [
        (a, b)
        for i, (a, p) in enumerate(placed)
        for b, q in placed[i + 1 :]
        if abs(p.x - q.x) < WIDTH and abs(p.y - q.y) < HEIGHT
    ]


@given(links_of, st.integers(1, len(NODES)))
def test_no_two_boxes_overlap_and_all_lie_inside(links, count):
    picture = arrange(NODES[:count], links)
    assert set(picture.boxes) == set(NODES[:count])
    assert not overlapping(picture.boxes)
    for box in picture.boxes.values():
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + WIDTH <= picture.width
        assert box.y + HEIGHT <= picture.height


@given(links_of, st.integers(1, len(NODES)))
def test_parents_stand_above_their_children(links, count):
    picture = arrange(NODES[:count], links)
    for box in picture.boxes.values():
        if box.parent is not None:
            assert picture.boxes[box.parent].y + HEIGHT <= box.y


@given(links_of)
def test_the_forest_has_one_parent_each_and_no_cycle(links):
    parents = forest(NODES, links)
    offered = {(k.child, k.parent) for k in links}
    for child, parent in parents.items():
        assert (child, parent) in offered
        seen, node = set(), child
        while node in parents:
            assert node not in seen
            seen.add(node)
            node = parents[node]


def test_the_heavier_parent_is_chosen_whatever_the_order():
    links = [Link("c", "a", 0.3), Link("c", "b", 0.6), Link("b", "c", 0.9)]
    assert forest(["a", "b", "c"], links) == {"b": "c", "c": "a"}
    assert forest(["a", "b", "c"], links[::-1]) == {"b": "c", "c": "a"}


def test_sixty_copies_fit_the_width_of_a_page():
    nodes = [f"copy {i}" for i in range(60)]
    star = arrange(nodes, [Link(n, nodes[0], 0.9) for n in nodes[1:]])
    assert star.columns
    assert star.width <= WIDEST
    assert star.height < 1000
    unrelated = arrange(nodes, [])
    assert unrelated.width <= WIDEST
    assert not overlapping(unrelated.boxes)


def test_a_few_versions_are_drawn_in_layers():
    picture = arrange(["a", "b", "c"], [Link("b", "a", 1), Link("c", "a", 1)])
    assert not picture.columns
    a, b, c = (picture.boxes[n] for n in "abc")
    assert b.y == c.y > a.y
    assert b.x < a.x < c.x


def test_a_long_chain_is_laid_out():
    nodes = [f"n{i}" for i in range(3000)]
    links = [Link(b, a, 0.5) for a, b in pairwise(nodes)]
    picture = arrange(nodes, links)
    assert len({(b.x, b.y) for b in picture.boxes.values()}) == len(nodes)
