"""Every operation of the API, asked for what the desk has, answers as its description says."""

import schemathesis

from retold.desk.values import Decision, DecisionKind
from tests.web.conftest import HOME
from tests.web.test_api import CHECKED

TEXT = "The harbour at Quell was closed on Monday, its master said. " * 20
OUTLINE = "<opml version='2.0'><body><outline xmlUrl='https://quell.example/f'/></body></opml>"
ELSEWHERE = {("POST", "/feeds")}
"""What asks the web; its tests have a site of their own."""


def test_every_operation_has_something_to_answer_with(filled):
    desk = filled.desk
    (story,) = desk.stories().items
    ids = [row.id for row in desk.versions(story.number)]
    lone = next(n for n in range(1, 9) if n != story.number and desk.story(n))
    row = desk.decide(Decision(DecisionKind.NOTE, (ids[0],), note="Read again."), "Edda")
    feed, _ = desk.add_feed("https://quell-bell.example/feed")
    first = desk.article(ids[0])
    by_path = {
        "/stories": {"number": story.number},
        "/articles": {"key": ids[0]},
        "/decisions": {"number": row.number},
        "/feeds": {"number": feed},
        "/runs": {"number": 1},
        "/export": {"number": story.number, "what": "articles"},
    }
    pair = desk.carried().items[0]
    queries = {
        "/outlet": {"name": first.outlet},
        "/outlets": {"outlet": pair.outlet, "source": pair.source},
        "/search": {"q": "Brannock"},
    }
    bodies = {
        "/articles": {"text": TEXT},
        "/seen": {"text": TEXT, "title": "Closed"},
        "/compare": {"articles": ids[:2]},
        "/decisions": {"kind": "not-derived", "articles": ids[:2]},
        "/decisions/merge": {"stories": [story.number, lone]},
        "/decisions/split": {"story": story.number, "articles": ids[:1]},
        "/feeds/opml": {"opml": OUTLINE},
    }
    client = filled.client()
    token = {"x-csrf-token": client.get("/api/v1/session").json()["csrf"]}
    schema = schemathesis.openapi.from_dict(client.app.openapi())
    reached = set()
    for found in schema.get_all_operations():
        operation = found.ok()
        method, path = operation.method.upper(), operation.path.removeprefix("/api/v1")
        if (method, path) in ELSEWHERE:
            continue
        room = "/" + path.split("/")[1]
        sent = {}
        if method == "POST" and path in bodies:
            sent = {"body": bodies[path], "media_type": "application/json"}
        case = operation.Case(
            path_parameters=by_path.get(room, {}),
            query=queries.get(room, {}),
            headers=token,
            **sent,
        )
        asked = case.as_transport_kwargs(base_url=HOME)
        asked.pop("cookies", None)
        answer = client.request(**asked)
        assert answer.status_code in (200, 201), (method, path, answer.text[:300])
        case.validate_response(answer, checks=CHECKED)
        reached.add((method, path))
    assert len(reached) > 35
