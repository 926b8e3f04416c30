"""Stories keep their numbers while they grow, merge and are divided."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from retold.desk.numbering import number

ARTICLES = range(1, 13)
PARTITIONS = st.lists(st.integers(0, 4), min_size=12, max_size=12)


def grouped(labels):
    held = {}
    for article, label in zip(ARTICLES, labels, strict=True):
        held.setdefault(label, set()).add(article)
    return list(held.values())


def pairs(stories):
    return [(article, story) for story, held in stories.items() for article in held]


def test_a_story_that_grows_keeps_its_number():
    found = number(pairs({7: {1, 2}}), [{1, 2, 3}, {4}])
    assert (found.numbers, found.moved, found.ended) == ((7, None), {}, ())


def test_of_stories_that_merge_the_lowest_number_stays_and_the_others_lead_to_it():
    found = number(pairs({9: {1, 2, 3}, 4: {5}, 6: {7, 8}}), [{1, 2, 3, 5, 7, 8}])
    assert (found.numbers, found.moved) == ((4,), {9: 0, 6: 0})


def test_the_larger_part_of_a_divided_story_keeps_its_number_of_equals_the_one_with_the_lowest():
    assert number(pairs({3: {1, 2, 5}}), [{1}, {2, 5}]).numbers == (None, 3)
    assert number(pairs({3: {1, 2}}), [{2}, {1}]).numbers == (None, 3)


def test_what_stands_for_others_counts_for_each_and_what_is_gone_ends():
    found = number([(5, 1), (5, 1), (6, 1), (9, 2)], [{5}, {6}])
    assert (found.numbers, found.ended) == ((1, None), (2,))


@given(PARTITIONS, PARTITIONS)
def test_each_number_goes_on_in_the_group_with_most_of_its_articles(old, new):
    before = {10 + at: held for at, held in enumerate(grouped(old))}
    after = grouped(new)
    found = number(pairs(before), after)
    given_numbers = [n for n in found.numbers if n is not None]
    assert len(set(given_numbers)) == len(given_numbers)
    assert not found.ended
    for story, held in before.items():
        at = found.moved.get(story)
        if at is None:
            at = found.numbers.index(story)
        else:
            assert found.numbers[at] < story
        most = max(len(held & group) for group in after)
        best = [g for g in after if len(held & g) == most]
        assert after[at] == min(best, key=min)
    assert Counter(found.numbers)[None] == sum(
        not any(found.numbers[at] == story or found.moved.get(story) == at for story in before)
        for at in range(len(after))
    )
