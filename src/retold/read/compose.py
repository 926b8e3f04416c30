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


def compose(raw: Raw, source: str, config: ReadConfig) -> Article | Rejected:
    """Clean the fields of a record and make the article, or say why it cannot be one."""
    if not raw.text.strip() and raw.html.strip():
        from retold.read.page import read_page

        raw = read_page(raw, config)
        if not raw.text.strip():
            return _no_body(raw, source)
    elif _looks_like_markup(raw.text):
        from retold.read.page import fragment_text

        raw = replace(raw, text=fragment_text(raw.text))
    if len(raw.text) > config.max_text_characters:
        return Rejected(
            source,
            Reason.TOO_LARGE,
            f"Its text has {len(raw.text):,} characters, more than the "
            f"{config.max_text_characters:,} that one article may have. If the file holds many "
            "articles, split it: one a file, or one a line as JSONL.",
        )
    cleaned = clean(raw.text)
    if not cleaned.text.strip():
        return Rejected(source, Reason.EMPTY, "It holds no text. Remove it, or add the text.")
    raw = _clean_fields(replace(raw, remarks=(*raw.remarks, *cleaned.remarks)))
    return _article(raw, cleaned.text, source, config)


def _article(raw: Raw, text: str, source: str, config: ReadConfig) -> Article | Rejected:
    cleared = furniture.clear(paragraphs(text, config, wrapped=not raw.extractor))
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
    final = "\n\n".join(body)
    remarks = list(raw.remarks)
    told = language.code(config.assume_language or raw.language)
    if not told:
        told, remark = language.detect(final, config)
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
    outlet = raw.outlet or _host(raw.url)
    return Article(
        id=article_id(final, raw.title, outlet, raw.url, raw.byline, published.moment),
        text=final,
        title=raw.title,
        outlet=outlet,
        byline=raw.byline,
        url=raw.url,
        language=told,
        published=published.moment,
        published_source=raw.published_source if published.moment else "",
        fetched=fetched.moment,
        extractor=raw.extractor or PLAIN,
        source=source,
        cuts=cuts,
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


def _clean_fields(raw: Raw) -> Raw:
    def line(value: str) -> str:
        return " ".join(clean(value).text.split())

    byline = line(raw.byline)
    if byline[:3].casefold() == "by ":
        byline = byline[3:].strip()
    outlet = line(raw.outlet)
    if "://" in outlet:
        outlet = _host(outlet)
    return replace(raw, title=line(raw.title), outlet=outlet, byline=byline, url=line(raw.url))


def _host(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _looks_like_markup(text: str) -> bool:
    """Say whether a record's text is a piece of HTML: two block tags or more."""
    low = text[:20_000].casefold()
    return (
        sum(low.count(tag) for tag in ("<p>", "<p ", "</p>", "<br", "<div", "</h2>", "</li>")) >= 2
    )


def _words(body: list[str]) -> int:
    return sum(len(paragraph.split()) for paragraph in body)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return f"“{text}”" if len(text) <= 60 else f"“{text[:59]}…”"
