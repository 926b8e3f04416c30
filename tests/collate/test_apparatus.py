"""The apparatus of small invented stories."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from retold.collate.apparatus import collate
from retold.config import CollateConfig
from retold.model import Agreement, ChangeKind, QuotationStatus, Stemma
from tests.collate.build import collated, documents, row, rows_by_number, stemma, story

REPORT = (
    "The storm flooded 87 villages along the river Lune on 3 July 2031. "
    "“We never closed the sluice gates that night,” said Mayor Arn Holt. "
    "Troops reportedly freed 12 miners in Velmora."
)
CHANGED = (
    "The storm flooded 37 villages along the river Lune on 3 July 2031. "
    "“We never closed the sluice gates that night,” said Governor Ilse Brandt. "
    "Troops freed 12 miners in Velmora."
)
REWORDED = (
    "The storm flooded 87 villages along the river Lune on 3 July 2031. "
    "“That night we did close the sluice gates,” said Mayor Arn Holt. "
    "“The lake will eat this valley whole before autumn,” Holt added."
)


def all_changes(apparatus):
    items = (*apparatus.claims, *apparatus.quotations, *apparatus.figures)
    return [c for item in items for c in item.changes]


def test_copy_with_changes_is_told_in_order():
    docs = documents(REPORT, CHANGED)
    apparatus = collated(docs, (0, 1))
    first, _, third = apparatus.claims
    figure = next(c for c in first.changes if c.kind is ChangeKind.FIGURE)
    assert (figure.before.text, figure.after.text, figure.directed) == ("87", "37", True)
    assert figure.explanation == "‘87 villages’ became ‘37 villages’"
    assert figure.articles == (docs[0].id, docs[1].id)
    assert first.agreement is Agreement.CONTRADICTED
    hedge = next(c for c in third.changes if c.kind is ChangeKind.HEDGE)
    assert "reportedly" in hedge.explanation
    assert third.agreement is Agreement.ALL
    (quotation,) = apparatus.quotations
    assert quotation.status is QuotationStatus.OTHER_SPEAKER
    speaker = next(c for c in quotation.changes if c.kind is ChangeKind.QUOTE_SPEAKER)
    assert speaker.directed
    assert "Holt" in speaker.before.text
    assert "Brandt" in speaker.after.text


def test_most_telling_changes_are_of_various_kinds():
    docs = documents(REPORT, CHANGED)
    apparatus = collated(docs, (0, 1))
    by_id = {c.id: c for c in all_changes(apparatus)}
    kinds = [by_id[i].kind for i in apparatus.telling]
    assert set(kinds[:3]) >= {ChangeKind.FIGURE, ChangeKind.QUOTE_SPEAKER}
    assert len(apparatus.telling) == len(set(apparatus.telling)) <= CollateConfig().telling


def test_without_a_decided_edge_no_order_is_claimed():
    docs = documents(REPORT, CHANGED)
    for change in all_changes(collated(docs)):
        assert not change.directed
        assert "became" not in change.explanation
        assert " lost" not in change.explanation


def test_reworded_quotation_and_singular_one():
    docs = documents(REPORT, REWORDED)
    apparatus = collated(docs, (0, 1), rows=())
    status = {len(q.readings): q for q in apparatus.quotations}
    assert status[2].status is QuotationStatus.REWORDED
    assert any(c.kind is ChangeKind.QUOTE_WORDING for c in status[2].changes)
    single = status[1]
    assert single.status is QuotationStatus.SINGULAR
    (added,) = single.changes
    assert (added.kind, added.before, added.directed) == (ChangeKind.ADDITION, None, True)


def test_trimmed_quotation_is_shortened():
    docs = documents(
        "“We never closed the sluice gates that night,” said Mayor Arn Holt.",
        "“We never closed the sluice gates,” said Mayor Arn Holt.",
    )
    (quotation,) = collated(docs, (0, 1)).quotations
    assert quotation.status is QuotationStatus.SHORTENED
    (change,) = quotation.changes
    assert "trimmed" in change.explanation


def test_common_frame_alone_joins_no_quotations():
    docs = documents(
        "“We will continue to mend the nets of the lake fishermen,” said Arn Holt.",
        "“We will continue to tax the lanterns of every chapel,” said Arn Holt.",
    )
    apparatus = collated(docs, rows=())
    assert [q.status for q in apparatus.quotations] == [QuotationStatus.SINGULAR] * 2


def test_pronoun_is_no_other_speaker():
    docs = documents(
        "“We never closed the sluice gates that night,” said Mayor Arn Holt.",
        "“We never closed the sluice gates that night,” he said.",
    )
    (quotation,) = collated(docs).quotations
    assert quotation.status is QuotationStatus.SAME


def test_quotation_made_of_reported_speech_is_collated():
    docs = documents(
        "Mayor Arn Holt said that the ferry captain had ignored the storm warning.",
        "“The ferry captain ignored every storm warning we sent,” Mayor Arn Holt said.",
    )
    (quotation,) = collated(docs, (0, 1), rows=()).quotations
    (change,) = quotation.changes
    assert change.kind is ChangeKind.QUOTE_WORDING
    assert change.explanation == (
        "words of Arn Holt (‘The ferry captain ignored every storm …’), only reported before, "
        "became a quotation"
    )
    assert quotation.status is QuotationStatus.TURNED


def test_figures_are_joined_over_versions():
    docs = documents(
        "The storm flooded 87 villages. One man watched.",
        "In all, 37 villages were flooded by the storm.",
        "Eighty-seven villages were flooded by the storm.",
    )
    figures = collated(docs, rows=(row(*(d.sentences[0].span for d in docs)),)).figures
    assert len(figures) == 1
    (figure,) = figures
    assert figure.label == "villages"
    assert figure.agreement is Agreement.CONTRADICTED
    assert {r.low for r in figure.readings} == {87.0, 37.0}
    (change,) = figure.changes
    assert len(change.articles) == 3


def test_left_out_and_put_in_follow_decided_edges_only():
    docs = documents(REPORT, REPORT.rsplit(". ", 1)[0] + ".")
    omitted = [c for c in collated(docs, (0, 1)).claims[2].changes if c.kind is ChangeKind.OMISSION]
    assert [(c.before.article, c.after, c.articles) for c in omitted] == [
        (docs[0].id, None, (docs[0].id, docs[1].id))
    ]
    assert collated(docs).claims[2].changes == ()
    added = [c for c in collated(docs, (1, 0)).claims[2].changes if c.kind is ChangeKind.ADDITION]
    assert [c.articles for c in added] == [(docs[1].id, docs[0].id)]


def test_change_inherited_by_a_copy_is_one_change():
    docs = documents(REPORT, CHANGED, CHANGED)
    claim = collated(docs, (0, 1), (1, 2)).claims[0]
    figures = [c for c in claim.changes if c.kind is ChangeKind.FIGURE]
    assert len(figures) == 1
    assert figures[0].articles[0] == docs[0].id


def test_commentary_reports_nothing_checkable():
    docs = documents(
        "This shift underscores the complex interplay of hope and uncertainty in the valley. "
        "The storm flooded 87 villages on 3 July 2031."
    )
    assert [c.commentary for c in collated(docs).claims] == [True, False]


def test_readings_stand_where_they_say():
    docs = documents(REPORT, CHANGED, REWORDED)
    texts = {d.id: d.article.text for d in docs}
    apparatus = collated(docs, (0, 1))
    for item in (*apparatus.claims, *apparatus.quotations, *apparatus.figures):
        assert item.readings
        for r in item.readings:
            assert texts[r.article][r.start : r.end] == r.text
    for change in all_changes(apparatus):
        for side in (change.before, change.after):
            if side is not None:
                assert side.text
                assert texts[side.article][side.start : side.end] == side.text
        assert 0.0 <= change.probability <= 1.0
        assert 0.0 <= change.salience <= 1.0
        assert change.explanation
    assert set(apparatus.telling) <= {c.id for c in all_changes(apparatus)}


@given(st.permutations([0, 1, 2]), st.booleans())
def test_result_depends_on_no_order(order, linked):
    docs = documents(REPORT, CHANGED, REWORDED)
    edges = ((0, 1),) if linked else ()
    expected = collated(docs, *edges)
    shuffled = [docs[i] for i in order]
    given_stemma = stemma(docs, *edges)
    rows = tuple(replace(r, spans=tuple(sorted(r.spans))) for r in rows_by_number(docs))
    again = collate(
        story(shuffled),
        {d.id: d for d in shuffled},
        rows,
        Stemma(given_stemma.story, given_stemma.method, given_stemma.edges[::-1]),
        CollateConfig(),
    )
    assert again == expected


def test_many_versions_are_compared_with_one():
    texts = [REPORT.replace("87", str(100 + n)) for n in range(40)]
    docs = documents(*texts)
    claim = collated(docs).claims[0]
    figures = [c for c in claim.changes if c.kind is ChangeKind.FIGURE]
    assert len(figures) == 39
    assert claim.agreement is Agreement.CONTRADICTED


def test_nothing_in_nothing_out():
    assert collated(()).claims == ()
    docs = documents("The storm flooded 87 villages.")
    apparatus = collated(docs)
    assert apparatus.claims[0].agreement is Agreement.ALL
    assert apparatus.telling == ()
