"""Sites that share marks which few have, and how rare these are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from retold.fetch.marks import Fingerprint
from retold.fetch.services import OWNED


@dataclass(frozen=True, slots=True)
class Shared:
    """A mark that several sites have and few others."""

    mark: Fingerprint
    sites: tuple[str, ...]
    """All that have it, sorted."""
    known: int
    """Sites of which marks are known."""

    @property
    def share(self) -> float:
        """Return the share of sites that have it."""
        return len(self.sites) / self.known

    @property
    def owned(self) -> bool:
        """Whether it is a mark that a service gives out to one owner."""
        return self.mark.kind in OWNED


@dataclass(frozen=True, slots=True)
class Kin:
    """A site that shares rare marks with another."""

    site: str
    shared: tuple[Shared, ...]
    """The most telling first."""


def kin(site: str, shared: Sequence[Shared]) -> list[Kin]:
    """Return the sites that share rare marks with one, those with the most telling first."""
    found: defaultdict[str, list[Shared]] = defaultdict(list)
    for item in shared:
        if site in item.sites:
            for other in item.sites:
                if other != site:
                    found[other].append(item)
    made = [Kin(other, tuple(sorted(items, key=_telling))) for other, items in found.items()]
    return sorted(made, key=lambda k: (not k.shared[0].owned, -len(k.shared), k.site))


def _telling(item: Shared) -> tuple[bool, int, Fingerprint]:
    return not item.owned, len(item.sites), item.mark
