"""Any row of a scan's tables, by its id, with its evidence in words and text spans."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice

import pyarrow.compute as pc

from retold.corpus.results import Scan
from retold.corpus.rows import Row, among, batches, beginning, lookup, rows
from retold.errors import UsageError
from retold.labels import count, label, labels, percent, short, visible
from retold.report.html.wording import differing
from retold.report.scan import told, words
from retold.report.scan.facts import named

MEMBERS = 200
"""Members of a group, matches of an article and pairs of an outlet that are told."""
DIFFERENCES = 12
"""Differing words told for a passage."""
AROUND = 30
"""Characters shown on either side of a term."""
GAP = 100
"""Characters shown of a stretch that no passage covers."""
OUTLET = "outlet:"
"""Begins the name of a row of the outlets: ``outlet:Harbour Post / Meridian Wire``."""

_KEYS = {
    "article": "articles",
    "match": "matches",
    "group": "groups",
    "passage": "passages",
    "rewrite": "rewrites",
    "story": "stories",
    "merge": "merges",
}
_SEVERAL = 5


def explain(scan: Scan, name: str) -> str:
    """Return what stands behind a row: its id, or the only id that begins with ``name``.

    Articles, matches, groups, passages, rewrites, stories and merges have ids; a row of the outlets
    is called ``outlet:OUTLET / OTHER``, and ``outlet:OUTLET`` tells all that an outlet shares.

    Raises:
        UsageError: there is no such id, or there are several.
        ScanError: a table is damaged.
    """
    hits = sorted(_hits(scan, name))
    writer = _Writer(scan)
    if (OUTLET, name) in hits:
        return writer.outlet(name)
    exact = [hit for hit in hits if hit[1] == name]
    hits = exact or hits
    if not hits:
        raise UsageError(
            f"{short(name, 60)!r}: no such id in this scan; it has ids of {', '.join(_KEYS)}, and"
            " outlet:OUTLET / OTHER"
        )
    if len(hits) > 1:
        some = ", ".join(i for _, i in hits[:_SEVERAL]) + (" ..." if len(hits) > _SEVERAL else "")
        raise UsageError(f"{short(name, 60)!r}: fits several ids ({some}); give more of it")
    ((kind, identifier),) = hits
    writers: dict[str, Callable[[str], str]] = {
        "article": writer.article,
        "match": writer.match,
        "group": writer.group,
        "passage": writer.passage,
        "rewrite": writer.rewrite,
        "story": lambda one: _joined(told.story(scan, writer.names, one)),
        "merge": lambda one: _joined(told.merge(scan, writer.names, one)),
        "pair": writer.pair,
    }
    return writers[kind](identifier)


def pair_name(outlet: str, other: str) -> str:
    """Return what a row of the outlets is called."""
    return f"{_outlet_name(outlet)} / {visible(words.outlet(other))}"


def _outlet_name(outlet: str) -> str:
    return f"{OUTLET}{visible(words.outlet(outlet))}"


def _hits(scan: Scan, name: str) -> set[tuple[str, str]]:
    """Return ids that begin with ``name``, with their kind; of many, enough to say so."""
    found: set[tuple[str, str]] = set()
    if not name or any("\ud800" <= c <= "\udfff" for c in name):
        return found
    for key, table in _KEYS.items():
        if table not in scan.counts:
            continue
        for batch in batches(scan.table(table), [key], beginning(key, name), 1 << 16):
            found |= {(key, i) for i in pc.unique(batch.column(0)).slice(0, 9).to_pylist()}
            if len(found) > _SEVERAL:
                break
    if name.startswith(OUTLET) or OUTLET.startswith(name):
        found |= set(islice(_outlet_hits(scan, name), _SEVERAL + 1))
    return found


def _outlet_hits(scan: Scan, name: str) -> Iterator[tuple[str, str]]:
    outlets = _outlets_like(scan, name)
    if any(_outlet_name(o) == name for o in outlets):
        yield OUTLET, name
    for row in rows(scan.outlets, ("outlet", "other"), among("outlet", outlets)):
        if pair_name(row["outlet"], row["other"]).startswith(name):
            yield "pair", pair_name(row["outlet"], row["other"])


def _outlets_like(scan: Scan, name: str) -> list[str]:
    """Return the outlets whose rows ``name`` may stand for."""
    found: set[str] = set()
    for batch in batches(scan.outlets, ["outlet"], size=1 << 16):
        found |= set(pc.unique(batch.column(0)).to_pylist())
    called = {outlet: _outlet_name(outlet) for outlet in found}
    return sorted(o for o, n in called.items() if n.startswith(name) or name.startswith(n))


@dataclass(frozen=True, slots=True)
class _Writer:
    """Words for one scan; every explanation is lines of text."""

    scan: Scan

    # ------------------------------------------------------------ helpers

    def names(self, ids: Collection[str]) -> dict[str, str]:
        """Name articles so that they can be told apart, with their dates."""
        found = named(self.scan, ids)
        called = labels([a for a in found.values() if not a.published])
        return {
            i: f"{label(a)}, {a.published:%Y-%m-%d %H:%M}" if a.published else called[i]
            for i, a in found.items()
        }

    def texts(self, ids: Collection[str]) -> dict[str, str]:
        found = lookup(self.scan.articles, "article", ids, ("text",))
        return {i: found[i]["text"] if i in found else "" for i in ids}

    def row(self, kind: str, identifier: str) -> Row:
        table = self.scan.table(_KEYS[kind])
        return next(rows(table, table.schema.names, pc.field(kind) == identifier))

    # ------------------------------------------------------------ one writer a kind

    def article(self, identifier: str) -> str:
        item = self.row("article", identifier)
        lines = [identifier, f"Article: {self.names([identifier])[identifier]}"]
        facts = {
            "title": item["title"],
            "outlet": item["outlet"],
            "url": item["url"],
            "published": item["published"].isoformat() if item["published"] else "unknown",
            "read from": item["source"],
            "words": f"{item['words']:,}",
            "begins": short(item["text"] or "", 200),
        }
        lines += [f"{key}: {visible(value)}" for key, value in facts.items() if value]
        lines += self._membership(identifier)
        lines += self._keeping(identifier)
        lines += self._matches(identifier)
        lines += self._rewrites(identifier)
        lines += told.membership(self.scan, identifier)
        return _joined(lines)

    def _membership(self, identifier: str) -> list[str]:
        columns = ("group", "size", "joined", "match")
        where = pc.field("article") == identifier
        row = next(rows(self.scan.groups, columns, where), None)
        if row is None:
            return ["In no group: no other article is a version of it"]
        told = f"In {row['group']}, {count(row['size'], 'version')}"
        if row["joined"]:
            other = self.names([row["joined"]])[row["joined"]]
            return [f"{told}; joined to {other} ({row['joined']}) by {row['match']}"]
        return [f"{told}; the first of them"]

    def _keeping(self, identifier: str) -> list[str]:
        if not self.scan.policy:
            return []
        where = pc.field("article") == identifier
        row = next(rows(self.scan.left_out, ("kept_instead", "reason"), where), None)
        if row is None:
            return [f"Kept by “{self.scan.policy}”"]
        return [f"Left out by “{self.scan.policy}” for {row['kept_instead']}: {row['reason']}"]

    def _matches(self, identifier: str) -> list[str]:
        where = (pc.field("a") == identifier) | (pc.field("b") == identifier)
        columns = ("match", "a", "b", "kind", "containment_a", "containment_b", "verified")
        found = list(rows(self.scan.matches, columns, where, most=MEMBERS + 1))
        if not found:
            return ["Shares no passage with another article"]
        told, more = found[:MEMBERS], len(found) > MEMBERS
        names = self.names({row[side] for row in told for side in "ab"})
        lines = ["Matches:"]
        for row in told:
            mine, other = ("a", "b") if row["a"] == identifier else ("b", "a")
            there, back = (percent(row[f"containment_{side}"]) for side in (mine, other))
            lines.append(
                f"- {row['match']}, {_kind(row)}: {there} of it stands in {names[row[other]]},"
                f" {back} of that in it"
            )
        return [*lines, "- and more: see the matches"] if more else lines

    def _rewrites(self, identifier: str) -> list[str]:
        if "rewrites" not in self.scan.counts:
            return []
        where = (pc.field("a") == identifier) | (pc.field("b") == identifier)
        columns = ("rewrite", "a", "b", "probability")
        found = list(rows(self.scan.rewrites, columns, where, most=MEMBERS))
        if not found:
            return ["Tells what no other article does in other words, as far as terms show"]
        names = self.names({row[side] for row in found for side in "ab"})
        return [
            "The same in other words:",
            *(
                f"- {row['rewrite']}, probability {row['probability']:.2f}:"
                f" {names[row['b' if row['a'] == identifier else 'a']]}"
                for row in found
            ),
        ]

    def rewrite(self, identifier: str) -> str:
        item = self.row("rewrite", identifier)
        sides = {"a": item["a"], "b": item["b"]}
        names, texts = self.names(set(sides.values())), self.texts(set(sides.values()))
        lines = [
            identifier,
            f"The same in other words: probability {item['probability']:.2f}; likeness of their"
            f" terms {item['cosine']:.2f}, weight of those shared {item['shared']:.0f}",
            *(f"{side}: {names[sides[side]]} ({sides[side]})" for side in "ab"),
            "Both have, the rarest first:",
        ]
        for term in sorted(item["terms"], key=lambda t: (-t["weight"], t["a_start"])):
            told = []
            for side in "ab":
                start, end = term[f"{side}_start"], term[f"{side}_end"]
                told.append(f"{side} [{start}:{end}] “{_around(texts[sides[side]], start, end)}”")
            lines.append(f"- weight {term['weight']:.1f}: {'; '.join(told)}")
        return _joined(lines)

    def match(self, identifier: str) -> str:
        item = self.row("match", identifier)
        sides = {"a": item["a"], "b": item["b"]}
        names, texts = self.names(set(sides.values())), self.texts(set(sides.values()))
        lines = [
            identifier,
            f"Match, {_kind(item)}, {count(item['words'], 'equal word')},"
            f" resemblance {item['resemblance']:.2f}",
        ]
        for side, other in (("a", "b"), ("b", "a")):
            share = f"{percent(item[f'containment_{side}'])} of its words stand in {other}"
            lines.append(f"{side}: {names[sides[side]]} ({sides[side]}); {share}")
        for number, span in enumerate(item["spans"], 1):
            lines.append(f"Passage {number}, {count(span['words'], 'equal word')}:")
            quoted = {}
            for side in "ab":
                start, end = span[f"{side}_start"], span[f"{side}_end"]
                quoted[side] = texts[sides[side]][start:end]
                lines.append(f"  {side} [{start}:{end}] “{visible(quoted[side])}”")
            lines += _differences(quoted["a"], quoted["b"])
        for side in "ab":
            spans = [(s[f"{side}_start"], s[f"{side}_end"]) for s in item["spans"]]
            lines += _uncovered(side, texts[sides[side]], spans)
        return _joined(lines)

    def group(self, identifier: str) -> str:
        where = pc.field("group") == identifier
        columns = ("article", "size", "joined", "match", "diameter")
        members = list(rows(self.scan.groups, columns, where, most=MEMBERS))
        size, diameter = members[0]["size"], members[0]["diameter"]
        ids = {m[key] for m in members for key in ("article", "joined") if m[key]}
        names = self.names(ids)
        joining = {m["match"] for m in members if m["match"]}
        wanted = ("a", "kind", "containment_a", "containment_b")
        matches = lookup(self.scan.matches, "match", joining, wanted)
        lines = [
            identifier,
            f"Group of {count(size, 'version')}; at most {count(diameter, 'match', 'matches')}"
            " between two of them",
        ]
        for m in members:
            lines.append(f"- {names[m['article']]} ({m['article']})")
            if m["joined"] is None:
                continue
            row = matches.get(m["match"])
            told = f"  joined to {names[m['joined']]} by {m['match']}"
            if row:
                mine, other = ("a", "b") if row["a"] == m["article"] else ("b", "a")
                told += (
                    f", {words.joined(row['kind'])}: {percent(row[f'containment_{mine}'])} of it"
                    f" stands there, {percent(row[f'containment_{other}'])} of that in it"
                )
            lines.append(told)
        if size > len(members):
            lines.append(f"- and {size - len(members):,} more: see the groups")
        return _joined(lines)

    def passage(self, identifier: str) -> str:
        item = self.row("passage", identifier)
        carriers = [place["article"] for place in item["places"]]
        names = self.names({item["first"], *carriers})
        meaning = {
            "furniture": "Furniture of an outlet, left out of the matches",
            "stock": "Stock paragraph of unrelated articles, left out of the matches",
        }
        when = f", {item['published']:%Y-%m-%d %H:%M}" if item["published"] else ""
        first = "First appears in" if when else "Without dates; first listed in"
        lines = [
            identifier,
            f"{meaning.get(item['kind'], 'Passage')}: {count(item['words'], 'word')}, in"
            f" {count(item['articles'], 'article')} of {count(item['outlets'], 'outlet')}",
            f"“{visible(item['text'])}”",
            f"{first} {names[item['first']]} ({item['first']})",
            "Carriers:",
        ]
        for place in item["places"]:
            where = f"[{place['start']}:{place['end']}]"
            lines.append(f"- {names[place['article']]} {where} ({place['article']})")
        if item["articles"] > len(carriers):
            lines.append(f"- and {item['articles'] - len(carriers):,} more")
        return _joined(lines)

    def pair(self, name: str) -> str:
        columns = self.scan.outlets.schema.names
        where = among("outlet", _outlets_like(self.scan, name))
        found = rows(self.scan.outlets, columns, where)
        item = next(r for r in found if pair_name(r["outlet"], r["other"]) == name)
        lines = [name, *_shares(item)]
        where = (pc.field("outlet") == item["other"]) & (pc.field("other") == item["outlet"])
        back = next(rows(self.scan.outlets, columns, where), item)
        if back["outlet"] != item["outlet"]:
            lines += ["The other way:", *_shares(back)]
        return _joined(lines)

    def outlet(self, name: str) -> str:
        outlets = [o for o in _outlets_like(self.scan, name) if _outlet_name(o) == name]
        where = among("outlet", outlets)
        found = list(rows(self.scan.outlets, self.scan.outlets.schema.names, where))
        lines = [name]
        for row in found[:MEMBERS]:
            lines += [f"- {pair_name(row['outlet'], row['other'])}", *_shares(row, "  ")]
        if len(found) > MEMBERS:
            lines.append(f"- and {len(found) - MEMBERS:,} more: see the outlets")
        return _joined(lines)


def _around(text: str, start: int, end: int) -> str:
    """Quote a word with what stands beside it."""
    low, high = max(0, start - AROUND), min(len(text), end + AROUND)
    return f"{'…' if low else ''}{visible(text[low:high])}{'…' if high < len(text) else ''}"


def _kind(row: Row) -> str:
    verified = "versions of one text" if row["verified"] else "a passage shared and no more"
    return f"{words.joined(row['kind'])}, {verified}"


def _differences(a: str, b: str) -> list[str]:
    """Tell the words of each side that the other has not."""
    left, right, _ = differing(a, b)
    lines = []
    for side, text, spans in (("a", a, left), ("b", b, right)):
        if spans:
            told = ", ".join(f"‘{visible(text[s:e])}’" for s, e in spans[:DIFFERENCES])
            more = f" and {len(spans) - DIFFERENCES} more" if len(spans) > DIFFERENCES else ""
            lines.append(f"  only {side} has {told}{more}")
    return lines


def _uncovered(side: str, text: str, spans: list[tuple[int, int]]) -> list[str]:
    """Tell the stretches of a text, with words in them, that no passage covers."""
    gaps, at = [], 0
    for start, end in (*sorted(spans), (len(text), len(text))):
        if any(c.isalnum() for c in text[at:start]):
            gaps.append((at, start))
        at = max(at, end)
    if not gaps:
        return [f"Not covered of {side}: nothing"]
    lines = [f"Not covered of {side}:"]
    return [*lines, *(f"  [{s}:{e}] “{short(text[s:e], GAP)}”" for s, e in gaps)]


def _shares(row: Row, indent: str = "") -> list[str]:
    outlet, other = (visible(words.outlet(row[k])) for k in ("outlet", "other"))
    return [
        f"{indent}{count(row['articles'], 'article')} of {outlet}, {percent(row['share'])} of all"
        f" its articles, share text with {other}",
        f"{indent}In time: {words.order(row['later'], row['earlier'], row['median_lag'])}",
    ]


def _joined(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"
