"""The quotation task on an invented folder, and the parts of its measures."""

import pytest

from eval.core import GoldError
from eval.polnear import bare
from eval.tasks import polnear
from retold.model import Article, Attribution, Document, Span, Speech

TEXT = (
    "The mayor spoke on Monday.\n\n"
    "“The quay is lost,” Quint said. “We leave.”\n\n"
    "She warned that the tide “comes back” soon.\n"
)


def span(words, text=TEXT):
    start = text.index(words)
    return start, start + len(words)


def ann(rows):
    lines = []
    for number, (source, cue, content) in enumerate(rows):
        names = [f"T{number * 3 + i + 1}" for i in range(3)]
        for name, role, words in zip(
            names, ("Source", "Cue", "Content"), (source, cue, content), strict=True
        ):
            pieces = [span(w) for w in words]
            offsets = ";".join(f"{s} {e}" for s, e in pieces)
            lines.append(f"{name}\t{role} {offsets}\t{' '.join(words)}")
        who, how, what = names
        lines.append(f"E{number + 1}\tAttribution:{how} Source:{who} Cue:{how} Content:{what}")
    return "\n".join(lines) + "\n"


GOLD = [
    (["Quint"], ["said"], ["“The quay is lost,”", "“We leave.”"]),
    (["She"], ["warned"], ["that the tide “comes back” soon"]),
]


@pytest.fixture
def folder(tmp_path):
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "quay.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "attributions" / "quay_a1.ann").write_text(ann(GOLD), encoding="utf-8")
    return tmp_path


def test_gold_is_read_and_direct_speech_told_apart(folder):
    (case,) = polnear.load(folder)
    ((direct, said), (other, warned)) = case.annotators[0]
    assert (direct, other) == (True, False)
    assert [TEXT[s:e] for s, e in said.content] == ["The quay is lost", "We leave"]
    assert [TEXT[s:e] for s, e in warned.source] == ["She"]
    assert [TEXT[s:e] for s, e in warned.cue] == ["warned"]


def test_a_subfolder_dev_is_what_is_scored(folder, tmp_path):
    (tmp_path / "set").mkdir()
    folder.joinpath("text").rename(tmp_path / "moved")
    dev = tmp_path / "set" / "dev"
    dev.mkdir()
    (tmp_path / "moved").rename(dev / "text")
    (tmp_path / "attributions").rename(dev / "attributions")
    assert [case.name for case in polnear.load(tmp_path / "set")] == ["quay"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("T1\tSource 0 3\tWrong", r"quay_a1\.ann:1: the offsets hold"),
        ("T1\tSource nought\tThe", r"quay_a1\.ann:1: not a text-bound annotation"),
        ("E1\tAttribution:T9 Content:T9", r"quay_a1\.ann:1: T9 is not defined"),
        ("E1\tnothing", r"quay_a1\.ann:1: not an event"),
        ("nothing", r"quay_a1\.ann:1: begins no annotation"),
    ],
)
def test_bad_gold_names_file_and_line(folder, line, message):
    (folder / "attributions" / "quay_a1.ann").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        polnear.load(folder)


def test_missing_files_are_named(folder):
    (folder / "text" / "quay.txt").unlink()
    with pytest.raises(GoldError, match=r"there is no text quay\.txt"):
        polnear.load(folder)
    with pytest.raises(GoldError, match="no folder text/"):
        polnear.load(folder / "text")


def test_measures():
    gold = [polnear.Said(((0, 10),), ((20, 30),)), polnear.Said(((40, 50),), ())]
    found = [polnear.Said(((0, 10),), ((26, 30),)), polnear.Said(((45, 55),), ((0, 5),))]
    assert polnear.content(gold, found, exact=True) == (1, 1, 1)
    assert polnear.content(gold, found, exact=False) == (1.5, 0.5, 0.5)
    assert polnear.linked(gold, found) == (1, 1)
    assert polnear.linked(gold, [polnear.Said(((0, 10),), ((0, 5),))]) == (0, 1)
    assert polnear.linked(gold, []) == (0, 1)


TWO = [
    polnear.Said(((0, 10),), ((20, 30),), ((11, 15),)),
    polnear.Said(((40, 50),), (), ((52, 56),)),
]


def test_parts_are_scored_on_paired_attributions():
    found = [
        polnear.Said(((0, 10),), ((20, 30),), ((11, 17),)),
        polnear.Said(((40, 50),), ((60, 64),), ((52, 56),)),
        polnear.Said(((80, 90),), ((20, 30),), ()),
    ]
    assert polnear.parts("source", TWO, found, exact=True) == (1, 2, 0)
    assert polnear.parts("cue", TWO, found, exact=True) == (1, 1, 1)
    assert polnear.parts("cue", TWO, found, exact=False) == pytest.approx((1.8, 0.2, 0.2))


def test_a_link_is_exact_when_all_three_parts_are():
    assert polnear.link(TWO, TWO, exact=True) == (2, 0, 0)
    other = [TWO[0], polnear.Said(((40, 50),), (), ((52, 55),))]
    assert polnear.link(TWO, other, exact=True) == (1, 1, 1)
    hits, more, fewer = polnear.link(TWO, other, exact=False)
    assert hits == pytest.approx(1 + 2 * 13 / 27)
    assert (more, fewer) == (2 - hits, 2 - hits)


def test_words_weigh_long_contents_more():
    text = "one two three four five six"
    gold = [polnear.Said(((0, 18),), ()), polnear.Said(((19, 23),), ())]
    found = [polnear.Said(((0, 18),), ())]
    assert polnear.words(text, gold, found) == (4, 0, 1)


def test_what_stands_in_another_content_is_not_scored():
    article = Article("sha256:0", "The Argus reported that Quint said the quay was lost.")
    outer = Attribution("a:1", Speech.INDIRECT, (Span("sha256:0", 19, 52),))
    inner = Attribution("a:2", Speech.INDIRECT, (Span("sha256:0", 35, 52),), within="a:1")
    document = Document(article, attributions=(outer, inner))
    assert [s.content for s in polnear.predicted(document, direct=False)] == [((19, 52),)]


def test_ranges_are_compared_bare():
    text = "x “The quay, “it” is lost.” y"
    assert bare(text, [(2, 27)]) == ((3, 25),)
    assert bare(text, [(2, 10), (10, 27)]) == ((3, 25),)
    assert bare(text, [(1, 2)]) == ()


def test_baseline():
    found = polnear.baseline('“The quay is lost,” said Orla Quint. A “small” word. "No."')
    assert len(found) == 1
    assert found[0] == polnear.Said(((1, 17),), ((25, 35),))


def test_scores_have_baselines_and_intervals(folder):
    scores = {score.name: score for score in polnear.evaluate(folder)}
    exact = scores["direct, content exact F1"]
    assert (exact.value, exact.n) == (1.0, 1)
    assert exact.low <= exact.value <= exact.high
    assert exact.baseline == 0.0
    assert scores["direct, speaker linked"].value == 1.0
    parts = ["content", "source", "cue", "link"]
    names = {f"{part} {way} F1" for part in parts for way in ("exact", "overlap")}
    names |= {"content words F1"}
    assert set(scores) == {"direct, speaker linked"} | {
        f"{kind}, {name}" for kind in ("direct", "all kinds") for name in names
    }
    assert scores["direct, link exact F1"].value == 1.0
    assert scores["direct, link exact F1"].baseline is None


def test_the_human_figures_compare_annotators(folder):
    """Another annotator who leaves the second attribution out agrees on one of three."""
    (folder / "attributions" / "quay_b2.ann").write_text(ann(GOLD[:1]), encoding="utf-8")
    scores = {score.name: score for score in polnear.evaluate(folder)}
    assert scores["human, direct, content exact F1"].value == 1.0
    assert scores["human, all kinds, content exact F1"].value == pytest.approx(2 / 3, abs=1e-4)
    assert "human, all kinds, speaker linked" not in scores
