"""Invented reports: two floods, a strike, and two days of a war with one background."""

VELL = (
    "The river Isk burst its banks above Vell on Tuesday night and flooded four hundred houses. "
    "Mayor Teodora Quill ordered everyone who lives below the mill to leave. Rescuers brought 73 "
    "people out by boat, and one man, a lock keeper, is missing. The water stood two metres high "
    "in the market square, where the old clock stopped at ten past three."
)
VELL_COPY = (
    "The river Isk burst its banks above Vell late on Tuesday and flooded four hundred houses. "
    "Mayor Teodora Quill ordered everyone who lives below the mill to leave. Rescuers brought 73 "
    "people out by boat, and one man, a lock keeper, is still missing."
)
VELL_REWRITE = (
    "Boats carried 73 residents of Vell to safety overnight after the Isk overflowed. According to "
    "Teodora Quill, the mayor, about four hundred homes are under water, and nobody may stay in "
    "the streets downhill from the mill. A keeper of the lock has not been seen since."
)
ORRIN = (
    "A wall of water swept through Orrin on Friday when the dyke of the Tam gave way. Fire chief "
    "Bastian Vorholt said 212 people had been taken to the sports hall of the town. The flood "
    "carried off two bridges and the ferry landing; nobody was hurt. Orrin was last flooded nine "
    "years ago."
)
ORRIN_REWRITE = (
    "Two bridges and the landing of the ferry are gone after the Tam broke through its dyke at "
    "Orrin. Fire chief Bastian Vorholt counts 212 people who sleep in the sports hall since "
    "Friday. There were no injuries, he said."
)
STRIKE = (
    "Ferry crews in Port Almery walked out at dawn over pay. The union of pilots and deckhands, "
    "led by Ines Corvane, demands nine per cent more; the owners of the Northshore Line offer "
    "three. Passengers queued around the customs house until noon."
)
BACKGROUND = (
    "The war between Kestria and the Saltmarsh League began four years ago, when League troops "
    "crossed the Hern in a snowstorm and took the forts of the upper valley within a week; talks "
    "in Almery have led to nothing since."
)
PRISONERS = (
    "Thirty prisoners came home to Kestria on Sunday in three buses. Their families waited at the "
    "border bridge with flowers and blankets, and a choir of schoolchildren sang. The Red Lantern "
    "society had bargained for their release for eleven months. One of them, a baker from Dunmoor, "
    "said that he wanted to sleep and then to bake. "
) + BACKGROUND
TURBINES = (
    "The parliament voted on Wednesday to sell the turbines of the Corrow power plant to pay for "
    "winter coal. Opposition deputies left the chamber before the count. The minister of finance, "
    "Ludo Hasp, called the sale painful, necessary and final. Engineers at the plant learned of it "
    "from the radio. "
) + BACKGROUND
