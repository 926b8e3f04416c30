"""What the routes of the API share."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import FastAPI, Path, Query
from fastapi.openapi.utils import get_openapi

from retold.desk import Desk
from retold.desk.values import ArticleRow
from retold.web.problems import JSON
from retold.web.visiting import missing

Cursor = Annotated[str | None, Query(max_length=4000, description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=200, description="Items of the page, at most.")]
Text = Annotated[str, Query(max_length=500)]
Moment = Annotated[datetime | None, Query(description="Without a zone it is in UTC.")]
Number = Annotated[int, Path(ge=1, lt=2**63)]
Key = Annotated[str, Path(max_length=100, description="The number or the id of an article.")]


def article_of(desk: Desk, key: str) -> ArticleRow:
    """Return the article with a number or an id.

    Raises:
        HTTPException: there is none (404).
    """
    number = key.isascii() and key.isdigit() and len(key) < 20
    found = desk.article(int(key) if number else key)
    if found is None:
        raise missing("article")
    return found


PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Problem details, as RFC 9457 has them.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "const": "about:blank"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "description": "The places of the request that are off.",
            "items": {
                "type": "object",
                "required": ["where", "why"],
                "properties": {"where": {"type": "string"}, "why": {"type": "string"}},
            },
        },
    },
}


def plain(schema: Any) -> Any:
    """Return a schema in which tuples of one type are lists of so many, as more clients know."""
    if isinstance(schema, list):
        return [plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    told = {name: plain(part) for name, part in schema.items()}
    first, *rest = told.get("prefixItems") or [None]
    if first is not None and all(other == first for other in rest):
        del told["prefixItems"]
        told["items"] = first
    return told


def describe(app: FastAPI) -> None:
    """Let the description of the API tell of its one shape of errors."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            told = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
            )
            schemas = told["components"]["schemas"]
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
            schemas["Problem"] = PROBLEM
            told["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            told["security"] = [{"token": []}, {}]
            content = {JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
            for path in told["paths"].values():
                for operation in path.values():
                    operation["responses"].pop("422", None)
                    operation["responses"]["default"] = {
                        "description": "It could not be done.",
                        "content": content,
                    }
            app.openapi_schema = plain(told)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]
