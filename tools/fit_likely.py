"""Fit the weights by which ``retold.rewrite.likely`` says that two articles tell the same.

No labels are needed. What is nearest to an article in a large pile tells the same event or another
one like it. Of the nearest articles of other outlets, those printed within a day mostly tell the
same; those four days or more apart mostly do not. A logistic model tells the two kinds apart by how
much the articles share. It is too shy where one event is reported over several days, and too bold
where two events of one day are much alike. It is fitted to what is near to even articles, and
scored on pairs of two odd ones.

Run ``python -m tools.fit_likely PATH``, with the folder of the Apache-2.0 corpus of Baly et al.
(2020), ``articles.parquet``; it prints the weights.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from eval.core import auc_labelled
from eval.logistic import fit
from retold.config import PileConfig
from retold.rewrite import likely
from retold.rewrite.pile import pile, read_texts

SAME, OTHER = 1, 4
"""Days between two articles, up to which and from which on they count."""
COPIES = 0.8
"""Cosine from which two articles are copies, which are found by other means."""
LENGTHS = (100, 300, 0)
"""Words to which the articles are cut, to hold for short ones too; 0 for all."""
RIDGE = 1.0


def main(folder: Path) -> None:
    """Print the weights, and how well they hold."""
    table = pq.read_table(folder / "articles.parquet", columns=["outlet", "published", "text"])
    days = np.array([_day(p) for p in table["published"].to_pylist()])
    outlets = np.array(table["outlet"].to_pylist(), object)
    texts = table["text"].to_pylist()
    parts = [
        _rows(
            [" ".join(text.split()[:length]) if length else text for text in texts], outlets, days
        )
        for length in LENGTHS
    ]
    features, same, even, _ = (np.concatenate(column) for column in zip(*parts, strict=True))
    middle, scale = features.mean(axis=0), features.std(axis=0)
    weights = fit((features[even] - middle) / scale, same[even].astype(float), RIDGE)
    slopes = weights[1:] / scale
    print("weights", weights[0] - float(slopes @ middle), *slopes)
    for length, (found, label, _, odd) in zip(LENGTHS, parts, strict=True):
        told = 1 / (1 + np.exp(-weights[0] - (found - middle) / scale @ weights[1:]))
        value = auc_labelled(list(zip(told[odd].tolist(), label[odd].tolist(), strict=True)))
        print(f"{length or 'all'} words: AUC {value:.3f} (n {odd.sum():,})")
        for low in np.arange(0.0, 1.0, 0.1):
            at = odd & (told >= low) & (told < low + 0.1)
            if at.any():
                print(f"  told {told[at].mean():.3f}, same {label[at].mean():.3f}, n {at.sum():,}")


def _rows(
    texts: list[str], outlets: np.ndarray, days: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the features of pairs of near articles, whether they count as same, and both halves.

    A pair is found from either side: it is fitted to where the first is even, scored where both are
    odd.
    """
    held = pile(read_texts(texts), PileConfig())
    near = held.near(0, len(texts)).texts
    one = np.repeat(np.arange(len(near), dtype=np.int64), near.shape[1])[near.ravel() >= 0]
    two = near.ravel()[near.ravel() >= 0].astype(np.int64)
    apart = np.abs(days[one] - days[two])
    kept = (outlets[one] != outlets[two]) & (days[one] > 0) & (days[two] > 0)
    kept &= (apart <= SAME) | (apart >= OTHER)
    found = likely.evidence(held, np.column_stack((one, two)))
    kept &= found[:, 0] < COPIES
    features = np.column_stack((found[:, 0], np.log1p(found[:, 1])))
    even, odd = one % 2 == 0, (one % 2 == 1) & (two % 2 == 1)
    return features[kept], (apart <= SAME)[kept], even[kept], odd[kept]


def _day(text: str) -> int:
    """Return the number of a day, 0 where it is not known."""
    try:
        return date.fromisoformat((text or "")[:10]).toordinal()
    except ValueError:
        return 0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
