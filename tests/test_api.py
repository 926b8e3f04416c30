"""The public API."""

from __future__ import annotations

import doctest
import inspect
from pathlib import Path

import pytest

import retold
from retold import model
from tests.cli.conftest import FIRST, SECOND


def test_every_public_name_is_there_and_documented() -> None:
    for name in retold.__all__:
        value = getattr(retold, name)
        assert name == "__version__" or inspect.getdoc(value), name
    assert sorted(retold.__all__) == retold.__all__
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = retold.nonsense


def test_every_error_is_a_retold_error_and_drawn() -> None:
    from retold import errors

    kinds = [e for _, e in inspect.getmembers(errors, inspect.isclass)]
    for kind in kinds:
        assert issubclass(kind, retold.RetoldError)
        assert kind.__name__ in (errors.__doc__ or "")


def test_articles_and_paths_can_be_mixed(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(FIRST, encoding="utf-8")
    second = retold.article(SECOND, outlet="The Almery Echo")
    dossier = retold.compare([tmp_path / "one.txt", second])
    assert [len(s.articles) for s in dossier.stories] == [2]
    assert "Gull Point" in dossier._repr_html_()
    assert "<script" not in dossier._repr_html_()


def test_the_same_article_twice_is_listed(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(FIRST, encoding="utf-8")
    same = retold.article(FIRST, source="held")
    dossier = retold.compare([tmp_path, same, same])
    assert len(dossier.articles) == 1
    assert {r.reason for r in dossier.rejected} == {model.Reason.DUPLICATE}
    assert len(dossier.rejected) == 2


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(retold.InputError, match="no article could be read"):
        retold.compare(tmp_path)
    with pytest.raises(retold.InputError):
        retold.compare([])


def test_the_example_in_the_readme_runs(tmp_path: Path) -> None:
    """The Python lines of the README, over a small pile."""
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    code = readme.split("```python\n")[1].split("```")[0]
    (tmp_path / "one.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "two.txt").write_text(SECOND, encoding="utf-8")
    exec(code.replace("articles/", str(tmp_path)), {})


def test_docstrings_hold_no_stale_examples() -> None:
    assert doctest.testmod(retold.api).failed == 0
