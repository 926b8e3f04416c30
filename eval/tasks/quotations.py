"""The same quotation across versions: fictional quotations retold in known ways.

The data are made anew at each measurement (``eval/quotecases.py``): 90 stories of three versions,
with six quotations each that version 1 retells in one of 18 ways and version 2 often repeats in
another house's typography. Their sentences come from ``eval/data/sayings.json``, written for this.

- *clusters, B-cubed F1*: for each quotation of a version, how many of those that Retold puts with
  it are the same quotation, and how many of the same it puts with it (Bagga & Baldwin 1998). What
  is not found as a quotation at all stands alone.
- *pairs*: F1 of the pairs of versions that tell one quotation.
- *status*: the share of retellings whose quotation has the right status, by kind.
- *silent on typography*: the share of quotations repeated word for word, in another house's
  typography, that show no change of their words or speaker against version 0.
- *words named*: the share of quotations with replaced words whose change quotes one that was put
  in.

The simple method takes what stands in quotation marks, calls two the same where half of their
distinct words are shared (Jaccard), joins by transitive closure, and compares folded words.
Intervals are percentile bootstrap over the cases.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.core import GoldError, Score, accuracy, f1, records, score, share
from eval.quotecases import KINDS, STATUS, Entry, Quote, Row, stories
from retold import annotate, collate, reuse, rewrite, stemma
from retold.annotate.quotations import find_quotes
from retold.config import Config, ReadConfig
from retold.labels import POSSIBLE
from retold.model import Article, ChangeKind, Quotation, Span, Story, article_id, identify
from retold.read.normal import paragraphs
from retold.text import forms

STORIES = 90
SIMPLE = "words in marks, Jaccard .5"
_OF_QUOTES = {ChangeKind.QUOTE_SPEAKER, ChangeKind.QUOTE_WORDING}


@dataclass(frozen=True, slots=True)
class Told:
    """A quotation of the truth, with what was made of it."""

    quote: str
    kind: str
    version: int
    found: str
    """The cluster that it is put in; of its own where it was not found."""
    status: str
    changes: tuple[str, ...]
    """Explanations of the changes that are shown for it."""
    put_in: frozenset[str]
    """Words that version 1 has for others of version 0, where that is its kind."""
    simple: str
    simple_status: str


def make(folder: Path) -> None:
    """Write the stories with their truth."""
    lines = (json.dumps(story, ensure_ascii=False) for story in stories(STORIES))
    (folder / "stories.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def evaluate(path: Path) -> list[Score]:
    """Collate the stories of a folder; score their quotations.

    Raises:
        GoldError: the stories are missing or damaged.
    """
    return scores([case for row in load(path) for case in judged(row)])


def load(path: Path) -> list[Row]:
    """Read the stories of a folder.

    Raises:
        GoldError: naming file and line, where a record is no story.
    """
    return records(path / "stories.jsonl", _row, "not in the layout of stories")


def _row(record: Any) -> Row:
    """Return a record as a story; ValueError, KeyError or TypeError where it is none."""
    articles = [
        Entry(
            text=str(a["text"]),
            outlet=str(a["outlet"]),
            published=datetime.fromisoformat(a["published"]).date().isoformat(),
        )
        for a in record["articles"]
    ]
    quotes = [
        Quote(
            version=range(len(articles)).index(q["version"]),
            start=int(q["start"]),
            end=int(q["end"]),
            quote=str(q["quote"]),
            kind=KINDS[KINDS.index(q["kind"])],
        )
        for q in record["quotes"]
    ]
    return Row(story=int(record["story"]), articles=articles, quotes=quotes)


def quotations(articles: Sequence[Article]) -> tuple[Quotation, ...]:
    """Collate articles as one story; return its quotations."""
    config = Config()
    documents = annotate.annotate(sorted(articles, key=lambda a: a.id))
    by_id = {d.id: d for d in documents}
    matches = reuse.find(documents, config.reuse)
    matches += rewrite.find(documents, matches, config.rewrite)
    ids = tuple(sorted(by_id))
    story = Story(identify("story", *ids), ids, tuple(matches))
    rows = collate.align(story, by_id, config.collate, config.rewrite)
    tree = stemma.build(story, by_id, rows, config.stemma)
    return collate.collate(story, by_id, rows, tree, config.collate).quotations


def judged(row: Row) -> list[Told]:
    """Return the quotations of a story of the truth beside what was made of them."""
    articles = [_article(entry) for entry in row["articles"]]
    found = quotations(articles)
    simple = _simple(articles)
    made = []
    for gold in row["quotes"]:
        article = articles[gold["version"]]
        span = Span(article.id, gold["start"], gold["end"])
        nearest = _nearest(found, span)
        lone = f"{gold['quote']}@{gold['version']}/{gold['start']}"
        mine = nearest.id if nearest else lone
        other, other_status = simple.get(_best(simple, span), (lone, ""))
        shown = _shown(nearest, article.id, articles) if nearest else ()
        status = str(nearest.status) if nearest else "not found"
        made.append(
            Told(
                gold["quote"],
                gold["kind"],
                gold["version"],
                *(mine, status, shown, _put_in(gold, row, articles), other, other_status),
            )
        )
    return made


def _article(entry: Entry) -> Article:
    """Read an article; wrapped lines are joined, as they are where texts are read."""
    published = datetime.fromisoformat(entry["published"]).replace(tzinfo=UTC)
    text = "\n\n".join(paragraphs(entry["text"], ReadConfig()))
    if len(text) != len(entry["text"]):
        raise GoldError("a text is not read as it was written, so that no place in it holds")
    name = article_id(text, outlet=entry["outlet"], published=published)
    return Article(name, text, outlet=entry["outlet"], language="en", published=published)


def _nearest(found: Iterable[Quotation], span: Span) -> Quotation | None:
    best: tuple[int, Quotation | None] = (0, None)
    for quotation in found:
        held = sum(
            span.overlap(Span(part.article, part.start, part.end))
            for reading in quotation.readings
            for part in reading.parts
        )
        if held > best[0]:
            best = held, quotation
    return best[1]


def _shown(quotation: Quotation, article: str, articles: Sequence[Article]) -> tuple[str, ...]:
    """Return the changes of words or speaker that are shown between an article and the first."""
    return tuple(
        c.explanation
        for c in quotation.changes
        if c.probability >= POSSIBLE
        and c.kind in _OF_QUOTES
        and c.before
        and c.after
        and {c.before.article, c.after.article} == {article, articles[0].id}
    )


def _put_in(gold: Quote, row: Row, articles: Sequence[Article]) -> frozenset[str]:
    """Return the words that version 1 has for others, where that is its kind."""
    if gold["version"] != 1 or not gold["kind"].endswith("words changed"):
        return frozenset()
    said = {
        q["version"]: set(articles[q["version"]].text[q["start"] : q["end"]].split())
        for q in row["quotes"]
        if q["quote"] == gold["quote"]
    }
    return frozenset(w.strip(",") for w in said[1] - said[0])


# ---------------------------------------------------------------- the simple method


def _simple(articles: Sequence[Article]) -> dict[Span, tuple[str, str]]:
    """Return for each stretch in marks its cluster and status."""
    said = [
        (Span(article.id, quote.start, quote.end), forms(article.text[quote.start : quote.end]))
        for article in articles
        for quote in find_quotes(article.text)
        if quote.depth == 0
    ]
    home = list(range(len(said)))

    def root(n: int) -> int:
        while home[n] != n:
            n = home[n]
        return n

    for i, (_, ours) in enumerate(said):
        for j, (_, theirs) in enumerate(said[:i]):
            a, b = set(ours), set(theirs)
            if 2 * len(a & b) >= len(a | b):
                home[root(i)] = root(j)
    groups: dict[int, list[int]] = defaultdict(list)
    for n in range(len(said)):
        groups[root(n)].append(n)
    found = {}
    for name, group in groups.items():
        alike = len({tuple(said[n][1]) for n in group}) == 1
        several = len({said[n][0].article for n in group}) > 1
        status = "singular" if not several else "same" if alike else "reworded"
        for n in group:
            found[said[n][0]] = (f"{articles[0].id}/{name}", status)
    return found


def _best(simple: Iterable[Span], span: Span) -> Span:
    return max(simple, key=lambda s: (s.overlap(span), s), default=span)


# ---------------------------------------------------------------- scores


def scores(told: Sequence[Told]) -> list[Score]:
    """Score what was made of the quotations."""
    found = [
        score(
            "clusters, B-cubed F1",
            bcubed(told, simple=False),
            f_of,
            f_of(bcubed(told, simple=True)),
            SIMPLE,
        ),
        score(
            "clusters, F1 of pairs",
            pairs(told, simple=False),
            f1,
            f1(pairs(told, simple=True)),
            SIMPLE,
        ),
    ]
    retold = [t for t in told if _stands_for_its_kind(t)]
    statuses = [(STATUS[t.kind], t.status, t.simple_status, t.kind) for t in retold]
    found.append(_status("status, all kinds", statuses))
    found += [_status(f"status, {kind}", [s for s in statuses if s[3] == kind]) for kind in STATUS]
    found.append(
        score(
            "silent on typography",
            [not t.changes for t in told if _repeated(t)],
            share,
            share([t.simple_status != "reworded" for t in told if _repeated(t)]),
            SIMPLE,
        )
    )
    named = [any(w in c for c in t.changes for w in t.put_in) for t in retold if t.put_in]
    found.append(score("words named", named, share))
    return found


def _repeated(told: Told) -> bool:
    """Say whether a quotation repeats version 0 word for word."""
    return told.version == 2 or (told.version == 1 and told.kind == "verbatim")


def _stands_for_its_kind(told: Told) -> bool:
    """Say whether a quotation is the one that its kind speaks of."""
    if told.kind in {"dropped", "reported"}:
        return told.version == 0
    return told.version == 1


def _status(name: str, statuses: Sequence[tuple[str, str, str, str]]) -> Score:
    return score(
        name,
        [(gold, made) for gold, made, _, _ in statuses],
        accuracy,
        accuracy([(gold, simple) for gold, _, simple, _ in statuses]),
        SIMPLE,
    )


def bcubed(told: Sequence[Told], *, simple: bool) -> list[tuple[float, float]]:
    """Return precision and recall of each quotation (Bagga & Baldwin 1998)."""
    made = [t.simple if simple else t.found for t in told]
    gold = [t.quote for t in told]
    both = Counter(zip(made, gold, strict=True))
    of_made, of_gold = Counter(made), Counter(gold)
    return [
        (both[m, g] / of_made[m], both[m, g] / of_gold[g]) for m, g in zip(made, gold, strict=True)
    ]


def f_of(cases: Sequence[tuple[float, float]]) -> float:
    """Return the harmonic mean of mean precision and mean recall."""
    precision = sum(p for p, _ in cases) / len(cases)
    recall = sum(r for _, r in cases) / len(cases)
    return 2 * precision * recall / (precision + recall)


def pairs(told: Sequence[Told], *, simple: bool) -> list[tuple[float, float, float]]:
    """Return, for each story, the pairs that are rightly joined, wrongly joined and missed."""
    by_story: dict[str, list[Told]] = defaultdict(list)
    for case in told:
        by_story[case.quote.split("/")[0]].append(case)
    found = []
    for _, cases in sorted(by_story.items()):
        counts = [0.0, 0.0, 0.0]
        for i, a in enumerate(cases):
            for b in cases[:i]:
                made = a.simple == b.simple if simple else a.found == b.found
                gold = a.quote == b.quote
                if made or gold:
                    counts[0 if made and gold else 1 if made else 2] += 1
        found.append((counts[0], counts[1], counts[2]))
    return found
