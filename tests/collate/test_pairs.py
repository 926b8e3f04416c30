"""The alignment of two sentences."""

from hypothesis import given
from hypothesis import strategies as st

from retold.collate.changes import find_changes
from retold.collate.pairs import SLOT, align_pair, marker, one_to_one
from retold.collate.wording import sequence_share
from tests.collate.build import documents, pair, views

SENTENCES = (
    "The storm flooded 87 villages along the river Lune on 3 July 2031.",
    "On 9 July 2031 the Lune drowned 37 hamlets, Mayor Arn Holt said.",
    "Governor Ilse Brandt never visited the harbour of Velmora.",
    "The harbour of Torrinsk was reportedly visited by Governor Ilse Brandt.",
    "Troops entering Velmora freed nearly all miners, and troops freed the ferrymen.",
    "“We will not leave,” said Holt, whom the regime called a bandit.",
    "Stop.",
    "!!! … — 17",
)


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_links_are_one_to_one_and_equal_ones_share_a_stem(first, second):
    both = pair(first, second)
    assert len({link.a for link in both.links}) == len(both.links)
    assert len({link.b for link in both.links}) == len(both.links)
    for link in both.links:
        u, v = both.a.units[link.a], both.b.units[link.b]
        if link.equal:
            assert u.key == v.key or u.stems & v.stems
        else:
            assert SLOT <= link.score < 1.0
            assert u.key != v.key
    # oracle: as many units of a key are linked as both sentences have
    for key in {u.key for u in both.a.units}:
        ours = [u.index for u in both.a.units if u.key == key]
        theirs = [v.index for v in both.b.units if v.key == key]
        among = [x for x in both.links if x.a in ours and x.b in theirs]
        assert len(among) == min(len(ours), len(theirs))


def slot(both, u, v, of_a):
    """How surely two units fill one slot, said pair by pair: an oracle."""
    a, b, score = both.a, both.b, 0.0
    (above, role), (other_above, other_role) = a.relations[u.head], b.relations[v.head]
    if role == other_role and above >= 0 and other_above >= 0:
        i, j = a.unit_of[above], b.unit_of[other_above]
        if i >= 0 and j >= 0 and of_a.get(i) == j:
            score += 0.5
            score -= 0.2 * (role in {"obl", "mod"} and marker(a, u.head) != marker(b, v.head))
        elif i < 0 and j < 0 and a.forms[above] == b.forms[other_above]:
            beside = {of_a.get(a.unit_of[x], -2): r for r, x in a.arguments(above) if x != u.head}
            score += 0.3
            score += 0.3 * any(
                beside.get(b.unit_of[x]) == r and b.unit_of[x] >= 0
                for r, x in b.arguments(other_above)
                if x != v.head
            )

    def below(view, unit):
        found = [(r, view.unit_of[i]) for r, i in view.arguments(unit.head)]
        return [(r, n) for r, n in found if n >= 0 and n != unit.index]

    theirs = below(b, v)
    shared = [r for r, n in below(a, u) if (r, of_a.get(n)) in theirs]
    if shared:
        score += (0.4 if {"subj", "obj"} & set(shared) else 0.25) + 0.15 * (len(shared) > 1)
    if u.index and v.index and of_a.get(u.index - 1) == v.index - 1:
        mark = marker(a, u.head)
        score += 0.25
        score += 0.2 * (score < 0.5 and mark != "" and mark == marker(b, v.head))
    return score + 0.25 * (of_a.get(u.index + 1, -1) == v.index + 1)


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_unlike_units_are_linked_as_surely_as_they_fill_one_slot(first, second):
    both = pair(first, second)
    equal = [link for link in both.links if link.equal]
    of_a = {link.a: link.b for link in equal}
    left_b = [v for v in both.b.units if v.index not in set(of_a.values())]
    classes = {"PROPN": "noun", "NOUN": "noun", "NUM": "num", "VERB": "verb", "ADJ": "adj"}
    unlike: list[tuple[float, int, int]] = []
    for _ in range(2):
        links = of_a | {i: j for _, i, j in unlike}
        ranked = [
            (-score, u.index, v.index)
            for u in both.a.units
            for v in left_b
            if u.index not in links and v.index not in links.values()
            if (u.figure is None) == (v.figure is None) and (u.date is None) == (v.date is None)
            if (kinds := {classes.get(x.pos, x.pos) for x in (u, v)}) == {"noun", "verb"}
            or len(kinds) == 1
            if (score := slot(both, u, v, links)) >= SLOT
        ]
        unlike += one_to_one(sorted(ranked))
    assert {(x.a, x.b, x.score) for x in both.links if not x.equal} == {
        (i, j, min(0.95, -negative)) for negative, i, j in unlike
    }


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES), st.booleans())
def test_changes_lie_inside_their_sentences(first, second, directed):
    both = pair(first, second, directed=directed)
    for change in find_changes(both):
        assert change.a is not None
        assert change.b is not None
        assert both.a.span.contains(change.a)
        assert both.b.span.contains(change.b)
        assert change.a.start < change.a.end
        assert change.b.start < change.b.end
        assert 0.0 < change.probability <= 1.0


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_the_same_changes_are_found_from_both_sides(first, second):
    forward = {(c.kind, c.a, c.b) for c in find_changes(pair(first, second, directed=False))}
    a, b = documents(first, second)
    back = align_pair(views(b)[0], views(a)[0], context_a=views(b), context_b=views(a))
    assert {(c.kind, c.b, c.a) for c in find_changes(back)} == forward


def test_passive_and_active_have_the_same_roles():
    both = pair("Norland troops captured Velmora.", "Velmora was captured by Norland troops.")

    def roles(view):
        (verb,) = (i for i, t in enumerate(view.tokens) if t.lemma == "capture")
        return {(role, view.text_at(view.tokens[i])) for role, i in view.arguments(verb)}

    assert roles(both.a) == {("subj", "troops"), ("obj", "Velmora")}
    assert roles(both.b) == roles(both.a)


@given(st.lists(st.sampled_from("abcd"), max_size=9), st.lists(st.sampled_from("abcd"), max_size=9))
def test_sequence_share_is_the_longest_common_subsequence(a, b):
    def longest(x, y):  # the recursive definition
        if not x or not y:
            return 0
        if x[0] == y[0]:
            return 1 + longest(x[1:], y[1:])
        return max(longest(x[1:], y), longest(x, y[1:]))

    expected = longest(a, b) / min(len(a), len(b)) if a and b else 0.0
    assert sequence_share(a, b) == expected


def test_endless_sentence_is_compared_within_bounds():
    words = " ".join(f"word{n} of the {n} towns" for n in range(200))
    both = pair(f"The {words} fell.", f"The towns rose, {words}.")
    assert isinstance(find_changes(both), list)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5), st.integers(0, 5))))
def test_each_is_taken_once_the_best_first(ranked):
    ranked = sorted(ranked)
    taken = list(one_to_one(ranked))
    slow = []
    for rank, i, j in ranked:
        if i not in [a for _, a, _ in slow] and j not in [b for _, _, b in slow]:
            slow.append((rank, i, j))
    assert taken == slow
