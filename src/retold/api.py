"""The functions behind the commands: one a verb."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from retold.engine import Processes, Progress, silent

if TYPE_CHECKING:
    from retold.collate.crossencoder import CrossEncoder
    from retold.config import Config
    from retold.corpus.results import Found, Scan
    from retold.model import Article, Check, Dossier, Match, Rulings, Story, Tradition
    from retold.report.outlets.values import Outlets

Source = str | os.PathLike[str]


def compare(
    sources: Source | Iterable[Source | Article],
    config: Config | None = None,
    *,
    processes: int = 1,
    progress: Progress = silent,
    judge: Source | None = None,
    rulings: Rulings | None = None,
) -> Dossier:
    """Find the stories in a pile of articles and lay their versions side by side.

    Args:
        sources: files and folders, articles (see :func:`retold.article`), or both.
        config: thresholds; the defaults of :class:`retold.Config` where None.
        processes: how many processes annotate, at most; the result is the same for any number.
            A script that asks for several must guard its start with ``if __name__ == "__main__":``.
        progress: is told how far each stage has come.
        judge: a folder with a classifier of sentence pairs, exported to ONNX, that decides which
            readings of a claim contradict each other, instead of the kinds of their changes; what
            it may be is told in the how-to on checking.
        rulings: what editors ruled, which goes before what is found.

    Returns:
        The dossier: the articles, what was left out, and each story with its stemma and apparatus.

    Raises:
        InputError: not one article could be read; the message lists why.
        ModelError: the folder holds no such classifier; the message names file and remedy.
    """
    from retold.config import Config
    from retold.pipeline import examine
    from retold.read.given import pile

    model = None if judge is None else _judge(judge)
    if model:
        model.require_contradictions()
    config = config or Config()
    articles, rejected = pile(sources, config.read, progress)
    return examine(
        articles, rejected, config, Processes(processes), progress, model, rulings=rulings
    )


def article(text: str, config: Config | None = None, **fields: Any) -> Article:
    """Make an article from text that you hold: the same cleaning as for a plain-text file.

    Args:
        text: the text; a title, byline or date that stands before its body is told from it.
        config: languages and limits are those of its ``read``.
        fields: title, outlet, byline, url, language, published and fetched (text or datetime),
            and source, a name for the text.

    Raises:
        UsageError: a field is unknown.
        InputError: the text is empty, furniture only, or in a language that is not read.
    """
    from retold.read import from_text

    return from_text(text, config=config.read if config else None, **fields)


def group(
    articles: Iterable[Article],
    config: Config | None = None,
    *,
    known: Iterable[Story] = (),
    matches: Iterable[Match] = (),
    processes: int = 1,
    progress: Progress = silent,
    rulings: Rulings | None = None,
) -> list[Story]:
    """Put articles into stories by their words, dates and, where given, the text that they share.

    Nothing is annotated, aligned or told of versions: a pile of tens of thousands is grouped in
    minutes. Of the revisions of one text the latest stands for all; the others are in no story.

    Args:
        articles: the pile.
        config: its ``stories`` count.
        known: stories that were found before, of which ``articles`` has those that may grow: only
            what new articles touch is grouped anew, as far as its articles are given.
        matches: passages that the articles share, as a dossier has them; those of other articles
            are of no account.
        processes: how many cores are used, at most; the result is the same for any number.
        progress: is told how far it has come.
        rulings: what editors ruled: its dates, and what is together and apart.

    Returns:
        All stories, each with the reasons of its merges and with the stories related to it.
    """
    from retold.config import Config
    from retold.stories.told import tell

    thresholds = (config or Config()).stories
    return tell(articles, known, matches, thresholds, processes, progress, rulings)


def load(path: Source) -> Dossier:
    """Read a dossier that ``compare --json`` wrote.

    Raises:
        DossierError: the file cannot be read or is no dossier of this schema.
    """
    from retold.report.json import load as load_json

    return load_json(Path(path))


def export(
    dossier: Dossier,
    *,
    html: Source | None = None,
    json: Source | None = None,
    csv: Source | None = None,
    tei: Source | None = None,
    claimreview: Source | None = None,
    graph: Source | Iterable[Source] = (),
) -> list[Path]:
    """Write a dossier in the forms that are asked for, each file whole or not at all.

    Args:
        dossier: what :func:`compare` returned or :func:`load` read.
        html: the page, one file that needs nothing else.
        json: the dossier itself, which :func:`load` reads back.
        csv: a folder for the tables of a spreadsheet, a CSV file each.
        tei: the apparatus as TEI P5.
        claimreview: drafts of schema.org ClaimReview, without verdicts, as JSON-LD.
        graph: who took it from whom, in one file or several, whose endings say how: ``.dot`` or
            ``.gv``, ``.nwk``, ``.graphml``, ``.gexf``, ``.json``.

    Returns:
        The files that were written.

    Raises:
        RetoldError: a file cannot be written.
        UsageError: a graph has another ending, or it is asked for as a tree and is none.
    """
    from retold.report.export import export as write

    asked = {"html": html, "json": json, "csv": csv, "tei": tei, "claimreview": claimreview}
    paths = {form: Path(path) for form, path in asked.items() if path is not None}
    return write(dossier, **paths, graph=_paths(graph))


def _paths(given: Source | Iterable[Source]) -> list[Path]:
    return [Path(p) for p in ([given] if isinstance(given, str | os.PathLike) else given)]


def scan(
    sources: Source | Iterable[Source],
    out: Source,
    config: Config | None = None,
    *,
    index: Source | None = None,
    keep: str | None = None,
    rewrites: bool = False,
    stories: bool = False,
    processes: int = 1,
    progress: Progress = silent,
    engine: Literal["local", "spark"] = "local",
    master: str | None = None,
) -> Scan:
    """Find every copy in a corpus, passage by passage, and write what was found as tables.

    The corpus is read in a stream: it need not fit in memory. What was interrupted goes on when it
    is called again, and what is finished is not computed again.

    Args:
        sources: files, folders and patterns such as ``news/**/*.parquet``.
        out: the folder that the tables are written to.
        config: thresholds; the defaults of :class:`retold.Config` where None.
        index: a folder that keeps the sketches, so that later scans add articles to it and
            :func:`find` can ask; the articles that it holds already are part of the scan.
        keep: a policy by which one article of each group is kept: ``earliest``, ``longest`` or
            ``central``. Two more tables say which were kept and why the others were not.
        rewrites: whether articles that tell the same in other words are looked for too, with one
            more table.
        stories: whether articles are grouped into stories too, with three more tables: who tells
            one event, why, and which stories are related. Texts are read once and not annotated.
        processes: how many cores are used, at most; the result is the same for any number.
        progress: is told how far each stage has come.
        engine: ``spark`` spreads the scan over a cluster, or over this machine, with the same
            result; ``sources`` and ``out`` are then all that Spark reads and writes. Where ``out``
            is no folder of this machine, the scan's tables are opened there, not by the scan.
        master: where Spark runs, as it says it (``spark://host:7077``); as it is configured where
            None, and on this machine where it is not.

    Returns:
        The scan, whose tables are opened when they are asked for.

    Raises:
        UsageError: the policy or a field is unknown; or Spark is not installed, does not start, or
            is asked for what it has not: an index, or further tables where ``out`` is elsewhere.
        InputError: not one article could be read; the message lists why.
        ScanError: the folder or the index is damaged, or another scan is writing to it.
    """
    from retold.config import Config
    from retold.corpus import keep as keeping
    from retold.corpus import rewrites as rewriting
    from retold.corpus import stories as telling

    config = config or Config()
    given = [sources] if isinstance(sources, str | os.PathLike) else list(sources)
    if engine == "spark":
        from retold.flow import run as spread

        more = {"keep": keep is not None, "rewrites": rewrites, "stories": stories}
        here = spread.asked(out, [name for name, wanted in more.items() if wanted], index, keep)
        found: Scan = spread.scan(given, out, config, master=master, progress=progress)
        if not here:
            return found
        if keep is not None:
            found = keeping.keep(found, keep)
    else:
        from retold.corpus.scan import scan as run

        found = run(
            given,
            Path(out),
            config,
            index=None if index is None else Path(index),
            keep=keep,
            processes=processes,
            progress=progress,
        )
    if keep is None:
        found = keeping.discard(found)
    if rewrites:
        found = rewriting.rewrites(found, config, processes, progress)
    else:
        found = rewriting.discard(found, config)
    if stories:
        return telling.stories(found, config, processes, progress)
    return telling.discard(found, config)


def load_scan(folder: Source) -> Scan:
    """Open what :func:`scan` wrote.

    Raises:
        ScanError: the folder holds no finished scan, or a table of it is damaged.
    """
    from retold.corpus.results import load_scan as load_tables

    return load_tables(folder)


def find(text: str, index: Source, config: Config | None = None) -> list[Found]:
    """Find the articles of an index that share text with ``text``; nothing is added to it.

    Args:
        text: the text; its offsets are those of the spans that are found.
        index: the folder that :func:`scan` was given as ``index``.
        config: thresholds; those of the index where None.

    Returns:
        The articles, those that hold most of ``text`` first.

    Raises:
        ScanError: the folder holds no index, or it is damaged or of another configuration.
    """
    from retold.corpus.index import find as ask

    return ask(text, index, config)


def outlets(
    found: Dossier | Scan, *, html: Source | None = None, graph: Source | Iterable[Source] = ()
) -> Outlets:
    """Gather which outlets carry whose text: how often, how much, how soon, how sure.

    Args:
        found: a dossier, whose stemmata say who took it from whom, or a scan, whose times do.
        html: the page, one file that needs nothing else.
        graph: files to write it to, whose endings say how, as for :func:`export`.

    Raises:
        RetoldError: a file cannot be written, or a table of the scan is damaged.
        UsageError: a graph has another ending, or it is asked for as a tree and is none.
    """
    from retold.report.outlets import outlets as gather

    return gather(found, Path(html) if html is not None else None, _paths(graph))


def explain(found: Dossier | Scan, name: str) -> str:
    """Return the evidence behind anything in a dossier, or any row of a scan, in words.

    ``name`` is its id, or any beginning of it that fits only one. A row of a scan's outlets is
    called ``outlet:OUTLET / OTHER``.

    Raises:
        UsageError: nothing there, or more than one thing, has this id.
    """
    from retold.model import Dossier

    if isinstance(found, Dossier):
        from retold.report.explain import explain as explain_id

        return explain_id(found, name)
    from retold.report.scan.explain import explain as explain_row

    return explain_row(found, name)


def check(
    text: Source | Article,
    source: Source | Article,
    config: Config | None = None,
    *,
    judge: Source | None = None,
) -> Check:
    """Say which sentences of a text its source does not bear out.

    A judge, fitted to edited summaries, claims and sentences, weighs what each sentence holds
    against the whole source. It takes as many sentences to be borne out as not, and knows nothing
    but the two texts: what the source does not say may be true. The result names who judged, and
    says what the probabilities are of.

    Args:
        text: a file with one article, or an article: a summary, a rewrite, a retelling.
        source: the same, for what the text draws on.
        config: its ``read`` counts.
        judge: a folder with a classifier of sentence pairs, exported to ONNX, that judges instead;
            what it may be is told in the how-to on checking.

    Raises:
        InputError: one of the two cannot be read.
        ModelError: the folder holds no such classifier; the message names file and remedy.
        UsageError: a file holds several articles, or more that cannot be read.
    """
    from retold.annotate import annotate
    from retold.collate import check as lay_beside
    from retold.config import Config
    from retold.read.given import single

    model = None if judge is None else _judge(judge)
    read = (config or Config()).read
    told, origin = annotate([single(text, read), single(source, read)])
    return lay_beside(told, origin, model)


def _judge(folder: Source) -> CrossEncoder:
    from retold.collate.crossencoder import CrossEncoder

    return CrossEncoder(Path(folder))


def derive(
    table: Source, config: Config | None = None, *, graph: Source | Iterable[Source] = ()
) -> Tradition:
    """Work out who copied whom from the collation of any text.

    Args:
        table: CSV, a column a witness and a row a place, or TEI in parallel segmentation.
        config: its ``stemma`` counts.
        graph: files to write the stemma to, whose endings say how, as for :func:`export`.

    Raises:
        InputError: the table cannot be read; the message says where and why.
        UsageError: a graph has another ending, or it is asked for as a tree and is none.
    """
    from retold.config import Config
    from retold.read.collation import read_collation
    from retold.report.files import put
    from retold.report.graph import write
    from retold.report.graph.stemma import tradition_graph
    from retold.stemma.collated import derive as infer

    found = infer(read_collation(Path(table)), (config or Config()).stemma)
    drawn = tradition_graph(found)
    for path, content in [(path, write(drawn, path)) for path in _paths(graph)]:
        put(path, content)
    return found


def demo(config: Config | None = None, *, progress: Progress = silent) -> Dossier:
    """Compare the bundled example: a fictional story in fifteen versions."""
    from retold.config import Config
    from retold.examples import brannock
    from retold.model import Rejected
    from retold.pipeline import examine

    config = config or Config()
    items = brannock(config.read, progress)
    rejected = [item for item in items if isinstance(item, Rejected)]
    articles = [item for item in items if not isinstance(item, Rejected)]
    return examine(articles, rejected, config, Processes(), progress)
