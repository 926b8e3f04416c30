import re
import unicodedata
from functools import cache
from html.entities import html5

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import retold.reuse.tokens as token_module
from retold.reuse.characters import WIDEST, folding, name_key
from retold.reuse.tokens import LONGEST, _tokenise, tokenise, tokenise_text
from tools.build_fold import _ALONE, _APOSTROPHES, _LOOKALIKES

REFERENCE = re.compile(r"&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,7})|([0-9a-zA-Z]{1,32}));")
SEPARATOR = ""


@cache
def slow_fold(character):
    """What a character counts as: None to pass it over, nothing where it separates."""
    if "\x80" <= character <= "\x9f":
        character = character.encode("latin-1").decode("cp1252", "replace")
    category = unicodedata.category(character)
    if category == "Cf" or category[0] == "M" or character in _APOSTROPHES:
        return None
    symbol = category[0] == "S" and unicodedata.decomposition(character)
    if category[0] not in "LN" and not symbol:
        return SEPARATOR
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).casefold())
    letters = [c for c in plain if unicodedata.category(c)[0] in "LN"]
    return "".join(_LOOKALIKES.get(c, c) for c in letters)[:WIDEST]


def alone(form):
    return any(low <= ord(form[0]) <= high for low, high in _ALONE)


def meant(found):
    """The character that a reference stands for, or None."""
    decimal, hexadecimal, name = found.groups()
    if name:
        text = html5.get(name + ";", "")
        return text if len(text) == 1 else None
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code < 0x110000 else None


def characters(text):
    """The characters that are meant, and where each begins and ends."""
    at = 0
    while at < len(text):
        found = REFERENCE.match(text, at)
        character = meant(found) if found else None
        end = found.end() if character else at + 1
        yield character or text[at], at, end
        at = end


def slow_words(text):
    """The words of a text: (first code point, length, folded)."""
    words, word, begun, last = [], "", None, 0

    def finish():
        nonlocal begun
        if begun is not None:
            words.append((begun, last - begun, word))
        begun = None

    for character, start, end in characters(text):
        form = slow_fold(character)
        if form is None:
            continue
        if form == SEPARATOR or alone(form) or (begun is not None and end - begun > LONGEST):
            finish()
        if form == SEPARATOR:
            continue
        if begun is None:
            begun, word = start, ""
        word, last = word + form, end
        if alone(form):
            finish()
    finish()
    return words


# what every Python that is supported knows; the table is made from Unicode's data of one of them
known = st.characters(exclude_categories=("Cs",)).filter(
    lambda c: unicodedata.ucd_3_2_0.category(c) != "Cn"
)
pieces = st.one_of(
    st.text(known, max_size=8),
    st.text("aAbcdéÉß 0\u00ad\u200b\u0301'’.,-&;#x", max_size=12),
    st.sampled_from(
        (
            "&amp;", "&#39;", "&rsquo;", "&eacute;", "&#233;", "&#xE9;", "&#X4e00;", "&nbsp;",
            "&shy;", "&#0;", "&#xd800;", "&#1114112;", "&#12345678;", "&nosuch;", "&;", "&#;",
            "&#x;", "&fjlig;", "&copy", "AT&T", "&#146;", "\x92", "&szlig;", "&#x1F600;",
            "&CounterClockwiseContourIntegral;", "&" + "a" * 40 + ";",
            "日本語", "テスト", "한국어", "слово", "Ελλάδας", "ภาษาไทย", "العَرَبِيّة", "हिन्दी",
            "ﬁne", "Ⅷ", "½", "㍿", "ﷺ", "𝐁𝐨𝐥𝐝", "ｗｉｄｅ", "İstanbul", "a\u0301\u0327", "\ufeff",
            "x" * 254, "y" * 255, "z" * 256, "é" * 300, "\u0301" * 300, "q\u200d" * 200,
        )
    ),
)  # fmt: skip
texts = st.lists(pieces, max_size=8).map("".join)


def spans(tokens):
    return list(zip(tokens.starts.tolist(), tokens.lengths.tolist(), strict=True))


@given(st.lists(texts, max_size=6))
@example(["x" * 255 + "y", "x" * 255 + "&eacute;", "'" * 300 + "a" + "'" * 300 + "b"])
def test_words_are_those_of_the_slow_way(texts):
    data = [text.encode() for text in texts]
    tokens = tokenise(
        np.frombuffer(b"..." + b"".join(data), np.uint8), 3 + np.cumsum([0, *map(len, data)])
    )
    slow = [word for text in texts for word in slow_words(text)]
    assert spans(tokens) == [(start, length) for start, length, _ in slow]
    assert tokens.bounds.tolist() == [0, *np.cumsum([len(slow_words(t)) for t in texts]).tolist()]
    # equal forms have equal hashes, others have not
    hashes = tokens.words.tolist()
    forms = [form for *_, form in slow]
    assert len(set(zip(hashes, forms, strict=True))) == len(set(hashes)) == len(set(forms))
    assert min(hashes, default=2) >= 2


@given(texts)
def test_a_word_stands_where_it_says(text):
    tokens = tokenise_text(text)
    for word, (start, length) in zip(tokens.words.tolist(), spans(tokens), strict=True):
        assert 0 < length <= LONGEST
        again = tokenise_text(text[start : start + length])
        assert again.words.tolist() == [word]
        assert spans(again) == [(0, length)]
    assert [*tokens.starts.tolist()] == sorted(set(tokens.starts.tolist()))


@given(st.lists(texts, max_size=8))
def test_many_texts_at_a_time_are_as_one_by_one(texts):
    data = [text.encode() for text in texts]
    every = tokenise(np.frombuffer(b"".join(data), np.uint8), np.cumsum([0, *map(len, data)]))
    for number, text in enumerate(texts):
        own = slice(every.bounds[number], every.bounds[number + 1])
        alone = tokenise_text(text)
        assert every.words[own].tolist() == alone.words.tolist()
        assert every.starts[own].tolist() == alone.starts.tolist()
        assert every.lengths[own].tolist() == alone.lengths.tolist()


def test_every_character_is_folded_as_the_slow_way():
    table = folding()
    for code in range(0x110000):
        character = chr(code)
        if unicodedata.ucd_3_2_0.category(character) in {"Cn", "Cs", "Co"}:
            continue
        value = int(table.fold[code])
        form = slow_fold(character)
        if form is None:
            assert value == 1, hex(code)
        elif form == SEPARATOR:
            assert value == 0, hex(code)
        else:
            row = value & 0xFFFFFF
            codes = table.expansions[row] if value >> 31 else [row]
            assert "".join(chr(c) for c in codes if c) == form, hex(code)
            assert bool(value & 1 << 30) == alone(form), hex(code)


def forms(text):
    return [form for *_, form in slow_words(text)]


def words(text):
    return tokenise_text(text).words.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("don’t", "dont"),
        ("don&#39;t", "don't"),
        ("don&#146;t", "don’t"),
        ("DON&rsquo;T", "don‘t"),
        ("caf&eacute;", "CAFE\u0301"),
        ("Straße", "STRASSE"),
        ("re\u00adtold", "retold"),
        ("re\u200btold", "retold"),
        ("\ufeffretold", "retold"),
        ("ﬁne ﬀ", "fine ff"),
        ("ｗｉｄｅ", "wide"),
        ("рrосurеment", "procurement"),
        ("Ὀδυσσεύς", "οδυσσευσ"),
        ("العَرَبِيّة", "العربية"),
        ("x²", "x2"),
        ("a&nbsp;b", "a b"),
        ("한국어", unicodedata.normalize("NFD", "한국어")),
    ],
)
def test_spellings_of_one_word(one, other):
    assert words(one) == words(other)
    assert len(words(one)) == len(one.replace("&nbsp;", " ").split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        (" .,;–—…“”\n", 0),
        ("AT&T", 2),
        ("a&amp;b", 2),
        ("well-known", 2),
        ("1,000.5", 3),
        ("日本語です", 5),
        ("abc日本def", 4),
        ("ภาษา", 4),
        ("C++ & C#", 2),
        ("\u0301\u200b'", 0),
        ("🙂a🙂", 1),
        ("x" * 255, 1),
        ("x" * 256, 2),
        ("x" * 511, 3),
        ("é" * 511, 3),
        ("x" + "\u0301" * 254, 1),
        ("x" + "\u0301" * 254 + "x", 2),
    ],
)
def test_how_many_words(text, count):
    assert len(words(text)) == len(forms(text)) == count


def test_different_words_differ():
    text = " ".join(f"{a}{b}{c}" for a in "abcdefghij" for b in "klmnopqrst" for c in "uvwxyz0123")
    assert len(set(words(text))) == len(words(text)) == 1000


damaged = st.lists(
    st.one_of(
        st.sampled_from(
            (
                b"a", b" ", b"a ", b"\xe4", b"\xe4\xb8", b"\xe4\xb8\x80", b"\xf0", b"\xf0\xa0",
                b"\xf0\xa0\x80\x80", b"\x80", b"\xc3", b"\xc3\xa9", b"\xff", b"\xf7\xbf\xbf\xbf",
                b"&", b"&#", b"&#x", b"&#x4e00;", b"&#3585", b"&lt;", b"&lt", b"'", b"\xed\xa0\x80",
                b"\xe0\xb8\x81", b"x" * 254, b"\xcc\x81" * 254,
            )
        ),
        st.binary(max_size=6),
    ),
    max_size=30,
).map(b"".join)  # fmt: skip


@given(damaged, st.lists(st.integers(0, 120), max_size=8), st.integers(0, 3))
@example(b"\xe4" * 6, [1, 2, 3, 4, 5], 0)
@example(b"a\xe4a\xe4a\xe4", [2, 4], 0)
@example("一".encode() * 9, [], 0)
@example(b"a a\xe4", [], 0)
def test_damaged_text_stays_within_its_room(data, cuts, before):
    """Run the loop uncompiled, where every place that is read or written is looked at."""
    size = len(data)
    edges = sorted({min(cut, size) for cut in cuts} | {min(before, size), size})
    array, offsets = np.frombuffer(data, np.uint8), np.array(edges, np.int64)
    tokens = tokenise(array, offsets)
    room = len(tokens.words)
    slow = [np.zeros(room, kind) for kind in (np.uint32, np.int32, np.uint8)]
    bounds = np.zeros(len(offsets), np.int64)
    with np.errstate(over="ignore"), pytest.MonkeyPatch.context() as patch:
        for name in ("_tail", "_reference"):
            patch.setattr(token_module, name, getattr(token_module, name).py_func)
        count = _tokenise.py_func(array, offsets, *folding(), slow[0], bounds, slow[1], slow[2])
    assert count == room <= (edges[-1] - edges[0]) // 2 + len(edges)
    assert slow[0].tolist() == tokens.words.tolist()
    assert slow[1].tolist() == tokens.starts.tolist()
    assert slow[2].tolist() == tokens.lengths.tolist()
    assert bounds.tolist() == tokens.bounds.tolist()


def test_unpaired_surrogates_separate():
    assert words("a\ud800b") == words("a b")


def test_names_of_entities_have_keys_of_their_own():
    table = folding()
    assert len(set(table.names.tolist())) == len(table.names)
    for name, text in html5.items():
        if name.endswith(";") and len(text) == 1:
            place = int(np.searchsorted(table.names, np.uint64(name_key(name[:-1].encode()))))
            assert table.named[place] == ord(text), name
