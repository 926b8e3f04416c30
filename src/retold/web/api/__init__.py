"""The JSON API: everything that a page shows. Its values are the desk's own dataclasses."""

from retold.web.api import (
    articles,
    decisions,
    exports,
    feeds,
    outlets,
    runs,
    search,
    seen,
    session,
    status,
    stories,
)

ROOMS = (
    *(session, status, stories, articles, outlets),
    *(search, seen, decisions, feeds, runs, exports),
)
"""Modules with a ``router`` each."""
