"""The fields of one record to an article, or to the reason why it is none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from retold._version import __version__
from retold.model import Article, Reason, Rejected, article_id
from retold.read import dates, furniture, language, plain
from retold.read.normal import clean, paragraphs

if TYPE_CHECKING:
    from retold.config import ReadConfig
    from retold.read.fields import Raw

PLAIN = f"retold-text {__version__}"
NO_TEXT = "It holds no text. Remove it, or add the text."


def compose(raw: Raw, source: str, config: ReadConfig) -> Article | Rejected:
    """Clean the fields of a record and make the article, or say why it cannot be one."""
    made = prepare(raw, source, config)
    return made if isinstance(made, Rejected) else _article(made, source, config)


def prepare(raw: Raw, source: str, config: ReadConfig) -> Raw | Rejected:
    """Return the fields with the main text alone, or say why there is none; of any language.

    A page or a piece of HTML is turned into text; control characters go, hard-wrapped lines are
    joined, site furniture is cut, and a title and the lines before the body become fields.

    Raises:
        UnreadableError: where a page is too large.
    """
    if not raw.text.strip() and raw.html.strip():
        from retold.read.page import read_page

        raw = read_page(raw, config)
        if not raw.text.strip():
            return _no_body(raw, source)
    elif is_markup(raw.text):
        from retold.read.page import fragment_text

        raw = replace(raw, text=fragment_text(raw.text))
    if len(raw.text) > config.max_text_characters:
        return Rejected(source, Reason.TOO_LARGE, too_long(len(raw.text), config))
    cleaned = clean(raw.text)
    if not cleaned.text.strip():
        return Rejected(source, Reason.EMPTY, NO_TEXT)
    raw = _clean_fields(replace(raw, remarks=(*raw.remarks, *cleaned.remarks)))
    cleared = furniture.clear(paragraphs(cleaned.text, config, wrapped=not raw.extractor))
    raw, body = plain.read_head(raw, cleared.paragraphs, config)
    cuts = (*cleared.cuts, *raw.cuts)
    if not body or (cuts and not any(map(furniture.is_prose, body)) and _words(body) < 8):
        if cuts:
            return _no_body(replace(raw, cuts=cuts), source)
        if not body:
            return Rejected(
                source,
                Reason.EMPTY,
                f"It has a title ({_short(raw.title)}) and no text. Remove it, or add the text.",
            )
    outlet = raw.outlet or host(raw.url)
    return replace(raw, text="\n\n".join(body), outlet=outlet, cuts=cuts)


def too_long(characters: int, config: ReadConfig) -> str:
    """Return the detail of a text of so many code points, more than one article may have."""
    return (
        f"Its text has {characters:,} characters, more than the {config.max_text_characters:,} "
        "that one article may have. If the file holds many articles, split it: one a file, or one "
        "a line as JSONL."
    )


def _article(raw: Raw, source: str, config: ReadConfig) -> Article | Rejected:
    remarks = list(raw.remarks)
    told = language.code(config.assume_language or raw.language)
    if not told:
        told, remark = language.detect(raw.text, config)
        remarks += [remark] if remark else []
    if told not in config.languages and not config.assume_language:
        return Rejected(
            source,
            Reason.LANGUAGE,
            f"It is written in {language.name(told)} ({told}); Retold reads "
            f"{', '.join(map(language.name, config.languages))}. If that is wrong, say "
            f"--language {(*config.languages, 'en')[0]}.",
        )
    published = dates.parse(raw.published, "date of publication")
    fetched = dates.parse(raw.fetched, "date of fetching")
    remarks += [r for r in (published.remark, fetched.remark if not fetched.moment else "") if r]
    return Article(
        id=article_id(raw.text, raw.title, raw.outlet, raw.url, raw.byline, published.moment),
        text=raw.text,
        title=raw.title,
        outlet=raw.outlet,
        byline=raw.byline,
        url=raw.url,
        language=told,
        published=published.moment,
        published_source=raw.published_source if published.moment else "",
        fetched=fetched.moment,
        extractor=raw.extractor or PLAIN,
        source=source,
        cuts=raw.cuts,
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _no_body(raw: Raw, source: str) -> Rejected:
    if not raw.cuts:
        return Rejected(
            source,
            Reason.FURNITURE_ONLY,
            "The page holds no article text. If it shows one in a browser, a script loads it: "
            "save the page from the browser, or copy the text into a .txt file.",
        )
    kinds = ", ".join(sorted({str(cut.kind) for cut in raw.cuts}))
    return Rejected(
        source,
        Reason.FURNITURE_ONLY,
        f"Nothing but site furniture was found ({kinds}; {_short(raw.cuts[0].text)}). If there is "
        "an article, copy its text into a .txt file.",
    )


def line(value: str) -> str:
    """Return a field on one line, without control characters."""
    return " ".join(clean(value).text.split())


def named(outlet: str) -> str:
    """Return the name of an outlet: the host, where it is given as an address."""
    outlet = line(outlet)
    return host(outlet) if "://" in outlet else outlet


def _clean_fields(raw: Raw) -> Raw:
    byline = line(raw.byline)
    if byline[:3].casefold() == "by ":
        byline = byline[3:].strip()
    return replace(
        raw, title=line(raw.title), outlet=named(raw.outlet), byline=byline, url=line(raw.url)
    )


def host(url: str) -> str:
    """Return the host of an address, without "www."; empty where it has none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def is_markup(text: str) -> bool:
    """Say whether a record's text is a piece of HTML: two block tags or more."""
    if "<" not in text:
        return False
    low = text[:20_000].casefold()
    return (
        sum(low.count(tag) for tag in ("<p>", "<p ", "</p>", "<br", "<div", "</h2>", "</li>")) >= 2
    )


def _words(body: list[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in body)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= 60 else f"“{text[:59]}…”"
