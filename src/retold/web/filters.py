"""How templates show what the desk holds; every text of an article becomes harmless here."""

from __future__ import annotations

from datetime import UTC, datetime

from markupsafe import Markup

from retold.labels import count
from retold.report.html.context import percent
from retold.report.html.naming import day, link, moment, shown, visible


def when(value: datetime | None, missing: str = "no date") -> Markup:
    """Return a time that programs can read too."""
    if value is None:
        return Markup("{}").format(missing)
    utc = value.astimezone(UTC)
    stamp = utc.isoformat(timespec="seconds").replace("+00:00", "Z")
    return Markup('<time datetime="{}">{}</time>').format(stamp, moment(utc))


FILTERS = {
    "shown": shown,  # text, each invisible control in a box
    "visible": lambda text: " ".join(visible(text).split()),  # the same, for attributes
    "link": link,  # an address if it may be linked to, else nothing
    "when": when,
    "day": day,
    "percent": percent,
    "counted": count,
}
