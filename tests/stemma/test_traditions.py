"""The method on traditions whose parents are known."""

from collections import Counter
from dataclasses import replace

import pytest

from retold.config import StemmaConfig
from retold.errors import UsageError
from retold.model import EvidenceKind
from retold.stemma import METHODS, build, origins
from tests.stemma.tradition import (
    BASE,
    OWN,
    Telling,
    Tradition,
    add,
    copy,
    cut,
    edit,
    merge,
    random_tradition,
)


def stemma_of(tradition, **changes):
    config = replace(StemmaConfig(), **changes)
    return build(tradition.story(), tradition.documents, tradition.rows(), config)


def edges_of(stemma, tradition):
    """Edges by the name of the child, with the parent's name; unseen sources are '?'."""
    found = {}
    for edge in stemma.edges:
        if edge.child in tradition.names:
            parent = tradition.names.get(edge.parent, "?" if edge.parent else None)
            found.setdefault(tradition.names[edge.child], []).append((parent, edge))
    return found


def outcome(seeds, *, dated):
    counts = Counter()
    for seed in seeds:
        tradition = random_tradition(seed, 8, dated=dated)
        for child, links in edges_of(stemma_of(tradition), tradition).items():
            for parent, edge in links:
                true = tradition.true_parents(child)
                right = parent in true or (not true and parent is None)
                counts["edges"] += 1
                counts["right"] += right
                counts["decided"] += edge.decided
                counts["decided wrong"] += edge.decided and not right
                turned = parent in tradition.ids and child in tradition.true_parents(parent)
                counts["turned round"] += edge.decided and turned
    return counts


def test_with_dates_most_parents_are_found_and_no_decided_edge_is_wrong():
    counts = outcome(range(12), dated=True)
    assert counts["right"] >= 0.9 * counts["edges"]
    assert counts["decided"] >= 0.8 * counts["edges"]
    assert counts["decided wrong"] <= 0.02 * counts["decided"]
    assert counts["turned round"] == 0


def test_without_dates_little_is_decided_and_nothing_wrongly():
    counts = outcome(range(12), dated=False)
    assert counts["right"] >= 0.5 * counts["edges"]
    assert counts["decided"] < 0.3 * counts["edges"]
    assert counts["decided wrong"] == 0


def test_two_copies_without_dates_are_kin_of_undecided_direction():
    base = Telling("base", BASE)
    tradition = Tradition([base, copy(base, "copy")])
    found = stemma_of(tradition)
    assert not any(e.decided for e in found.edges)
    assert {u.articles for u in found.undecided} == {tuple(sorted(tradition.documents))}
    count = origins(found, tuple(tradition.documents))
    assert (count.low, count.high) == (1, 1)


def test_a_cut_without_dates_is_undecided():
    base = Telling("base", BASE)
    tradition = Tradition([base, cut(base, "cut", list(range(10)))])
    assert not any(e.decided for e in stemma_of(tradition).edges)


def test_the_date_decides_between_two_copies():
    base = Telling("base", BASE, hours=0)
    tradition = Tradition([base, copy(base, "copy", hours=3)])
    found = edges_of(stemma_of(tradition), tradition)
    assert [p for p, _ in found["copy"]] == ["base"]
    assert any(e.kind is EvidenceKind.TIME for e in found["copy"][0][1].evidence)


def test_a_wrong_clock_does_not_overrule_credits_and_texts():
    wire = Telling("wire", BASE, outlet="Skerry Press Agency", hours=30)  # stamped by an update
    papers = [
        cut(
            wire, f"paper{i}", [*range(i, i + 18)], hours=i, credits=("Skerry",), outlet=f"Gull {i}"
        )
        for i in range(3)
    ]
    tradition = Tradition([wire, *papers])
    found = edges_of(stemma_of(tradition), tradition)
    assert [found[p.name][0][0] for p in papers] == ["wire"] * 3
    assert found["wire"][0][0] is None


def test_a_version_derives_from_the_collected_report_of_the_agency_it_credits():
    wire = Telling("wire", BASE, outlet="Skerry Press Agency")
    paper = copy(wire, "paper", outlet="Vellmar Lantern", credits=("Skerry",))
    tradition = Tradition([wire, paper])
    ((parent, edge),) = edges_of(stemma_of(tradition), tradition)["paper"]
    assert parent == "wire"
    assert edge.decided
    assert any(e.kind is EvidenceKind.CREDIT for e in edge.evidence)


def unseen_base(**more):
    """Three cuts of a report that is not collected, each with reporting of its own."""
    base = Telling("base", BASE)
    keeps = ([*range(16)], [*range(6, 22)], [*range(3), *range(10, 25)])
    return [
        add(cut(base, f"c{i}", keep), f"v{i}", list(OWN[i * 3 : i * 3 + 3]), **more)
        for i, keep in enumerate(keeps)
    ]


def test_mutual_overlap_without_a_source_calls_for_an_unseen_one():
    tradition = Tradition(unseen_base())
    found = stemma_of(tradition)
    assert len(found.hypothetical) == 1
    assert {e.parent for e in found.edges} == {found.hypothetical[0].id}
    assert found.hypothetical[0].agency == ""
    count = origins(found, tuple(tradition.documents))
    assert (count.low, count.high, count.roots) == (1, 1, (found.hypothetical[0].id,))


def test_an_unseen_source_is_named_by_the_agency_that_is_credited():
    tellings = unseen_base()
    tellings[0].credits = tellings[2].credits = ("Skerry",)
    found = stemma_of(Tradition(tellings))
    assert [h.agency for h in found.hypothetical] == ["Skerry"]
    assert "credited to Skerry by 2 versions" in found.hypothetical[0].label


def test_a_lone_credit_is_a_possible_source_and_undecided():
    one = Telling("one", BASE[:8], credits=("Skerry",))
    two = Telling("two", OWN[:8], credits=("Skerry",))
    found = stemma_of(Tradition([one, two]))
    assert [h.agency for h in found.hypothetical] == ["Skerry"]
    assert not any(e.decided for e in found.edges)
    count = origins(found, [e.child for e in found.edges])
    assert (count.low, count.high) == (1, 2)


def test_credits_alone_decide_no_source_however_many_there_are():
    texts = (BASE[:8], BASE[10:18], OWN[:8], OWN[10:18])
    tellings = [Telling(f"t{i}", text, credits=("Skerry",)) for i, text in enumerate(texts)]
    found = stemma_of(Tradition(tellings))
    assert found.hypothetical[0].probability > StemmaConfig().decided_probability
    assert not any(e.decided for e in found.edges)
    count = origins(found, [e.child for e in found.edges])
    assert (count.low, count.high) == (1, 4)


def test_unrelated_versions_have_no_parent():
    tradition = Tradition([Telling("one", BASE, hours=0), Telling("two", OWN, hours=1)])
    found = stemma_of(tradition)
    assert {(e.parent, e.decided) for e in found.edges} == {(None, True)}
    assert origins(found, tuple(tradition.documents)).low == 2


def test_a_version_from_two_sources_has_two_edges():
    first = Telling("first", BASE, hours=0)
    second = Telling("second", OWN, hours=1)
    both = merge(first, second, "both", hours=5)
    tradition = Tradition([first, second, both])
    found = edges_of(stemma_of(tradition), tradition)
    assert {p for p, _ in found["both"]} == {"first", "second"}
    assert all(0.3 < e.share < 0.7 for _, e in found["both"])
    assert [p for p, _ in found["first"]] == [p for p, _ in found["second"]] == [None]


def test_an_inherited_error_shows_the_parent():
    base = Telling("base", BASE, hours=0)
    wrong = edit(base, "wrong", {"37 of its iron": "73 of its iron", "Nine": "Eleven"}, hours=1)
    tellings = [base, wrong, cut(wrong, "heir", list(range(12)), hours=2)]
    tellings += [cut(base, f"other{i}", list(range(12 + i)), hours=2 + i) for i in range(3)]
    tradition = Tradition(tellings)
    found = edges_of(stemma_of(tradition), tradition)
    assert found["heir"][0][0] == "wrong"
    assert found["heir"][0][1].decided


def test_a_single_article_is_a_root():
    tradition = Tradition([Telling("one", BASE)])
    found = stemma_of(tradition)
    assert [(e.parent, e.decided) for e in found.edges] == [(None, True)]
    assert found.kinships == ()


def test_the_order_of_rows_matches_and_documents_does_not_matter():
    tradition = random_tradition(3, 7, dated=True)
    story, rows = tradition.story(), tradition.rows()
    first = build(story, tradition.documents, rows)
    turned = replace(story, matches=story.matches[::-1])
    again = build(turned, dict(reversed(tradition.documents.items())), rows[::-1])
    assert again == first


@pytest.mark.parametrize("seed", range(4))
def test_every_article_has_an_edge_and_decided_edges_have_no_cycle(seed):
    tradition = random_tradition(seed, 9, dated=bool(seed % 2))
    found = stemma_of(tradition)
    assert {e.child for e in found.edges} >= set(tradition.documents)
    parents = {}
    for edge in found.edges:
        parents.setdefault(edge.child, set()).add(edge.parent)
    for start, above in parents.items():
        seen, stack = set(), [p for p in above if p]
        while stack:
            node = stack.pop()
            assert node != start
            if node not in seen:
                seen.add(node)
                stack.extend(p for p in parents.get(node, ()) if p)
    for edge in found.edges:
        assert 0 <= edge.probability <= 1
        assert 0 <= edge.share <= 1
        for evidence in edge.evidence:
            for span in evidence.spans:
                text = tradition.documents[span.article].article.text
                assert 0 <= span.start < span.end <= len(text)


def test_a_large_story_lists_only_the_nearest():
    tradition = random_tradition(1, 12, dated=True)
    found = stemma_of(tradition, pairs_all=5, pairs_nearest=2)
    assert len(found.kinships) <= 24
    ids = {k for pair in found.kinships for k in (pair.a, pair.b)}
    assert ids == set(tradition.documents)


def test_an_unknown_method_is_an_error():
    tradition = Tradition([Telling("one", BASE)])
    with pytest.raises(UsageError, match="evidence"):
        stemma_of(tradition, method="guess")
    assert set(METHODS) == {"evidence"}
