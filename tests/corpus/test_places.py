"""Places of words."""

from types import SimpleNamespace

import numpy as np
import pytest

from retold.corpus import places


@pytest.mark.parametrize("few", [1, 1000])
def test_places_in_parts_are_those_of_one_look(monkeypatch, few):
    monkeypatch.setattr(places, "_PART", 64)
    monkeypatch.setattr(places, "_FEW", few)
    draw = np.random.default_rng(4)
    sizes = draw.integers(1, 9, 40)
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    starts = np.concatenate([5 * np.arange(n) for n in sizes]).astype(np.int32)
    content = SimpleNamespace(
        bounds=bounds, starts=starts, lengths=(np.arange(bounds[-1]) % 4 + 1).astype(np.uint8)
    )
    articles = draw.integers(0, 40, 100)
    first = draw.integers(0, sizes[articles])
    words = draw.integers(1, sizes[articles] - first + 1)
    found, ends = places.locate(content, articles, first, words)
    assert found.tolist() == (5 * first).tolist()
    last = bounds[articles] + first + words - 1
    assert ends.tolist() == (starts[last] + content.lengths[last]).tolist()
