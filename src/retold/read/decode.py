"""Bytes to text: UTF-8 where it is, by detection where it is not."""

from __future__ import annotations

from dataclasses import dataclass

_SAMPLE = 1 << 16
"""Bytes that are looked at to tell a legacy encoding."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and, where the encoding was not plain UTF-8, one sentence on what was assumed."""

    text: str
    remark: str = ""


def decode(data: bytes, declared: str = "") -> Decoded:
    """Decode bytes that carry no byte order mark.

    In order: UTF-8; UTF-8 with a few damaged bytes (replaced by U+FFFD); ``declared`` (by a page);
    windows-1252, the usual legacy encoding of English text; what charset-normalizer detects.
    """
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    patched = data.decode("utf-8", "replace")
    broken = patched.count("\ufffd")
    proper = sum(len(piece) for piece in _non_ascii(patched)) - broken
    if proper > broken:
        return Decoded(
            patched, f"{broken} bytes are not UTF-8, like the rest, and were replaced by U+FFFD."
        )
    if declared and (found := _try(data, declared)) is not None:
        return Decoded(found, f"It is not UTF-8; read as {declared}, which the page declares.")
    western = data.decode("cp1252", "replace")
    if _mostly_ascii(western):
        return Decoded(western, "It is not UTF-8; read as windows-1252.")
    name = _detect(data[:_SAMPLE])
    if name and (found := _try(data, name)) is not None:
        return Decoded(found, f"It is not UTF-8; read as {name}, which was detected.")
    return Decoded(western, "It is not UTF-8 and no encoding was detected; read as windows-1252.")


def _non_ascii(text: str) -> list[str]:
    return [c for c in text if c > "\x7f"]


def _mostly_ascii(text: str) -> bool:
    """Say whether a text reads as a language of plain Latin letters with a few others."""
    letters = sum(c.isalpha() for c in text)
    plain = sum(c.isascii() and c.isalpha() for c in text)
    return "\ufffd" not in text and plain >= 0.85 * letters


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _detect(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample).best()
    return best.encoding if best is not None else ""
