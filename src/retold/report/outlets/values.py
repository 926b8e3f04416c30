"""Who carries whose text, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One article that took its text from another."""

    edge: str
    """Id in the dossier; ``retold explain`` shows what stands behind it."""
    story: str
    title: str
    source: str
    """The headline of the article that it took from; empty for one that nobody collected."""
    probability: float
    share: float
    lag: float | None
    """Hours from the source to it; None where either has no time."""
    decided: bool


@dataclass(frozen=True, slots=True)
class Carriage:
    """What one outlet carries of another."""

    outlet: str
    source: str
    articles: int
    """Articles of ``outlet`` that have text of ``source``."""
    of_all: float
    """The same by all articles of ``outlet``, 0 to 1."""
    share: float | None
    """Median share of the words of such an article that the source accounts for; None where only
    the numbers of articles are known."""
    lag: float | None
    """Median of hours from the source to the article; None without times."""
    sure: float | None
    """How sure the direction is. In a dossier the mean probability of the derivations; in a scan
    the share of the articles with an order in time that came later. None where nothing tells."""
    undecided: int
    """How many of the articles have no decided source, or no order in time."""
    stories: int
    """In how many stories, or 0 where that is not known."""
    cases: tuple[Case, ...] = ()
    """The articles, the surest first."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet, or an agency whose reports nobody collected."""

    name: str
    articles: int
    collected: bool = True


@dataclass(frozen=True, slots=True)
class Outlets:
    """Who carries whose text."""

    outlets: tuple[Outlet, ...]
    """By name; only those that carry, or are carried."""
    carried: tuple[Carriage, ...]
    """Most articles first."""
    by_time: bool
    """Whether direction rests on times alone, as in a scan, and not on the texts."""
    stories: int
    """Stories, or groups of a scan, of several versions."""
    unnamed: int
    """Articles that name no outlet and are left out."""
