"""Who carries whose text, as a graph for other programs."""

from __future__ import annotations

from retold.report.graph.values import Field, Graph, Link, Node, Value
from retold.report.outlets.values import Carriage, Outlets

NODE_FIELDS = (
    Field("articles", int, "Articles of the outlet."),
    Field("collected", bool, "False for an agency whose reports nobody collected."),
)
LINK_FIELDS = (
    Field("articles", int, "Articles of the target with text of the source."),
    Field("of_all", float, "The same by all articles of the target."),
    Field("share", float, "Median share of such an article's words that the source accounts for."),
    Field("median_lag", float, "Median of hours from the source to the article."),
    Field("sure", float, "How sure the direction is, 0 to 1."),
    Field("undecided", int, "How many of the articles have no decided source, or no times."),
    Field("stories", int, "In how many stories; left out for a scan."),
)


def outlet_graph(found: Outlets) -> Graph:
    """Return the graph; links lead from an outlet to the one that carries its text."""
    names = {o.name: f"o{n}" for n, o in enumerate(found.outlets, 1)}
    nodes = tuple(
        Node(
            names[o.name],
            o.name,
            {"articles": o.articles, "collected": o.collected}
            if o.collected
            else {"collected": False},
            faint=not o.collected,
        )
        for o in found.outlets
    )
    links = tuple(_link(c, names) for c in found.carried)
    title = "Who carries whose text"
    return Graph(title, (title,), nodes, links, NODE_FIELDS, LINK_FIELDS, (note(found),))


def note(found: Outlets) -> str:
    """Return what the direction of a link rests on."""
    if found.by_time:
        return (
            "Links lead to the outlet whose versions mostly appeared later: the order of"
            " publication, no proof of who took it from whom."
        )
    return (
        "Links lead from an outlet to the one that took its text, by the stemmata of the stories."
    )


def _link(carried: Carriage, names: dict[str, str]) -> Link:
    told: dict[str, Value | None] = {
        "articles": carried.articles,
        "of_all": carried.of_all,
        "share": carried.share,
        "median_lag": carried.lag,
        "sure": carried.sure,
        "undecided": carried.undecided,
        "stories": carried.stories or None,
    }
    return Link(
        names[carried.source],
        names[carried.outlet],
        min(1.0, carried.of_all),
        f"{carried.articles}",
        {name: value for name, value in told.items() if value is not None},
        faint=not directed(carried),
    )


def directed(carried: Carriage) -> bool:
    """Say whether it is more probable than not that the text went this way."""
    return carried.sure is not None and carried.sure > 0.5
