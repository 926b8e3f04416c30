"""Further rows: what shares a statement though each side has a row of its own."""

from dataclasses import replace

from retold.collate.bundles import further_rows, merged
from retold.collate.linkage import link
from retold.config import CollateConfig

CONFIG = CollateConfig()


def _strengths(told, size):
    found = {n: {} for n in range(size)}
    for a, b, p in told:
        found[a][b] = found[b][a] = p
    return found


def _rows(articles, told, config=CONFIG, texts=None):
    strengths = _strengths(told, len(articles))
    homes = link(articles, strengths, config)
    texts = texts or ["The mayor of Pellworth opened the lock."] * len(articles)
    return homes, further_rows(homes, homes, articles, texts, strengths, config)


def test_a_bundle_stands_beside_each_of_its_statements():
    # one sentence of v; three of w, far apart, tell a part each
    articles = ["v", "w", "w", "w"]
    told = [(0, 1, 0.6), (0, 3, 0.4)]
    homes, found = _rows(articles, told)
    assert frozenset({0, 1}) in homes
    assert found == [frozenset({0, 3})]
    assert merged(homes, found) == [frozenset({0, 1}), frozenset({0, 3}), frozenset({2})]


def test_a_far_surer_partner_explains_a_faint_one_away():
    articles = ["v", "w", "w", "w"]
    assert _rows(articles, [(0, 1, 1.0), (0, 3, 0.3)])[1] == []


def test_rows_that_many_versions_have_side_by_side_tell_different_things():
    articles = [v for v in "stuvw" for _ in range(2)]
    told = [
        (a, b, 0.6) for row in (0, 1) for a in range(row, 10, 2) for b in range(row, 10, 2) if a < b
    ]
    homes, found = _rows(articles, [*told, (0, 3, 0.4)])
    assert len(homes) == 2
    assert found == []


def test_a_pair_that_no_other_version_speaks_for_makes_no_row():
    articles = ["v", "w", "x", "y", "z"]
    told = [(1, 2, 0.9), (1, 3, 0.9), (2, 3, 0.9), (1, 4, 0.9), (2, 4, 0.9), (3, 4, 0.9)]
    assert _rows(articles, [*told, (0, 1, 0.4)])[1] == []
    assert _rows(articles, [*told, (0, 1, 0.4), (0, 2, 0.4)])[1] == [frozenset({0, 1, 2})]


def test_pairs_that_join_the_same_rows_are_told_once():
    # u and v copy one sentence, w and x copy another: each pair is told alike
    articles = ["u", "v", "w", "x"]
    told = [(0, 1, 1.0), (2, 3, 1.0), (0, 2, 0.3), (1, 3, 0.3)]
    homes, found = _rows(articles, told, replace(CONFIG, row_surer=0.2))
    assert homes == [frozenset({0, 1}), frozenset({2, 3})]
    assert found == [frozenset({0, 1, 2, 3})]


def test_commentary_makes_no_further_rows():
    talk = "This underscores the complex interplay of pivotal, profound narratives."
    articles = ["v", "w", "w", "w"]
    told = [(0, 1, 0.6), (0, 3, 0.4)]
    assert _rows(articles, told, texts=["The lock opened.", "It opened.", "No.", talk])[1] == []
