"""The pages: what people read."""

from retold.web.pages import (
    articles,
    decisions,
    feeds,
    login,
    machine,
    outlets,
    runs,
    search,
    seen,
    stories,
)

ROOMS = (stories, articles, outlets, search, seen, decisions, feeds, runs, login, machine)
"""Modules with a ``router`` each."""
