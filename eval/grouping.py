"""How well Retold puts a labelled pile into stories, alone and among other articles."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from eval.core import Score, score, share
from eval.groups import (
    Group,
    adjusted_rand,
    average_link,
    bcubed,
    by_label,
    right_number,
    tfidf,
    v_measure,
)
from retold import reuse, stories
from retold.model import Article, Document, Story, article_id
from retold.read.dates import parse

LOTS = 10
"""Lots that the labelled articles arrive in."""
MIXED = 5_000
"""Other articles that the labelled ones are mixed with."""

FLOOR_CUT = 0.2
"""Mean cosine down to which the baseline joins: a cosine distance of .80, its best on ECB+."""

_FIGURES: tuple[tuple[str, Callable[[Sequence[Group]], float]], ...] = (
    ("B-cubed F1", bcubed),
    ("V-measure", v_measure),
    ("adjusted Rand index", adjusted_rand),
    ("stories found against labelled", right_number),
)


def evaluate(labelled: Sequence[tuple[Article, str]], path: Path) -> list[Score]:
    """Score the stories of articles with the labels of their stories.

    The texts are grouped as they are, without being told how many stories there are: alone, with
    the copies that they share; and mixed with articles from the folder beside ``path``, if it is
    there, as ``retold.group`` does with large piles. What is found of those is not scored, as they
    have no labels; that they draw labelled articles apart or together is. The stories of articles
    that come in lots, in any order, are scored against those of all at once.
    """
    scores = _scores(labelled, [], "")
    others = haystack(path.resolve().parent / "articles_37k", MIXED)
    if others:
        scores += _scores(labelled, others, f", among {len(others):,} others")
    return scores


def _scores(
    labelled: Sequence[tuple[Article, str]], others: Sequence[Article], suffix: str
) -> list[Score]:
    labels = {article.id: label for article, label in labelled}
    pile = [Document(a) for a in [*(a for a, _ in labelled), *others]]
    found = stories.group(pile, [] if others else reuse.find(pile))
    story = {each: s.id for s in found for each in s.articles}
    cases = by_label((label, story[each]) for each, label in labels.items())
    simple = average_link(tfidf([d.article.text for d in pile]), FLOOR_CUT)
    place = {document.id: at for at, document in enumerate(pile)}
    plain = by_label((label, simple[place[each]]) for each, label in labels.items())
    scores = [
        score(f"{name}{suffix}", cases, figure, figure(plain), "TF-IDF, average link")
        for name, figure in _FIGURES
    ]
    if not others:
        at_once = {each: s.id for s in stories.group(pile, []) for each in s.articles}
        arrived = by_label((at_once[each], lot) for each, lot in _in_lots(pile).items())
        scores.append(score(f"B-cubed F1 in {LOTS} lots against all at once", arrived, bcubed))
    if others:
        drawn = {s.id for s in found if any(a not in labels for a in s.articles)}
        clean = [all(group not in drawn for _, group in case) for case in cases]
        scores.append(score(f"stories without one of them{suffix}", clean, share))
    return scores


def _in_lots(pile: Sequence[Document]) -> dict[str, str]:
    """Return the story of each article when they come in lots, in an order drawn by chance."""
    order = np.random.default_rng(0).permutation(len(pile))
    known: list[Story] = []
    for lot in range(1, LOTS + 1):
        here = [pile[at] for at in order[: len(pile) * lot // LOTS]]
        known = stories.extend(known, here, [])
    return {each: story.id for story in known for each in story.articles}


def haystack(path: Path, count: int) -> list[Article]:
    """Return up to ``count`` articles of the Parquet files of a folder, the same each time."""
    files = sorted(path.glob("*.parquet"))
    if not files:
        print(f"eval: no articles to mix in, as {path} has none", file=sys.stderr)
        return []
    table = pq.read_table(files)
    generator = np.random.default_rng(0)
    chosen = generator.choice(table.num_rows, min(count, table.num_rows), replace=False)
    articles = []
    for row in table.take(np.sort(chosen)).to_pylist():
        text, title, outlet, url = (row[k] or "" for k in ("text", "title", "outlet", "url"))
        when = parse(row["published"]).moment
        name = article_id(text, title, outlet, url, "", when)
        articles.append(Article(name, text, title, outlet, "", url, "en", when, "published"))
    return articles
