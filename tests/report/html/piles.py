"""Whole dossiers made of the fiction: the crane of Quellmar, a hostile pile, a wide one."""

from __future__ import annotations

import dataclasses
import random
from typing import Any

from retold.model import (
    Agreement,
    Apparatus,
    Change,
    ChangeKind,
    Claim,
    Credit,
    CreditForm,
    Cut,
    CutKind,
    Dossier,
    Evidence,
    EvidenceKind,
    Figure,
    FigureReading,
    Hedge,
    HypotheticalAncestor,
    Kinship,
    Match,
    Merge,
    Quotation,
    QuotationStatus,
    Reading,
    Reason,
    Rejected,
    Span,
    Stemma,
    StoryDossier,
    Undecided,
)
from tests.report.html import fiction as f
from tests.report.html import quellmar
from tests.report.html.fiction import change, claim, line, origins, same, span
from tests.report.html.quellmar.descent import edge
from tests.report.html.quellmar.readings import N, V, utterance


def dossier(*, notices: tuple[str, ...] = ()) -> Dossier:
    """One story, one article of another, two inputs left out."""
    story, pile = quellmar.story, quellmar.pile
    other = f.article(f.OTHER, "No wind in Lower Tamsin", "Tamsin Bugle", 6, "pile/other.txt")
    return Dossier(
        f.run(notices=notices),
        tuple(sorted((*pile, other), key=lambda a: a.id)),
        (
            Rejected("pile/empty.txt", Reason.EMPTY, "The file is empty; nothing is to be done."),
            Rejected("pile/photo.txt", Reason.BINARY, "This is a picture, not a text."),
        ),
        (story,),
    )


def unsure() -> Dossier:
    """The crane of Quellmar, its changes of hedge and negation less sure than the others."""
    made = dossier()
    (story,) = made.stories
    sure = {ChangeKind.HEDGE: 0.35, ChangeKind.NEGATION: 0.6}

    def weaker(item: Any) -> Any:
        changes = tuple(
            dataclasses.replace(c, probability=sure.get(c.kind, c.probability))
            for c in item.changes
        )
        return dataclasses.replace(item, changes=changes)

    found = dataclasses.replace(
        story.apparatus, claims=tuple(weaker(c) for c in story.apparatus.claims)
    )
    return dataclasses.replace(made, stories=(dataclasses.replace(story, apparatus=found),))


def hostile() -> Dossier:
    """A pile in which every string that an outsider could choose is an attack."""
    bad = "<script>window.pwned = 9</script>\"'><img src=x onerror=window.pwned=10>\u202e{{ 1+1 }}"
    one = f.article(
        f.HOSTILE,
        bad,
        bad,
        3,
        "pile/<b>.txt",
        url="javascript:window.pwned = 7",
        byline=bad,
        cuts=(Cut(CutKind.LEGAL, bad),),
        remarks=(bad,),
    )
    two = f.article(
        f.HOSTILE + "\nAnd more.",
        bad,
        bad + "2",
        4,
        "pile/2.txt",
        url="data:text/html,<script>1</script>",
    )
    three = f.article(
        bad, bad, bad, None, bad, url='https://evil.example/"><script>window.pwned=11</script>'
    )
    a, b = line(one, "{{ 7 * 7"), line(two, "{{ 7 * 7")
    c, d = line(one, "<script>"), line(two, "<script>")
    both = same(a, b, V)
    told = change(ChangeKind.FIGURE, c, b, bad, salience=1.0)
    story = StoryDossier(
        bad,
        tuple(sorted((one.id, two.id))),
        (both,),
        (Merge(bad, one.id, two.id, 1.0, bad, ()),),
        (Credit(span(one, "<img"), bad, CreditForm.REPORTED),),
        origins(one.id),
        Stemma(
            bad,
            bad,
            (
                edge(
                    two.id,
                    "hypothetical:<x>",
                    0.5,
                    (Evidence(EvidenceKind.CREDIT, 1.0, bad, (span(one, "<img"),)),),
                    decided=False,
                ),
            ),
            (HypotheticalAncestor("hypothetical:<x>", bad, 0.5, bad, bad),),
            (Kinship(*sorted((one.id, two.id)), 1, 1, 1, 1, 1, 1, nearest=True),),
            (Undecided(bad, (one.id,), bad, bad, (span(two, "<svg"),)),),
        ),
        Apparatus(
            (
                Claim(
                    'claim:"><script>',
                    bad,
                    tuple(sorted((a, b, c, d))),
                    Agreement.ALL,
                    (told,),
                    origins(one.id),
                    1.0,
                    commentary=True,
                ),
            ),
            (
                Quotation(
                    "q" + bad,
                    (utterance(one, "<iframe", bad, "<img"),),
                    QuotationStatus.SINGULAR,
                    (),
                    origins(one.id),
                ),
            ),
            (
                Figure(
                    "f" + bad,
                    bad,
                    (
                        FigureReading(
                            one.id, c.start, c.start + 8, "<script>", 1, 2, bad, Hedge.ABOUT
                        ),
                    ),
                    Agreement.SOME,
                    (),
                    origins(one.id),
                ),
            ),
            (f.version(one, [(a, both)]), f.version(two, [(b, both)])),
            (told.id,),
        ),
    )
    return Dossier(
        f.run(notices=(bad,)),
        tuple(sorted((one, two, three), key=lambda x: x.id)),
        (Rejected(bad, Reason.DAMAGED, bad),),
        (story,),
    )


def wide(versions: int = 60, sentences: int = 40) -> Dossier:
    """Many versions of a made-up story: copies, near copies and rewrites, seeded."""
    draw = random.Random(7)
    things = [
        "ferry",
        "mill",
        "lock",
        "signal",
        "barge",
        "kiln",
        "weir",
        "tram",
        "beacon",
        "quarry",
    ]
    places = ["Ostrel", "Tamsin", "Quellmar", "Brune", "Vey", "Harrow Mere", "Sill", "Norrin"]

    def sentence(i: int, number: int, verb: str) -> str:
        return (
            f"The {things[i % 10]} at {places[i % 8]} {verb} {number} loads on day {i + 1}, "
            f"the keeper of the {things[(i + 3) % 10]} said in a report to the council."
        )

    articles, spans = [], {}
    for v in range(versions):
        kept = sorted(draw.sample(range(sentences), draw.randint(sentences // 2, sentences)))
        lines, at, here = [], 0, {}
        for i in kept:
            kind = draw.random()
            text = sentence(
                i, 10 + i if kind < 0.9 else 99 - i, "moved" if kind < 0.6 else "shifted"
            )
            here[i] = (at, at + len(text), text, kind)
            lines.append(text)
            at += len(text) + 1
        outlet = f"{places[v % 8]} {['Echo', 'Post', 'Courier', 'Mirror', 'Observer'][v % 5]}"
        a = f.article(
            "\n".join(lines), f"Slate on the move, take {v}", outlet, 1 + v % 17, f"pile/{v:02}.txt"
        )
        articles.append(a)
        spans[a.id] = here
    claims: list[Claim] = []
    matches: list[Match] = []
    for i in range(sentences):
        readings = [Reading(a.id, *spans[a.id][i][:3]) for a in articles if i in spans[a.id]]
        base = readings[0]
        odd = [r for r in readings if spans[r.article][i][3] >= 0.9]
        changes: list[Change] = [
            change(ChangeKind.FIGURE, base, r, "another figure", salience=0.5)
            for r in odd
            if r != base
        ]
        claims.append(
            claim(
                base.text, readings, Agreement.CONTRADICTED if changes else Agreement.SOME, *changes
            )
        )
        for r in readings[1:]:
            kind = V if r.text == base.text else N
            matches.append(same(base, r, kind, 0.9))
    by_side: dict[tuple[str, int], Match] = {}
    for match in matches:
        for side in (match.a, match.b):
            by_side.setdefault((side.article, side.start), match)
    root = articles[0].id
    edges = [edge(root, None, 0.9)]
    for index, a in enumerate(articles[1:], 1):
        parent = root if index < 45 else articles[draw.randrange(1, 6)].id
        edges.append(
            edge(
                a.id, parent, round(draw.uniform(0.3, 1), 2), (), (None, 0.1), decided=index % 7 > 0
            )
        )
    ids = tuple(sorted(a.id for a in articles))
    apparatus = Apparatus(
        tuple(claims),
        (),
        (),
        tuple(
            f.version(
                a, [(Span(a.id, s, e), by_side.get((a.id, s))) for s, e, *_ in spans[a.id].values()]
            )
            for a in sorted(articles, key=lambda a: a.id)
        ),
        tuple(c.id for x in claims[:5] for c in x.changes[:1]),
    )
    story = StoryDossier(
        "story:wide",
        ids,
        tuple(sorted(matches, key=lambda m: m.id)),
        (),
        (),
        origins(root),
        Stemma("story:wide", "evidence", tuple(edges)),
        apparatus,
    )
    return Dossier(f.run(), tuple(sorted(articles, key=lambda a: a.id)), (), (story,))


def large(versions: int = 160) -> Dossier:
    """More versions than a screen takes in, that were taken from one another again and again."""
    dossier = wide(versions, 3)
    (story,) = dossier.stories
    draw = random.Random(11)
    dated = {a.id: a.published for a in dossier.articles}
    order = sorted(story.articles, key=lambda a: (str(dated[a]), a))
    edges = [edge(order[0], None, 0.9)]
    for at, child in enumerate(order[1:], 1):
        parent = order[int(at * draw.random() ** 2)]
        sure = draw.choice([0.55, 0.85, 0.97])
        edges.append(edge(child, parent, sure, (), (order[0], 0.02), decided=sure > 0.8))
    tree = Stemma(story.id, "evidence", tuple(sorted(edges, key=lambda e: e.id)))
    return dataclasses.replace(dossier, stories=(dataclasses.replace(story, stemma=tree),))
