"""Whose quotation it is, of what sort, and who reports it, as it reaches the dossier."""

from retold.model import SourceKind
from tests.collate.build import collated, documents

PLAIN = "The gate broke at noon. “We never closed the sluice that night,” a resident of Velm said."
CHAIN = (
    "The gate broke at noon. “We never closed the sluice that night,” a resident of Velm said, "
    "according to The Velm Herald."
)


def test_a_quotation_has_the_sort_of_its_source_and_who_reports_it():
    docs = documents(PLAIN, CHAIN)
    (quotation,) = collated(docs, (0, 1)).quotations
    by_article = {r.article: r for r in quotation.readings}
    plain, chain = (by_article[d.id] for d in docs)
    assert plain.source_kind is chain.source_kind is SourceKind.UNNAMED
    assert (plain.reported_by, chain.reported_by) == ((), ("Velm Herald",))
