"""The commands: serving over a real socket, and saying who may log in."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner

from retold.cli.user import command as user
from retold.desk import Desk
from retold.desk.people import People, Role
from retold.errors import UsageError
from tests.desk.making import numbered

RETOLD = [sys.executable, "-c", "from retold.cli import main; main()"]


def test_the_command_serves_until_it_is_stopped(tmp_path):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RETOLD_")}
    process = subprocess.Popen(
        [*RETOLD, "serve", "--port", "0", "--no-work"],
        cwd=tmp_path,
        env=environment | {"RETOLD_DESK": str(tmp_path / "it.desk")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        said = process.stdout.readline()
        home = re.search(r"http://127\.0\.0\.1:\d+/", said).group()
        with urllib.request.urlopen(home + "healthz", timeout=30) as answer:
            assert json.load(answer) == {"status": "ok"}
            assert "server" not in answer.headers
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    line = json.loads(errors.splitlines()[0])
    assert (line["route"], line["status"]) == ("/healthz", 200)
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--host", "0.0.0.0", "--port", "0"], "other machines"),
        (["--token", "short"], "16 or more"),
    ],
)
def test_what_is_not_safe_is_refused(tmp_path, words, told):
    done = subprocess.run(
        [*RETOLD, "serve", *words],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert told in done.stderr


def test_people_are_let_in_and_out(tmp_path):
    path = str(tmp_path / "it.desk")

    def run(*words, said="", code=0):
        done = CliRunner().invoke(user, [*words, "--desk", path], input=said)
        assert done.exit_code == code, done.output
        return done.output

    assert "Edda may log in as editor" in run(
        "add", "Edda", "--role", "editor", said="long enough 1\nlong enough 1\n"
    )
    run("add", "Rhona", "--password-stdin", said="long enough 2\n")
    assert run("list") == "Edda: editor\nRhona: reader\n"
    run("change", "Rhona", "--role", "editor")
    run("change", "Edda", "--password-stdin", said="long enough 3\n")
    secret = run("token", "Rhona", "--label", "feeds", "--days", "2").strip()
    with Desk.open(path) as desk:
        people = People(desk.database)
        assert people.known("edda", "long enough 3").role is Role.EDITOR
        assert people.known("Edda", "long enough 1") is None
        assert people.token(secret).name == "Rhona"
    assert "token 1 of Rhona: feeds, until 2" in run("list")
    run("drop-token", "1")
    run("remove", "Rhona")
    assert run("list") == "Edda: editor\n"
    run("change", "Edda", code=1)


@pytest.mark.parametrize("words", ["list", "remove Edda", "drop-token 1", "token Edda"])
def test_nobody_is_sought_in_a_desk_that_is_not_there(tmp_path, words):
    done = CliRunner().invoke(user, [*words.split(), "--desk", str(tmp_path / "it.desk")])
    assert "there is no desk" in str(done.exception)
    assert not list(tmp_path.iterdir())


def test_a_password_that_is_no_text_is_refused(tmp_path):
    given = ["add", "Edda", "--password-stdin", "--desk", str(tmp_path / "it.desk")]
    done = CliRunner().invoke(user, given, input=b"long enough \xff\n")
    assert "no text in UTF-8" in str(done.exception)
    with Desk.open(tmp_path / "it.desk") as desk:
        people = People(desk.database)
        people.add("Edda", Role.READER, "long enough 1")
        with pytest.raises(UsageError, match="can be seen"):
            people.add("Rh\udcffna", Role.READER, "long enough 1")
        assert (
            people.known("Edda", "\udcff" * 12) is people.known("\udcff", "long enough 1") is None
        )


def test_who_came_with_the_old_password_while_it_was_changed_is_not_let_in(tmp_path):
    with Desk.open(tmp_path / "it.desk") as desk:
        people = People(desk.database)
        people.add("Edda", Role.READER, "long enough 1")
        before = people.known("Edda", "long enough 1")
        people.change("Edda", role=Role.EDITOR)
        assert people.session(people.open_session(before, 1.0)) is not None
        people.change("Edda", password="long enough 2")
        with pytest.raises(UsageError, match="changed just now"):
            people.open_session(before, 1.0)
        assert people.open_session(people.known("Edda", "long enough 2"), 1.0)


def test_a_new_password_ends_sessions_and_tokens(tmp_path):
    path = str(tmp_path / "it.desk")

    def run(*words, said="", code=0):
        done = CliRunner().invoke(user, [*words, "--desk", path], input=said)
        assert done.exit_code == code, done.output
        return done.output

    run("add", "Edda", "--password-stdin", said="long enough 1\n")
    run("add", "Rhona", "--password-stdin", said="long enough 2\n")
    with Desk.open(path) as desk:
        people = People(desk.database)
        edda, rhona = people.everybody()
        sessions = [people.open_session(edda, 1.0) for _ in range(2)]
        people.open_session(edda, -1.0)  # it has ended by itself
        other = people.open_session(rhona, 1.0), people.make_token("Rhona")
        first = people.make_token("edda")
        people.make_token("Edda", days=-1.0)
        kept = run("change", "edda", "--password-stdin", "--keep-tokens", said="long enough 3\n")
        assert kept.splitlines() == [
            "edda: changed; 2 sessions and 0 tokens ended",
            "tokens that live on: 2; `retold desk user drop-token` ends one",
        ]
        assert not any(map(people.session, sessions))
        assert people.token(first)
        said = "edda: changed; 0 sessions and 1 token ended\n"
        assert run("change", "edda", "--password-stdin", said="long enough 4\n") == said
        assert not people.token(first)
        assert people.session(other[0])
        assert people.token(other[1])
        assert run("change", "Rhona", "--role", "editor") == "Rhona: changed\n"
        assert people.token(other[1]).role is Role.EDITOR
    run("change", "Rhona", "--role", "editor", "--keep-tokens", code=1)


LOADED = """
import sys
from pathlib import Path
from starlette.testclient import TestClient
from retold.web.app import create_app
from retold.web.render import warm
from retold.web.settings import Settings

app = create_app(Path(sys.argv[1]), Settings(rate=0), lambda _: None)
warm()
print(*({"numba", "pandas", "pyarrow.dataset"} & sys.modules.keys()))
app.state.desk.warm()
known = set(sys.modules)
browser = TestClient(app, base_url="http://127.0.0.1", headers={"accept": "text/html"})
for place in ("/", "/stories/1", "/articles", "/search?q=ferry", "/outlets"):
    assert browser.get(place).status_code == 200, place
print(*sorted(name for name in set(sys.modules) - known if name.startswith(("retold", "numba"))))
app.state.desk.close()
"""


def test_what_the_first_pages_take_is_loaded_before_they_are_asked_for(tmp_path):
    with Desk.open(tmp_path / "retold.db") as desk:
        desk.add([numbered(0), numbered(1)])
        desk.work(most=0)
    words = [sys.executable, "-c", LOADED, str(tmp_path / "retold.db")]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert told == "\n\n"
