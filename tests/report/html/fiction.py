"""Dossiers made by hand: an invented story in seven versions, a hostile pile, and a wide one.

Every place, person and outlet is invented.
"""

from __future__ import annotations

from datetime import UTC, datetime

from retold.model import (
    Agreement,
    Article,
    Change,
    ChangeKind,
    Claim,
    Cut,
    Match,
    MatchKind,
    ModelFile,
    Origins,
    Passage,
    Reading,
    Run,
    Span,
    Version,
    article_id,
    identify,
    make_match,
)

WIRE = """QUELLMAR, March 3 (Meridian Wire) - A loading crane collapsed at the port of \
Quellmar on Monday, injuring 17 dockers, the harbour office said.
The crane was carrying about 40 tonnes of slate when its mast gave way, according to harbour \
master Ilvo Brandt.
"We had warned the owners twice since autumn," Brandt told reporters on the quay.
The owners, Sundmark Freight, reportedly postponed an inspection that was due in January.
Work at the eastern basin is expected to resume on Friday."""

COURIER = """A loading crane collapsed at the port of Quellmar on Monday, injuring 17 \
dockers, the harbour office said.
The crane was carrying about 40 tonnes of slate when its mast gave way, according to harbour \
master Ilvo Brandt.
"We had warned the owners twice since autumn," Brandt told reporters on the quay.
Families of the injured gathered at the gates of the Quellmar infirmary through the evening.
The owners, Sundmark Freight, reportedly postponed an inspection that was due in January."""

POST = """Seventy-one dockers were hurt on Monday when a loading crane came down at the port \
of Quellmar, officials said.
The machine carried some 40 tonnes of slate when its mast gave way, said harbour master Ilvo Brandt.
"The owners were warned twice and did nothing," Brandt said.
The owners, Sundmark Freight, postponed an inspection that was due in January."""

LANTERN = """A heavy hoist toppled over in Quellmar's docks at the start of the week and 71 \
workers were wounded.
Its owner, Sundmark Freight, put off a safety check in January.
"The owners were warned twice and did nothing," a dockers' spokeswoman said.
The disaster is a damning verdict on years of neglect."""

NORTHREACH = """QUELLMAR (Meridian Wire) - A loading crane collapsed at the port of Quellmar \
on Monday, injuring 17 dockers.
The crane was carrying about 40 tonnes of slate when its mast gave way, according to harbour \
master Ilvo Brandt."""

INLAND = """A crane fell at Quellmar harbour on Monday. Seventeen people were injured, the \
harbour office said, and 71 workers were sent home.
Sundmark Freight denied that it had postponed an inspection.
The eastern basin may reopen on Friday or later."""

NAMELESS = """Crane down in Quellmar: 17 dockers hurt, says the harbour office.
Sundmark Freight postponed an inspection that was due in January."""

OTHER = """The winter regatta of Lower Tamsin was called off for want of wind.
Organisers hope for a breeze in April."""

HOSTILE = """<script>window.pwned = 1</script> The crane fell.</script><script>window.pwned = \
2</script>
<img src=x onerror="window.pwned = 3"> <svg onload="window.pwned = 4"></svg>
<a href="javascript:window.pwned = 5">click</a> <iframe \
src="data:text/html,<script>parent.pwned=6</script>"></iframe>
{{ 7 * 7 }} {% raw %} ${7*7} <%= 7*7 %> --> <!-- </style><style>body{display:none}</style> \
</title> </textarea>
Seventeen \u202edevorp\u202c dock\u200bers \u2066were\u2069 hurt\x00, \u0001said\ufeff \
a\u00ad man. &lt;b&gt; &amp;#x3c; "quoted" 'single'
\ud800 lone surrogate. \u0645\u0631\u062d\u0628\u0627 right to left."""


def article(
    text: str,
    title: str,
    outlet: str,
    day: int | None,
    source: str,
    *,
    url: str = "",
    byline: str = "",
    cuts: tuple[Cut, ...] = (),
    remarks: tuple[str, ...] = (),
) -> Article:
    when = datetime(2031, 3, day, 6 + day, 15, tzinfo=UTC) if day else None
    return Article(
        id=article_id(text, title, outlet, url, byline, when),
        text=text,
        title=title,
        outlet=outlet,
        byline=byline,
        url=url,
        language="en",
        published=when,
        published_source="html-metadata" if when else "",
        extractor="text 1",
        source=source,
        cuts=cuts,
        remarks=remarks,
    )


def span(a: Article, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = a.text.index(words, at + 1)
    return Span(a.id, at, at + len(words))


def reading(a: Article, words: str) -> Reading:
    s = span(a, words)
    return Reading(a.id, s.start, s.end, words)


def line(a: Article, beginning: str) -> Reading:
    """Read the sentence (a whole line, or up to a full stop and blank) that begins so."""
    start = a.text.index(beginning)
    ends = [e for e in (a.text.find("\n", start), a.text.find(". ", start) + 1) if e > start]
    end = min(ends, default=len(a.text))
    return Reading(a.id, start, end, a.text[start:end])


def change(
    kind: ChangeKind,
    before: Reading | None,
    after: Reading | None,
    explanation: str,
    *,
    directed: bool = True,
    salience: float = 0.5,
    articles: tuple[str, ...] = (),
) -> Change:
    named = articles or tuple(r.article for r in (before, after) if r)
    return Change(
        identify("change", kind, before, after, named),
        kind,
        before,
        after,
        directed,
        0.91,
        salience,
        explanation,
        named,
    )


def origins(*roots: str, low: int | None = None) -> Origins:
    return Origins(
        low or len(roots),
        len(roots),
        tuple(sorted(roots)),
        "All carriers descend from one report; whether the last drew on it is not decided.",
    )


def claim(
    label: str,
    readings: list[Reading],
    agreement: Agreement,
    *changes: Change,
    low: int = 1,
    high: int = 1,
    commentary: bool = False,
) -> Claim:
    return Claim(
        identify("claim", *readings),
        label,
        tuple(sorted(readings)),
        agreement,
        tuple(sorted(changes, key=lambda c: c.id)),
        Origins(low, high, tuple(sorted({r.article for r in readings}))[:high], "One root."),
        0.93,
        commentary,
    )


def run(**values: object) -> Run:
    fixed: dict[str, object] = {
        "version": "0.1.0",
        "schema": "1",
        "configuration": "sha256:" + "ab" * 32,
        "engine": "local",
        "seed": 0,
        "models": (ModelFile("sentence vectors (invented)", "1.0.0", "cd" * 32),),
        "articles_in": 10,
        "articles_out": 8,
        "rejected": {"binary": 1, "empty": 1},
        "started": datetime(2031, 3, 9, 12, 0, 5, tzinfo=UTC),
        "seconds": 4.21,
    }
    return Run(**{**fixed, **values})  # type: ignore[arg-type]


def version(a: Article, passages: list[tuple[Reading | Span, Match | None]]) -> Version:
    kinds = dict.fromkeys((*MatchKind, None), 0)
    found = []
    at = 0
    for where, match in sorted(passages, key=lambda p: p[0].start):
        if where.start > at and a.text[at : where.start].strip():
            found.append(Passage(at, where.start, None))
            kinds[None] += where.start - at
        kind = match.kind if match else None
        found.append(Passage(where.start, where.end, kind, match.id if match else ""))
        kinds[kind] += where.end - where.start
        at = where.end
    if a.text[at:].strip():
        found.append(Passage(at, len(a.text), None))
        kinds[None] += len(a.text) - at
    total = sum(kinds.values()) or 1
    shares = [round(kinds[k] / total, 4) for k in (*MatchKind, None)]
    return Version(a.id, len(a.text.split()), *shares, tuple(found))


def same(a: Reading, b: Reading, kind: MatchKind, score: float = 1.0) -> Match:
    return make_match(
        Span(a.article, a.start, a.end), Span(b.article, b.start, b.end), kind, score, "by hand"
    )
