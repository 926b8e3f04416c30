"""Vectors are kept beside the desk, come back as they were, and are never in the way."""

from __future__ import annotations

import os
import stat
from dataclasses import replace

import pytest

from retold import annotate
from retold.desk import Desk, vectors
from retold.rewrite import vectors as known
from tests.desk.making import DAY, article

TEXTS = (
    "The weir at Tarn Hollow failed before dawn. Nobody was hurt, the water board said.",
    "Before dawn the weir at Tarn Hollow failed. Nobody was hurt, the water board said.\n\nYes.",
    "The tram depot at Sedge Mouth burned.",
)


@pytest.fixture
def desk(tmp_path):
    """The path of a desk, while nothing is known of any sentence."""
    known._KNOWN.clear()
    path = tmp_path / "retold.db"
    path.touch()
    return path


@pytest.fixture(scope="module")
def documents():
    return annotate.annotate([article(text) for text in TEXTS])


def sentences(documents):
    return [d.text_of(s.span) for d in documents for s in d.sentences]


def embed(documents):
    return dict(known.embed(sentences(documents)))


def files(desk):
    return sorted(path.name for path in vectors.folder(desk).iterdir())


def same(one, two):
    """Whether vectors are the same to the last bit."""
    return one.keys() == two.keys() and all(
        one[text].vector.tobytes() == two[text].vector.tobytes()
        and one[text].words.tobytes() == two[text].words.tobytes()
        and one[text].words.shape == two[text].words.shape
        and one[text].forms == two[text].forms
        for text in one
    )


def test_they_come_back_to_the_last_bit(desk, documents):
    made = embed(documents)
    vectors.keep(desk, documents)
    known._KNOWN.clear()
    assert vectors.recall(desk, documents) == {document.id for document in documents}
    assert same(known.remembered(sentences(documents)), made)


def test_what_is_known_stays_the_one_it_is(desk, documents):
    """Sentences are told apart by the vectors that they have."""
    made = embed(documents)
    vectors.keep(desk, documents)
    vectors.recall(desk, documents)
    again = known.remembered(made)
    assert all(again[text] is made[text] for text in made)


def test_what_is_known_in_part_is_not_kept(desk, documents):
    embed(documents[:1])
    known._KNOWN.pop(sentences(documents[:1])[0])
    vectors.keep(desk, documents[:1])
    assert not vectors.folder(desk).exists()


@pytest.mark.parametrize(
    "harm",
    [
        *("cut", "changed", "empty", "of another model", "no json", "bare json", "a list"),
        *("other words", "nested"),
    ],
)
def test_a_damaged_one_is_as_good_as_none(desk, documents, harm):
    made = embed(documents)
    vectors.keep(desk, documents)
    path = vectors.folder(desk) / documents[0].id.rpartition(":")[2]
    packed = path.read_bytes()
    path.write_bytes(
        {
            "cut": packed[:-1],
            "changed": packed[:-40] + b"\xa5" + packed[-39:],
            "empty": b"",
            "of another model": packed.replace(known.MODEL_SHA256.encode(), b"0" * 64),
            "no json": b"\xff{" + packed,
            "bare json": b"{}\n" + packed,
            "a list": b"[]\n",
            "other words": packed.replace(b'"weir"', b'"wier"'),
            "nested": b"[" * 100_000 + b"\n",
        }[harm]
    )
    known._KNOWN.clear()
    assert vectors.recall(desk, documents) == {d.id for d in documents[1:]}
    vectors.keep(desk, documents)
    assert same(embed(documents), made)
    vectors.keep(desk, documents[:1])
    assert path.read_bytes() == packed


def test_those_of_other_sentences_are_of_no_use(desk, documents):
    embed(documents)
    vectors.keep(desk, documents)
    known._KNOWN.clear()
    cut = replace(documents[1], sentences=documents[1].sentences[:1])
    assert vectors.recall(desk, [cut]) == set()
    assert known._KNOWN == {}


def test_those_used_longest_ago_go_first(desk, documents, monkeypatch):
    embed(documents)
    vectors.keep(desk, documents)
    names = [document.id.rpartition(":")[2] for document in documents]
    for age, name in enumerate(names):
        os.utime(vectors.folder(desk) / name, (1_000_000 - age, 1_000_000 - age))
    vectors.recall(desk, documents[2:])
    sizes = {name: (vectors.folder(desk) / name).stat().st_size for name in names}
    monkeypatch.setattr(vectors, "MOST", sizes[names[2]] + sizes[names[0]])
    vectors.keep(desk, documents[2:])
    assert files(desk) == sorted([names[0], names[2]])
    monkeypatch.setattr(vectors, "MOST", 0)
    vectors.keep(desk, documents[2:])
    assert files(desk) == []


def test_where_there_is_no_room_nothing_is_kept(desk, documents):
    embed(documents)
    vectors.folder(desk).write_text("no folder")
    vectors.keep(desk, documents)
    assert vectors.recall(desk, documents) == set()


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
@pytest.mark.parametrize(("mode", "wanted"), [(0o600, 0o700), (0o660, 0o770), (0o644, 0o755)])
def test_only_who_may_read_the_desk_may_read_them(desk, documents, mode, wanted):
    embed(documents)
    vectors.folder(desk).mkdir(mode=0o755)
    desk.chmod(mode)
    vectors.keep(desk, documents)
    assert stat.S_IMODE(vectors.folder(desk).stat().st_mode) == wanted
    assert vectors.recall(desk, documents) == {document.id for document in documents}


def test_more_than_are_remembered_are_not(desk, documents, monkeypatch):
    made = embed(documents)
    vectors.keep(desk, documents)
    known._KNOWN.clear()
    monkeypatch.setattr(known, "REMEMBERED", 2)
    vectors.recall(desk, documents)
    assert len(known._KNOWN) == 2
    assert same(embed(documents), made)


def test_a_dossier_is_the_same_with_them(desk):
    """Told anew by a process that knows no sentence, with and without what is kept."""
    told = []
    with Desk.open(desk) as opened:
        opened.add(article(text, outlet=str(at), published=DAY) for at, text in enumerate(TEXTS))
        opened.work()
        number = opened.stories().items[0].number
        assert len(files(desk)) == 2
        for kept in (True, False):
            known._KNOWN.clear()
            if not kept:
                for name in files(desk):
                    (vectors.folder(desk) / name).unlink()
            with opened.database.write() as connection:
                connection.execute(
                    "INSERT INTO job (story, since, asked) VALUES (?, 0, 1)", [number]
                )
            assert opened.work().renewed == 1
            assert len(files(desk)) == 2
            told.append(opened.dossier(number))
    assert told[0].stories == told[1].stories
