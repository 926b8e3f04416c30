"""Pages as trees of elements."""

from typing import Any

from lxml import html as lxml_html


def parsed(page: str) -> Any:
    """Parse a page as a browser would that takes it for UTF-8."""
    parser = lxml_html.HTMLParser(encoding="utf-8")
    return lxml_html.document_fromstring(page.encode("utf-8"), parser)


def words_of(element: Any) -> str:
    """Return the text of an element and all within it, on one line."""
    return " ".join(element.text_content().split())
