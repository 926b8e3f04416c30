"""The dossier as JSON, back again, and the JSON Schema of what is written."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from retold.errors import DossierError
from retold.model import SCHEMA, Dossier

SCHEMA_ID = f"https://retold.example/schema/dossier-{SCHEMA}.json"
"""Names the schema; nothing is fetched from there."""


@cache
def _adapter() -> TypeAdapter[Dossier]:
    return TypeAdapter(Dossier)


def dumps(dossier: Dossier, indent: int | None = 1) -> str:
    """Return the dossier as JSON, non-ASCII text as it is, with a final newline."""
    return _adapter().dump_json(dossier, indent=indent).decode() + "\n"


def loads(text: str | bytes) -> Dossier:
    """Return the dossier that ``text`` holds.

    Raises:
        DossierError: it is no JSON, or not a dossier of this schema.
    """
    try:
        return _adapter().validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = "/".join(str(part) for part in first["loc"]) or "the top level"
        raise DossierError(
            f"not a dossier of schema {SCHEMA}: {first['msg']} at {where};"
            " write one with `retold compare PATH... --json FILE`"
        ) from None


def load(path: Path) -> Dossier:
    """Return the dossier in a file.

    Raises:
        DossierError: the file cannot be read or holds no dossier; the message names it.
    """
    try:
        return loads(path.read_bytes())
    except OSError as error:
        raise DossierError(f"{path}: cannot be read ({error.strerror}); check the path") from None
    except DossierError as error:
        raise DossierError(f"{path}: {error}") from None


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of what :func:`dumps` writes."""
    made = _adapter().json_schema(mode="serialization")
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Dossier",
    }
    return head | {key: value for key, value in made.items() if key not in head}


def schema_text() -> str:
    """Return the schema as it is published."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
