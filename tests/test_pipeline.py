"""What the stages make of a pile as a whole."""

from datetime import UTC, datetime, timedelta

import retold
from tests.stories import texts

DAY = datetime(2031, 4, 9, 8, tzinfo=UTC)
URL = "https://harbour.example/flood"


def test_of_one_address_the_latest_text_is_compared_and_the_earlier_kept():
    told = [texts.VELL, f"{texts.VELL} The mayor spoke again at noon.", texts.VELL_COPY]
    updates = [
        retold.article(text, outlet="Harbour Post", url=URL, published=DAY + timedelta(hours=at))
        for at, text in enumerate(told)
    ]
    other = retold.article(texts.VELL_REWRITE, outlet="Isk Star", published=DAY)
    pile = [*updates, other]
    dossier = retold.compare(pile)
    first, second, latest = (article.id for article in updates)
    assert [(r.article.id, r.latest) for r in dossier.revisions] == [
        (second, latest),
        (first, latest),
    ]
    assert {a.id for a in dossier.articles} == {latest, other.id}
    (story,) = dossier.stories
    assert set(story.articles) == {latest, other.id}
    assert dossier.run.articles_in == dossier.run.articles_out == len(pile)
    again = retold.compare(pile[::-1])
    assert (again.articles, again.revisions) == (dossier.articles, dossier.revisions)
