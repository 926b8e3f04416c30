"""The five real articles beside the checkout: how they hang together is known."""

import pytest

from retold.annotate import annotate
from retold.collate import align
from retold.config import ReuseConfig, RewriteConfig
from retold.model import Article, Story, article_id, identify
from retold.reuse import find as find_reuse
from retold.rewrite import find as find_rewrites
from retold.stemma import build, origins

FURNITURE = "Your email address"


@pytest.fixture(scope="module")
def told(seeds):
    """The stemma, and the first three digits of each file's name by article."""
    names, articles = {}, []
    for path in sorted(seeds.glob("*.txt")):
        text = path.read_text(encoding="utf-8").split(FURNITURE, 1)[0].strip()
        articles.append(Article(article_id(text), text, source=path.name))
        names[articles[-1].id] = path.name[:3]
    documents = {d.id: d for d in annotate(articles)}
    listed = list(documents.values())
    matches = list(find_reuse(listed, ReuseConfig()))
    matches += find_rewrites(listed, matches, RewriteConfig())
    ids = tuple(sorted(documents))
    story = Story(identify("story", *ids), ids, tuple(sorted(matches, key=lambda m: m.id)))
    return build(story, documents, align(story, documents)), names


def test_the_nearest_pairs(told):
    stemma, names = told
    pairs = {frozenset((names[k.a], names[k.b])) for k in stemma.kinships if k.nearest}
    assert pairs == {frozenset(("002", "003")), frozenset(("001", "004"))}


def test_all_go_back_to_one_unseen_report_that_two_credit(told):
    stemma, names = told
    tops = [h for h in stemma.hypothetical if h.agency == "TASS"]
    assert len(tops) == 1
    assert "2 versions" in tops[0].label
    count = origins(stemma, tuple(names))
    assert (count.low, count.high, count.roots) == (1, 1, (tops[0].id,))


def test_no_direction_between_versions_is_invented(told):
    stemma, names = told
    assert not [e for e in stemma.edges if e.decided and e.parent in names]


def test_whose_wording_and_whose_content_the_first_shares_is_said(told):
    stemma, names = told
    asked = [u for u in stemma.undecided if len(u.articles) == 5]
    assert len(asked) == 1
    assert asked[0].spans
    assert {names[s.article] for s in asked[0].spans} >= {"000", "002", "003"}
