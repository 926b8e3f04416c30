"""Times as the desk stores them: whole microseconds since 1970 in UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import overload

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNIT = timedelta(microseconds=1)


@overload
def stored(moment: datetime) -> int: ...
@overload
def stored(moment: None) -> None: ...
@overload
def stored(moment: datetime | None) -> int | None: ...
def stored(moment: datetime | None) -> int | None:
    """Return a time as it is stored, none as none; one without a zone counts as UTC."""
    if moment is None:
        return None
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (known - _EPOCH) // _UNIT


@overload
def shown(microseconds: int) -> datetime: ...
@overload
def shown(microseconds: None) -> None: ...
@overload
def shown(microseconds: int | None) -> datetime | None: ...
def shown(microseconds: int | None) -> datetime | None:
    """Return a stored time, none as none."""
    return None if microseconds is None else _EPOCH + microseconds * _UNIT


def now() -> int:
    """Return this moment as it is stored."""
    return stored(datetime.now(UTC))
