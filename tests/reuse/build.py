"""Invented texts, copies with planted edits, and documents made of them."""

from __future__ import annotations

from random import Random

from retold.model import (
    Article,
    Aside,
    AsideKind,
    Document,
    NameKind,
    NameMention,
    Span,
    article_id,
)

SYLLABLES = ("bra", "kes", "tor", "lum", "vek", "dri", "sol", "mar", "pen", "quo", "zil", "hax")


def word(random: Random) -> str:
    """An invented word."""
    return "".join(random.choice(SYLLABLES) for _ in range(random.randint(2, 4)))


def prose(random: Random, count: int) -> list[str]:
    """Invented words, as many as asked for."""
    return [word(random) for _ in range(count)]


def edited(random: Random, text: list[str], rate: float) -> list[str]:
    """A copy in which a share of the words is replaced, dropped or joined by a new one."""
    copy: list[str] = []
    for each in text:
        chance = random.random()
        if chance >= rate:
            copy.append(each)
        elif chance < rate / 3:
            copy.append(word(random))
        elif chance < 2 * rate / 3:
            copy.extend((each, word(random)))
    return copy


def document(
    text: str, *, outlet: str = "", asides: tuple[str, ...] = (), names: tuple[str, ...] = ()
) -> Document:
    """A document with the given stretches marked as asides or names where they first stand."""
    article = Article(article_id(text, outlet=outlet), text, outlet=outlet)

    def span(part: str) -> Span:
        start = text.index(part)
        return Span(article.id, start, start + len(part))

    return Document(
        article,
        asides=tuple(Aside(span(part), AsideKind.CAPTION) for part in asides),
        names=tuple(NameMention(span(part), NameKind.PERSON, part) for part in names),
    )


def numbered(first: int, count: int) -> list[int]:
    """Words of a kernel: ``count`` distinct numbers; the first two numbers are no word's."""
    return list(range(first + 10, first + 10 + count))


def runs_of(words: list[int], n: int) -> list[list[int]]:
    """All runs of ``n`` words, in order."""
    return [words[k : k + n] for k in range(len(words) - n + 1)]
