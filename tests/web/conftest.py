"""A served desk, in this process."""

import re
import shutil
import socket
from importlib.resources import as_file, files

import pytest
from starlette.testclient import TestClient

from retold.config import FetchConfig
from retold.desk import Desk
from retold.fetch.client import Client
from retold.read import read
from retold.web.app import create_app
from retold.web.settings import Settings

PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"
TOKEN = "a-token-of-the-desk-for-tests"
PAGE = {"accept": "text/html"}


def nowhere(host, port):
    """Know no name: tests ask nothing of the web."""
    if host[-1].isdigit():
        return [host]  # an address is its own
    raise socket.gaierror(f"{host}: unknown here")


class Served:
    """An application, what it logged, and clients that ask it."""

    def __init__(self, path, settings):
        self.lines = []
        self.app = create_app(path, settings, self.lines.append)
        self.app.state.web = Client(FetchConfig(), resolve=nowhere)
        self.desk = self.app.state.desk

    def client(self, base=HOME, **options):
        return TestClient(self.app, base_url=base, **options)


@pytest.fixture
def serve(tmp_path):
    """Return a function that serves a new desk, with settings by name."""
    opened = []

    def served(**given):
        found = Served(tmp_path / f"{len(opened)}.desk", Settings(port=PORT, **given))
        opened.append(found)
        return found

    yield served
    for found in opened:
        found.desk.close()


@pytest.fixture
def client(serve):
    """A browser at this machine, where nobody needs to log in."""
    return serve().client()


def csrf_of(response):
    """Return the token that the forms of a page carry."""
    return re.search(r'name="csrf" value="([0-9a-f]+)"', response.text).group(1)


def log_in(client, **fields):
    """Log a browser in; the answer is the redirect, or the form again."""
    token = csrf_of(client.get("/login", headers=PAGE))
    return client.post("/login", data={"csrf": token, **fields}, follow_redirects=False)


@pytest.fixture(scope="session")
def stock(tmp_path_factory):
    """The file of a desk that holds the example's articles and what was left out of them."""
    path = tmp_path_factory.mktemp("stock") / "stock.desk"
    with (
        as_file(files("retold.examples") / "brannock" / "articles") as folder,
        Desk.open(path) as desk,
    ):
        desk.add(read([folder, folder / "nothing.txt"]), "the example")
        desk.work()
    return path


@pytest.fixture
def filled(stock, serve, tmp_path):
    """The example's desk, served to this machine, as a copy of its own."""
    shutil.copy(stock, tmp_path / "0.desk")
    return serve()
