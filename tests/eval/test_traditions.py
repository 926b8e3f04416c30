"""The simulator of traditions: the same by seed, and a truth that its texts bear out."""

import json
import re
from collections import Counter
from random import Random

import pytest

from eval.core import GoldError
from eval.traditions import clocks, grow, load, write
from eval.traditions.files import stemma
from eval.traditions.newsroom import LEVELS, OWN, Text, alter, first_report, merge, unattribute
from eval.traditions.stories import attributes, bank, base_stories, mentions, options, render

CASES = [(seed, level, size) for seed, size in ((1, 5), (2, 12), (3, 40)) for level in LEVELS]


def test_a_seed_gives_the_same_tradition_and_another_seed_another():
    assert grow(4, "heavy", 12) == grow(4, "heavy", 12)
    assert grow(4, "heavy", 12) != grow(5, "heavy", 12)


@pytest.mark.parametrize(("seed", "level", "size"), CASES)
def test_the_truth_is_one_rooted_graph_in_the_order_of_the_times(seed, level, size):
    tradition = grow(seed, level, size)
    assert len(tradition.kept) == size
    by_name = {v.name: v for v in tradition.versions}
    assert sum(not v.parents for v in tradition.versions) == 1
    for version in tradition.versions:
        assert len(version.parents) <= 2
        assert all(by_name[p].published < version.published for p in version.parents)
    children = Counter(p for v in tradition.versions for p in v.parents)
    assert all(children[v.name] >= 2 for v in tradition.versions if v.lost)


@pytest.mark.parametrize(("seed", "level", "size"), CASES)
def test_what_a_version_tells_of_the_story_one_of_its_parents_tells(seed, level, size):
    tradition = grow(seed, level, size)
    by_name = {v.name: v for v in tradition.versions}
    for version in tradition.versions:
        if version.parents:
            told = {s for p in version.parents for s in by_name[p].statements}
            assert set(version.statements) - {OWN} <= told


def test_a_copy_has_the_words_of_its_parent_and_a_heavy_rewrite_few_of_them():
    shares = {}
    for level in ("light", "heavy"):
        tradition = grow(7, level, 60)
        by_name = {v.name: v for v in tradition.versions}
        found = []
        for version in tradition.versions:
            for parent in version.parents[:1]:
                mine, theirs = _grams(version.text), _grams(by_name[parent].text)
                found.append(len(mine & theirs) / len(mine))
                if version.operations[0] == "copy" and len(version.parents) == 1:
                    assert found[-1] > 0.7
        shares[level] = sum(found) / len(found)
    assert shares["heavy"] < 0.45 < shares["light"]


def _grams(text):
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 4]) for i in range(len(words) - 3)}


def test_every_template_of_every_story_makes_a_sentence():
    rng = Random(1)
    for story in base_stories():
        assert 12 <= len(story.statements) <= 25
        known = {name: fact.true for name, fact in story.facts.items()}
        known |= {"place": story.place, "outlet": "The Echo", "voice": story.voices[0]}
        own = [t for kind in "LBCVOF" for t in bank(kind)] + list(story.own)
        told = [w for registers in story.statements for wordings in registers for w in wordings]
        for template in told + own:
            picks = tuple(rng.randrange(n) for n in options(template))
            for attributed in (True, False):
                text = render(template, picks, known, attributed=attributed)
                assert not re.search(r"[\[\]{}<>|]|  | [,.]", text), text
                assert not text[0].islower()


def test_wordings_of_a_statement_tell_the_same_facts():
    for story in base_stories():
        for registers in story.statements:
            assert [len(wordings) for wordings in registers] == [1, 5, 5, 5]
            told = [w for wordings in registers for w in wordings]
            assert len(set(told)) == len(told)
            assert all(mentions(w) == mentions(told[0]) for w in told), told


def _text(story=0):
    return first_report(Random(2), base_stories()[story], "The Echo")


def test_an_error_is_made_wherever_the_fact_is_named_and_is_inherited():
    text = _text()
    alter(Random(3), text, ("name",), wrong=True)
    (changed,) = {r for u in text.units for r in u.readings}
    assert changed[1] in text.story.facts[changed[0]].wrong
    naming = [u for u in text.units if changed[0] in mentions(u.template)]
    assert all(dict(u.readings) == dict([changed]) for u in naming)
    assert any(changed[1].split()[-1] in u.text(text.story) for u in naming)


def test_an_attribution_is_dropped_with_its_words():
    text = _text()
    unattribute(Random(1), text)
    dropped = [u for u in text.units if not u.attributed]
    assert dropped
    assert all(attributes(u.template) for u in dropped)
    assert not any("clerk said" in u.text(text.story) for u in dropped)


def test_a_merge_takes_what_the_text_lacks():
    one, other = _text(), _text()
    one.units = one.units[:6]
    assert merge(Random(1), one, other)
    assert len({u.statement for u in one.units}) > 6
    same = Text(one.story, "x", list(other.units))
    assert not merge(Random(1), same, other)


def test_files_give_back_the_tradition(tmp_path):
    tradition = grow(6, "middle", 15)
    write(tmp_path / "one", tradition)
    (told,) = load(tmp_path)
    assert told.level == "middle"
    assert dict(told.parents) == dict(tradition.parents)
    assert [t.text for t in told.texts] == [v.text for v in tradition.kept]
    assert [t.published for t in told.texts] == [v.published for v in tradition.kept]
    truth = json.loads((tmp_path / "one" / "truth.json").read_text())
    assert [v["version"] for v in truth["versions"]] == [v.name for v in tradition.versions]


def test_a_text_without_a_node_is_named(tmp_path):
    write(tmp_path, grow(6, "light", 5))
    (tmp_path / "truth.dot").write_text('digraph { "a" -> "b"; }')
    with pytest.raises(GoldError, match="no node"):
        load(tmp_path)
    with pytest.raises(GoldError, match=r"no truth\.dot"):
        load(tmp_path / "nowhere")


def test_dot_is_read_with_and_without_quotes():
    graph = 'digraph "x" {\n level="y";\n a;\n a -> "b c";\n "b c" -> d [weight=2];\n e -> d;\n}'
    assert stemma(graph) == {"a": (), "b c": ("a",), "d": ("b c", "e"), "e": ()}


def test_clocks_are_hidden_or_wrong_in_about_one_of_five():
    times = {v.name: v.published for v in grow(1, "light", 200).kept}
    assert set(clocks(times, "hidden", 1).values()) == {None}
    assert clocks(times, "given", 1) == times
    wrong = clocks(times, "wrong", 1)
    assert 20 <= sum(t is not None and t != times[n] for n, t in wrong.items()) <= 60
    assert 2 <= sum(t is None for t in wrong.values()) <= 25
    with pytest.raises(ValueError, match="dates are"):
        clocks(times, "odd", 1)


def test_levels_and_sizes_that_are_none_are_refused():
    with pytest.raises(ValueError, match="no level"):
        grow(1, "odd", 5)
    with pytest.raises(ValueError, match="at least two"):
        grow(1, "light", 1)
