"""The crane of Quellmar: seven versions; a wire, copies, rewrites, a cut, one of two sources."""

from __future__ import annotations

from retold.model import Apparatus, Credit, CreditForm, Merge, Span, StoryDossier
from tests.report.html import fiction as f
from tests.report.html.fiction import origins, span
from tests.report.html.quellmar.articles import courier, inland, north, pile, post, wire
from tests.report.html.quellmar.descent import stemma
from tests.report.html.quellmar.readings import claims, cover, figures, m, quotations, telling

ids = tuple(sorted(a.id for a in pile))
apparatus = Apparatus(
    claims,
    quotations,
    figures,
    tuple(f.version(a, c) for a, c in sorted(cover, key=lambda x: x[0].id)),
    telling,
)
credited = (
    Credit(span(wire, "Meridian Wire"), "Meridian Wire", CreditForm.DATELINE),
    Credit(span(north, "Meridian Wire"), "Meridian Wire", CreditForm.DATELINE),
    Credit(Span(courier.id, 0, 0), "Harbour Pictures", CreditForm.PHOTO),
)
merges = (
    Merge(
        "merge:1",
        wire.id,
        post.id,
        0.93,
        "Four passages correspond, two nearly word for word.",
        (m["w2p2"].id,),
    ),
)
matches = tuple(sorted(m.values(), key=lambda x: x.id))
story = StoryDossier(
    "story:1",
    ids,
    matches,
    merges,
    credited,
    origins(wire.id, inland.id, low=1),
    stemma,
    apparatus,
)
