"""What outlets carry, over two stories, a hostile pile and scans, as values and as pages."""

from __future__ import annotations

import dataclasses

import pytest

from retold.corpus.results import load_scan
from retold.model import Dossier, Edge, HypotheticalAncestor, Stemma, StoryDossier
from retold.report.outlets.gather import of_dossier, of_scan
from retold.report.outlets.page import render
from retold.report.outlets.values import Outlets
from tests.corpus.fiction import barge, crowd, hostile
from tests.report.html import piles


def two_stories() -> Dossier:
    """Return the crane of Quellmar told twice: the second time all from an agency."""
    made = piles.dossier()
    (story,) = made.stories
    agency = HypotheticalAncestor("ancestor:1", "an unseen report", 0.9, "why", "Ferrol Wire")
    edges = tuple(
        Edge(f"edge:again-{n}", article, agency.id, 0.9, 0.5, decided=n > 0)
        for n, article in enumerate(story.articles)
    )
    again: StoryDossier = dataclasses.replace(
        story, id="story:again", stemma=Stemma("story:again", "test", edges, (agency,))
    )
    return dataclasses.replace(made, stories=(story, again))


@pytest.fixture(scope="package")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outlets]:
    folder = tmp_path_factory.mktemp("scans")
    scans = {"scan": barge().fiction, "hostile scan": hostile(), "crowd": crowd()}
    made = {"two": of_dossier(two_stories()), "hostile": of_dossier(piles.hostile())}
    made["empty"] = of_dossier(dataclasses.replace(piles.dossier(), stories=()))
    return made | {n: of_scan(load_scan(f.write(folder / n))) for n, f in scans.items()}


@pytest.fixture(scope="package")
def files(found, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    made = {name: folder / f"{name}.html" for name in found}
    for name, path in made.items():
        path.write_text(render(found[name]), encoding="utf-8")
    return made
