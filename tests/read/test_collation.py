"""Collation tables are read whole, or refused with the place and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.errors import InputError
from retold.read.collation import read_collation

TABLE = """place,A,B,C,D
1,the grey heron,the grey heron,a gray heron,?
2,flew,,flew,flew
3,"over the weir, slowly",over the weir,over the weir,over the weir
"""
TEI = """<?xml version="1.0"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><sourceDesc>
<listWit xml:id="beta"><witness xml:id="A"/><witness xml:id="B"/></listWit>
<listWit><witness xml:id="C"/><witness xml:id="D"/></listWit></sourceDesc></fileDesc></teiHeader>
<text><body><p>Then
<app><lem wit="#beta">the grey heron</lem>
<rdg wit="#C">a gray <hi>heron</hi><note>sic</note></rdg></app>
<app><lem>flew</lem><rdg wit="#B"/></app>
<app><rdgGrp><rdg wit="#A">over the weir<app><rdg wit="#A">, slowly</rdg><rdg wit="#B"/></app></rdg>
<rdg wit="#B #C #D">over the weir</rdg></rdgGrp></app>
</p></body></text></TEI>
"""
PLACES = (
    ("the grey heron", "the grey heron", "a gray heron", None),
    ("flew", "", "flew", "flew"),
    ("over the weir, slowly", "over the weir", "over the weir", "over the weir"),
)


def write(folder: Path, text: str | bytes, name: str = "heron.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize("text", [TABLE, TEI, "\ufeff" + TABLE, TABLE.replace("\n", "\r\n")])
def test_both_forms_give_the_same(tmp_path: Path, text: str) -> None:
    found = read_collation(write(tmp_path, text))
    assert found.name == "heron"
    assert found.witnesses == ("A", "B", "C", "D")
    assert found.places == PLACES


def test_semicolons_and_tabs_are_seen(tmp_path: Path) -> None:
    for mark in ";\t":
        text = f"A{mark}B{mark}C\nx{mark}om.{mark}lac.\ny{mark}–{mark}z\n"
        found = read_collation(write(tmp_path, text))
        assert found.places == (("x", "", None), ("y", "", "z"))


def test_blank_lines_before_the_sigla_are_passed_over(tmp_path: Path) -> None:
    found = read_collation(write(tmp_path, "\n ;\nA;B;C\nx;y;z\n"))
    assert (found.witnesses, found.places) == (("A", "B", "C"), (("x", "y", "z"),))


@pytest.mark.parametrize("head", ["n", "Line", "#", "", "locus"])
def test_a_first_column_may_number_the_places(tmp_path: Path, head: str) -> None:
    found = read_collation(write(tmp_path, f"{head},A,B,C\n1,x,y,z\n"))
    assert found.witnesses == ("A", "B", "C")


def test_n_may_be_a_siglum(tmp_path: Path) -> None:
    found = read_collation(write(tmp_path, "N,O,P,Q\nx,y,z,z\n"))
    assert found.witnesses == ("N", "O", "P", "Q")


def tei(*apps: str) -> str:
    body = "".join(f"<app>{app}</app>" for app in apps)
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p>{body}</p></text></TEI>'


def test_a_gap_of_tei_is_lost_and_nothing_at_all_is_left_out(tmp_path: Path) -> None:
    text = tei(
        '<rdg wit="#A">x</rdg><rdg wit="#B"/><rdg wit="#C"><gap reason="hole"/></rdg>',
        '<rdg wit="#A #B">y</rdg><rdg wit="#C">z<gap/></rdg>',
    )
    found = read_collation(write(tmp_path, text, "x.xml"))
    assert found.places == (("x", "", None), ("y", "y", "z"))


@pytest.mark.parametrize(("begin", "end"), [("lacunaStart", "lacunaEnd"), ("witEnd", "witStart")])
@pytest.mark.parametrize("named", [False, True])
def test_a_mark_of_tei_may_name_its_own_witness(
    tmp_path: Path, begin: str, end: str, *, named: bool
) -> None:
    """One reading of two witnesses, of which one ends here; or one reading of one."""
    both, own = ("#B #C", ' wit="#C"') if named else ("#C", "")
    other = "" if named else '<rdg wit="#B">1</rdg>'
    text = tei(
        f'<rdg wit="#A">0</rdg>{other}<rdg wit="{both}">1<{begin}{own}/></rdg>',
        '<rdg wit="#A">0</rdg><rdg wit="#B">1</rdg>',
        f'<rdg wit="#A">0</rdg>{other}<rdg wit="{both}">1<{end}{own}/></rdg>',
        '<lem>0</lem><rdg wit="#B">1</rdg>',
    )
    found = read_collation(write(tmp_path, text, "x.xml"))
    assert found.witnesses == ("A", "B", "C")
    assert [row[2] for row in found.places] == ["1", None, None, "0"]
    assert [row[1] for row in found.places] == ["1"] * 4


def test_a_lacuna_in_an_app_within_is_that_of_its_witness(tmp_path: Path) -> None:
    inner = '<app><rdg wit="#B">1</rdg><rdg wit="#C">2<lacunaStart/></rdg></app>'
    text = tei(
        f'<rdg wit="#A">0</rdg><rdg wit="#B #C">{inner}</rdg>',
        '<lem>0</lem><rdg wit="#B">1</rdg>',
    )
    found = read_collation(write(tmp_path, text, "x.xml"))
    assert found.places == (("0", "1", "2"), ("0", "1", None))


def test_a_lacuna_of_tei_lasts_until_its_end(tmp_path: Path) -> None:
    apps = "".join(
        f'<app><rdg wit="#A #B">{n}</rdg><rdg wit="#C">{mark}</rdg></app>'
        for n, mark in ((1, "x<lacunaStart/>"), (2, ""), (3, "<lacunaEnd/>"), (4, "y"))
    )
    text = f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><p>{apps}</p></text></TEI>'
    found = read_collation(write(tmp_path, text, "x.xml"))
    assert [row[2] for row in found.places] == ["x", None, None, "y"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty; give a row of sigla"),
        ("A,B\nx,y\n", "2 witnesses; a stemma takes 3"),
        ("A,B,A\nx,y,z\n", ":1: two columns are called A"),
        ("A,,C\nx,y,z\n", ":1: column 2 has no siglum"),
        ("A,B,C\nx,y,z\nx,y\n", ":3: 2 cells where the head has 3"),
        ('A,B,C\nx,"y" y,z\n', ":2: not CSV"),
        ("A,B,C\nx,x,x\n", "the witnesses agree throughout"),
        ("A,B,C\n", "the witnesses agree throughout"),
        (b"A,B,C\nx,y,\xff\n", "not UTF-8 at byte 10"),
        ("<TEI", "not XML"),
        ("<TEI/>", "no <app> of TEI"),
        (TEI.replace("#B #C #D", "#B #E"), "witness E is not listed"),
    ],
)
def test_what_is_off_is_named(tmp_path: Path, text: str | bytes, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError) as caught:
        read_collation(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.csv: cannot be read"):
        read_collation(tmp_path / "gone.csv")


def test_no_entity_reads_a_file_or_grows(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret", "secret.txt")
    for entity in (f'SYSTEM "{secret.as_uri()}"', f'"{"lol " * 9}"'):
        text = TEI.replace("<TEI", f"<!DOCTYPE TEI [<!ENTITY x {entity}>]><TEI", 1)
        found = read_collation(write(tmp_path, text.replace("flew", "flew&x;", 1), "x.xml"))
        said = {r for row in found.places for r in row if r}
        assert not any("secret" in r or "lol" in r for r in said)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = write(tmp_path_factory.mktemp("any"), data)
    try:
        found = read_collation(path)
    except InputError:
        return
    assert all(len(row) == len(found.witnesses) for row in found.places)
