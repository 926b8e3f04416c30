"""XML from strangers: no entities, no DTD, no network, bounded depth and size, mended where broken.

What is declared in a DTD never counts: the declaration is cut off before anything is parsed, so
that neither bombs of entities nor external ones can be. Names of characters as HTML has them are
written out instead, which is what feeds mean by them.
"""

from __future__ import annotations

import html.entities
import re
from typing import Any

from retold.read.decode import decode
from retold.read.stream import as_utf8, head

_DECLARED = re.compile(r"\s*<\?xml\b[^<>]{0,300}?\?>")
_ENCODING = re.compile(rb"^\s*<\?xml\b[^<>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})[\"']")
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s*(?:<!--.{0,20000}?-->|<\?(?!xml\s).{0,2000}?\?>)", re.DOTALL)
_NAMED = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,30});|(?!#))")
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_MOST_PROLOGUE = 50


def text(data: bytes, charset: str = "") -> str:
    """Return the characters of a document: by its byte order mark, its server, or its own word."""
    first, stream = head(iter([data]), 64)
    stream, marked = as_utf8(first, stream)
    data = b"".join(stream)
    declared = _ENCODING.match(data[:300])
    own = declared[1].decode("ascii") if declared else ""
    return decode(data, "" if marked else own or charset).text


def tree(markup: str) -> Any | None:
    """Return the root element of a document, mended; None where there is none.

    The parser stops where elements lie deeper than 256 or a text is longer than ten million bytes;
    what came before is kept.
    """
    from lxml import etree

    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(plain(markup).encode(), parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def plain(markup: str) -> str:
    """Return a document without its prologue, names of characters and bare ampersands."""
    return _NAMED.sub(_written, _ILLEGAL.sub("", _body(markup)))


def begins(markup: str) -> str:
    """Return the name of the first element, in lower case without prefix; empty where none is."""
    match = re.match(r"\s*<([A-Za-z][\w.:-]{0,60})", _body(markup))
    return match[1].rpartition(":")[2].casefold() if match else ""


def local(node: Any) -> str:
    """Return an element's name without its namespace; empty for anything else."""
    if not isinstance(node.tag, str):
        return ""
    return node.tag.rpartition("}")[2].rpartition(":")[2].casefold()


def _body(markup: str) -> str:
    """Take off the XML declaration, comments and DOCTYPE that stand before the first element."""
    markup = markup.lstrip("\ufeff")
    place = match.end() if (match := _DECLARED.match(markup)) else 0
    for _ in range(_MOST_PROLOGUE):
        if match := _PROLOGUE.match(markup, place):
            place = match.end()
            continue
        start = (
            place + len(markup[place : place + 4000]) - len(markup[place : place + 4000].lstrip())
        )
        if not _DOCTYPE.match(markup, start):
            break
        place = _behind_doctype(markup, start)
    return markup[place:]


def _behind_doctype(markup: str, start: int) -> int:
    """Return where a DOCTYPE ends: behind its ``>``, which may stand behind declarations in []."""
    close, inner = markup.find(">", start), markup.find("[", start)
    if inner < 0 or (0 <= close < inner):
        return close + 1 if close >= 0 else len(markup)
    end = re.compile(r"\]\s*>").search(markup, inner)
    return end.end() if end else len(markup)


def _written(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return "&amp;"
    if name in _OWN:
        return match[0]
    found = html.entities.html5.get(f"{name};", "")
    return "".join(f"&#{ord(c)};" if c in "<>&" else c for c in found) or f"&amp;{name};"
