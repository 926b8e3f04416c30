"""Markdown with or without front matter to plain text. Only marks around words are taken out."""

from __future__ import annotations

import re
from typing import Any

from retold.read.normal import without_comments

_KEY = re.compile(r"([A-Za-z][\w .:-]{0,40}?)\s*:\s*(.*)")
_ITEM = re.compile(r"\s*-\s+(.*)")
_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_RULE = re.compile(r"(?:[-*_] ?){3,}")
_QUOTE = re.compile(r"^(?:> ?)+")
_BULLET = re.compile(r"^[-*+]\s+(?=\S)")
_IMAGE = re.compile(
    r"!\[[^\[\]]{0,500}\](?:\([^()\s]{0,2000}(?: \"[^\"]{0,500}\")?\)|\[[^\[\]]{0,200}\])"
)
_LINK = re.compile(
    r"\[([^\[\]]{1,500})\](?:\([^()\s]{0,2000}(?: \"[^\"]{0,500}\")?\)|\[[^\[\]]{0,200}\])"
)
_AUTOLINK = re.compile(r"<(https?://[^<>\s]{1,2000})>")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,1000}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*_])([*_])(?=[^\s*_])([^*_]{1,1000}?)(?<=[^\s*_])\1(?![\w*_])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|-])")
_MOST_FRONT = 200
"""Lines of front matter at most."""


def front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Split off front matter between ``---`` lines: keys with plain values or lists of them.

    Returns the fields and the text after it; no fields where the text has no front matter.
    """
    lines = text.split("\n")
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[start].strip() != "---":
        return {}, text
    limit = min(len(lines), start + _MOST_FRONT)
    end = next((i for i in range(start + 1, limit) if lines[i].strip() in {"---", "..."}), None)
    if end is None:
        return {}, text
    fields: dict[str, Any] = {}
    key = ""
    for line in lines[start + 1 : end]:
        if key and (item := _ITEM.fullmatch(line)):
            held = fields[key]
            fields[key] = [*(held if isinstance(held, list) else []), _value(item[1])]
        elif (pair := _KEY.fullmatch(line.rstrip())) and not line[0].isspace():
            key = pair[1]
            fields[key] = _value(pair[2])
    if not fields:
        return {}, text
    return fields, "\n".join(lines[end + 1 :])


def _value(text: str) -> Any:
    text = text.strip()
    if len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    if text.startswith("[") and text.endswith("]"):
        return [_value(part) for part in text[1:-1].split(",") if part.strip()]
    return text


def plain(text: str) -> tuple[str, str]:
    """Return the first heading of level 1, where it opens the text, and the text without marks.

    Links keep their words, images go, headings become lines of their own.
    """
    title = ""
    out: list[str] = []
    fenced = False
    texts = 0
    for line in without_comments(text).split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
            continue
        stripped = line.strip()
        if _UNDERLINE.fullmatch(stripped) and out and out[-1].strip() and not fenced:
            if stripped[0] == "=" and not title and texts == 1:
                title = out.pop().strip()
            out.append("")
            continue
        if _RULE.fullmatch(stripped):
            out.append("")
            continue
        if (heading := _HEADING.fullmatch(stripped)) and not fenced:
            words = _inline(heading[2])
            if len(heading[1]) == 1 and not title and not texts:
                title = words
            else:
                out += ["", words, ""]
                texts += 1
            continue
        texts += bool(stripped)
        out.append(_inline(_BULLET.sub("", _QUOTE.sub("", line.strip(), count=1), count=1)))
    return title, "\n".join(out)


def _inline(text: str) -> str:
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _AUTOLINK.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    return _ESCAPE.sub(r"\1", text)
