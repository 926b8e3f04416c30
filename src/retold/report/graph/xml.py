"""What both forms in XML need."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from retold.report.export.tei import legal
from retold.report.graph.dot import plain
from retold.report.graph.values import Field, Value


def put(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """Append an element of its parent's namespace; ``attr__name`` is written ``attr.name``."""
    space = etree.QName(parent).namespace
    element = etree.SubElement(parent, f"{{{space}}}{name}")
    for key, value in attributes.items():
        element.set(key.replace("__", ".").rstrip("_"), legal(value))
    if text:
        element.text = legal(text)
    return element


def told(fields: Iterable[Field], values: Mapping[str, Value]) -> Iterable[tuple[str, str]]:
    """Yield name and value, as text, of each field that is known."""
    for field in fields:
        if field.name in values:
            yield field.name, plain(values[field.name])


def document(root: etree._Element) -> bytes:
    """Return the document."""
    text: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return text
