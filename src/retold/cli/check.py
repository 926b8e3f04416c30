"""``retold check``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from retold.cli.options import judge_option

if TYPE_CHECKING:
    from retold.model import Article, Check, Span


@click.command()
@click.argument("text", type=click.Path())
@click.argument("source", type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print all that was found as JSON.")
@judge_option("that judges in place of Retold's own judge")
def command(text: str, source: str, *, as_json: bool, judge: str | None) -> None:
    """Say which sentences of TEXT its SOURCE does not bear out.

    Each is a file with one article, in any format that `retold compare` reads: a summary and its
    article, a rewrite and the report behind it. Every sentence stands with the probability that it
    contradicts the source or goes beyond it, the changes found, and the sentence of the source that
    is nearest. What the source does not say may be true.
    """
    import retold

    found = retold.check(text, source, judge=judge)
    if as_json:
        from pydantic import TypeAdapter

        click.echo(TypeAdapter(type(found)).dump_json(found, indent=1).decode())
        return
    for line in _told(found):
        click.echo(line)


def _told(found: Check) -> Iterator[str]:
    from retold.collate.conflict import CONTRADICTS
    from retold.labels import POSSIBLE, count, short, visible
    from retold.model import Doubt

    contradicted = found.doubt is Doubt.CONTRADICTED
    bad, good = (
        ("contradicted", "not contradicted") if contradicted else ("not borne out", "borne out")
    )
    against = "" if contradicted else " not"
    doubted = [s for s in found.sentences if s.probability >= CONTRADICTS]
    yield (
        f"{len(doubted)} of {count(len(found.sentences), 'sentence')} {bad} by the source;"
        f" the text as a whole: probability {found.probability:.2f}"
    )
    judge = found.judge
    yield f"judged by {short(judge.name, 80)}, {visible(judge.version)}, sha256 {judge.sha256[:12]}"
    for sentence in found.sentences:
        mark = bad if sentence.probability >= CONTRADICTS else good
        sure = f", {sentence.probability:.2f} that it is{against}" if sentence.probability else ""
        if sentence.probability >= CONTRADICTS:
            sure = f", {sentence.probability:.2f}"
        yield ""
        yield f"{mark}{sure}: {_quoted(found.text, sentence.span)}"
        for change in sentence.changes:
            sure = "" if change.probability >= POSSIBLE else "possible "
            about = visible(change.explanation)
            yield f"  {sure}change of {change.kind} ({change.probability:.2f}): {about}"
        for span in sentence.near[:1]:
            yield f"  nearest in the source: {_quoted(found.source, span)}"


def _quoted(article: Article, span: Span) -> str:
    from retold.labels import visible

    words = " ".join(article.text[span.start : span.end].split())
    return f"[{span.start}:{span.end}] “{visible(words)}”"
