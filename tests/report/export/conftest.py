"""Dossiers for the exports: the page's own, and two that carry what files trip over."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from retold.model import Dossier
from tests.report.html import fiction, piles

DOSSIERS: dict[str, Callable[[], Dossier]] = {
    "plain": piles.dossier,
    "hostile": piles.hostile,
    "wide": lambda: piles.wide(12, 6),
    "empty": lambda: Dossier(fiction.run(), (), (), ()),
}


@pytest.fixture(params=DOSSIERS)
def dossier(request: pytest.FixtureRequest) -> Dossier:
    return DOSSIERS[request.param]()


@pytest.fixture
def plain() -> Dossier:
    return piles.dossier()


@pytest.fixture
def two_stories() -> Dossier:
    one, other = piles.dossier(), piles.wide(3, 4)
    return dataclasses.replace(
        one, articles=(*one.articles, *other.articles), stories=(*one.stories, *other.stories)
    )
