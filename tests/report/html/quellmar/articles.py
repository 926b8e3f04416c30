"""The seven articles of Quellmar."""

from __future__ import annotations

from retold.model import Cut, CutKind
from tests.report.html import fiction as f

wire = f.article(
    f.WIRE,
    "Crane collapses at port of Quellmar, injuring 17",
    "Meridian Wire",
    3,
    "pile/wire.txt",
    byline="Oda Lemke",
    url="https://meridian-wire.example/crane",
)
courier = f.article(
    f.COURIER,
    "Seventeen injured as crane collapses",
    "Quellmar Courier",
    4,
    "pile/courier.html",
    url="https://courier.example/a?b=1&c=2",
    cuts=(
        Cut(CutKind.READ_ALSO, "Read also: Regatta called off"),
        Cut(CutKind.COMMENT_FORM, "Leave a comment\nYour name"),
    ),
)
post = f.article(
    f.POST, "Seventy-one hurt in port disaster", "The Tidewater Post", 5, "pile/post.html"
)
lantern = f.article(
    f.LANTERN,
    "Dockers blame owners",
    "Harbour Lantern",
    None,
    "pile/lantern.txt",
    remarks=("The file is not UTF-8; it was read as windows-1252.",),
)
north = f.article(
    f.NORTHREACH, "Crane collapse in Quellmar", "Northreach Daily", 4, "pile/north.txt"
)
inland = f.article(
    f.INLAND, "Quellmar crane: what is known", "Inland Observer", None, "pile/inland.txt"
)
nameless = f.article(f.NAMELESS, "", "", None, "pile/nameless.txt")
pile = [wire, courier, post, lantern, north, inland, nameless]
