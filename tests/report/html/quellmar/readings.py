"""What the versions of Quellmar read: sentences, which of them correspond, and how they differ."""

from __future__ import annotations

from retold.model import (
    Agreement,
    Article,
    ChangeKind,
    Figure,
    FigureReading,
    Hedge,
    Match,
    MatchKind,
    Quotation,
    QuotationStatus,
    Reading,
    Span,
    Speech,
    Utterance,
)
from tests.report.html.fiction import change, claim, line, origins, reading, same, span
from tests.report.html.quellmar.articles import (
    courier,
    inland,
    lantern,
    nameless,
    north,
    post,
    wire,
)

V, N, R = MatchKind.VERBATIM, MatchKind.NEAR, MatchKind.REWRITE


def utterance(a: Article, words: str, speaker: str, source: str) -> Utterance:
    s = span(a, words)
    return Utterance(
        a.id, s.start, s.end, words, Speech.DIRECT, (s,), speaker, span(a, source), None
    )


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
    "w1c1": same(w1, c1, V),
    "w2c2": same(w2, c2, V),
    "w3c3": same(w3, c3, V),
    "w4c4": same(w4, c4, V),
    "w1n1": same(w1, n1, N, 0.91),
    "w2n2": same(w2, n2, V),
    "w1p1": same(w1, p1, R, 0.84),
    "w2p2": same(w2, p2, N, 0.72),
    "w4p4": same(w4, p4, N, 0.93),
    "p1l1": same(p1, l1, R, 0.81),
    "p3l3": same(p3, l3, N, 0.77),
    "p4l4": same(p4, l4, R, 0.8),
    "w1i1": same(w1, i1, R, 0.66),
    "w5i5": same(w5, i5, R, 0.74),
    "p4x4": same(p4, x4, N, 0.9),
    "w1x1": same(w1, x1, R, 0.7),
}
cover: list[tuple[Article, list[tuple[Reading | Span, Match | None]]]] = [
    (
        wire,
        [(w1, m["w1c1"]), (w2, m["w2c2"]), (w3, m["w3c3"]), (w4, m["w4c4"]), (w5, m["w5i5"])],
    ),
    (courier, [(c1, m["w1c1"]), (c2, m["w2c2"]), (c3, m["w3c3"]), (c4, m["w4c4"])]),
    (post, [(p1, m["w1p1"]), (p2, m["w2p2"]), (p3, m["p3l3"]), (p4, m["w4p4"])]),
    (lantern, [(l1, m["p1l1"]), (l3, m["p3l3"]), (l4, m["p4l4"])]),
    (north, [(n1, m["w1n1"]), (n2, m["w2n2"])]),
    (inland, [(i1, m["w1i1"]), (i5, m["w5i5"])]),
    (nameless, [(x1, m["w1x1"]), (x4, m["p4x4"])]),
]
figure = change(
    ChangeKind.FIGURE,
    reading(wire, "17"),
    reading(post, "Seventy-one"),
    "17 injured became 71 injured",
    salience=0.98,
    articles=(wire.id, post.id, lantern.id),
)
role = change(
    ChangeKind.NAME,
    reading(post, "Brandt said"),
    reading(lantern, "a dockers' spokeswoman said"),
    "the words pass from the harbour master to a spokeswoman",
    salience=0.9,
)
hedge = change(
    ChangeKind.HEDGE,
    reading(wire, "reportedly postponed"),
    reading(post, "postponed"),
    "“reportedly” was lost",
    salience=0.8,
    articles=(wire.id, post.id, nameless.id),
)
denial = change(
    ChangeKind.NEGATION,
    w4,
    i4,
    "one says it was postponed, the other that the owners deny it",
    directed=False,
    salience=0.7,
)
wording = change(
    ChangeKind.QUOTE_WORDING,
    reading(wire, "We had warned the owners twice since autumn,"),
    reading(post, "The owners were warned twice and did nothing,"),
    "the quotation was reworded",
    salience=0.85,
)
speaker = change(
    ChangeKind.QUOTE_SPEAKER,
    reading(post, "Brandt"),
    reading(lantern, "a dockers' spokeswoman"),
    "the quotation was given to somebody else",
    salience=0.95,
)
weekday = change(
    ChangeKind.DATE,
    reading(wire, "on Friday"),
    reading(inland, "on Friday or later"),
    "the day became open",
    directed=False,
    salience=0.3,
)
added = change(
    ChangeKind.ADDITION,
    None,
    c6,
    "the copy adds families at the infirmary",
    salience=0.4,
    articles=(wire.id, courier.id),
)
dropped = change(
    ChangeKind.OMISSION,
    w3,
    None,
    "the warnings were left out",
    salience=0.6,
    articles=(wire.id, north.id),
)
loaded = change(
    ChangeKind.LOADED_WORD,
    reading(post, "came down"),
    reading(lantern, "toppled over"),
    "a stronger word",
    salience=0.35,
)
telling = (figure.id, speaker.id, wording.id, hedge.id, denial.id, dropped.id)
claims = (
    claim(
        "A crane collapsed at Quellmar on Monday and injured dockers",
        [w1, c1, p1, l1, n1, i1, x1],
        Agreement.CONTRADICTED,
        figure,
        loaded,
        low=1,
        high=2,
    ),
    claim("The crane carried about 40 tonnes of slate", [w2, c2, p2, n2], Agreement.SOME),
    claim("The owners had been warned twice", [w3, c3, p3, l3], Agreement.SOME, role, dropped),
    claim(
        "Sundmark Freight postponed an inspection",
        [w4, c4, p4, l4, i4, x4],
        Agreement.CONTRADICTED,
        hedge,
        denial,
        low=1,
        high=3,
    ),
    claim("Work at the eastern basin resumes on Friday", [w5, i5], Agreement.SOME, weekday),
    claim("Families gathered at the infirmary", [c6], Agreement.SINGULAR, added),
    claim("The disaster is a verdict on neglect", [l7], Agreement.SINGULAR, commentary=True),
)
quotations = (
    Quotation(
        "quotation:1",
        tuple(
            utterance(a, words, who, source)
            for a, words, who, source in (
                (wire, "We had warned the owners twice since autumn,", "Ilvo Brandt", "Brandt"),
                (
                    courier,
                    "We had warned the owners twice since autumn,",
                    "Ilvo Brandt",
                    "Brandt",
                ),
                (
                    post,
                    "The owners were warned twice and did nothing,",
                    "Ilvo Brandt",
                    "Brandt",
                ),
                (
                    lantern,
                    "The owners were warned twice and did nothing,",
                    "",
                    "a dockers' spokeswoman",
                ),
            )
        ),
        QuotationStatus.OTHER_SPEAKER,
        (wording, speaker),
        origins(wire.id),
    ),
)


def amount(a: Article, words: str, value: float, how: Hedge = Hedge.EXACT) -> FigureReading:
    s = span(a, words)
    return FigureReading(a.id, s.start, s.end, words, value, value, "", how)


figures = (
    Figure(
        "figure:1",
        "dockers injured",
        (
            amount(wire, "17", 17),
            amount(courier, "17", 17),
            amount(post, "Seventy-one", 71),
            amount(lantern, "71", 71),
            amount(north, "17", 17),
            amount(inland, "Seventeen", 17),
            amount(nameless, "17", 17),
        ),
        Agreement.CONTRADICTED,
        (figure,),
        origins(wire.id, inland.id),
    ),
    Figure(
        "figure:2",
        "tonnes of slate",
        (
            amount(wire, "about 40 tonnes", 40, Hedge.ABOUT),
            amount(post, "some 40 tonnes", 40, Hedge.ABOUT),
        ),
        Agreement.SOME,
        (),
        origins(wire.id),
    ),
)
