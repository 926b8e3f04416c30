"""Sites that share rare marks, as the desk finds them, against a count by hand."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.config import FetchConfig
from retold.desk import Desk, fingerprints
from retold.fetch.kinship import Shared, kin
from retold.fetch.marks import Fingerprint
from retold.fetch.services import OWNED, Trait

COUNTER = Fingerprint(Trait.ANALYTICS, "google-analytics UA-7654321")
PLATFORM = Fingerprint(Trait.ANALYTICS, "google-analytics UA-1000000")
THEME = Fingerprint(Trait.THEME, "plover")
RARE = Fingerprint(Trait.ASSET, "/build/heron.js")


@pytest.fixture
def kept(desk):
    """Return what keeps marks, each on the sites that are numbered, among so many sites."""

    def keep(count, having):
        with desk.database.write() as connection:
            for number in range(count):
                marks = [mark for mark, on in having.items() if number in on]
                own = Fingerprint(Trait.ICON, f"/own-{number}.ico")
                fingerprints.keep(connection, f"https://www.s{number:02d}.example/a", [*marks, own])
        return desk

    return keep


def test_rare_marks_are_told_with_their_share(kept):
    found = kept(
        40, {COUNTER: [3, 7], THEME: range(9), RARE: [1, 2], PLATFORM: range(30)}
    ).kin_sites()
    assert [item.mark for item in found] == [COUNTER, RARE]
    assert found[0].sites == ("s03.example", "s07.example")
    assert (found[0].share, found[0].known, found[0].owned) == (2 / 40, 40, True)
    assert (found[1].owned, found[1].share) == (False, 0.05)


def test_among_few_sites_only_what_has_one_owner_tells(kept):
    found = kept(4, {COUNTER: [0, 1, 2], RARE: [0, 1]}).kin_sites()
    assert [item.mark for item in found] == [COUNTER]


def test_a_mark_of_one_site_alone_is_not_shared(kept, desk):
    assert desk.kin_sites() == []
    assert kept(30, {COUNTER: [3]}).kin_sites() == []


def test_kin_come_with_the_most_telling_first(kept):
    desk = kept(60, {COUNTER: [1, 2], RARE: [1, 2, 3], THEME: [1, 4]})
    assert [(k.site, [i.mark for i in k.shared]) for k in desk.kin("WWW.s01.example")] == [
        ("s02.example", [COUNTER, RARE]),
        ("s03.example", [RARE]),
        ("s04.example", [THEME]),
    ]
    assert desk.kin("s09.example") == desk.kin("") == []


def test_the_most_telling_are_listed_where_there_are_many(kept):
    desk = kept(60, {COUNTER: [1, 2], RARE: [1, 2, 3], THEME: [1, 4]})
    found = desk.kin_sites(FetchConfig(max_shared=2))
    assert [item.mark for item in found] == [COUNTER, THEME]


def test_so_many_marks_of_a_sort_are_kept_of_a_site(desk):
    def marks(start):
        files = [Fingerprint(Trait.ASSET, f"/{n}.js") for n in range(start, start + 4)]
        return [*files, Fingerprint(Trait.THEME, f"theme-{start}")]

    config = FetchConfig(max_site_marks=6)
    with desk.database.write() as connection:
        for start in (0, 2, 4, 6):
            fingerprints.keep(connection, "https://news.example/", marks(start), config)
        found = connection.execute("SELECT kind, value FROM fingerprint").fetchall()
    values = defaultdict(list)
    for kind, value in found:
        values[kind].append(value)
    assert values[Trait.ASSET] == [f"/{n}.js" for n in range(6)]
    assert len(values[Trait.THEME]) == 4


MARKS = st.builds(
    Fingerprint, st.sampled_from([Trait.ADVERT, Trait.THEME]), st.sampled_from("abcd")
)


@given(
    st.dictionaries(
        st.sampled_from([f"s{n}.example" for n in range(25)]),
        st.sets(MARKS, min_size=1),
        max_size=25,
    ),
    st.sampled_from([0.05, 0.2]),
    st.integers(1, 4),
)
@settings(max_examples=30)
def test_as_counted_by_hand(sites, share, owned):
    config = FetchConfig(rare_share=share, owned_sites=owned)
    with (
        tempfile.TemporaryDirectory() as folder,
        Desk.open(Path(folder) / "desk.db") as desk,
        desk.database.write() as connection,
    ):
        for site, marks in sites.items():
            fingerprints.keep(connection, f"https://{site}/", marks)
        found = fingerprints.shared(connection, config)
        of_each = {site: fingerprints.shared(connection, config, site) for site in sites}
    assert found == _by_hand(sites, config)
    for site, shared in of_each.items():
        assert kin(site, shared) == kin(site, found)


def _by_hand(sites, config):
    having = defaultdict(set)
    for site, marks in sites.items():
        for mark in marks:
            having[mark].add(site)
    found = [
        Shared(mark, tuple(sorted(names)), len(sites))
        for mark, names in having.items()
        if len(names) > 1
        and (
            len(names) <= config.rare_share * len(sites)
            or (mark.kind in OWNED and len(names) <= config.owned_sites)
        )
    ]
    return sorted(found, key=lambda item: (not item.owned, len(item.sites), item.mark))
