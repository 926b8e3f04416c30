"""The engine of one machine gives the same results whatever the number of processes."""

import retold
from retold.annotate import BATCH, annotate
from retold.engine import Processes


def square(number: int) -> int:
    return number * number


def test_one_and_two_processes_agree_in_order() -> None:
    items = list(range(25))
    alone = list(Processes().map(square, items))
    assert alone == [n * n for n in items]
    assert list(Processes(2).map(square, items)) == alone


def test_annotating_in_two_processes_gives_the_same_documents() -> None:
    texts = [f"Boat {i} of Ebba Rusk left Gull Point on Monday." for i in range(6 * BATCH)]
    articles = [retold.article(text) for text in texts]
    assert annotate(articles, Processes(2)) == annotate(articles)


def test_nothing_to_do_is_fine() -> None:
    assert list(Processes(3).map(square, [])) == []
