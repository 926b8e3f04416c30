import json
from random import Random

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import retold
from retold.corpus.passages import _gather

CARRIERS = 3


def planted(seed):
    """Texts of words that stand nowhere else, with blocks of words planted in some of them."""
    random = Random(seed)
    made = iter(range(10**6))

    def own(count):
        return " ".join(f"w{next(made)}" for _ in range(count))

    blocks = [own(80) for _ in range(6)]
    rows = []
    for number in range(20):
        parts = [own(random.randint(30, 60))]
        for block in random.sample(blocks, random.randint(0, 2)):
            parts += [block, own(random.randint(30, 60))]
        text = " ".join(parts)
        published = f"2031-05-{random.randint(1, 28):02}T06:00:00Z"
        rows.append({"text": text, "outlet": f"Paper {number}", "published": published})
    return blocks, rows


@pytest.mark.parametrize("seed", range(3))
def test_planted_passages_are_found_wherever_they_stand(tmp_path, seed):
    blocks, rows = planted(seed)
    source = tmp_path / "pile.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows))
    retold.scan(source, tmp_path / "out", processes=1)
    articles = pq.read_table(tmp_path / "out" / "articles").to_pylist()
    text = {row["article"]: row["text"] for row in articles}
    published = {row["article"]: row["published"] for row in articles}
    expected = {}
    for block in blocks:
        carriers = sorted(
            (each for each in text if block in text[each]), key=lambda each: published[each]
        )
        if len(carriers) >= CARRIERS:
            expected[block] = carriers
    assert len(expected) >= 3
    found = pq.read_table(tmp_path / "out" / "passages.parquet").to_pylist()
    assert sorted(row["text"] for row in found) == sorted(expected)
    assert [row["articles"] for row in found] == sorted(
        (len(carriers) for carriers in expected.values()), reverse=True
    )
    for row in found:
        carriers = expected[row["text"]]
        assert (row["kind"], row["words"]) == ("shared", 80)
        assert row["articles"] == row["outlets"] == len(carriers)
        assert row["published"] == published[row["first"]] == published[carriers[0]]
        assert sorted(place["article"] for place in row["places"]) == sorted(carriers)
        times = [published[place["article"]] for place in row["places"]]
        assert times == sorted(times)
        for place in row["places"]:
            assert text[place["article"]][place["start"] : place["end"]] == row["text"]


def slow_gather(pairs, stretches, same):
    """Sets of stretches: the two of a pair, and those that nearly cover each other."""
    owner = {number: {number} for number in range(len(stretches))}

    def unite(one, two):
        if owner[one] is not owner[two]:
            owner[one] |= owner[two]
            for each in owner[two]:
                owner[each] = owner[one]

    for number in range(pairs):
        unite(number, pairs + number)
    for one, (text, first, words) in enumerate(stretches):
        for two, (other, start, length) in enumerate(stretches[:one]):
            shared = min(first + words, start + length) - max(first, start)
            if text == other and shared >= same * max(words, length):
                unite(one, two)
    return [min(owner[number]) for number in range(len(stretches))]


@given(
    st.integers(0, 5).flatmap(
        lambda pairs: st.lists(
            # few stretches of one text overlap, as where passages of a few pairs meet
            st.tuples(st.integers(0, 3), st.integers(0, 30), st.integers(10, 30)),
            min_size=2 * pairs,
            max_size=2 * pairs,
        )
    )
)
def test_stretches_are_gathered_as_the_slow_way(stretches):
    pairs = len(stretches) // 2
    text, first, words = np.array(stretches, np.int64).reshape(-1, 3).T.copy()
    order = np.lexsort((words, first, text))
    found = _gather(pairs, order, text, first, words, 0.8)
    assert found.tolist() == slow_gather(pairs, stretches, 0.8)
