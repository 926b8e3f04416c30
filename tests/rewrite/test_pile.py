"""The search for rewrites in a large pile finds what comparing all with all finds."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from math import exp, log, log1p, sqrt

import numpy as np
import pytest

from retold.config import PileConfig
from retold.reuse.tokens import tokenise_text
from retold.rewrite import likely
from retold.rewrite.pile import Pile, bag, pile, read_texts
from retold.rewrite.stems import stem
from retold.text import forms
from tests.corpus.test_scan import Words

ALL = replace(PileConfig(), terms=10_000, indexed=10_000, long=10_000, candidates=10_000)


def texts(seed: int = 3) -> list[str]:
    """Invented articles, some with most words of another in another order."""
    made = Words(seed)
    found = [made.text(made.random.randint(30, 120)) for _ in range(40)]
    for of in found[:10]:
        words = of.split()
        made.random.shuffle(words)
        found.append(made.edited(" ".join(words), 0.4))
    return [*found, "", "One."]


def cosines(held: list[str], power: float) -> list[dict[int, float]]:
    """The slow way: every text with every other, by all terms."""
    bags = [Counter(map(stem, forms(text))) for text in held]
    frequency = Counter(term for each in bags for term in each)
    weighed = []
    for each in bags:
        weights = {
            t: (1 + log(n)) * log((len(held) + 1) / frequency[t]) ** power for t, n in each.items()
        }
        norm = sqrt(sum(w * w for w in weights.values())) or 1.0
        weighed.append({t: w / norm for t, w in weights.items()})
    return [
        {
            b: sum(w * two.get(t, 0.0) for t, w in one.items())
            for b, two in enumerate(weighed)
            if a != b
        }
        for a, one in enumerate(weighed)
    ]


def near(held: Pile, count: int) -> list[list[tuple[int, float]]]:
    found = held.near(0, count)
    return [
        [(t, float(c)) for t, c in zip(*row, strict=True) if t >= 0]
        for row in zip(found.texts.tolist(), found.cosines.tolist(), strict=True)
    ]


def test_the_nearest_are_those_of_all_pairs():
    held = texts()
    slow = cosines(held, ALL.power)
    for number, row in enumerate(near(pile(read_texts(held), ALL), len(held))):
        best = sorted((v for v in slow[number].values() if v > 0), reverse=True)
        assert [c for _, c in row] == pytest.approx(best[: ALL.neighbours], abs=1e-5)
        for other, value in row:
            assert value == pytest.approx(slow[number][other], abs=1e-5)


def test_a_short_index_still_finds_the_source():
    held = texts()
    small = replace(PileConfig(), terms=40, indexed=12, long=8, candidates=5)
    found = near(pile(read_texts(held), small), len(held))
    assert [found[40 + n][0][0] for n in range(10)] == list(range(10))


def test_any_part_of_the_pile_has_the_same_neighbours():
    held = pile(read_texts(texts()), PileConfig())
    whole, part = held.near(0, 52), held.near(17, 31)
    assert np.array_equal(whole.texts[17:31], part.texts)
    assert np.array_equal(whole.cosines[17:31], part.cosines)


def test_a_text_from_outside_is_searched_for_by_what_the_pile_knows():
    held = pile(read_texts(texts()), PileConfig())
    query = read_texts([texts()[3] + " Quixotic zyzzyva."])
    asked = bag(query, held.known, held.idf, held.config)
    assert held.search(asked, np.array([-1])).texts[0, 0] == 3


def test_words_share_a_term_by_their_stem_and_zero_is_no_word():
    read = read_texts(["The harbours flooded.", "A harbour floods again.", "Nothing here."])
    read.words[read.words == tokenise_text("again").words[0]] = 0
    held = pile(read, PileConfig())
    stems = {stem(word) for word in forms("the harbour floods a nothing here")}
    assert held.known.size == len(stems)
    assert near(held, 3)[0][0][0] == 1


@pytest.mark.parametrize("words", [0, 100_000])
def test_the_vocabulary_grows_with_the_pile(words):
    generator = random.Random(1)
    made = {"".join(generator.choices("abcdefghiklmnopq", k=3)) for _ in range(words)}
    held = pile(read_texts([" ".join(sorted(made)), "", "alone"]), PileConfig())
    assert held.known.size == len(set(map(stem, made)) | {stem("alone")})


def test_evidence_and_probability_are_those_of_the_formula():
    held = texts()
    found = pile(read_texts(held), ALL)
    pairs = np.array([(0, 40), (3, 43), (1, 2), (50, 51)])
    slow = cosines(held, ALL.power)
    bags = [set(map(stem, forms(text))) for text in held]
    frequency = Counter(term for each in bags for term in each)
    evidence = likely.evidence(found, pairs)
    for (a, b), (cosine, shared), told in zip(
        pairs.tolist(), evidence.tolist(), likely.probability(evidence).tolist(), strict=True
    ):
        weight = sum(log((len(held) + 1) / frequency[t]) ** ALL.power for t in bags[a] & bags[b])
        assert cosine == pytest.approx(slow[a][b], abs=1e-5)
        assert shared == pytest.approx(weight, rel=1e-5)
        z = likely.INTERCEPT + likely.COSINE * cosine + likely.SHARED * log1p(shared)
        assert told == pytest.approx(1 / (1 + exp(-z)))
    assert likely.probability(evidence)[0] > likely.probability(evidence)[2]
