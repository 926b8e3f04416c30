"""Whole dossiers made of the fiction: the crane of Quellmar, a hostile pile, a wide one."""

from __future__ import annotations

import random

from retold.model import (
    Agreement,
    Alternative,
    Apparatus,
    Article,
    Change,
    ChangeKind,
    Claim,
    Credit,
    CreditForm,
    Cut,
    CutKind,
    Dossier,
    Edge,
    Evidence,
    EvidenceKind,
    Figure,
    FigureReading,
    Hedge,
    HypotheticalAncestor,
    Kinship,
    Match,
    MatchKind,
    Merge,
    Quotation,
    QuotationStatus,
    Reading,
    Reason,
    Rejected,
    Span,
    Speech,
    Stemma,
    StoryDossier,
    Undecided,
    Utterance,
    identify,
)
from tests.report.html import fiction as f
from tests.report.html.fiction import change, claim, line, origins, reading, same, span

V, N, R = MatchKind.VERBATIM, MatchKind.NEAR, MatchKind.REWRITE


def edge(
    child: str,
    parent: str | None,
    probability: float,
    evidence: tuple[Evidence, ...] = (),
    rival: tuple[str | None, float] | None = None,
    *,
    decided: bool = True,
    share: float = 0.8,
) -> Edge:
    return Edge(
        identify("edge", child, parent),
        child,
        parent,
        probability,
        share,
        decided,
        evidence,
        Alternative(*rival) if rival else None,
    )


def utterance(a: Article, words: str, speaker: str, source: str) -> Utterance:
    s = span(a, words)
    return Utterance(
        a.id, s.start, s.end, words, Speech.DIRECT, (s,), speaker, span(a, source), None
    )


def quellmar() -> tuple[StoryDossier, list[Article]]:
    """Seven versions: wire, copy with an addition, rewrites, a cut, a contaminated one, a rival."""
    wire = f.article(f.WIRE, "Crane collapses at port of Quellmar, injuring 17", "Meridian Wire", 3,
                     "pile/wire.txt", byline="Oda Lemke", url="https://meridian-wire.example/crane")  # fmt: skip
    courier = f.article(f.COURIER, "Seventeen injured as crane collapses", "Quellmar Courier", 4,
                        "pile/courier.html", url="https://courier.example/a?b=1&c=2",
                        cuts=(Cut(CutKind.READ_ALSO, "Read also: Regatta called off"),
                              Cut(CutKind.COMMENT_FORM, "Leave a comment\nYour name")))  # fmt: skip
    post = f.article(
        f.POST, "Seventy-one hurt in port disaster", "The Tidewater Post", 5, "pile/post.html"
    )
    lantern = f.article(f.LANTERN, "Dockers blame owners", "Harbour Lantern", None, "pile/lantern.txt",
                        remarks=("The file is not UTF-8; it was read as windows-1252.",))  # fmt: skip
    north = f.article(
        f.NORTHREACH, "Crane collapse in Quellmar", "Northreach Daily", 4, "pile/north.txt"
    )
    inland = f.article(
        f.INLAND, "Quellmar crane: what is known", "Inland Observer", None, "pile/inland.txt"
    )
    nameless = f.article(f.NAMELESS, "", "", None, "pile/nameless.txt")
    pile = [wire, courier, post, lantern, north, inland, nameless]

    w1, c1 = line(wire, "A loading crane collapsed"), line(courier, "A loading crane collapsed")
    p1, l1 = line(post, "Seventy-one dockers"), line(lantern, "A heavy hoist")
    n1, i1 = line(north, "A loading crane collapsed"), line(inland, "Seventeen people")
    x1 = line(nameless, "Crane down")
    w2, c2 = line(wire, "The crane was carrying"), line(courier, "The crane was carrying")
    p2, n2 = line(post, "The machine carried"), line(north, "The crane was carrying")
    w3, c3 = line(wire, '"We had warned'), line(courier, '"We had warned')
    p3, l3 = line(post, '"The owners were warned'), line(lantern, '"The owners were warned')
    w4, c4 = line(wire, "The owners, Sundmark"), line(courier, "The owners, Sundmark")
    p4, l4 = line(post, "The owners, Sundmark"), line(lantern, "Its owner")
    i4, x4 = line(inland, "Sundmark Freight denied"), line(nameless, "Sundmark Freight postponed")
    w5, i5 = line(wire, "Work at the eastern"), line(inland, "The eastern basin")
    c6, l7 = line(courier, "Families of the injured"), line(lantern, "The disaster is")

    m = {
        "w1c1": same(w1, c1, V), "w2c2": same(w2, c2, V), "w3c3": same(w3, c3, V),
        "w4c4": same(w4, c4, V), "w1n1": same(w1, n1, N, 0.91), "w2n2": same(w2, n2, V),
        "w1p1": same(w1, p1, R, 0.84), "w2p2": same(w2, p2, N, 0.72), "w4p4": same(w4, p4, N, 0.93),
        "p1l1": same(p1, l1, R, 0.81), "p3l3": same(p3, l3, N, 0.77), "p4l4": same(p4, l4, R, 0.8),
        "w1i1": same(w1, i1, R, 0.66), "w5i5": same(w5, i5, R, 0.74), "p4x4": same(p4, x4, N, 0.9),
        "w1x1": same(w1, x1, R, 0.7),
    }  # fmt: skip
    figure = change(
        ChangeKind.FIGURE, reading(wire, "17"), reading(post, "Seventy-one"),
        "17 injured became 71 injured", salience=0.98,
        articles=(wire.id, post.id, lantern.id),
    )  # fmt: skip
    role = change(
        ChangeKind.NAME, reading(post, "Brandt said"), reading(lantern, "a dockers' spokeswoman said"),
        "the words pass from the harbour master to a spokeswoman", salience=0.9,
    )  # fmt: skip
    hedge = change(
        ChangeKind.HEDGE, reading(wire, "reportedly postponed"), reading(post, "postponed"),
        "“reportedly” was lost", salience=0.8, articles=(wire.id, post.id, nameless.id),
    )  # fmt: skip
    denial = change(
        ChangeKind.NEGATION, w4, i4, "one says it was postponed, the other that the owners deny it",
        directed=False, salience=0.7,
    )  # fmt: skip
    wording = change(
        ChangeKind.QUOTE_WORDING, reading(wire, "We had warned the owners twice since autumn,"),
        reading(post, "The owners were warned twice and did nothing,"),
        "the quotation was reworded", salience=0.85,
    )  # fmt: skip
    speaker = change(
        ChangeKind.QUOTE_SPEAKER, reading(post, "Brandt"), reading(lantern, "a dockers' spokeswoman"),
        "the quotation was given to somebody else", salience=0.95,
    )  # fmt: skip
    weekday = change(
        ChangeKind.DATE, reading(wire, "on Friday"), reading(inland, "on Friday or later"),
        "the day became open", directed=False, salience=0.3,
    )  # fmt: skip
    added = change(ChangeKind.ADDITION, None, c6, "the copy adds families at the infirmary",
                   salience=0.4, articles=(wire.id, courier.id))  # fmt: skip
    dropped = change(ChangeKind.OMISSION, w3, None, "the warnings were left out", salience=0.6,
                     articles=(wire.id, north.id))  # fmt: skip
    loaded = change(ChangeKind.LOADED_WORD, reading(post, "came down"), reading(lantern, "toppled over"),
                    "a stronger word", salience=0.35)  # fmt: skip
    claims = (
        claim("A crane collapsed at Quellmar on Monday and injured dockers", [w1, c1, p1, l1, n1, i1, x1],
              Agreement.CONTRADICTED, figure, loaded, low=1, high=2),
        claim("The crane carried about 40 tonnes of slate", [w2, c2, p2, n2], Agreement.SOME),
        claim("The owners had been warned twice", [w3, c3, p3, l3], Agreement.SOME, role, dropped),
        claim("Sundmark Freight postponed an inspection", [w4, c4, p4, l4, i4, x4],
              Agreement.CONTRADICTED, hedge, denial, low=1, high=3),
        claim("Work at the eastern basin resumes on Friday", [w5, i5], Agreement.SOME, weekday),
        claim("Families gathered at the infirmary", [c6], Agreement.SINGULAR, added),
        claim("The disaster is a verdict on neglect", [l7], Agreement.SINGULAR, commentary=True),
    )  # fmt: skip
    quotations = (
        Quotation("quotation:1", tuple(
            utterance(a, words, who, source) for a, words, who, source in (
                (wire, "We had warned the owners twice since autumn,", "Ilvo Brandt", "Brandt"),
                (courier, "We had warned the owners twice since autumn,", "Ilvo Brandt", "Brandt"),
                (post, "The owners were warned twice and did nothing,", "Ilvo Brandt", "Brandt"),
                (lantern, "The owners were warned twice and did nothing,", "", "a dockers' spokeswoman"),
            )), QuotationStatus.OTHER_SPEAKER, (wording, speaker), origins(wire.id)),
    )  # fmt: skip

    def amount(a: Article, words: str, value: float, how: Hedge = Hedge.EXACT) -> FigureReading:
        s = span(a, words)
        return FigureReading(a.id, s.start, s.end, words, value, value, "", how)

    figures = (
        Figure("figure:1", "dockers injured", (
            amount(wire, "17", 17), amount(courier, "17", 17), amount(post, "Seventy-one", 71),
            amount(lantern, "71", 71), amount(north, "17", 17), amount(inland, "Seventeen", 17),
            amount(nameless, "17", 17)), Agreement.CONTRADICTED, (figure,), origins(wire.id, inland.id)),
        Figure("figure:2", "tonnes of slate", (
            amount(wire, "about 40 tonnes", 40, Hedge.ABOUT),
            amount(post, "some 40 tonnes", 40, Hedge.ABOUT)), Agreement.SOME, (), origins(wire.id)),
    )  # fmt: skip
    unseen = HypotheticalAncestor(
        "hypothetical:1", "an unseen report, credited to the harbour office", 0.62,
        "Inland and the nameless sheet share details that the wire lacks.", "Harbour office",
    )  # fmt: skip
    shared = Evidence(EvidenceKind.SHARED_READING, 3.1, "Both give 71 injured, which nobody else does.",
                      (span(post, "Seventy-one dockers"), span(lantern, "71 workers")))  # fmt: skip
    held = Evidence(EvidenceKind.CONTAINMENT, 5.2, "88 % of its 5-grams stand in the wire.",
                    (span(wire, w1.text), span(courier, c1.text)))  # fmt: skip
    against = Evidence(EvidenceKind.CONFLICT, -0.9, "It dates from before the supposed source.")
    edges = (
        edge(wire.id, None, 0.97),
        edge(courier.id, wire.id, 0.98, (held,), (north.id, 0.01), share=0.88),
        edge(north.id, wire.id, 0.95, (held,), (courier.id, 0.04), share=1.0),
        edge(post.id, wire.id, 0.83, (held, against), (courier.id, 0.12), share=0.6),
        edge(lantern.id, post.id, 0.91, (shared,), (wire.id, 0.05), share=0.7),
        edge(inland.id, "hypothetical:1", 0.52, (), (wire.id, 0.41), decided=False, share=0.5),
        edge(nameless.id, "hypothetical:1", 0.48, (), (post.id, 0.44), decided=False, share=0.5),
        edge(nameless.id, post.id, 0.61, (shared,), None, share=0.5),
    )
    ids = tuple(sorted(a.id for a in pile))
    first, second = sorted((post.id, lantern.id))
    kin = (
        Kinship(first, second, 0.75, 0.62, 0.08, 0.06, 0.04, 0.7, nearest=True,
                spans=(span(post, "The owners were warned twice"), span(lantern, "The owners were warned twice"))),
        Kinship(*sorted((wire.id, courier.id)), 0.9, 0.88, 0.81, 0.79, 0.71, 0.9, nearest=True),
        Kinship(*sorted((wire.id, inland.id)), 0.4, 0.05, 0.0, 0.0, 0.0, 0.3, nearest=False),
    )  # fmt: skip
    stemma = Stemma(
        "story:1", "evidence", edges, (unseen,), kin,
        (Undecided("undecided:1", (inland.id, wire.id), "Where does Inland Observer take its figures from?",
                   "It agrees with the wire on 17 injured and with The Tidewater Post on the number 71, "
                   "which it gives to workers sent home.",
                   (span(inland, "71 workers were sent home"), span(post, "Seventy-one dockers were hurt"))),),
    )  # fmt: skip
    cover: list[tuple[Article, list[tuple[Reading | Span, Match | None]]]] = [
        (wire, [(w1, m["w1c1"]), (w2, m["w2c2"]), (w3, m["w3c3"]), (w4, m["w4c4"]), (w5, m["w5i5"])]),
        (courier, [(c1, m["w1c1"]), (c2, m["w2c2"]), (c3, m["w3c3"]), (c4, m["w4c4"])]),
        (post, [(p1, m["w1p1"]), (p2, m["w2p2"]), (p3, m["p3l3"]), (p4, m["w4p4"])]),
        (lantern, [(l1, m["p1l1"]), (l3, m["p3l3"]), (l4, m["p4l4"])]),
        (north, [(n1, m["w1n1"]), (n2, m["w2n2"])]),
        (inland, [(i1, m["w1i1"]), (i5, m["w5i5"])]),
        (nameless, [(x1, m["w1x1"]), (x4, m["p4x4"])]),
    ]  # fmt: skip
    telling = (figure.id, speaker.id, wording.id, hedge.id, denial.id, dropped.id)
    apparatus = Apparatus(
        claims, quotations, figures, tuple(f.version(a, c) for a, c in sorted(cover, key=lambda x: x[0].id)), telling
    )  # fmt: skip
    credits = (
        Credit(span(wire, "Meridian Wire"), "Meridian Wire", CreditForm.DATELINE),
        Credit(span(north, "Meridian Wire"), "Meridian Wire", CreditForm.DATELINE),
        Credit(Span(courier.id, 0, 0), "Harbour Pictures", CreditForm.PHOTO),
    )
    merges = (Merge("merge:1", wire.id, post.id, 0.93, "Four passages correspond, two nearly word for word.",
                    (m["w2p2"].id,)),)  # fmt: skip
    matches = tuple(sorted(m.values(), key=lambda x: x.id))
    story = StoryDossier("story:1", ids, matches, merges, credits, origins(wire.id, inland.id, low=1),
                         stemma, apparatus)  # fmt: skip
    return story, pile


def dossier(*, notices: tuple[str, ...] = ()) -> Dossier:
    """One story, one article of another, two inputs left out."""
    story, pile = quellmar()
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


def hostile() -> Dossier:
    """A pile in which every string that an outsider could choose is an attack."""
    bad = "<script>window.pwned = 9</script>\"'><img src=x onerror=window.pwned=10>\u202e{{ 1+1 }}"
    one = f.article(f.HOSTILE, bad, bad, 3, "pile/<b>.txt", url="javascript:window.pwned = 7", byline=bad,
                    cuts=(Cut(CutKind.LEGAL, bad),), remarks=(bad,))  # fmt: skip
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
        bad, tuple(sorted((one.id, two.id))), (both,),
        (Merge(bad, one.id, two.id, 1.0, bad, ()),),
        (Credit(span(one, "<img"), bad, CreditForm.REPORTED),), origins(one.id),
        Stemma(bad, bad, (edge(two.id, "hypothetical:<x>", 0.5, (Evidence(EvidenceKind.CREDIT, 1.0, bad, (span(one, "<img"),)),),
                              decided=False),),
               (HypotheticalAncestor("hypothetical:<x>", bad, 0.5, bad, bad),),
               (Kinship(*sorted((one.id, two.id)), 1, 1, 1, 1, 1, 1, nearest=True),),
               (Undecided(bad, (one.id,), bad, bad, (span(two, "<svg"),)),)),
        Apparatus(
            (Claim('claim:"><script>', bad, tuple(sorted((a, b, c, d))), Agreement.ALL, (told,), origins(one.id), 1.0,
                   commentary=True),),
            (Quotation("q" + bad, (utterance(one, "<iframe", bad, "<img"),), QuotationStatus.SINGULAR, (), origins(one.id)),),
            (Figure("f" + bad, bad, (FigureReading(one.id, c.start, c.start + 8, "<script>", 1, 2, bad, Hedge.ABOUT),),
                    Agreement.SOME, (), origins(one.id)),),
            (f.version(one, [(a, both)]), f.version(two, [(b, both)])), (told.id,)),
    )  # fmt: skip
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
            f"The {things[i % 10]} at {places[i % 8]} {verb} {number} loads of slate on day {i + 1}, "
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
        tuple(claims), (), (),
        tuple(
            f.version(a, [(Span(a.id, s, e), by_side.get((a.id, s))) for s, e, *_ in spans[a.id].values()])
            for a in sorted(articles, key=lambda a: a.id)
        ),
        tuple(c.id for x in claims[:5] for c in x.changes[:1]),
    )  # fmt: skip
    story = StoryDossier("story:wide", ids, tuple(sorted(matches, key=lambda m: m.id)), (), (),
                         origins(root), Stemma("story:wide", "evidence", tuple(edges)), apparatus)  # fmt: skip
    return Dossier(f.run(), tuple(sorted(articles, key=lambda a: a.id)), (), (story,))
