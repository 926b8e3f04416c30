"""Who may ask what, and from where."""

import itertools

import pytest
from starlette.routing import Route

from retold.desk.people import People, Role
from retold.errors import UsageError
from retold.web.app import create_app
from retold.web.guard.access import PASSED_ON, PUBLIC, READING, csrf_of, needed
from retold.web.settings import Settings
from tests.web.conftest import HOME, PAGE, TOKEN, log_in
from tests.web.conftest import csrf_of as form_token

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def hashed():
    """Hash the password once: it is slow on purpose."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(PASSWORD)


@pytest.fixture
def peopled(serve, hashed):
    """A desk with a reader and an editor."""
    served = serve()
    with served.desk.database.write() as connection:
        for name, role in (("Rhona", "reader"), ("Edda", "editor")):
            connection.execute(
                "INSERT INTO person (name, role, password, made) VALUES (?, ?, ?, 0)",
                (name, role, hashed),
            )
    return served


def routes(app):
    from fastapi.routing import APIRoute

    def walk(held):
        for route in held:
            inner = getattr(route, "original_router", None)
            if inner is not None:
                yield from walk(inner.routes)
            elif isinstance(route, APIRoute | Route):
                yield route

    return list(walk(app.routes))


def test_all_that_changes_something_needs_an_editor(serve):
    found = [
        (method, route.path) for route in routes(serve().app) for method in route.methods or ()
    ]
    assert ("POST", "/login") in found
    for method, path in found:
        role = needed(method, path)
        if method in {"GET", "HEAD"}:
            assert role is Role.READER or path in PUBLIC or path.startswith("/static/")
        else:
            assert role is Role.EDITOR or path in PUBLIC | READING


def test_everything_else_needs_somebody(peopled):
    client = peopled.client()
    for route in routes(peopled.app):
        if "GET" in route.methods and route.path not in PUBLIC and "{digest}" not in route.path:
            path = route.path.replace("{number}", "1")
            assert client.get(path).status_code == 401, path
            page = client.get(path, headers=PAGE, follow_redirects=False)
            expected = 401 if path.startswith("/api/") else 303
            assert page.status_code == expected, path


def test_without_people_or_token_this_machine_is_an_editor(client):
    assert client.get("/metrics").status_code == 200


def test_a_proxy_that_nobody_told_of_is_refused(client):
    for name in PASSED_ON:
        assert client.get("/metrics", headers={name: "203.0.113.9"}).status_code == 403


@pytest.mark.parametrize("given", [{"host": "0.0.0.0"}, {"proxy": "127.0.0.1"}, {"host": "::"}])
def test_other_machines_are_let_in_only_with_a_secret(tmp_path, given):
    path = tmp_path / "open.desk"
    with pytest.raises(UsageError, match="other machines"):
        create_app(path, Settings(**given))
    app = create_app(path, Settings(token=TOKEN, **given))
    People(app.state.desk.database).add("Edda", Role.EDITOR, PASSWORD)
    app.state.desk.close()
    create_app(path, Settings(**given)).state.desk.close()


def test_a_token_lets_a_program_in(serve):
    served = serve(token=TOKEN)
    client = served.client()
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics").headers["www-authenticate"] == "Bearer"
    for wrong in ("Bearer", "Bearer ", "Basic " + TOKEN, "Bearer x", "Bearer \xe9", TOKEN):
        headers = {"authorization": wrong.encode("latin-1")}
        assert client.get("/metrics", headers=headers).status_code == 401, wrong
    headers = {"authorization": f"bearer {TOKEN}"}
    assert client.get("/metrics", headers=headers).status_code == 200


def test_tokens_of_people_act_for_them(peopled):
    people = People(peopled.desk.database)
    secret = people.make_token("rhona", "reads")
    client = peopled.client(headers={"authorization": f"Bearer {secret}"})
    assert client.get("/metrics").status_code == 200
    assert client.post("/nothing").status_code == 403  # a reader changes nothing
    people.change("Rhona", role=Role.EDITOR)
    assert client.post("/nothing").status_code == 404
    people.drop_token(people.tokens()[0].row)
    assert client.get("/metrics").status_code == 401


def test_one_logs_in_and_out(peopled):
    client = peopled.client()
    answer = log_in(client, name="rhona", password=PASSWORD, next="/metrics")
    assert (answer.status_code, answer.headers["location"]) == (303, "/metrics")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Secure" not in cookie
    assert client.get("/metrics").status_code == 200
    secret = client.cookies["retold-8765"]
    left = client.post("/logout", data={"csrf": csrf_of(secret)}, follow_redirects=False)
    assert (left.status_code, left.headers["location"]) == (303, "/login")
    client.cookies["retold-8765"] = secret  # kept by a thief
    assert client.get("/metrics").status_code == 401


def test_a_session_is_not_the_one_that_a_stranger_set(peopled):
    client = peopled.client()
    client.get("/login", headers=PAGE)
    before = client.cookies["retold-8765"]
    log_in(client, name="Edda", password=PASSWORD)
    assert client.cookies["retold-8765"] != before


def test_cookies_go_over_https_alone_where_there_is_https(peopled):
    client = peopled.client("https://127.0.0.1:8765")
    cookie = client.get("/login", headers=PAGE).headers["set-cookie"]
    assert cookie.startswith("__Host-retold-8765=")
    assert "; Secure" in cookie
    assert "strict-transport-security" in client.get("/login").headers


def test_a_session_by_the_token_ends_with_the_token(serve):
    served = serve(token=TOKEN)
    client = served.client()
    assert log_in(client, token=TOKEN).status_code == 303
    assert client.get("/metrics").status_code == 200
    people = People(served.desk.database)
    secret = client.cookies["retold-8765"]
    assert people.session(secret, TOKEN)
    assert people.session(secret, TOKEN + "2") is None
    assert people.session(secret) is None


def test_sessions_end(peopled):
    people = People(peopled.desk.database)
    edda = people.known("Edda", PASSWORD)
    assert people.session(people.open_session(edda, 1)) == edda
    assert people.session(people.open_session(edda, 0)) is None
    secret = people.open_session(edda, 1)
    people.change("edda", password="another password")
    assert people.session(secret) is None
    secret = people.open_session(people.known("Edda", "another password"), 1)
    people.remove("Edda")
    assert people.session(secret) is None


def test_secrets_are_not_in_the_file(peopled, tmp_path):
    people = People(peopled.desk.database)
    token = people.make_token("Edda")
    session = people.open_session(people.known("Edda", PASSWORD), 1)
    peopled.desk.close()
    held = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    for secret in (token, session, PASSWORD):
        assert secret.encode() not in held


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", PASSWORD),
        ("x" * 65, PASSWORD),
        ("a\x00b", PASSWORD),
        ("token", PASSWORD),
        ("Una", "short"),
    ],
)
def test_names_and_passwords_that_are_refused(client, name, password):
    with pytest.raises(UsageError):
        People(client.app.state.desk.database).add(name, Role.READER, password)


def test_a_name_is_taken_once(peopled):
    with pytest.raises(UsageError, match="somebody"):
        People(peopled.desk.database).add("EDDA", Role.READER, PASSWORD)


# ------------------------------------------------------------------ requests of other sites


@pytest.fixture
def edda(peopled):
    client = peopled.client()
    assert log_in(client, name="Edda", password=PASSWORD).status_code == 303
    return client


def out(client, **headers):
    token = csrf_of(client.cookies["retold-8765"])
    return client.post("/nothing", data={"csrf": token}, headers=headers).status_code


def test_own_forms_pass(edda):
    assert out(edda) == 404
    own = {"origin": HOME, "sec-fetch-site": "same-origin"}
    assert out(edda, **own) == 404
    token = csrf_of(edda.cookies["retold-8765"])
    assert edda.post("/nothing", headers={"x-csrf-token": token}, json={}).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:8766"},  # another server on this machine
        {"origin": HOME.replace("127.0.0.1", "localhost")},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_other_sites_do_not(edda, headers):
    assert out(edda, **headers) == 403


@pytest.mark.parametrize(
    ("site", "mode", "status"),
    [
        ("same-origin", "cors", 200),
        ("none", "navigate", 200),
        ("cross-site", "navigate", 200),
        ("cross-site", "no-cors", 403),
        ("same-site", "cors", 403),
        ("cross-site", "", 403),
    ],
)
def test_other_sites_may_lead_here_but_load_nothing(client, site, mode, status):
    asked = {"sec-fetch-site": site, "sec-fetch-mode": mode}
    assert client.get("/api/v1/search?q=word", headers=asked).status_code == status
    assert client.get("/login", headers=asked).status_code == status


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"csrf": ""},
        {"csrf": "0" * 64},
        {"csrf": "\xe9"},
        {"csrf": ["a", "b"]},
        {f"f{n}": "" for n in range(300)},
    ],
)
def test_forms_without_their_token_do_not(edda, fields):
    assert edda.post("/nothing", data=fields).status_code in (400, 403)
    assert edda.post("/nothing", json=fields).status_code == 403


def test_methods_that_change_something_all_need_it(edda):
    for method in ("POST", "PUT", "PATCH", "DELETE", "BREW"):
        assert edda.request(method, "/nothing").status_code == 403


def test_a_token_of_another_session_does_not_do(peopled, edda):
    other = peopled.client()
    other_token = form_token(other.get("/login", headers=PAGE))
    assert edda.post("/nothing", data={"csrf": other_token}).status_code == 403


def test_logging_in_needs_the_form(peopled):
    client = peopled.client()
    answer = client.post("/login", data={"name": "Edda", "password": PASSWORD})
    assert answer.status_code == 403


def test_readers_change_nothing(peopled):
    client = peopled.client()
    log_in(client, name="Rhona", password=PASSWORD)
    token = csrf_of(client.cookies["retold-8765"])
    for method, path in itertools.product(("POST", "DELETE"), ("/feeds", "/api/v1/decisions")):
        headers = {"x-csrf-token": token}
        assert client.request(method, path, headers=headers).status_code == 403


@pytest.mark.parametrize(
    "back",
    ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "x", "/\r\nA: b"],
)
def test_logging_in_leads_nowhere_else(peopled, back):
    answer = log_in(peopled.client(), name="Edda", password=PASSWORD, next=back)
    assert answer.headers["location"] == "/"
