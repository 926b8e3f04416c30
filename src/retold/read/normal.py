"""The text that every offset refers to: paragraphs of one line, nothing else changed."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retold.config import ReadConfig

_NEWLINES = re.compile("\r\n?|[\x0b\x0c\x1c\x1d\x1e\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f]")
_C1 = re.compile("[\x80-\x9f]")
_C1_FOLD = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}
_ENDS = re.compile(r"""[.!?:;…][)\]"'”’»]*$""")
_LISTED = re.compile(r"(?:[-*•–—]|\d{1,3}[.)])\s")
_HYPHENATED = re.compile(r"[^\W\d_]-$")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Text without what no text should hold, and what was done about it, one sentence each."""

    text: str
    remarks: tuple[str, ...]


def clean(text: str) -> Cleaned:
    r"""Make line ends ``\\n``, take control characters out and replace lone surrogates.

    The C1 controls 0x80-0x9F stand where windows-1252 was taken for Latin-1; like browsers (WHATWG
    Encoding, HTML "numeric character reference end state") they are read as windows-1252.
    """
    remarks: list[str] = []
    text = _NEWLINES.sub("\n", text)
    text, count = _CONTROLS.subn("", text)
    if count:
        remarks.append(f"{count} control characters were taken out.")
    count = len(_C1.findall(text))
    if count:
        text = text.translate(_C1_FOLD)
        remarks.append(f"{count} control characters were read as windows-1252.")
    text, count = _SURROGATES.subn("\ufffd", text)
    if count:
        remarks.append(f"{count} lone surrogates were replaced by U+FFFD.")
    return Cleaned(text.removeprefix("\ufeff"), tuple(remarks))


def without_comments(text: str) -> str:
    """Take ``<!-- ... -->`` out, in one pass; one that is never closed stays."""
    parts: list[str] = []
    place = 0
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[place:start])
        place = end + 3
    return "".join((*parts, text[place:]))


def paragraphs(text: str, config: ReadConfig, *, wrapped: bool = True) -> list[str]:
    """Split cleaned text into paragraphs of one line each, without white space at their ends.

    Where the text is hard-wrapped (and may be: ``wrapped``), lines are joined by a blank (by
    nothing after a hyphen inside a word); else every line is a paragraph.
    """
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            blocks[-1].append(stripped)
        elif blocks[-1]:
            blocks.append([])
    width = wrap_width(blocks, config) if wrapped else 0
    if not width:
        return [line for block in blocks for line in block]
    return [paragraph for block in blocks for paragraph in _unwrap(block, width)]


def wrap_width(blocks: Sequence[Sequence[str]], config: ReadConfig) -> int:
    """Return the width in code points at which blocks of lines were wrapped; 0 where they were not.

    A writer that wraps puts a word on the next line only where it does not fit. So text is wrapped
    where most line breaks fall where the next word would have gone over the width, and most lines
    stop without the end of a sentence. The width is that of the longest lines before a break, the
    longest twentieth (a title or an address of a page among them, say) left out.
    """
    breaks = [(a, b) for block in blocks for a, b in itertools.pairwise(block)]
    lengths = sorted(len(line) for line, _ in breaks if " " in line)
    if not lengths:
        return 0
    width = lengths[(19 * len(lengths) - 1) // 20]
    if width > config.max_wrap_width:
        return 0
    forced = sum(_forced(a, b, width) for a, b in breaks)
    open_ended = sum(_ENDS.search(a) is None for a, _ in breaks)
    return width if forced >= 0.7 * len(breaks) and open_ended >= 0.6 * len(breaks) else 0


def _forced(line: str, following: str, width: int) -> bool:
    """Say whether the first word of ``following`` did not fit (a ragged tenth is allowed)."""
    word = len(following.split(maxsplit=1)[0])
    ragged = width // 10
    overlong = len(line) > width + ragged and " " in line  # a line of its own, a title say
    return len(line) + 1 + word > width - ragged and not overlong


def _unwrap(block: Sequence[str], width: int) -> list[str]:
    joined: list[list[str]] = []
    for number, line in enumerate(block):
        last = block[number - 1]
        if number == 0 or _LISTED.match(line) or not _forced(last, line, width):
            joined.append([line])
            continue
        glue = "" if _HYPHENATED.search(last) and line[0].islower() else " "
        joined[-1].append(glue + line)
    return ["".join(parts) for parts in joined]
