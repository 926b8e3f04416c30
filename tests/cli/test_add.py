"""``retold add``: files and addresses into the desk, each article once."""

from __future__ import annotations

import builtins
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from retold.desk import Desk
from retold.desk.worker import turn
from tests.cli.conftest import FIRST, Run
from tests.fetch.site import Site, answer, moved, serve
from tests.read.archives import page, response, warc
from tests.read.pieces import TITLE


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site({f"/{n}": answer(page(n)) for n in range(4)})
    end = serve(made)
    yield made
    end()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


def own(desk: Path, *words: Any) -> tuple[Any, ...]:
    return ("add", *words, "--desk", desk, "--allow-private", "--delay", "0", "--no-work")


def stored(desk: Path) -> list[tuple[str, str]]:
    with Desk.open(desk, create=False) as opened:
        rows = opened.articles(limit=100).items
        return sorted((row.url, row.title) for row in rows)


def test_files_are_read_as_compare_reads_them(run: Run, pile: Path, desk: Path) -> None:
    (pile / "bad.pdf").write_bytes(b"%PDF")
    (pile / "a.warc.gz").write_bytes(warc(response(0), response(1), packed=True))
    found = run("add", pile, "--desk", desk, "-q", "--no-work")
    assert (found.code, found.out) == (0, "")
    assert len(stored(desk)) == 4
    again = run("add", pile, "--desk", desk, "--no-work")
    assert "0 new, 4 known already, 1 left out" in again.out
    assert "Left out" in again.out
    assert "bad.pdf: It is a PDF." in again.out
    with Desk.open(desk) as opened:
        assert [r.reason for r in opened.rejected(2).items] == ["binary"]
        assert opened.run(2).source == str(pile)


def test_a_large_file_of_many_is_a_stream(run: Run, tmp_path: Path, desk: Path) -> None:
    lines = (json.dumps({"text": f"{FIRST} It was report {n}."}) + "\n" for n in range(2_000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("".join(lines).encode(), 1))
    found = run("add", tmp_path / "a.jsonl.gz", "--desk", desk, "--no-work")
    assert "2,000 new" in found.out


def test_pages_are_fetched(run: Run, site: Site, desk: Path) -> None:
    here = f"http://127.0.0.1:{site.port}"
    site.answers["/old"] = moved("/1")
    found = run(*own(desk, f"{here}/0", f"{here}/old", f"{here}/gone", f"{here}/0"))
    assert found.code == 0
    assert "2 new, 1 left out" in found.out
    assert f"{here}/gone: The server answered 404 (not found)." in found.out
    assert stored(desk) == [(f"{here}/0", TITLE), (f"{here}/1", TITLE)]
    assert site.paths.count("/0") == 1


def test_private_addresses_are_refused_unless_allowed(run: Run, site: Site, desk: Path) -> None:
    found = run("add", f"http://127.0.0.1:{site.port}/0", "--desk", desk)
    assert found.code == 1
    assert "no article could be read" in found.err
    assert "--allow-private" in found.err
    assert site.asked == []


def test_the_pages_of_a_site_are_added_newest_first_and_once(
    run: Run, site: Site, desk: Path
) -> None:
    here = f"http://127.0.0.1:{site.port}"
    dates = {0: "2031-02-01", 1: "2031-02-03T10:00:00Z", 2: "2031-02-02", 3: "2031-01-30"}
    entries = "".join(
        f"<url><loc>{here}/{n}</loc><lastmod>{d}</lastmod></url>" for n, d in dates.items()
    )
    site.answers["/sitemap.xml"] = answer(f"<urlset>{entries}</urlset>".encode(), kind="text/xml")
    found = run(*own(desk, here, "--sitemap", "--limit", "2"))
    assert "2 new, 1 left out" in found.out
    assert "names 4 pages, of which the 2 newest were fetched" in found.out
    assert [url for url, _ in stored(desk)] == [f"{here}/1", f"{here}/2"]
    with Desk.open(desk) as opened:
        assert set(opened.fetched([f"{here}/{n}" for n in range(4)])) == {f"{here}/1", f"{here}/2"}


def test_pages_that_have_not_changed_are_not_fetched_again(
    run: Run, site: Site, desk: Path
) -> None:
    here = f"http://127.0.0.1:{site.port}"
    entries = "".join(
        f"<url><loc>{here}/{n}</loc><lastmod>2020-02-0{n + 1}</lastmod></url>" for n in range(2)
    )
    site.answers["/s.xml"] = answer(f"<urlset>{entries}</urlset>".encode(), kind="text/xml")
    run(*own(desk, f"{here}/s.xml", "--sitemap"))
    found = run(*own(desk, f"{here}/s.xml", "--sitemap"))
    assert (found.code, site.paths.count("/0"), site.paths.count("/1")) == (0, 1, 1)
    assert "0 new, 1 left out" in found.out
    assert "2 of its pages were read already" in found.out


def test_pages_that_gave_no_article_or_the_same_are_not_fetched_for_ever(
    run: Run, site: Site, desk: Path
) -> None:
    here = f"http://127.0.0.1:{site.port}"
    site.answers |= {"/empty": answer(b"<p>Nothing.</p>"), "/other": moved("/1")}
    names = ("0", "empty", "other")
    entries = (f"<url><loc>{here}/{n}</loc><lastmod>2020-02-01</lastmod></url>" for n in names)
    site.answers["/s.xml"] = answer(f"<urlset>{''.join(entries)}</urlset>".encode())

    def asked() -> list[int]:
        run(*own(desk, f"{here}/s.xml", "--sitemap"))
        return [site.paths.count(f"/{n}") for n in names]

    assert asked() == asked() == [1, 1, 1]
    with Desk.open(desk) as opened, opened.database.write() as connection:
        for table in ("page", "article"):
            connection.execute(f"UPDATE {table} SET fetched = 0")
    assert asked() == asked() == [2, 2, 2]


def test_robots_are_kept_to(run: Run, site: Site, desk: Path) -> None:
    site.answers["/robots.txt"] = answer(b"User-agent: *\nDisallow: /1", kind="text/plain")
    here = f"http://127.0.0.1:{site.port}"
    found = run(*own(desk, f"{here}/0", f"{here}/1"))
    assert "1 new, 1 left out" in found.out
    assert "robots.txt does not let this page be read" in found.out
    assert "/1" not in site.paths


def test_who_asks_is_named(run: Run, site: Site, desk: Path) -> None:
    run(*own(desk, f"http://127.0.0.1:{site.port}/0", "--contact", "desk@tarnpost.example"))
    assert "desk@tarnpost.example" in site.asked[-1].headers["user-agent"]


def test_what_is_off_is_said(run: Run, pile: Path, desk: Path) -> None:
    assert run("add", "--desk", desk).code == 2
    found = run("add", pile, "--sitemap", "--desk", desk)
    assert (found.code, "--sitemap" in found.err) == (2, True)
    found = run("add", "https://news.example/", "--contact", "a\nb", "--desk", desk)
    assert (found.code, "--contact" in found.err) == (2, True)
    found = run("add", pile / "missing.txt", "--desk", desk)
    assert (found.code, "no such file" in found.err) == (1, True)


def test_without_the_extra_files_are_added_and_addresses_named(
    run: Run, pile: Path, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def refuse(name: str, *more: Any, **named: Any) -> Any:
        if name.partition(".")[0] in {"httpx", "httpcore", "protego"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    assert run("add", pile, "--desk", desk, "--no-work").code == 0
    found = run("add", "https://news.example/", "--desk", desk)
    assert found.code == 2
    assert "pip install 'retold[desk]'" in found.err


def test_what_is_new_is_placed_into_stories(run: Run, pile: Path, desk: Path) -> None:
    assert "2 new, 1 dossier renewed" in run("add", pile, "--desk", desk).out
    with Desk.open(desk) as opened:
        (story,) = opened.stories().items
        assert story.versions == 2


def test_placing_is_left_to_whoever_is_at_it(run: Run, pile: Path, desk: Path) -> None:
    with Desk.open(desk) as opened, turn(opened.database):
        found = run("add", pile, "--desk", desk)
        assert "2 new, another process places them" in found.out
        assert opened.waiting().articles == 2


def test_of_many_dossiers_some_are_left_for_later(run: Run, pile: Path, desk: Path) -> None:
    found = run("add", pile, "--desk", desk, "--dossiers", "0")
    assert "2 new, 1 dossier to renew" in found.out
    with Desk.open(desk) as opened:
        assert opened.work().renewed == 1
        assert opened.waiting().dossiers == 0
