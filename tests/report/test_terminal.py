"""The summary fits a screen and cannot be steered by what an article says."""

from __future__ import annotations

import io
from dataclasses import replace

from rich.console import Console

from retold.model import (
    Agreement,
    Apparatus,
    Article,
    Change,
    ChangeKind,
    Claim,
    Credit,
    CreditForm,
    Derivation,
    Dossier,
    Edge,
    HypotheticalAncestor,
    MakeUp,
    Origins,
    Reading,
    Reason,
    Rejected,
    Run,
    Span,
    Stemma,
    StoryDossier,
)
from retold.report.terminal import show

HOSTILE = "\x1b]0;owned\x07[bold red]Sold[/] \u202eevil"


def dossier(versions: int, title: str = "The heron of Low Withy") -> Dossier:
    articles = tuple(
        Article(f"a{i:03}", "The heron left.", title, f"Heron Post {i}", source=f"{i}.txt")
        for i in range(versions)
    )
    ids = tuple(a.id for a in articles)
    origins = Origins(1, 2, ids[:1], "")
    edges = tuple(Edge(f"edge:{i}", a, "hypo:1", 0.7, 0.5, i % 2 == 0) for i, a in enumerate(ids))
    stemma = Stemma("s", "evidence", edges, (HypotheticalAncestor("hypo:1", title, 0.9, ""),))
    reading = Reading("a000", 0, 9, "The heron")
    changes = tuple(
        Change(
            f"c{i}", ChangeKind.FIGURE, reading, reading, False, 0.9, 0.9, f"number {i}", ids[:2]
        )
        for i in range(9)
    )
    claim = Claim("claim:1", title, (reading,), Agreement.SOME, changes, origins, 0.9, False)
    story = StoryDossier(
        "s",
        ids,
        (),
        (),
        (Credit(Span("a000", 0, 3), title, CreditForm.REPORTED),),
        origins,
        stemma,
        Apparatus((claim,), telling=tuple(c.id for c in changes)),
    )
    rejected = tuple(Rejected(f"{i}.txt", Reason.EMPTY, title) for i in range(9))
    return Dossier(Run("0", "1", "", "local", 0, (), 0, 0), articles, rejected, (story,))


def shown(made: Dossier, width: int = 80) -> str:
    stream = io.StringIO()
    show(made, Console(file=stream, width=width, highlight=False))
    return stream.getvalue()


def test_it_fits_a_screen_with_sixty_versions() -> None:
    lines = shown(dossier(60)).splitlines()
    assert len(lines) <= 40
    assert max(map(len, lines)) <= 80
    assert any("and 49 more" in line for line in lines)


def test_it_says_what_matters() -> None:
    text = shown(dossier(3), 200)
    for words in (
        "3 articles",
        "1 to 2 independent origins",
        "no dates",
        "The heron of Low Withy in 1",
        "undecided",
        "5. number 4",
        "Left out 0.txt: The heron",
        "and 5 more left out",
    ):
        assert words in text
    assert "6. number 5" not in text


def test_hostile_text_steers_nothing() -> None:
    text = shown(dossier(3, HOSTILE), 200)
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "[bold red]Sold[/]" in text


def test_what_is_only_possible_is_not_among_the_most_telling() -> None:
    made = dossier(3)
    (story,) = made.stories
    (claim,) = story.apparatus.claims
    first, *others = claim.changes
    weak = replace(claim, changes=(replace(first, probability=0.4), *others))
    apparatus = replace(story.apparatus, claims=(weak,))
    text = shown(replace(made, stories=(replace(story, apparatus=apparatus),)), 200)
    assert "number 0" not in text
    assert "5. number 5" in text


def test_a_version_says_how_far_it_derives_and_what_is_its_own() -> None:
    made = dossier(3)
    (story,) = made.stories

    def version(article: str, derivation: Derivation, own: float, *, decided: bool) -> MakeUp:
        shares = (1 - own, 0.0, 0.0, own)
        return MakeUp(article, ("hypo:1",), 9, *shares, derivation, 0.9, decided, ())

    makeup = (
        version("a000", Derivation.WHOLLY, 0.0, decided=True),
        version("a001", Derivation.PARTIALLY, 0.25, decided=False),
    )
    text = shown(replace(made, stories=(replace(story, makeup=makeup),)), 200)
    assert "0.70  wholly derived\n" in "\n".join(line.rstrip() for line in text.splitlines())
    assert "undecided  perhaps partially derived, 25 % its own" in text
    assert "its own" not in shown(made, 200)
