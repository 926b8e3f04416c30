"""``--judge``: a classifier of sentence pairs in the place of Retold's own judgement."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

import retold
from retold.model import Agreement, ChangeKind, Doubt
from tests.cli.conftest import FIRST, SECOND, Run
from tests.judges import Says, judge, share

ENTAILED: Says = {"[CLS]": (0.0, 1.0, 0.0)}
DOUBTS_50: Says = {"50": (4.0, 0.0, 0.0)}
"""What says 50 contradicts whatever it is laid beside."""


def fifty(folder: Path, **more: Any) -> Path:
    return judge(folder, first=ENTAILED, second=DOUBTS_50, **more)


def contradicted(dossier: retold.Dossier) -> list[str]:
    claims = dossier.stories[0].apparatus.claims
    return [c.label for c in claims if c.agreement is Agreement.CONTRADICTED]


def test_check_is_judged_by_the_model(run: Run, pile: Path, tmp_path: Path) -> None:
    folder = fifty(tmp_path / "small")
    done = run("check", pile / "second.txt", pile / "first.txt", "--judge", folder)
    assert done.code == 0
    assert "1 of 3 sentences contradicted by the source" in done.out
    assert f"contradicted, {share((4, 1, 0), 0):.2f}: " in done.out
    assert f"not contradicted, {share((0, 1, 0), 0):.2f} that it is: " in done.out
    assert "judged by small/model.onnx, labels contradiction, entailment, neutral" in done.out
    assert hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest()[:12] in done.out
    assert "change of figure" in done.out


def test_json_says_who_judged_and_what(run: Run, pile: Path, tmp_path: Path) -> None:
    words = ("check", pile / "second.txt", pile / "first.txt", "--json")
    own = json.loads(run(*words).out)
    assert own["judge"]["name"] == "retold-judge"
    assert own["doubt"] == "unsupported"
    other = json.loads(run(*words, "--judge", fifty(tmp_path / "small")).out)
    assert other["judge"]["name"] == "small/model.onnx"
    assert other["doubt"] == "contradicted"
    assert other["probability"] == share((4, 1, 0), 0)
    assert [s["probability"] for s in other["sentences"]][1] == share((4, 1, 0), 0)


def test_a_model_of_two_classes_checks_too(run: Run, pile: Path, tmp_path: Path) -> None:
    folder = judge(
        tmp_path / "two",
        first={"[CLS]": (1.0, 0.0)},
        second={"50": (0.0, 3.0)},
        labels=("entailment", "not_entailment"),
    )
    done = run("check", pile / "second.txt", pile / "first.txt", "--judge", folder)
    assert "1 of 3 sentences not borne out" in done.out
    assert f"not borne out, {share((1, 3), 1):.2f}: " in done.out
    found = retold.check(pile / "second.txt", pile / "first.txt", judge=folder)
    assert found.doubt is Doubt.UNSUPPORTED


def test_a_copy_is_not_doubted(pile: Path, tmp_path: Path) -> None:
    everything = judge(tmp_path / "no", first={"[CLS]": (9.0, 0.0, 0.0)})
    found = retold.check(pile / "first.txt", pile / "first.txt", judge=everything)
    assert {s.probability for s in found.sentences} == {0.0}
    assert found.probability == 0.0


def test_contradictions_are_decided_by_the_model(run: Run, pile: Path, tmp_path: Path) -> None:
    before = retold.compare(pile)
    folder = judge(tmp_path / "small", first={"50": (3.0, 0.0, 0.0)}, second=DOUBTS_50)
    done = run("compare", pile, "--judge", folder, "--json", tmp_path / "dossier.json")
    assert done.code == 0
    assert "judged by small/model.onnx" in " ".join(done.out.split())
    dossier = retold.load(tmp_path / "dossier.json")
    # in one direction 50 stands in the premise, in the other in the hypothesis
    one, other = share((3, 0, 0), 0), share((4, 0, 0), 0)
    (claim,) = [c for c in dossier.stories[0].apparatus.claims if "boats" in c.label]
    (change,) = [c for c in claim.changes if c.kind is ChangeKind.CONTRADICTION]
    assert claim.agreement is Agreement.CONTRADICTED
    assert change.probability == pytest.approx((one + other) / 2 * claim.probability, abs=2e-4)
    assert {change.before.text, change.after.text} == {
        "About 30 boats waited outside the bar until dawn.",
        "About 50 boats waited outside the bar until dawn.",
    }
    assert all(f" {each:.2f} " in change.explanation for each in (one, other))
    (model,) = [m for m in dossier.run.models if m not in before.run.models]
    assert model.name == "small/model.onnx"
    assert "labels contradiction, entailment, neutral" in model.version
    assert change.id.startswith("change:")
    told = run("explain", tmp_path / "dossier.json", change.id).out
    assert "small/model.onnx" in told
    assert "About 50 boats waited" in told


def test_what_the_model_lets_pass_is_no_contradiction(pile: Path, tmp_path: Path) -> None:
    assert any("boats" in label for label in contradicted(retold.compare(pile)))
    mild = judge(tmp_path / "mild", first=ENTAILED)
    dossier = retold.compare(pile, judge=mild)
    assert contradicted(dossier) == []
    kinds = {c.kind for claim in dossier.stories[0].apparatus.claims for c in claim.changes}
    assert ChangeKind.FIGURE in kinds
    assert ChangeKind.CONTRADICTION not in kinds


def test_the_threshold_is_that_of_the_configuration(pile: Path, tmp_path: Path) -> None:
    folder = judge(tmp_path, first={"50": (3.0, 0.0, 0.0)}, second=DOUBTS_50)
    config = retold.Config(collate=retold.config.CollateConfig(contradicts=0.99))
    dossier = retold.compare(pile, config, judge=folder)
    assert contradicted(dossier) == []
    changes = [c for claim in dossier.stories[0].apparatus.claims for c in claim.changes]
    assert ChangeKind.CONTRADICTION in {c.kind for c in changes}


def test_every_report_shows_a_contradiction(run: Run, pile: Path, tmp_path: Path) -> None:
    folder = fifty(tmp_path / "a<b>&\x1b[31m")
    page, tei, csv = (tmp_path / name for name in ("page.html", "tei.xml", "csv"))
    done = run("compare", pile, "--judge", folder, "--html", page, "--tei", tei, "--csv", csv)
    assert done.code == 0
    assert "\x1b" not in done.out
    html = page.read_text("utf-8")
    assert "k-contradiction" in html
    assert "a<b>" not in html
    assert "a&lt;b&gt;&amp;" in html
    assert "\x1b" not in html
    assert "contradiction" in (csv / "changes.csv").read_text("utf-8-sig")
    assert 'subtype="contradiction"' in tei.read_text("utf-8")


def test_the_order_of_the_articles_changes_nothing(tmp_path: Path) -> None:
    folder = judge(tmp_path / "small", first={"50": (3.0, 0.0, 0.0)}, second=DOUBTS_50)
    texts = [FIRST, SECOND, FIRST.replace("30", "two"), SECOND.replace("dawn", "noon")]
    articles = [retold.article(text, outlet=f"Outlet {n}") for n, text in enumerate(texts)]
    made = [retold.compare(order, judge=folder) for order in (articles, articles[::-1])]
    assert made[0].stories == made[1].stories


def test_no_more_pairs_are_judged_than_allowed(tmp_path: Path) -> None:
    texts = [FIRST.replace("30", number) for number in ("20", "40", "50", "60")]
    articles = [retold.article(text, outlet=f"Outlet {n}") for n, text in enumerate(texts)]
    folder = judge(tmp_path, first={"[CLS]": (9.0, 0.0, 0.0)})
    for most in (2, 8):
        config = retold.Config(collate=retold.config.CollateConfig(judged_pairs=most))
        dossier = retold.compare(articles, config, judge=folder)
        claims = dossier.stories[0].apparatus.claims
        (boats,) = [c for c in claims if "boats" in c.label]
        assert sum(c.kind is ChangeKind.CONTRADICTION for c in boats.changes) == min(most, 6)
        assert f"{most} pairs" in " ".join(dossier.run.notices)


def test_compare_needs_a_model_that_names_contradictions(
    run: Run, pile: Path, tmp_path: Path
) -> None:
    folder = judge(tmp_path / "two", labels=("entailment", "not_entailment"))
    done = run("compare", pile, "--judge", folder)
    assert done.code == 1
    assert "names contradiction" in done.err


@pytest.mark.parametrize("command", ["check", "compare"])
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json", "config.json", ""])
def test_what_is_missing_ends_the_command(
    run: Run, pile: Path, tmp_path: Path, command: str, name: str
) -> None:
    folder = fifty(tmp_path / "small")
    if name:
        (folder / name).unlink()
    else:
        folder = tmp_path / "nowhere"
    paths = [pile / "second.txt", pile / "first.txt"]
    done = run(command, *paths, "--judge", folder)
    assert done.code == 1
    assert (name or "no such folder") in done.err
    assert done.err.count("\n") == 1
    assert not done.out
