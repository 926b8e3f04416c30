"""Groups of versions: verified matches joined, the strongest first, and never through one bridge.

Joining whatever is connected chains: an article made of two stories would make one group of both.
So two groups are joined only where more than half of the pairs of their *anchors*, the members with
most matches, are versions of one text themselves.
What is refused is asked again as the groups grow.
"""

from __future__ import annotations

import hashlib
import itertools
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from retold.corpus.prepare import written
from retold.corpus.tables import GROUPS
from retold.reuse.candidates import Index, Texts
from retold.reuse.compiled import compiled


class Groups(NamedTuple):
    """The groups; only articles in one are listed."""

    texts: Index
    """Members, group by group in the order of joining."""
    bounds: Index
    """Where each group begins; one longer than the groups."""
    joined: Index
    """Of each member, the earlier member it is joined to; -1 for the first."""
    match: Index
    """And the number of the match that joins them; -1 for the first."""
    diameter: Index
    """By group, the most matches on the shortest way between two members; where a group is too
    large to try all, twice the way from the member with most matches, which is at least as much."""


def group(
    original: Index,
    pairs: NDArray[np.int64],
    strength: NDArray[np.float64],
    anchors: int,
    every: int = 2_000,
    crowds: Texts | None = None,
) -> Groups:
    """Join texts to groups.

    Args:
        original: of each text, the one that it is equal to word for word, or itself. Copies follow
            their originals.
        pairs: shape (matches, 2), the verified matches, sorted; a copy's only match is that with
            its original.
        strength: of each match; equal ones count in the order of the pairs.
        anchors: members that stand for a group.
        every: members of the largest group whose diameter is found by trying all.
        crowds: of each text the first of the many that it was not aligned with all of, below 0
            where there were not many. That two of one crowd have no match tells nothing.
    """
    count = len(original)
    if crowds is None:
        crowds = np.full(count, -1, np.int32)
    apart = original[pairs[:, 0]] != original[pairs[:, 1]]
    order = np.argsort(-strength[apart], kind="stable")
    keys = pairs[:, 0] * count + pairs[:, 1]
    root = _join(count, pairs[apart], order, keys, anchors, crowds)[original]
    begins, others, numbers = _neighbours(count, pairs, root)
    member = np.flatnonzero(np.diff(begins) > 0)
    sizes = np.bincount(root[member], minlength=count)
    degree = np.diff(begins)
    return _walk(member, root, sizes, degree, begins, others, numbers, strength, every)


def table(found: Groups, ids: NDArray[np.uint8], matches: pa.Array) -> pa.Table:
    """Build the table; ``ids`` by text, ``matches`` the ids of the matches that were joined."""
    texts = written(ids)
    sizes = np.diff(found.bounds)
    first = found.joined < 0
    bounds = found.bounds.tolist()
    names = [
        hashlib.sha256(ids[np.sort(found.texts[low:high])].tobytes())
        for low, high in itertools.pairwise(bounds)
    ]
    group = pa.array([f"group:{name.hexdigest()[:20]}" for name in names], pa.large_string())
    return pa.table(
        [
            group.take(np.repeat(np.arange(len(sizes)), sizes)),
            texts.take(found.texts),
            np.repeat(sizes, sizes).astype(np.int32),
            texts.take(pa.array(found.joined, mask=first)),
            matches.take(pa.array(found.match, mask=first)),
            np.repeat(found.diameter, sizes).astype(np.int32),
        ],
        schema=GROUPS.schema,
    )


@compiled
def _find(root: Index, text: int) -> int:
    while root[text] != text:
        root[text] = root[root[text]]
        text = root[text]
    return text


@compiled
def _join(
    count: int,
    pairs: NDArray[np.int64],
    order: Index,
    keys: Index,
    anchors: int,
    crowds: Texts,
) -> Index:
    """Return the root of each text's group."""
    root = np.arange(count)
    degree = np.zeros(count, np.int64)
    for match in range(len(pairs)):
        degree[pairs[match, 0]] += 1
        degree[pairs[match, 1]] += 1
    held = np.full((count, anchors), -1, np.int64)  # of each root, its anchors, most matches first
    held[:, 0] = np.arange(count)
    waiting, left = order.copy(), len(order) + 1
    # what is refused while groups are small and their anchors poor is asked again
    while len(waiting) < left:
        left = len(waiting)
        refused = 0
        for match in waiting:
            one, two = _find(root, pairs[match, 0]), _find(root, pairs[match, 1])
            if one == two:
                continue
            if _versions(held[one], held[two], count, keys, crowds):
                root[max(one, two)] = min(one, two)
                held[min(one, two)] = _foremost(held[one], held[two], degree)
            else:
                waiting[refused] = match
                refused += 1
        waiting = waiting[:refused]
    for text in range(count):
        root[text] = _find(root, text)
    return root


@compiled
def _versions(one: Index, two: Index, count: int, keys: Index, crowds: Texts) -> bool:
    """Whether more than half of the pairs of two groups' anchors are versions."""
    known = tried = 0
    for a in one:
        for b in two:
            if a >= 0 and b >= 0:
                key = min(a, b) * count + max(a, b)
                place = np.searchsorted(keys, key)
                found = place < len(keys) and keys[place] == key
                known += found
                tried += found or crowds[a] < 0 or crowds[a] != crowds[b]
    return 2 * known > tried


@compiled
def _foremost(one: Index, two: Index, degree: Index) -> Index:
    """Return the anchors of two groups that are joined."""
    merged, out = np.concatenate((one, two)), np.full(len(one), -1, np.int64)
    for at in range(len(out)):
        best = -1
        for k in range(len(merged)):
            if merged[k] >= 0 and (
                best < 0
                or degree[merged[k]] > degree[merged[best]]
                or (degree[merged[k]] == degree[merged[best]] and merged[k] < merged[best])
            ):
                best = k
        if best >= 0:
            out[at], merged[best] = merged[best], -1
    return out


@compiled
def _neighbours(count: int, pairs: NDArray[np.int64], root: Index) -> tuple[Index, Index, Index]:
    """Return each text's matches within its group: where they begin, the others, the matches."""
    begins = np.zeros(count + 1, np.int64)
    for match in range(len(pairs)):
        if root[pairs[match, 0]] == root[pairs[match, 1]]:
            begins[pairs[match, 0] + 1] += 1
            begins[pairs[match, 1] + 1] += 1
    for text in range(count):
        begins[text + 1] += begins[text]
    others, numbers = np.empty(begins[count], np.int64), np.empty(begins[count], np.int64)
    place = begins[:-1].copy()
    for match in range(len(pairs)):
        one, two = pairs[match, 0], pairs[match, 1]
        if root[one] == root[two]:
            others[place[one]], numbers[place[one]] = two, match
            others[place[two]], numbers[place[two]] = one, match
            place[one] += 1
            place[two] += 1
    return begins, others, numbers


def _walk(
    member: Index,
    root: Index,
    sizes: Index,
    degree: Index,
    begins: Index,
    others: Index,
    numbers: Index,
    strength: NDArray[np.float64],
    every: int,
) -> Groups:
    """Walk through each group from the member with most matches, the strongest match first."""
    # the first of each group: most matches, then the least number
    best = np.lexsort((member, -degree[member], root[member]))
    firsts = member[best][np.unique(root[member][best], return_index=True)[1]]
    firsts = firsts[np.lexsort((firsts, -sizes[root[firsts]]))]
    bounds = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes[root[firsts]])))
    texts, joined = np.full(bounds[-1], -1), np.full(bounds[-1], -1)
    match, diameter = np.full(bounds[-1], -1), np.zeros(len(firsts), np.int64)
    _grow(firsts, bounds, begins, others, numbers, strength, texts, joined, match, diameter, every)
    return Groups(texts, bounds, joined, match, diameter)


@compiled
def _grow(
    firsts: Index,
    bounds: Index,
    begins: Index,
    others: Index,
    numbers: Index,
    strength: NDArray[np.float64],
    texts: Index,
    joined: Index,
    match: Index,
    diameter: Index,
    every: int,
) -> None:
    far = np.full(len(begins) - 1, -1, np.int64)
    for at in range(len(firsts)):
        low, size = bounds[at], bounds[at + 1] - bounds[at]
        texts[low] = firsts[at]
        far[firsts[at]] = 0
        filled = 1
        for done in range(size):
            here = texts[low + done]
            span = numbers[begins[here] : begins[here + 1]]
            for k in np.argsort(-strength[span], kind="mergesort"):
                other = others[begins[here] + k]
                if far[other] < 0:
                    far[other] = far[here] + 1
                    texts[low + filled] = other
                    joined[low + filled], match[low + filled] = here, span[k]
                    filled += 1
        own = texts[low : low + size]
        wide = far[own[size - 1]]
        for text in own:
            far[text] = -1
        if wide == 1 or size > every:
            complete = True
            for text in own:
                complete = complete and begins[text + 1] - begins[text] == size - 1
            diameter[at] = 1 if complete else 2 * wide
            continue
        longest = 0
        queue = np.empty(size, np.int64)
        for text in own:
            queue[0], filled = text, 1
            far[text] = 0
            for done in range(size):
                here = queue[done]
                for k in range(begins[here], begins[here + 1]):
                    if far[others[k]] < 0:
                        far[others[k]] = far[here] + 1
                        queue[filled] = others[k]
                        filled += 1
            longest = max(longest, far[queue[size - 1]])
            for other in own:
                far[other] = -1
        diameter[at] = longest
