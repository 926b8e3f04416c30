"""Who took it from whom, in every story of a dossier, as one graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count

from retold.model import Dossier, Edge, Stemma, Tradition
from retold.report.export.told import Told, told, utc
from retold.report.graph.values import Field, Graph, Link, Node, Value
from retold.report.html.naming import link as may_be_link

NODE_FIELDS = (
    Field("story", int, "Number of the story."),
    Field("kind", str, "`version`, or `hypothetical` for a source that nobody collected."),
    Field("siglum", str, "The letter of the version, the same as on the page."),
    Field("outlet", str, "Who published it."),
    Field("title", str, "Its headline."),
    Field("published", str, "When, in UTC; left out where no date was found."),
    Field("article", str, "Id in the dossier: of the article, or of the hypothetical ancestor."),
    Field("url", str, "Its address."),
    Field("agency", str, "The agency that the descendants of an unseen source credit."),
    Field("probability", float, "That an unseen source existed."),
    Field("explanation", str, "Why an unseen source is supposed."),
    Field("derivation", str, "METER's class: how far the version derives from its sources."),
    Field("derivation_probability", float, "That it does."),
    Field("own", float, "Share of its words that it has from none of them, 0 to 1."),
    Field("root", bool, "Whether it derives from none of the others."),
    Field("root_probability", float, "That it does not, where it is a root."),
    Field("root_decided", bool, "Whether that is decided."),
    Field("runner_up", str, "Of a root: the id of the node that it next most probably took from."),
    Field("runner_up_probability", float, "That it did."),
)
LINK_FIELDS = (
    Field("edge", str, "Id in the dossier; `retold explain` shows what stands behind it."),
    Field("probability", float, "That the target took its text from the source."),
    Field("share", float, "Share of the target's words that the source accounts for."),
    Field("decided", bool, "Whether the evidence decides for this source against the runner-up."),
    Field("contamination", bool, "Whether the target draws on another source more than on this."),
    Field("runner_up", str, "Id of the next most probable source; `none` for none of these."),
    Field("runner_up_probability", float, "Its probability."),
    Field("evidence", str, "The reasons, each with its kind and its weight in nats."),
)
NOTE = "Links lead from the source of a text to the version that took it."


@dataclass(frozen=True, slots=True)
class Version:
    """What a graph tells of one version."""

    label: str
    values: Mapping[str, Value]
    href: str = ""


def stemma_graph(dossier: Dossier) -> Graph:
    """Return the stemmata of all stories of several versions."""
    stories = told(dossier)
    nodes: list[Node] = []
    links: list[Link] = []
    notes = [NOTE]
    for story in stories:
        one = graph_of(story.story.stemma, _versions(story), story.number)
        nodes += one.nodes
        links += one.links
        notes += one.notes[1:]
    titles = tuple(f"Story {s.number}: {' '.join(s.title.split())}" for s in stories)
    return Graph(
        "Who took it from whom",
        titles,
        tuple(nodes),
        tuple(links),
        NODE_FIELDS,
        LINK_FIELDS,
        tuple(notes),
    )


def _versions(story: Told) -> dict[str, Version]:
    found = {}
    makeup = {m.article: m for m in story.story.makeup}
    for article, witness in story.versions.items():
        values: dict[str, Value] = {
            "siglum": witness.siglum,
            "outlet": witness.article.outlet,
            "title": witness.article.title,
            "published": utc(witness.article.published),
            "url": witness.article.url,
        }
        made = makeup.get(article)
        if made is not None:
            values |= {
                "derivation": made.derivation.value,
                "derivation_probability": made.probability,
                "own": made.own,
            }
        label = f"{witness.siglum} {witness.label}"
        found[article] = Version(label, values, may_be_link(witness.article.url))
    return found


def tradition_graph(tradition: Tradition) -> Graph:
    """Return the stemma of a collated text; its nodes are called by the sigla."""
    sigla = tradition.collation.witnesses
    unseen = (f"h{n}" for n in count(1))
    free = (name for name in unseen if name not in sigla)
    names = {siglum: siglum for siglum in sigla}
    names |= {h.id: name for h, name in zip(tradition.stemma.hypothetical, free, strict=False)}
    versions = {s: Version(s, {"siglum": s}) for s in sigla}
    return _graph(tradition.stemma, versions, names, 1)


def graph_of(stemma: Stemma, versions: Mapping[str, Version], number: int) -> Graph:
    """Return the stemma of a story; ``versions`` are its versions by id, in their order."""
    names = {article: f"s{number}-v{n}" for n, article in enumerate(versions, 1)}
    names |= {h.id: f"s{number}-h{n}" for n, h in enumerate(stemma.hypothetical, 1)}
    return _graph(stemma, versions, names, number)


def _graph(
    stemma: Stemma, versions: Mapping[str, Version], names: Mapping[str, str], number: int
) -> Graph:
    roots = {e.child: e for e in stemma.edges if e.parent is None}
    edges = [e for e in stemma.edges if e.child in names and e.parent in names]
    derived = {e.child for e in edges}
    nodes = []
    for article, version in versions.items():
        values = {"story": number, "kind": "version", **version.values, "article": article}
        values |= {"root": article not in derived, **_root(roots.get(article), names)}
        nodes.append(
            Node(names[article], version.label, _known(values), number - 1, href=version.href)
        )
    for h in stemma.hypothetical:
        values = {
            "story": number,
            "kind": "hypothetical",
            "article": h.id,
            "agency": h.agency,
            "probability": h.probability,
            "explanation": h.explanation,
            "root": h.id not in derived,
        }
        label = h.agency or h.label
        nodes.append(Node(names[h.id], f"? {label}", _known(values), number - 1, faint=True))
    first: dict[str, str] = {}
    for edge in sorted(edges, key=lambda e: (-e.probability, e.id)):
        first.setdefault(edge.child, edge.id)
    links = [_link(e, names, further=first[e.child] != e.id) for e in edges]
    open_ones = (f"Undecided in story {number}: {u.question}" for u in stemma.undecided)
    title = "Who took it from whom"
    return Graph(
        title,
        (title,),
        tuple(nodes),
        tuple(links),
        NODE_FIELDS,
        LINK_FIELDS,
        (NOTE, *open_ones),
    )


def _known(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value != ""}


def _root(edge: Edge | None, names: Mapping[str, str]) -> dict[str, Value]:
    if edge is None:
        return {}
    return {
        "root_probability": edge.probability,
        "root_decided": edge.decided,
        **_runner_up(edge, names),
    }


def _runner_up(edge: Edge, names: Mapping[str, str]) -> dict[str, Value]:
    rival = edge.runner_up
    if rival is None:
        return {}
    named = names.get(rival.parent or "", "none")
    return {"runner_up": named, "runner_up_probability": rival.probability}


def _link(edge: Edge, names: Mapping[str, str], *, further: bool) -> Link:
    reasons = sorted(edge.evidence, key=lambda e: -abs(e.weight))
    values = {
        "edge": edge.id,
        "probability": edge.probability,
        "share": edge.share,
        "decided": edge.decided,
        "contamination": further,
        **_runner_up(edge, names),
        "evidence": " | ".join(f"{e.kind} ({e.weight:+.2f}): {e.explanation}" for e in reasons),
    }
    return Link(
        names[str(edge.parent)],
        names[edge.child],
        edge.probability,
        f"{edge.probability:.2f}" + ("" if edge.decided else "?"),
        _known(values),
        length=max(0.0, 1 - edge.share),
        faint=not edge.decided,
        further=further,
    )
