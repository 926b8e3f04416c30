"""``python -m tools.build_fold``: writes the table by which the tokeniser folds characters.

From Python's Unicode data and the names of HTML's entities. Run it again when Python brings a newer
Unicode; the file's bytes change only when the table does.
"""

from __future__ import annotations

import unicodedata
from html.entities import html5
from pathlib import Path

import numpy as np

from retold.reuse.characters import (
    ALONE,
    EXPANDED,
    SEPARATES,
    SKIPPED,
    TABLE,
    WIDEST,
    name_key,
)

_APOSTROPHES = "'’‘‛′´`ʼʹ＇"
"""Within a word they belong to it and are passed over: "don’t" and "dont" are one word."""
_INVISIBLE = "Cf"
"""Unicode's category of soft hyphens, joiners, marks of direction and the zero-width."""
_ALONE = (
    (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3040, 0x30FF), (0x31F0, 0x31FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF66, 0xFF9F), (0x1B000, 0x1B16F),
    (0x20000, 0x3FFFF), (0x0E00, 0x0E7F), (0x0E80, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF),
)  # fmt: skip
"""Scripts written without spaces (Han, kana, Thai, Lao, Myanmar, Khmer): each letter is a word."""
_LOOKALIKES = {
    # Cyrillic and Greek letters drawn like Latin ones, by their small or their capital form
    **dict(zip("авекмнорстухіјѕԁԛԝһӏ", "abekmhopctyxijsdqwhl", strict=True)),
    **dict(zip("αβεζηικμνορτυχ", "abezhikmnoptyx", strict=True)),
    "ı": "i", "ɑ": "a", "ɡ": "g", "ɩ": "i", "ʋ": "v", "ᴏ": "o", "ꞓ": "c",
}  # fmt: skip
"""To whoever hides a copy by them; a text in its own script is folded throughout, and the same
way."""


def folded(character: str) -> str:
    """Return what a character counts as within a word, or nothing."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).casefold())
    kept = [c for c in plain if unicodedata.category(c)[0] in "LN"]
    return "".join(_LOOKALIKES.get(c, c) for c in kept)


def main() -> None:
    """Build and write the table."""
    table = np.full(0x110000, SEPARATES, np.uint32)
    expansions = [[0] * WIDEST]
    for code in range(0x110000):
        character = chr(code)
        if 0x80 <= code <= 0x9F:
            # as HTML has it of the numbers of references: they mean Windows-1252 ("don&#146;t")
            character = bytes([code]).decode("cp1252", "replace")
        category = unicodedata.category(character)
        if category == _INVISIBLE or category[0] == "M" or character in _APOSTROPHES:
            table[code] = SKIPPED
            continue
        form = folded(character) if category[0] in "LNS" else ""
        if not form or (category[0] == "S" and not unicodedata.decomposition(character)):
            continue
        if len(form) == 1:
            table[code] = ord(form)
        else:
            codes = [ord(c) for c in form[:WIDEST]]
            table[code] = EXPANDED | len(expansions)
            expansions.append(codes + [0] * (WIDEST - len(codes)))
        if any(low <= ord(form[0]) <= high for low, high in _ALONE):
            table[code] |= ALONE
    named = {
        name[:-1]: ord(text) for name, text in html5.items() if name[-1] == ";" and len(text) == 1
    }
    keys = np.array([name_key(n.encode()) for n in named], np.uint64)
    order = np.argsort(keys)
    np.savez_compressed(
        Path(__file__).parents[1] / "src/retold/reuse" / TABLE,
        fold=table,
        expansions=np.array(expansions, np.uint32),
        names=keys[order],
        named=np.array(list(named.values()), np.uint32)[order],
    )


if __name__ == "__main__":
    main()
