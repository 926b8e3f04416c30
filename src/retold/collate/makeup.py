"""What each version took from its sources, and METER's class of it.

The classes and the kinds of passages are those of the METER corpus (Gaizauskas, Foster, Wilks,
Arundel, Clough and Piao, "The METER corpus: a corpus for analysing journalistic text reuse", Corpus
Linguistics 2001): a text is *wholly derived* where a source is all that it draws on, *partially
derived* where there is more besides, *not derived* where it was written independently; its words
are verbatim, rewritten or new, the copied ones here parted further by whether they were edited.

There it was known what the source was, the copy of one agency. Here it is inferred: the source of
a version is its parent in the stemma, or its parents where it draws on two. What stands in a parent
may come from further up, and the parent that was found need not be the very copy that was used, so
the words are looked for in all that the version can descend from: its ancestors, and for a source
that nobody collected the versions that descend from that and not from this one. What only its own
descendants, or versions in no descent with it, have too is its own: they took it from here, or hit
on it. Of an unseen source only what others kept is known, so that ``own`` is then an upper bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import exp, log

from retold.collate.passages import Covered, Places, Text, cover, gather, note, own_runs, read
from retold.config import CollateConfig
from retold.model import (
    Derivation,
    Document,
    Edge,
    MakeUp,
    MatchKind,
    Row,
    Stemma,
    Story,
    rounded,
)

Classes = dict[Derivation, float]
"""The probability of each class."""


def makeup(
    story: Story,
    documents: Mapping[str, Document],
    rows: tuple[Row, ...],
    stemma: Stemma,
    config: CollateConfig | None = None,
) -> tuple[MakeUp, ...]:
    """Return what each version of a story is made of, in the order of its articles.

    That a version is not derived is as probable as that it has no parent; whether it is derived
    wholly or partially is asked of its parent and of the runner-up, each by its probability, and
    told by the passages of its own. Where nothing is at hand of what it derives from, the two are
    equally probable. The result depends on none of the orders of what is given.
    """
    config = config or CollateConfig()
    descent = _Descent(stemma, story.articles)
    texts = {article: read(documents[article]) for article in story.articles}
    first = {a: descent.texts(a, descent.parents(a)) for a in story.articles}
    other = {a: descent.texts(a, (rival,)) for a, rival in descent.rivals().items()}
    found, instead = (_found(story, rows, wanted, config) for wanted in (first, other))
    made = []
    for article in story.articles:
        covered = cover(texts[article], found[article])
        wholly = _wholly(texts[article], covered, config) if first[article] else 0.5
        rival = wholly
        if article in instead:
            covered_by_rival = cover(texts[article], instead[article])
            rival = _wholly(texts[article], covered_by_rival, config)
        classes = _classes(descent.first[article], wholly, rival)
        best = max(classes, key=lambda c: (classes[c], c))
        made.append(
            MakeUp(
                article,
                tuple(sorted(descent.parents(article))),
                covered.words,
                *covered.shares,
                best,
                rounded(classes[best]),
                classes[best] >= config.derivation_decided,
                covered.passages,
            )
        )
    return tuple(made)


def _classes(edge: Edge, wholly: float, rival: float) -> Classes:
    """Weigh the classes by the parent and the runner-up, of which one may be none at all."""
    second = edge.runner_up
    if edge.parent is None:
        derived, wholly = 1 - edge.probability, rival
    elif second is None:
        derived = 1.0
    elif second.parent is None:
        derived = 1 - second.probability
    else:
        derived = 1.0
        both = edge.probability + second.probability
        wholly = (wholly * edge.probability + rival * second.probability) / both
    return {
        Derivation.WHOLLY: derived * wholly,
        Derivation.PARTIALLY: derived * (1 - wholly),
        Derivation.NOT: 1 - derived,
    }


def _wholly(text: Text, covered: Covered, config: CollateConfig) -> float:
    """Return how probable it is that a derived version has nothing but what it took."""
    own = sum(n for n in own_runs(text, covered) if n >= config.own_words)
    share = own / max(1, covered.words)
    faint = config.own_faint
    nats = config.own_slope * log((share + faint) / (config.own_even + faint))
    return 1 / (1 + exp(nats))


def _found(
    story: Story,
    rows: Iterable[Row],
    wanted: Mapping[str, frozenset[str]],
    config: CollateConfig,
) -> dict[str, Places]:
    """Return where each version stands in those wanted for it, by matches and by rows."""
    found = gather(story.matches, wanted, config)
    for row in rows:
        if row.probability < config.own_row:
            continue
        tellers = {span.article for span in row.spans}
        for span in row.spans:
            if span.article in wanted and not tellers.isdisjoint(wanted[span.article]):
                place = (MatchKind.REWRITE, span.start, span.end, 0)
                note(found[span.article], place, (-row.probability, ""))
    return found


class _Descent:
    """Who stands above whom in a stemma, decided or not."""

    def __init__(self, stemma: Stemma, articles: Iterable[str]) -> None:
        self._articles = frozenset(articles)
        self._above: dict[str, list[str]] = defaultdict(list)
        self._below: dict[str, list[str]] = defaultdict(list)
        self._under: dict[str, frozenset[str]] = {}
        self.first: dict[str, Edge] = {}
        """The most probable edge of each node."""
        for edge in sorted(stemma.edges, key=lambda e: (-e.probability, e.id)):
            self.first.setdefault(edge.child, edge)
            if edge.parent is not None:
                self._above[edge.child].append(edge.parent)
                self._below[edge.parent].append(edge.child)

    def parents(self, node: str) -> tuple[str, ...]:
        """Return the parents of a node, the most probable first."""
        return tuple(self._above.get(node, ()))

    def rivals(self) -> dict[str, str]:
        """Return the runner-up of each article that has one."""
        return {
            article: edge.runner_up.parent
            for article, edge in self.first.items()
            if article in self._articles and edge.runner_up and edge.runner_up.parent is not None
        }

    def texts(self, article: str, parents: Iterable[str]) -> frozenset[str]:
        """Return the articles at hand that it can have its words from, if these are its parents."""
        direct = set(parents)
        found: set[str] = set()
        for node in _reached(direct, self._above):
            found |= {node} if node in self._articles else self._descendants(node)
        found -= self._descendants(article) - direct
        return frozenset(found & self._articles - {article})

    def _descendants(self, node: str) -> frozenset[str]:
        """Return all that descends from a node, itself included."""
        if node not in self._under:
            self._under[node] = frozenset(_reached({node}, self._below))
        return self._under[node]


def _reached(start: set[str], links: Mapping[str, list[str]]) -> set[str]:
    """Return all nodes that the links lead to, the first ones included."""
    seen, stack = set(start), sorted(start)
    while stack:
        fresh = set(links.get(stack.pop(), ())) - seen
        seen |= fresh
        stack.extend(sorted(fresh))
    return seen
