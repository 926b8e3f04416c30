"""The engine of one machine gives the same results whatever the number of processes."""

from retold.engine import LocalEngine


def square(number: int) -> int:
    return number * number


def test_one_and_two_processes_agree_in_order() -> None:
    items = list(range(25))
    alone = list(LocalEngine().map(square, items))
    assert alone == [n * n for n in items]
    assert list(LocalEngine(2).map(square, items)) == alone


def test_nothing_to_do_is_fine() -> None:
    assert list(LocalEngine(3).map(square, [])) == []
