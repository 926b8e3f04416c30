"""Working beside the serving."""

import os
import signal
import threading
import time
from datetime import UTC, datetime

import pytest

from retold.desk import Desk
from retold.errors import DeskError
from retold.web import beside
from retold.web.beside import Beside, State, Worker
from tests.web.conftest import PAGE


def test_what_fails_is_told_and_tried_later(monkeypatch):
    told, pauses = [], []
    steps = iter([None, DeskError("the disk is full"), ValueError("a word of an article"), None])
    monkeypatch.setattr(beside, "write", told.append)

    def step():
        found = next(steps)
        if found:
            raise found

    beside.repeat(step, going=lambda: len(pauses) < 4, sleep=pauses.append)
    assert pauses == [beside.PAUSE, beside.LATER, beside.LATER, beside.PAUSE]
    assert [line["error"] for line in told] == ["DeskError", "ValueError"]
    assert told[0]["told"] == "the disk is full"
    assert "word" not in str(told[1])


def test_what_waits_is_done_by_a_process_of_its_own(tmp_path):
    from tests.web.hostile import articles

    with Desk.open(tmp_path / "it.desk") as desk:
        desk.add(articles()[:2])
        with beside.working(tmp_path / "it.desk"):
            until = time.monotonic() + 60
            while desk.waiting().articles and time.monotonic() < until:
                time.sleep(0.05)
        assert not desk.waiting().articles


def test_whoever_outlives_the_serving_ends_with_the_step_it_is_at(tmp_path, monkeypatch):
    from tests.web.hostile import articles

    with Desk.open(tmp_path / "it.desk") as desk:
        desk.add(articles()[:2])
    parents = iter([1])
    monkeypatch.setattr(beside.os, "getppid", lambda: next(parents, 2))
    monkeypatch.setattr(beside.signal, "signal", lambda *_: None)
    with pytest.raises(SystemExit):
        beside.work(tmp_path / "it.desk", 1)
    with Desk.open(tmp_path / "it.desk") as desk:
        assert not desk.waiting().articles


class Clock:
    """A clock that processes and waits move on."""

    def __init__(self):
        self.now = 0.0
        self.waits = []

    def wait(self, seconds):
        self.waits.append(seconds)
        self.now += seconds
        return False


def kept(lives):
    """Keep processes at work that live so many seconds each; return what came of it."""
    clock, told = Clock(), []

    class Process:
        exitcode = -9

        def __init__(self, seconds):
            self.seconds = seconds

        def start(self):
            if self.seconds is None:
                raise OSError(12, "Cannot allocate memory")

        def join(self):
            clock.now += self.seconds
            if lives_left == 0:
                found.stop()

        def terminate(self):
            told.append("terminated")

    left = iter(lives)
    lives_left = len(lives)

    def begin():
        nonlocal lives_left
        lives_left -= 1
        return Process(next(left))

    found = Beside(begin, log=told.append, clock=lambda: clock.now, wait=clock.wait)
    found.run()
    return found, clock, told


def test_who_ends_soon_is_begun_again_ever_later_and_then_left():
    found, clock, told = kept([5.0] * (beside.TRIES + 3))
    assert clock.waits == [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0]
    assert found.worker.state is State.LEFT
    assert (found.worker.ended, found.worker.next) == (beside.TRIES, None)
    assert len(told) == beside.TRIES
    assert told[0]["work"] == "ended"
    assert told[0]["again_in_seconds"] == 1.0
    assert "SIGKILL" in told[0]["why"]
    assert told[-1]["work"] == "left"
    assert "10 times within 60 s" in told[-1]["told"]


def test_who_worked_long_is_begun_again_at_once_however_often():
    lives = [5.0, 5.0, 5.0, 900.0, 5.0, *[900.0] * 20]
    found, clock, told = kept(lives)
    assert clock.waits[:5] == [1.0, 2.0, 4.0, 1.0, 1.0]
    assert set(clock.waits[5:]) == {1.0}
    assert found.worker.state is State.WORKING
    assert told[-1] == "terminated"  # the last one was asked to end


def test_a_process_that_cannot_be_begun_counts_as_one_that_ended():
    found, clock, told = kept([None] * beside.TRIES)
    assert found.worker.state is State.LEFT
    assert told[0]["why"] == "it could not be begun (Cannot allocate memory)"
    assert len(clock.waits) == beside.TRIES - 1


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (1, "it ended with code 1"),
        (-9, "it was killed (SIGKILL), as the system does where memory is short"),
        (-11, "it was killed (SIGSEGV)"),
        (-200, "it was killed (signal 200)"),
    ],
)
def test_ends_are_told_in_words(code, told):
    assert beside.why(code) == told


def test_what_is_killed_is_begun_again_and_goes_on(tmp_path, monkeypatch):
    from tests.web.hostile import articles

    lines = []
    monkeypatch.setattr(beside, "write", lines.append)
    path = tmp_path / "it.desk"
    with Desk.open(path) as desk, beside.working(path) as kept:
        first = _other(kept, None)
        os.kill(first, signal.SIGKILL)
        second = _other(kept, first)
        assert second != first
        desk.add(articles()[:2])
        until = time.monotonic() + 60
        while desk.waiting().articles and time.monotonic() < until:
            time.sleep(0.05)
        assert not desk.waiting().articles
        assert (kept.worker.state, kept.worker.ended) == (State.WORKING, 1)
        assert "SIGKILL" in kept.worker.why
    assert [(line["work"], line["again_in_seconds"]) for line in lines] == [("ended", 1.0)]
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def _other(kept, pid):
    """Wait for a process with another number and return that."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        process = kept.process
        if process is not None and process.pid not in {None, pid}:
            return process.pid
        time.sleep(0.02)
    raise AssertionError("none was begun")


def test_a_desk_that_cannot_be_opened_ends_the_process_with_a_line(tmp_path, monkeypatch):
    lines = []
    monkeypatch.setattr(beside, "write", lines.append)
    monkeypatch.setattr(beside.signal, "signal", lambda *_: None)
    (tmp_path / "it.desk").write_bytes(b"no desk at all" * 100)
    with pytest.raises(SystemExit) as ended:
        beside.work(tmp_path / "it.desk", os.getppid())
    assert ended.value.code == 1
    assert lines[0]["error"] == "DeskError"


def test_how_it_fares_is_shown(serve):
    served = serve()
    client = served.client()
    assert client.get("/api/v1/status/worker").json()["state"] == "elsewhere"
    assert "retold_worker_up" not in client.get("/metrics").text
    page = client.get("/runs", headers=PAGE).text
    assert "not begun again" not in page
    assert "was started, the last time" not in page

    kept = served.app.state.beside = Beside(lambda: None)
    assert client.get("/api/v1/status/worker").json()["state"] == "working"
    at = datetime(2031, 4, 9, 8, tzinfo=UTC)
    kept.worker = Worker(State.WAITING, 2, at, "it was killed (SIGKILL)", at)
    page = client.get("/runs", headers=PAGE).text
    assert "ended 2 times since the desk was started" in page
    assert "It is begun again" in page
    assert "retold_worker_up 0\n" in client.get("/metrics").text
    assert "retold_worker_ended 2\n" in client.get("/metrics").text
    kept.worker = Worker(State.LEFT, 10, at, "it ended with code 1")
    page = client.get("/runs", headers=PAGE).text
    assert "Nothing is placed or compared any more" in page
    told = client.get("/api/v1/status/worker").json()
    assert (told["state"], told["ended"], told["next"]) == ("left", 10, None)


def test_the_serving_ends_while_it_waits_to_begin_again():
    class Ends:
        exitcode = 3
        start = join = terminate = staticmethod(lambda: None)

    kept = Beside(Ends, log=lambda _: None)
    thread = threading.Thread(target=kept.run)
    thread.start()
    kept.stop()
    thread.join(5)
    assert not thread.is_alive()
