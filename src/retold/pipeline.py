"""The stages in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from time import perf_counter

from retold import annotate, collate, reuse, rewrite, stemma, stories
from retold._version import __version__
from retold.collate.crossencoder import CrossEncoder
from retold.config import Config
from retold.engine import Engine, LocalEngine, Progress, silent
from retold.model import (
    SCHEMA,
    Article,
    Document,
    Dossier,
    Rejected,
    Revision,
    Run,
    Story,
    StoryDossier,
)


def examine(
    articles: Iterable[Article],
    rejected: Iterable[Rejected] = (),
    config: Config | None = None,
    engine: Engine | None = None,
    progress: Progress = silent,
    judge: CrossEncoder | None = None,
) -> Dossier:
    """Run every stage over ``articles`` and return what was found.

    The result does not depend on the order of ``articles``. Of the revisions of one text the latest
    is compared. ``rejected`` is passed through;
    ``judge`` decides which readings of a claim contradict each other.
    """
    config = config or Config()
    engine = engine or LocalEngine()
    started, clock = datetime.now(UTC), perf_counter()
    given = {a.id: a for a in articles}
    earlier = stories.revisions(given.values(), config.stories)
    pile = sorted((a for a in given.values() if a.id not in earlier), key=lambda a: a.id)
    left_out = tuple(sorted(rejected))

    with rewrite.ahead(s for article in pile for s in annotate.sentences([article])):
        documents = annotate.annotate(pile, engine, progress)
        matches = reuse.find(documents, config.reuse, progress)
    matches += rewrite.find(documents, matches, config.rewrite, progress)
    found = stories.group(documents, matches, config.stories)
    by_id = {document.id: document for document in documents}
    told = [_tell(story, by_id, config, judge) for story in found]

    counts = Counter(str(r.reason) for r in left_out)
    models = [*annotate.models(), *rewrite.models()]
    notices = [*annotate.notices(), *rewrite.notices()]
    if judge:
        models.append(judge.file)
        notices.append(collate.judged_by(judge, config.collate))
    run = Run(
        version=__version__,
        schema=SCHEMA,
        configuration=config.digest(),
        engine=engine.name,
        seed=config.seed,
        models=tuple(sorted(models, key=lambda m: m.name)),
        articles_in=len(given) + len(left_out),
        articles_out=len(given),
        rejected=dict(sorted(counts.items())),
        notices=tuple(sorted(notices)),
        started=started,
        seconds=round(perf_counter() - clock, 3),
    )
    revised = (Revision(given[old], latest) for old, latest in earlier.items())
    return Dossier(
        run=run,
        articles=tuple(pile),
        rejected=left_out,
        stories=tuple(sorted(told, key=_rank)),
        revisions=tuple(sorted(revised, key=_lateness)),
    )


def _tell(
    story: Story, documents: dict[str, Document], config: Config, judge: CrossEncoder | None
) -> StoryDossier:
    """Stemma and apparatus of one story."""
    rows = collate.align(story, documents, config.collate, config.rewrite)
    tree = stemma.build(story, documents, rows, config.stemma)
    apparatus = collate.collate(story, documents, rows, tree, config.collate, judge)
    return StoryDossier(
        id=story.id,
        articles=story.articles,
        matches=story.matches,
        merges=story.merges,
        credits=tuple(c for a in story.articles for c in documents[a].credits),
        origins=stemma.origins(tree, story.articles),
        stemma=tree,
        apparatus=apparatus,
        makeup=collate.makeup(story, documents, rows, tree, config.collate),
        related=story.related,
    )


def _lateness(revision: Revision) -> tuple[str, float, str]:
    """Sort key: by what stands for it, the latest first."""
    article = revision.article
    moments = [when.timestamp() for when in (article.published, article.fetched) if when]
    return revision.latest, -max(moments, default=0.0), article.id


def _rank(story: StoryDossier) -> tuple[int, Sequence[str]]:
    return -len(story.articles), story.articles
