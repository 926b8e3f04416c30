"""Tables of a small finished scan of invented news, written by hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from retold.corpus.results import path_of
from retold.corpus.tables import ARTICLES, SCHEMA, TABLES
from retold.text import words

Row = dict[str, Any]
START = datetime(2031, 3, 3, 6, 0, tzinfo=UTC)

WIRE = (
    "A grain barge ran aground below Quellmar on Monday night and blocked the river Isk for nine"
    " hours, the river authority said.\nNobody was hurt. About 40 tonnes of barley had to be"
    " unloaded before two tugs could pull the barge free.\n“We have asked for a second buoy since"
    " the spring,” said the pilot, Odo Brandt."
)
LOCAL = "The quay at Sedge Mouth stayed open.\n" + WIRE.replace("About 40", "About 70")
CUT = WIRE.partition("\n“")[0]
HERON = (
    "Herons have come back to the withy beds of Low Tarn for the first time in thirty years, the"
    " wardens report, and visitors are asked to keep to the boardwalk until the end of June."
)
ALONE = "The council of Fenwick voted to paint the town clock green."
FOOTER = "Follow the Harbour Post by pigeon and never miss a tide."
STOCK = "The authority is a public body with forty members who meet four times a year."


@dataclass
class Fiction:
    """Rows of every table; ``write`` sorts nothing and adds nothing."""

    articles: list[Row] = field(default_factory=list)
    matches: list[Row] = field(default_factory=list)
    groups: list[Row] = field(default_factory=list)
    passages: list[Row] = field(default_factory=list)
    outlets: list[Row] = field(default_factory=list)
    rejected: list[Row] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        listed: dict[str, list[Row]] = {
            "articles": sorted(self.articles, key=lambda r: r["article"]),
            "matches": sorted(self.matches, key=lambda r: (r["a"], r["b"])),
            "groups": self.groups,
            "passages": sorted(self.passages, key=lambda r: -r["articles"]),
            "outlets": sorted(self.outlets, key=lambda r: (r["outlet"], -r["articles"])),
            "rejected": sorted(self.rejected, key=lambda r: r["source"]),
            "run": [self._run()],
        }
        for table in TABLES:
            made = pa.Table.from_pylist(listed[table.name], schema=table.schema)
            path = path_of(folder, table.name)
            if table is ARTICLES:
                path.mkdir(exist_ok=True)
                path /= "part-000000.parquet"
            pq.write_table(made, path, row_group_size=64)
        return folder

    def _run(self) -> Row:
        return {
            "version": "0",
            "schema": SCHEMA,
            "configuration": "f" * 64,
            "thresholds": json.dumps({"shingle": 5, "verified": 0.3}),
            "inputs": [{"source": "news.jsonl", "bytes": 4096, "sha256": "a" * 64}],
            "articles_in": len(self.articles) + len(self.rejected),
            "articles_out": len(self.articles),
            "words": sum(a["words"] for a in self.articles),
            "candidates": len(self.matches),
            "notices": self.notices,
        }

    def article(
        self, text: str, outlet: str, title: str, hours: float | None = None, url: str = ""
    ) -> str:
        source = f"news.jsonl:{len(self.articles) + 1}"
        made = _id("article", f"{text}|{outlet}|{title}|{hours}|{source}")
        self.articles.append(
            {
                "article": made,
                "source": source,
                "outlet": outlet,
                "title": title,
                "url": url,
                "published": None if hours is None else START + timedelta(hours=hours),
                "words": len(words(text)),
                "text": text,
            }
        )
        return made

    def match(
        self, one: str, other: str, *passages: str | tuple[str, str], verified: bool = True
    ) -> str:
        """Add a match of two articles by the passages that stand in both, or the two wordings."""
        a, b = sorted((one, other))
        texts = {r["article"]: r for r in self.articles}
        spans = []
        for given in passages:
            pair = (given, given) if isinstance(given, str) else given
            there = dict(zip((one, other), pair, strict=True))
            starts = {i: texts[i]["text"].index(p) for i, p in there.items()}
            spans.append(
                {
                    "a_start": starts[a],
                    "a_end": starts[a] + len(there[a]),
                    "b_start": starts[b],
                    "b_end": starts[b] + len(there[b]),
                    "words": len(
                        {w.form for w in words(there[a])} & {w.form for w in words(there[b])}
                    )
                    if there[a] != there[b]
                    else len(words(there[a])),
                }
            )
        spans.sort(key=lambda s: s["a_start"])
        shared = sum(s["words"] for s in spans)
        made = _id("match", f"{a}|{b}|{spans}")
        both = texts[a]["words"] + texts[b]["words"]
        self.matches.append(
            {
                "match": made,
                "a": a,
                "b": b,
                "kind": "near" if any(isinstance(p, tuple) for p in passages) else "verbatim",
                "containment_a": shared / texts[a]["words"],
                "containment_b": shared / texts[b]["words"],
                "resemblance": shared / (both - shared),
                "words": shared,
                "verified": verified,
                "spans": spans,
            }
        )
        return made

    def group(self, first: str, *joined: tuple[str, str, str], diameter: int = 1) -> str:
        """Add a group: its first member, then (member, joined to, match)."""
        made = _id("group", "|".join([first, *(j[0] for j in joined)]))
        for article, to, match in ((first, None, None), *joined):
            self.groups.append(
                {
                    "group": made,
                    "article": article,
                    "size": 1 + len(joined),
                    "joined": to,
                    "match": match,
                    "diameter": diameter,
                }
            )
        return made

    def passage(self, text: str, carriers: Iterable[str], kind: str = "shared", **more: Any) -> str:
        texts = {r["article"]: r for r in self.articles}
        late = START + timedelta(days=9999)
        found = sorted(carriers, key=lambda i: texts[i]["published"] or late)
        made = _id("passage", f"{text}|{found}")
        self.passages.append(
            {
                "passage": made,
                "kind": kind,
                "articles": len(found),
                "outlets": len({texts[i]["outlet"] for i in found}),
                "words": len(words(text)),
                "text": text,
                "first": found[0],
                "published": texts[found[0]]["published"],
                "places": [
                    {
                        "article": i,
                        "start": max(0, texts[i]["text"].find(text)),
                        "end": max(0, texts[i]["text"].find(text)) + len(text),
                    }
                    for i in found[:100]
                ],
            }
            | more
        )
        return made

    def pair(
        self,
        outlet: str,
        other: str,
        articles: int,
        share: float,
        later: int = 0,
        earlier: int = 0,
        lag: float | None = None,
    ) -> None:
        self.outlets.append(
            {
                "outlet": outlet,
                "other": other,
                "articles": articles,
                "share": share,
                "later": later,
                "earlier": earlier,
                "median_lag": lag,
            }
        )

    def reject(self, source: str, reason: str, detail: str) -> None:
        self.rejected.append({"source": source, "reason": reason, "detail": detail})


def _id(kind: str, of: str) -> str:
    return f"{kind}:{hashlib.sha256(of.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


@dataclass
class Barge:
    """The plain fiction: a report in four versions, two notes on herons, one article alone."""

    fiction: Fiction
    wire: str
    post: str
    gazette: str
    late: str
    herons: tuple[str, str]
    alone: str
    matches: dict[str, str]
    barge_group: str
    heron_group: str
    passage: str
    footer: str
    stock: str


def barge() -> Barge:
    f = Fiction()
    wire = f.article(
        WIRE, "Meridian Wire", "Barge blocks the Isk", 0, "https://meridian.example/isk"
    )
    post = f.article(LOCAL + "\n" + FOOTER, "Harbour Post", "River blocked by grain barge", 2)
    gazette = f.article(CUT + "\n" + STOCK, "Quellmar Gazette", "Barge aground", 5)
    late = f.article(WIRE + "\n" + FOOTER, "Harbour Post", "Barge free again", 30)
    one = f.article(HERON, "Low Tarn Letter", "Herons return", None)
    two = f.article(HERON + "\n" + STOCK, "", "Herons are back", None)
    alone = f.article(ALONE, "Fenwick Star", "A green clock", 7)
    local = LOCAL.partition("\n")[2]
    found = {
        "post": f.match(wire, post, (WIRE, local)),
        "gazette": f.match(wire, gazette, CUT),
        "late": f.match(wire, late, WIRE),
        "post-late": f.match(post, late, (local, WIRE)),
        "herons": f.match(one, two, HERON),
        "passage-only": f.match(post, gazette, "Nobody was hurt.", verified=False),
    }
    group = f.group(
        wire,
        (late, wire, found["late"]),
        (post, wire, found["post"]),
        (gazette, wire, found["gazette"]),
        diameter=2,
    )
    herons = f.group(one, (two, one, found["herons"]))
    passage = f.passage("Nobody was hurt.", [wire, post, gazette, late])
    f.passage(HERON, [one, two])
    footer = f.passage(FOOTER, [post, late], "furniture")
    stock = f.passage(STOCK, [gazette, two], "stock")
    f.pair("Harbour Post", "Meridian Wire", 2, 1.0, 2, 0, 16.0)
    f.pair("Meridian Wire", "Harbour Post", 1, 1.0, 0, 1, -2.0)
    f.pair("Quellmar Gazette", "Meridian Wire", 1, 1.0, 1, 0, 5.0)
    f.pair("Meridian Wire", "Quellmar Gazette", 1, 1.0, 0, 1, -5.0)
    f.pair("Low Tarn Letter", "", 1, 1.0)
    f.pair("", "Low Tarn Letter", 1, 1.0)
    f.reject("empty.txt", "empty", "It holds no text; leave it out.")
    f.reject("blank.txt", "empty", "It holds no text; leave it out.")
    f.reject("photo.jpg", "binary", "It is a picture; give the article's text.")
    return Barge(
        f,
        wire,
        post,
        gazette,
        late,
        (one, two),
        alone,
        found,
        group,
        herons,
        passage,
        footer,
        stock,
    )


EVIL = (
    "<script>window.pwned = 1</script> \x1b]0;owned\x07 [bold red]Sold[/] \u202eevil\u202c"
    " {{ 7 * 7 }} &lt;b&gt; --> ]]>"
)


def hostile() -> Fiction:
    """The same shape, every text an attack."""
    f = Fiction(notices=[EVIL])
    one = f.article(f"{EVIL} The barge sank.", EVIL, EVIL, 0, "javascript:window.pwned = 7")
    two = f.article(f"{EVIL} The barge sank.\nAgain.", EVIL + " Post", EVIL, 1)
    match = f.match(one, two, f"{EVIL} The barge sank.")
    f.group(one, (two, one, match))
    f.passage(f"{EVIL} The barge sank.", [one, two])
    f.passage(EVIL, [one, two], "furniture")
    f.pair(EVIL, EVIL + " Post", 1, 1.0, 0, 1, -1.0)
    f.pair(EVIL + " Post", EVIL, 1, 1.0, 1, 0, 1.0)
    f.reject(EVIL, "damaged", EVIL)
    return f


def crowd(largest: int = 400, groups: int = 60, outlets: int = 40) -> Fiction:
    """A scan with more of everything than is shown."""
    f = Fiction()
    names = [f"The {n} Courier" for n in range(outlets)]
    made = []
    for g in range(groups):
        size = max(2, largest // (g + 1))
        text = f"Report {g} tells of a ferry that turned back before the island of Skarn {g}."
        members = [
            f.article(text, names[(g + i) % outlets], f"Ferry {g} turns back", g + i / 10)
            for i in range(size)
        ]
        first = members[0]
        joined = [(other, first, f.match(first, other, text)) for other in members[1:]]
        f.group(first, *joined, diameter=2)
        made.append((text, members))
    for text, members in made:
        f.passage(text, members)
        f.passage(f"Offer {text}", members[:2], "furniture")
    for i, outlet in enumerate(names):
        for j in range(1, 12):
            other = names[(i + j) % outlets]
            f.pair(outlet, other, 60 - j, 0.9 / j, 40 - j, j, 1.5 * j)
            f.pair(other, outlet, 60 - j, 0.5 / j, j, 40 - j, -1.5 * j)
    for i in range(500):
        f.reject(f"bad-{i:03}.txt", "empty" if i % 3 else "damaged", "It cannot be used.")
    return f
