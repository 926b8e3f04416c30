"""Who took it from whom, on traditions with known stemmata: Retold beside four simple ways.

A folder holds traditions, a folder each, as ``eval/traditions`` writes them; the ones that the
floors rest on are made anew at each measurement, from the base stories with an odd number: those
with an even one serve for choosing thresholds. The versions of a tradition are given as one story.
Everything is measured with the dates hidden, given, and one in five of them wrong, and by level of
rewriting.

- *root*: whether the version, or the lost source, at the top is the true one.
- *edges*: F1 of directed edges, those from and to lost sources included.
- *ancestors*: F1 of pairs of collected versions of which one goes back to the other.
- *sign*: average sign similarity of distances in the graph (Roos & Heikkilä 2009).
- *two sources*: F1 of versions that draw on two.
- *calibration*: 1 less the expected calibration error of the edges' probabilities.

A folder may hold collation tables with their stemmata beside them (``eval/collations.py``): those
of any text, of which only the readings are known. They are scored apart, beside no simple way.

F1 is over all edges, pairs and versions of the traditions; intervals are over traditions, whose
number is n. The baseline shown is the best of the four on that figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zlib import crc32

from eval.calibration import calibration
from eval.collations import collated
from eval.core import Score, f1, score, share
from eval.phylogenies import BASELINES
from eval.stemmata import TOP, Graph, Outcome, compare
from eval.traditions import DATES, Text, Told, clocks, grow, load, write
from eval.traditions.files import DOT
from eval.traditions.newsroom import LEVELS
from retold import annotate, collate, reuse, rewrite, stemma
from retold.config import Config
from retold.model import Article, Document, Row, Stemma, Story, article_id, identify

SIZES = (5, 5, 5, 5, 5, 5, 10, 10, 10, 10, 10, 20, 20)
"""Of the traditions of each level."""

HELD_OUT = (1, 3, 5, 7)
"""Base stories that no threshold was chosen on."""

Outcomes = dict[str, list[Outcome]]
"""By method, an outcome a tradition."""

RETOLD = "retold"


def make(folder: Path) -> None:
    """Write the traditions."""
    for level in LEVELS:
        for number, size in enumerate(SIZES):
            tradition = grow(number, level, size, HELD_OUT[number % len(HELD_OUT)])
            write(folder / tradition.name, tradition)


def evaluate(path: Path) -> list[Score]:
    """Score the traditions of a folder, and the collations in it.

    Raises:
        GoldError: there is neither, or one is damaged.
    """
    tables = [compare(one.truth, one.found) for one in collated(path)]
    scores = _scores("collated", {RETOLD: tables}, MEASURES) if tables else []
    if tables and not any(path.rglob(DOT)):
        return scores
    told = load(path)
    outcomes = measure(told)
    for dates, found in outcomes.items():
        scores += _scores(f"dates {dates}", found, MEASURES)
        for level in sorted({t.level for t in told}):
            of_level = {
                name: [o for o, t in zip(each, told, strict=True) if t.level == level]
                for name, each in found.items()
            }
            by_level = {m: MEASURES[m] for m in ("root", "edges", "ancestors")}
            scores += _scores(f"dates {dates}, {level}", of_level, by_level)
    return scores


def _sure(outcomes: Sequence[Outcome]) -> float:
    cases = [case for o in outcomes for case in o.sure]
    return calibration(cases) if cases else 0.0


MEASURES: dict[str, Callable[[Sequence[Outcome]], float]] = {
    "root": lambda found: share([o.root for o in found]),
    "edges": lambda found: f1([o.edges for o in found]),
    "ancestors": lambda found: f1([o.pairs for o in found]),
    "sign": lambda found: sum(o.sign for o in found) / len(found),
    "two sources": lambda found: f1([o.contaminated for o in found]),
    "calibration": _sure,
}


def _scores(
    name: str, found: Outcomes, measures: dict[str, Callable[[Sequence[Outcome]], float]]
) -> list[Score]:
    scores = []
    for measure_name, statistic in measures.items():
        others = {m: statistic(found[m]) for m in found if m != RETOLD}
        best = max(others, key=lambda m: others[m], default="")
        beside = best and measure_name != "calibration"
        simple = (others[best], best) if beside else (None, "")
        scores.append(score(f"{name}: {measure_name}", found[RETOLD], statistic, *simple))
    return scores


def measure(told: Iterable[Told]) -> dict[str, Outcomes]:
    """Return how all methods do on the traditions, by what is known of the times."""
    outcomes: dict[str, Outcomes] = {dates: {} for dates in DATES}
    for tradition in told:
        truth = Graph(tradition.parents, frozenset(t.name for t in tradition.texts))
        read = Read(tradition)
        for dates in DATES:
            known = {t.name: t.published for t in tradition.texts if t.published}
            shown = clocks(known, dates, crc32(tradition.name.encode()))
            texts = [replace(t, published=shown.get(t.name)) for t in tradition.texts]
            for name, graph in graphs(read, texts).items():
                outcomes[dates].setdefault(name, []).append(compare(truth, graph))
    return outcomes


def graphs(read: Read, texts: Sequence[Text]) -> dict[str, Graph]:
    """Return the stemma that each method finds; the one by date only where there are dates."""
    found = {RETOLD: read.graph({t.name: t.published for t in texts})}
    dated = any(t.published for t in texts)
    for name, method in BASELINES.items():
        if dated or name != "earlier and nearest":
            found[name] = method(texts)
    return found


class Read:
    """A tradition annotated and aligned once, without dates."""

    def __init__(self, told: Told) -> None:
        """Run the stages before the stemma."""
        config = Config()
        articles = [
            Article(
                article_id(t.text, title=t.title, outlet=t.outlet, url=t.url),
                t.text,
                title=t.title,
                outlet=t.outlet,
                url=t.url,
            )
            for t in told.texts
        ]
        self.names = {a.id: t.name for a, t in zip(articles, told.texts, strict=True)}
        documents = annotate.annotate(sorted(articles, key=lambda a: a.id))
        self.documents: dict[str, Document] = {d.id: d for d in documents}
        matches = reuse.find(documents, config.reuse)
        matches += rewrite.find(documents, matches, config.rewrite)
        ids = tuple(sorted(self.documents))
        self.story = Story(identify("story", *ids), ids, tuple(matches))
        self.rows: tuple[Row, ...] = collate.align(
            self.story, self.documents, config.collate, config.rewrite
        )

    def stemma(self, published: dict[str, datetime | None]) -> Stemma:
        """Return Retold's stemma with these times."""
        documents = {
            key: replace(d, article=replace(d.article, published=published[self.names[key]]))
            for key, d in self.documents.items()
        }
        return stemma.build(self.story, documents, self.rows)

    def graph(self, published: dict[str, datetime | None]) -> Graph:
        """Return it as a graph over the tradition's names."""
        found = self.stemma(published)
        names = {**self.names, **{h.id: h.id for h in found.hypothetical}}
        parents: dict[str, tuple[str, ...]] = dict.fromkeys(names.values(), ())
        probability = {}
        for edge in found.edges:
            child, parent = names[edge.child], names[edge.parent] if edge.parent else TOP
            if parent != TOP:
                parents[child] += (parent,)
            if edge.child in self.names:
                probability[child, parent] = edge.probability
        return Graph(parents, frozenset(self.names.values()), probability)
