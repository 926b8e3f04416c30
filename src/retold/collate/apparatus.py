"""The apparatus of a story: claims, quotations and figures with their changes."""

from __future__ import annotations

from collections.abc import Mapping

from retold.collate.claims import Views, make_claims
from retold.collate.counts import make_figures
from retold.collate.crossencoder import CrossEncoder
from retold.collate.nearness import embedded
from retold.collate.quotations import make_quotations
from retold.collate.ruled import NotSame, Opposed
from retold.collate.telling import most_telling
from retold.collate.versions import versions
from retold.config import CollateConfig
from retold.model import Apparatus, Document, Row, Stemma, Story


def collate(
    story: Story,
    documents: Mapping[str, Document],
    rows: tuple[Row, ...],
    stemma: Stemma,
    config: CollateConfig | None = None,
    judge: CrossEncoder | None = None,
    not_same: NotSame = (),
) -> Apparatus:
    """Collate the versions of a story.

    ``documents`` maps article ids to documents and holds at least those of ``story``; ``rows`` are
    its aligned sentences, ``stemma`` its derivation graph; a ``judge`` decides which readings of a
    claim contradict each other. What is ``not_same`` is not of one quotation or figure either; the
    rows have none of it together. The result depends on none of their orders, except that claims
    come in the order of ``rows``. Every reading's text is what stands in the article at its
    offsets.
    """
    config = config or CollateConfig()
    told = [documents[article] for article in sorted(story.articles)]
    # of so many versions few are far apart; others were embedded when the story was found
    few = len(told) <= config.row_judged
    views = Views(documents, embedded(told) if few else {})
    claims = make_claims(story.articles, rows, views, stemma, config, judge)
    opposed = Opposed(not_same)
    quotations = make_quotations(story.articles, rows, views, stemma, config, opposed)
    figures = make_figures(story.articles, rows, views, stemma, config, opposed)
    return Apparatus(
        claims=claims,
        quotations=quotations,
        figures=figures,
        versions=versions(story, documents, config),
        telling=most_telling(claims, quotations, figures, config.telling),
    )
