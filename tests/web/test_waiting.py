"""What waits, what could not be done and what is related is told."""

import re
from datetime import timedelta

from retold.desk import dossiers, stories
from tests.desk.making import DAY, article
from tests.stories import texts
from tests.web.conftest import PAGE


def test_what_could_not_be_compared_is_on_the_runs_page_and_in_the_api(serve):
    served = serve()
    client = served.client()
    assert "could not be compared" not in client.get("/runs", headers=PAGE).text
    served.desk.add(article(f"<i>{at}</i>", published=DAY) for at in range(4))
    with served.desk.database.write() as connection:
        stories.store(connection, {}, {}, [{1, 2}, {3, 4}])
        connection.execute("UPDATE job SET tries = 1, fault = 'ValueError in x.py, line 1'")
        connection.execute("UPDATE job SET tries = ? WHERE story = 2", (dossiers.TRIES,))
        connection.execute("UPDATE job SET fault = '' WHERE story = 2")
    page = client.get("/runs", headers=PAGE).text
    assert "<i>0" not in page
    assert "&lt;i&gt;0&lt;/i&gt;" in page
    assert "ValueError in x.py, line 1" in page
    assert re.search(r"tried 3 times.*the process ended each time", page)
    held = client.get("/api/v1/status").json()
    assert (held["dossiers"], held["failed"]) == (2, 1)
    failed = client.get("/api/v1/status/failed").json()
    assert [(each["number"], each["tries"]) for each in failed] == [(1, 1), (2, 3)]
    assert "\nretold_dossiers 2\n" in client.get("/metrics").text


def test_related_stories_are_on_the_page_and_in_the_api(serve):
    served = serve()
    after = f"{texts.VELL_COPY} <b>Nobody</b> was there."
    days = [(texts.VELL, 0), (after, 40), (texts.STRIKE, 1)]
    served.desk.add(article(text, published=DAY + timedelta(days=at)) for text, at in days)
    served.desk.work(most=0)
    client = served.client()
    one, other, alone = (served.desk.story_of(a.id) for a in _stored(served.desk))
    (told,) = client.get(f"/api/v1/stories/{one}/related").json()
    assert told["story"]["number"] == other
    assert client.get(f"/api/v1/stories/{alone}/related").json() == []
    assert client.get("/api/v1/stories/99/related").status_code == 404
    page = client.get(f"/stories/{one}", headers=PAGE).text
    assert "Related stories" in page
    assert f'href="/stories/{other}"' in page
    assert "Related stories" not in client.get(f"/stories/{alone}", headers=PAGE).text


def _stored(desk):
    return sorted(desk.articles().items, key=lambda row: row.number)
