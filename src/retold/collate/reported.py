"""Quoted in one version, only reported in another; and where quoted words stand elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum

from retold.collate.blocks import Block, Telling
from retold.collate.changes.speaking import speaker_in
from retold.collate.descent import Descent
from retold.collate.merging import Draft, reading
from retold.collate.speakers import one_source
from retold.collate.utterances import TELLING, Piece, Said
from retold.collate.wording import SHOWN
from retold.config import CollateConfig
from retold.model import ChangeKind, Document, Span
from retold.text import form, words

RUN = 7
"""Words in a row, of a quotation that only one version has, that are looked for elsewhere."""

ENOUGH = 3
"""Places elsewhere in which a quotation's words were found; no more are looked for."""

MOST = 60
"""Reported statements with a word above which it is too common to lead on."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a version reports of a quotation."""

    told: Piece
    key: tuple[str, ...]
    """The words of the quoted sentence that it gives."""
    probability: float


class Reported:
    """What the versions of a story report without quoting it, found by its words and claims."""

    def __init__(self, told: Sequence[Piece], config: CollateConfig) -> None:
        """Index the statements by the rare words and the rows that they have."""
        self._told = told
        self._config = config
        self._by_key: dict[str, list[int]] = defaultdict(list)
        for n, piece in enumerate(told):
            for word, weight in piece.weights.items():
                if weight >= TELLING:
                    self._by_key[word].append(n)
            for row in piece.rows:
                self._by_key[row].append(n)

    def of(self, block: Block) -> dict[str, Statement]:
        """Return the statement of each version that only reports a quotation."""
        having = {t.article for t in block.tellings}
        best: dict[str, Statement] = {}
        distinct = {p.key: p for t in block.tellings for p in t.pieces}
        for piece in distinct.values():
            keys = [*(w for w in piece.weights if piece.weights[w] >= TELLING), *piece.rows]
            near = {n for k in keys if len(self._by_key[k]) <= MOST for n in self._by_key[k]}
            for n in sorted(near):
                told = self._told[n]
                if told.article not in having:
                    score = self._likeness(told, piece)
                    other = best.get(told.article)
                    if score > (other.probability if other else 0.0):
                        best[told.article] = Statement(told, piece.key, score)
        return best

    def _likeness(self, told: Piece, quoted: Piece) -> float:
        """Return how surely a statement reports what is quoted; 0 under .5."""
        same = one_source(told.said.attribution, quoted.said.attribution)
        shared = told.weights.keys() & quoted.weights.keys()
        weight = fsum(quoted.weights[w] for w in shared)
        if same is False or len(shared) < 3 or weight < self._config.quote_rarity:
            return 0.0
        cover = weight / min(told.weight, quoted.weight)
        dice = 2 * weight / (told.weight + quoted.weight)
        score = min(1.0, (cover + dice) / 2)
        in_row = bool(told.rows & quoted.rows)
        least = self._config.quote_reported
        if in_row and same is True:
            least = self._config.quote_reported_context
        elif not in_row and same is None:
            least = 1.4 * self._config.quote_reported
        if score < least:
            return 0.0
        return 0.5 + 0.4 * (score - least) / (1.0 - least)


def turned(
    block: Block,
    reported: Mapping[str, Statement],
    documents: Mapping[str, Document],
    descent: Descent,
) -> list[Draft]:
    """Return where a quotation became reported speech, or reported speech a quotation.

    Each statement is compared with its nearest kin that has the quotation: the version that it
    derives from, and those that derive from it.
    """
    home = {t.article: t for t in block.tellings}
    found: list[Draft] = []
    for article, statement in sorted(reported.items()):
        told = statement.told
        above = next((a for a in descent.ancestors(article) if a in home), None)
        below = [
            a
            for a in home
            if article
            == next((x for x in descent.ancestors(a) if x in home or x in reported), None)
        ]
        if above:
            found.append(_turn(home[above], statement, documents, back=True))
        found += (_turn(home[a], statement, documents, back=False) for a in sorted(below))
        if not above and not below:
            kin = min(
                home.values(),
                key=lambda t: (
                    all(p.key != statement.key for p in t.pieces),
                    not any(p.rows & told.rows for p in t.pieces),
                    t.article,
                ),
            )
            found.append(_turn(kin, statement, documents, back=None))
    return found


def _turn(
    quoted: Telling,
    statement: Statement,
    documents: Mapping[str, Document],
    *,
    back: bool | None,
) -> Draft:
    """``back``: the quotation came first; None where that is not known."""
    told = statement.told
    piece = next((p for p in quoted.pieces if p.key == statement.key), quoted.pieces[0])
    opening = beginning(piece, documents[quoted.article])
    sides = [(quoted.article, piece.span), (told.article, told.span)]
    if back:
        line = f"{opening}, quoted, became reported speech"
    elif back is False:
        line = f"{opening}, only reported before, became a quotation"
        sides.reverse()
    else:
        line = f"{opening} quoted in one, only reported in the other"
        sides.sort()
    (first, a), (second, b) = sides
    return Draft(
        ChangeKind.QUOTE_WORDING,
        reading(documents[first], a),
        reading(documents[second], b),
        directed=back is not None,
        probability=statement.probability,
        salience=0.8 if back is False else 0.5,
        explanation=line,
        first=(first,),
        second=(second,),
    )


def beginning(piece: Piece, document: Document) -> str:
    """Return whose words a quotation gives, and how it begins."""
    text = " ".join(document.text_of(piece.parts[0]).split()).split(" ")
    begins = " ".join(text[:SHOWN]).rstrip(" ,;:-–—")
    more = len(text) > SHOWN or len(piece.parts) > 1
    return f"words{of_whom(piece.said, document)} (‘{begins}{' …' if more else ''}’)"


def of_whom(said: Said, document: Document) -> str:
    """Return " of" and who speaks, as it reads after a noun; empty where nobody is named."""
    who = speaker_in(document, said.attribution)
    return f" of {who}" if who else ""


# ---------------------------------------------------------------- the same words


def elsewhere(
    lone: Iterable[Block], story: Sequence[str], documents: Mapping[str, Document]
) -> dict[int, list[Span]]:
    """Return where the words of quotations stand in other versions, in whatever marks.

    By the identity of their block. ``RUN`` words in a row are looked for: the first of each
    quotation that has as many.
    """
    wanted: dict[tuple[str, ...], list[Block]] = defaultdict(list)
    for block in lone:
        run = _run(block.tellings[0], documents)
        if run:
            wanted[run].append(block)
    found: dict[int, list[Span]] = defaultdict(list)
    if not wanted:
        return found
    times = dict.fromkeys(wanted, 0)
    shapes = {run: re.compile(r"\W+".join(map(re.escape, run))) for run in wanted}
    for article in sorted(story):
        text = documents[article].article.text
        folded = form(text)
        near = {
            run[:2] for run, shape in shapes.items() if times[run] < ENOUGH and shape.search(folded)
        }
        if not near:
            continue
        said = words(text)
        forms = [w.form for w in said]
        for n, pair in enumerate(pairwise(forms)):
            if pair in near:
                for block in wanted.get(tuple(forms[n : n + RUN]), ()):
                    if all(t.article != article for t in block.tellings):
                        times[tuple(forms[n : n + RUN])] += 1
                        span = Span(article, said[n].start, said[n + RUN - 1].end)
                        found[id(block)].append(span)
    return found


def _run(telling: Telling, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Return the first ``RUN`` words in a row of a quotation, by form; nothing where it is less."""
    text = documents[telling.article].article.text
    for part in telling.parts:
        forms = tuple(w.form for w in words(text, part.start, part.end))
        if len(forms) >= RUN:
            return forms[:RUN]
    return ()
