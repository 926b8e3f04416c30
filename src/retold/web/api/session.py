"""Who asks."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from retold.desk.people import Role
from retold.web.visiting import TheVisit

router = APIRouter(prefix="/api/v1/session", tags=["session"])


@dataclass(frozen=True, slots=True)
class Session:
    """Who asks, and what a browser's requests must carry."""

    name: str
    role: Role
    csrf: str
    """For the header `X-CSRF-Token` of requests that change something, where no token is sent."""


@router.get("")
def session(visit: TheVisit) -> Session:
    """Say who asks."""
    assert visit.person is not None
    return Session(visit.person.name, visit.person.role, visit.csrf)
