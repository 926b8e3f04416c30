"""All pairs at once give what the scorer says of each, and what it asks for is found."""

import random
import sys
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold import annotate
from retold.config import RewriteConfig
from retold.model import Article, Document, MatchKind, Sentence, Span, Token, article_id, make_match
from retold.rewrite import Scorer, alike, bulk, copies, find, vectors
from retold.rewrite.alike import SMALL, UNPACKED
from retold.rewrite.bulk import LARGE, Bulk, products
from retold.rewrite.find import AT_ONCE, CELLS, MOSTLY

LINES = [
    "The ferry Maren Dawl left Ostrel before dawn with 212 people on board.",
    "Before sunrise the Maren Dawl had sailed from Ostrel, with 212 people on board.",
    "A fire broke out in its engine room about forty minutes later, the coast guard said.",
    "This fire spread to the car deck, and it took the crew of the ferry an hour to put it out.",
    "Rescue boats brought 198 passengers and crew back to the harbour of Ostrel.",
    "Boats brought 198 of the passengers back to the harbour.",
    "It was promised by Ilse Corvane, the minister, that an independent inquiry would follow.",
    "Minister Ilse Corvane promised an independent inquiry into the disaster on 4 March.",
    "That inquiry into the disaster will be independent, Corvane said on March 4.",
    "The tragedy underscores the complex interplay of ageing ships and growing demand.",
    "The cafe on the pier sold more soup on that day than in all of February.",
    "Soup!",
]


def pile_of(generator, versions=4):
    texts = [
        "\n".join(generator.choices(LINES, k=generator.randrange(2, 9))) for _ in range(versions)
    ]
    return annotate.annotate([Article(article_id(t), t, language="en") for t in set(texts)])


@cache
def stock():
    """Documents to draw piles from."""
    return pile_of(random.Random(7), 9)


@pytest.fixture(scope="module", params=[1, 2, 3])
def pile(request):
    found = pile_of(random.Random(request.param))
    return sorted(found, key=lambda document: document.id)


def everything(scorer):
    """Every pair of sentences of two documents: as keys, as numbers, and what is usual."""
    sizes = [len(article) for article in scorer.said]
    starts = np.cumsum([0, *sizes])
    keys = [
        ((x, i), (y, j))
        for x, y in combinations(range(len(sizes)), 2)
        for i in range(sizes[x])
        for j in range(sizes[y])
    ]
    a = np.array([starts[x] + i for (x, i), _ in keys])
    b = np.array([starts[y] + j for _, (y, j) in keys])
    return keys, a, b, np.array([scorer.usual(x, y) for (x, _), (y, _) in keys])


@pytest.mark.parametrize("lexical_only", [False, True])
@pytest.mark.parametrize("least", [0.0, 0.3, 0.55, 0.9])
def test_bulk_says_what_the_scorer_says(pile, least, lexical_only):
    scorer = Scorer(pile, lexical_only=lexical_only)
    keys, a, b, usual = everything(scorer)
    told = Bulk(scorer).best(a, b, usual, least)
    slow = np.array([scorer.probability(*pair) for pair in keys])
    assert (slow > 0.55).any()
    assert (Bulk(scorer).context >= 0).any()
    reached = slow >= least
    assert told[reached] == pytest.approx(slow[reached], abs=2e-4)
    assert (told[~reached] < least + 2e-4).all()


def test_pairs_are_symmetric_in_bulk(pile):
    scorer = Scorer(pile)
    _, a, b, usual = everything(scorer)
    bulk = Bulk(scorer)
    assert bulk.best(a, b, usual, 0.0) == pytest.approx(bulk.best(b, a, usual, 0.0), abs=1e-5)


def slow_find(pile, reused, config):
    """All pairs among the best candidates, one by one; as plain as can be."""
    scorer = Scorer(pile)
    found = set()

    def overlaps(part, whole):
        return part.overlap(whole) >= MOSTLY * (part.end - part.start)

    def rank(a, b):
        one, two = scorer.said[a[0]][a[1]], scorer.said[b[0]][b[1]]
        if min(one.total, two.total) < config.least_content:
            return -1.0
        shared = sum(min(w, two.weights[k]) for k, w in one.weights.items() if k in two.weights)
        cosine = float(scorer.vectors[a[0]][a[1]] @ scorer.vectors[b[0]][b[1]])
        value = cosine + min(shared / config.candidate_weight, 1.0)
        return value if value >= config.candidate_rank else -1.0

    for x, y in combinations(range(len(pile)), 2):
        m, n = len(pile[x].sentences), len(pile[y].sentences)
        ranks = {(i, j): rank((x, i), (y, j)) for i in range(m) for j in range(n)}
        for (i, j), own in ranks.items():
            row = sum(ranks[i, k] > own + 1e-6 for k in range(n))
            column = sum(ranks[k, j] > own + 1e-6 for k in range(m))
            a, b = pile[x].sentences[i].span, pile[y].sentences[j].span
            if own > 0 and min(row, column) < config.candidates:
                if any(overlaps(a, r.a) and overlaps(b, r.b) for r in reused):
                    continue
                score = scorer.probability((x, i), (y, j))
                if score >= config.accept:
                    found.add((a, b))
    return found


@given(st.integers(0, 10**6), st.sampled_from([0.1, 0.55]), st.integers(1, 3), st.booleans())
def test_find_is_the_slow_search(seed, accept, candidates, blocks):
    generator = random.Random(seed)
    pile = sorted(generator.sample(stock(), 3), key=lambda document: document.id)
    config = RewriteConfig(accept=accept, candidates=candidates)
    reused = []
    for x, y in combinations(pile, 2):
        a, b = generator.choice(x.sentences).span, generator.choice(y.sentences).span
        shorter = Span(a.article, a.start, a.end - generator.randrange(len(x.article.text) // 9))
        reused.append(make_match(shorter, b, MatchKind.NEAR, 0.9, "test"))
    with pytest.MonkeyPatch.context() as patch:
        # rows of the table one by one, or all at once
        module = sys.modules[find.__module__]
        patch.setattr(module, "CELLS", 1 if blocks else CELLS)
        patch.setattr(module, "AT_ONCE", 1 if blocks else AT_ONCE)
        found = {(m.a, m.b) for m in find(pile, reused, config)}
    assert found == slow_find(pile, reused, config)


def huge(name, line, times):
    """A document of about a megabyte without a single break, in one sentence."""
    text = line * times
    tokens, start = [], 0
    for word in text.split(" "):
        tokens.append(Token(start, start + len(word), word, "NOUN", "NN", "dep", 0))
        start += len(word) + 1
    whole = Sentence(Span(name, 0, len(text)), 0, (0, len(tokens)))
    return Document(Article(name, text, language="en"), (whole,), tuple(tokens))


@pytest.mark.parametrize("line", ["grelkon", "harbour ferry ", "a-" * 50 + " ", "\u0300'’--"])
def test_a_megabyte_without_a_break_is_compared(line):
    times = 1_000_000 // len(line)
    pile = [huge("one", line, times), huge("two", line, 20)]
    for match in find(pile, []):
        assert match.kind is MatchKind.REWRITE
        assert 0.55 <= match.score <= 1.0


def test_sentences_without_a_telling_word_are_compared():
    texts = [
        "1,204 | 88 | 17. This 5 6 7 8 9. Velmora shut the harbour of Tessary.",
        "1,204 | 88 | 18. That 5 6 7 8 9. Velmora closed the harbour of Tessary.",
    ]
    documents = annotate.annotate(
        [Article(article_id(t, url=str(n)), t) for n, t in enumerate(texts)]
    )
    found = find(documents, (), RewriteConfig(accept=0.0))
    scorer = Scorer(documents)
    for match in found:
        assert match.score == pytest.approx(scorer.likeness(match.a, match.b), abs=2e-4)


def test_no_numbers_make_no_groups():
    assert list(bulk._groups(np.zeros(0, np.int64))) == []


@pytest.mark.parametrize("least", [0.0, 0.55])
def test_half_precision_and_copies_say_the_same(pile, least, monkeypatch):
    monkeypatch.setattr(copies, "FEWEST", 0)
    scorer = Scorer(pile)
    keys, a, b, usual = everything(scorer)
    slow = np.array([scorer.probability(*pair) for pair in keys])
    for most in (0, UNPACKED):
        monkeypatch.setattr(alike, "UNPACKED", most)
        told = Bulk(scorer).best(a, b, usual, least)
        assert told[slow >= least] == pytest.approx(slow[slow >= least], abs=2e-4)


def test_products_in_parts_are_those_of_the_whole():
    generator = np.random.default_rng(5)
    shapes = [(0, 3), (1, 1), (3, 0), (12, 57), (12, 143), (800, 9), (430, 431)]
    sizes = [rows * columns * vectors.DIMENSIONS for rows, columns in shapes]
    assert min(sizes) < SMALL < sizes[4] < LARGE < max(sizes)
    for rows, columns in shapes:
        # small integers: no sum is rounded, in whatever order
        one, two = (
            generator.integers(-9, 9, (n, vectors.DIMENSIONS)).astype(np.float32)
            for n in (rows, columns)
        )
        wanted = one.astype(np.int64) @ two.astype(np.int64).T
        assert products(one, two).tolist() == wanted.tolist()
