"""The stages in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from time import perf_counter

from retold import annotate, collate, reuse, rewrite, stemma, stories
from retold._version import __version__
from retold.collate.crossencoder import CrossEncoder
from retold.config import Config
from retold.engine import Processes, Progress, silent
from retold.model import (
    SCHEMA,
    Article,
    Document,
    Dossier,
    Rejected,
    Revision,
    Rulings,
    Run,
    Story,
    StoryDossier,
)
from retold.rulings import among, configuration, dated, named, told


def examine(
    articles: Iterable[Article],
    rejected: Iterable[Rejected] = (),
    config: Config | None = None,
    engine: Processes | None = None,
    progress: Progress = silent,
    judge: CrossEncoder | None = None,
    known: Mapping[str, Document] | None = None,
    rulings: Rulings | None = None,
) -> Dossier:
    """Run every stage over ``articles`` and return what was found.

    The result does not depend on the order of ``articles``. Of the revisions of one text the latest
    is compared. ``rejected`` is passed through;
    ``judge`` decides which readings of a claim contradict each other. ``known`` has, by id, what
    :func:`retold.annotate.annotate_batch` made of some of the articles; it saves time alone. What
    ``rulings`` say of these articles goes before what is found; the run lists it.
    """
    config = config or Config()
    engine = engine or Processes()
    started, clock = datetime.now(UTC), perf_counter()
    # which text is the latest is told by the dates that were found: one that is ruled is when the
    # article appeared, not when this text did
    plain = {article.id: article for article in articles}
    earlier = stories.revisions(plain.values(), config.stories)
    given = dated(plain.values(), rulings or Rulings())
    ruled = among(rulings or Rulings(), given.keys(), earlier)
    pile = sorted((a for a in given.values() if a.id not in earlier), key=lambda a: a.id)
    left_out = tuple(sorted(rejected))

    # what was read of an article under another date is of no use
    known = {name: d for name, d in (known or {}).items() if d.article == given.get(name)}

    # where nothing is annotated no processor is idle
    unread = [article for article in pile if article.id not in known]
    with rewrite.ahead(s for article in unread for s in annotate.sentences([article])):
        documents = annotate.annotate(pile, engine, progress, known)
        documents = annotate.speak(documents, ruled.speakers)
        matches = reuse.find(documents, config.reuse, progress)
    matches += rewrite.find(documents, matches, config.rewrite, progress)
    found = stories.group(documents, matches, config.stories, rulings=ruled)
    by_id = {document.id: document for document in documents}
    tell = partial(_tell, documents=by_id, config=config, judge=judge, rulings=ruled)
    made = [tell(story) for story in found]

    counts = Counter(str(r.reason) for r in left_out)
    models = [*annotate.models(), *rewrite.models()]
    notices = [*annotate.notices(), *rewrite.notices()]
    notices += named([*told(ruled), *annotate.idle(documents, ruled.speakers)], given.values())
    if judge:
        models.append(judge.file)
        notices.append(collate.judged_by(judge, config.collate))
    run = Run(
        version=__version__,
        schema=SCHEMA,
        configuration=configuration(config.digest(), ruled),
        engine=engine.name,
        seed=config.seed,
        models=tuple(sorted(models, key=lambda m: m.name)),
        articles_in=len(given) + len(left_out),
        articles_out=len(given),
        rejected=dict(sorted(counts.items())),
        notices=tuple(sorted(notices)),
        started=started,
        seconds=round(perf_counter() - clock, 3),
        rulings=ruled or None,
    )
    revised = (Revision(given[old], latest) for old, latest in earlier.items())
    return Dossier(
        run=run,
        articles=tuple(pile),
        rejected=left_out,
        stories=tuple(sorted(made, key=_rank)),
        revisions=tuple(sorted(revised, key=_lateness)),
    )


def _tell(
    story: Story,
    documents: dict[str, Document],
    config: Config,
    judge: CrossEncoder | None,
    rulings: Rulings,
) -> StoryDossier:
    """Stemma and apparatus of one story."""
    rows = collate.align(story, documents, config.collate, config.rewrite, rulings.not_same)
    tree = stemma.build(story, documents, rows, config.stemma, rulings.not_derived)
    apparatus = collate.collate(
        story, documents, rows, tree, config.collate, judge, rulings.not_same
    )
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
