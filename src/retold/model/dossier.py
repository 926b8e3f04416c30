"""All that is found about a pile, and the run that found it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from retold.model.annotations import Credit
from retold.model.apparatus import Apparatus
from retold.model.articles import Article, Rejected
from retold.model.makeup import MakeUp
from retold.model.matches import Match, Merge, Related
from retold.model.rulings import Rulings
from retold.model.stemma import Origins, Stemma

SCHEMA = "1"
"""Version of the dossier's JSON Schema; grows when a field changes its meaning or goes."""


@dataclass(frozen=True, slots=True)
class StoryDossier:
    """All that is found about one story."""

    id: str
    articles: tuple[str, ...]
    """Ids, sorted."""
    matches: tuple[Match, ...]
    merges: tuple[Merge, ...]
    credits: tuple[Credit, ...]
    origins: Origins
    """The independent origins of the story's versions as a whole."""
    stemma: Stemma
    apparatus: Apparatus
    makeup: tuple[MakeUp, ...] = ()
    """A version each, in the order of ``articles``."""
    related: tuple[Related, ...] = ()
    """Those it was divided from first, then the most alike."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model or table that a run rests on."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Run:
    """How a dossier came about."""

    version: str
    """Of Retold."""
    schema: str
    """Version of the dossier's JSON Schema."""
    configuration: str
    """``sha256:`` over the configuration that can change a result, and over ``rulings``."""
    engine: str
    seed: int
    models: tuple[ModelFile, ...]
    articles_in: int
    articles_out: int
    rejected: dict[str, int] = field(default_factory=dict)
    """Count by reason, sorted."""
    notices: tuple[str, ...] = ()
    """What the user should know of the run as a whole (a missing model, say)."""
    started: datetime | None = None
    seconds: float | None = None
    rulings: Rulings | None = None
    """What editors ruled on these articles; None where there is nothing."""


@dataclass(frozen=True, slots=True)
class Revision:
    """An earlier text of an article: of the same address, and not compared."""

    article: Article
    latest: str
    """The article that stands for it."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that is found about the stories in a pile: what ``compare`` returns."""

    run: Run
    articles: tuple[Article, ...]
    """Sorted by id."""
    rejected: tuple[Rejected, ...]
    stories: tuple[StoryDossier, ...]
    """Most versions first, then by id."""
    revisions: tuple[Revision, ...] = ()
    """By the article that stands for them, the latest first."""

    def _repr_html_(self) -> str:
        """Show the dossier in a notebook."""
        from retold.report.notebook import notebook_html  # values stay free of the report

        return notebook_html(self)
