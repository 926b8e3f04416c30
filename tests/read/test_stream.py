"""Bytes: packed, damaged, too long, marked."""

import gzip
import zlib

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from retold.config import ReadConfig
from retold.model import Reason
from retold.read import stream
from retold.read.errors import UnreadableError

CONFIG = ReadConfig()


def unpack(path, config=CONFIG):
    parts = []
    error = None
    try:
        parts.extend(stream.pieces(path, config))
    except UnreadableError as caught:
        error = caught
    return b"".join(parts), error


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_packed_and_plain_bytes_are_the_same(tmp_path, pack):
    data = bytes(range(256)) * 3000
    path = tmp_path / "any.name"
    path.write_bytes(pack(data))
    assert unpack(path) == (data, None)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_members_follow_one_another(tmp_path, pack):
    path = tmp_path / "two"
    path.write_bytes(pack(b"one") + pack(b"two" * 50_000) + pack(b""))
    assert unpack(path) == (b"one" + b"two" * 50_000, None)


def test_zeros_after_gzip_are_padding(tmp_path):
    path = tmp_path / "padded"
    path.write_bytes(gzip.compress(b"one") + b"\0" * 100_000)
    assert unpack(path) == (b"one", None)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
@pytest.mark.parametrize("keep", [0.3, 0.7, 0.99])
def test_truncated_data_give_what_stands_before_the_damage(tmp_path, pack, keep):
    data = b"".join(zlib.crc32(i.to_bytes(4)).to_bytes(4) for i in range(200_000))
    packed = pack(data)
    path = tmp_path / "cut"
    path.write_bytes(packed[: int(keep * len(packed))])
    got, error = unpack(path)
    assert error is not None
    assert error.reason is Reason.DAMAGED
    assert data.startswith(got)
    assert len(got) > 0.1 * len(data)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_noise_after_a_member_is_damage(tmp_path, pack):
    path = tmp_path / "noise"
    path.write_bytes(pack(b"one") + b"noise, no member")
    got, error = unpack(path)
    assert got == b"one"
    assert error is not None
    assert error.reason is Reason.DAMAGED


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_bomb_is_stopped(tmp_path, pack):
    path = tmp_path / "bomb"
    path.write_bytes(pack(b"\0" * (24 << 20)))
    config = ReadConfig(min_bomb_bytes=1 << 20)
    got, error = unpack(path, config)
    assert error is not None
    assert error.reason is Reason.TOO_LARGE
    assert len(got) <= config.max_expansion * (1 << 16) + (33 << 20)
    got, error = unpack(path, ReadConfig(max_unpacked_bytes=1 << 20))
    assert error is not None
    assert len(got) < 24 << 20


def test_no_piece_of_a_bomb_is_large(tmp_path):
    path = tmp_path / "bomb.zst"
    path.write_bytes(zstandard.compress(b"\0" * (64 << 20)))
    largest = 0
    try:
        for piece in stream.pieces(path, CONFIG):
            largest = max(largest, len(piece))
    except UnreadableError:
        pass
    assert 0 < largest <= 33 << 20


@given(
    st.lists(st.binary(max_size=40), max_size=12),
    st.integers(min_value=1, max_value=60),
)
def test_lines_agree_with_splitting_the_whole(parts, limit):
    whole = b"".join(parts)
    expected = [
        (number, None if len(line.removesuffix(b"\n")) > limit else line)
        for number, line in enumerate(_split(whole), 1)
    ]
    assert list(stream.lines(iter(parts), limit)) == expected


def _split(data):
    found = [part + b"\n" for part in data.split(b"\n")]
    found[-1] = found[-1][:-1]
    return [line for line in found if line]


def test_a_line_without_end_is_not_held():
    held = []

    def endless():
        for _ in range(2000):
            piece = b"x" * (1 << 16)
            held.append(1)
            yield piece
        yield b"\nshort\n"

    assert list(stream.lines(endless(), 1 << 20)) == [(1, None), (2, b"short\n")]
    assert len(held) == 2000


def test_whole_stops_at_the_limit():
    def endless():
        while True:
            yield b"x" * 1000

    with pytest.raises(UnreadableError, match="larger than") as caught:
        stream.whole(endless(), 10_000, "Split it.")
    assert caught.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-be", "utf-32-be", "utf-8-sig"])
@given(text=st.text(max_size=60), step=st.integers(min_value=1, max_value=7))
def test_marked_streams_become_utf8(encoding, text, step):
    marked = {"utf-16-be": "\ufeff", "utf-32-be": "\ufeff"}.get(encoding, "") + text
    data = marked.encode(encoding)
    parts = [data[i : i + step] for i in range(0, len(data), step)]
    found, name = stream.as_utf8(data, iter(parts))
    assert b"".join(found).decode() == text
    assert name == {"utf-8-sig": "UTF-8"}.get(encoding, encoding.upper().removesuffix("-BE"))


def test_head_gives_the_stream_back_whole():
    parts = [b"a" * 10, b"b" * 10, b"c" * 10]
    first, again = stream.head(iter(parts), 15)
    assert first == b"a" * 10 + b"b" * 10
    assert b"".join(again) == b"".join(parts)


def test_damage_in_the_head_comes_where_it_stands():
    def damaged():
        yield b"good"
        raise UnreadableError(Reason.DAMAGED, "gone")

    first, again = stream.head(damaged(), 100)
    assert first == b"good"
    assert next(again) == b"good"
    with pytest.raises(UnreadableError):
        next(again)


def test_sizes_are_said_in_words():
    assert [stream.size(n) for n in (12, 1 << 11, 3 << 20, 5 << 30)] == [
        "12 bytes",
        "2 KiB",
        "3 MiB",
        "5 GiB",
    ]
