"""Footers of fictional outlets: 30 to 60 words that stand below many of their articles."""

from __future__ import annotations

FOOTERS = {
    "The Tarnmouth Lantern": (
        "The Tarnmouth Lantern is owned by its readers. Join nine thousand members who keep our"
        " reporters on the quay, in the council chamber and out at sea: a share costs four marks a"
        " month and brings the Saturday paper to your door. Write to the night desk with"
        " corrections, tips and old photographs."
    ),
    "Upper Isk Gazette": (
        "Sign up for Morning Mill, the Upper Isk Gazette's letter with the five things worth"
        " knowing before the ferry leaves. It is free, arrives at six on every working day, and one"
        " click ends it whenever you have had enough of us."
    ),
    "Quell News Service": (
        "Copyright Quell News Service. All rights reserved. This report may not be broadcast,"
        " rewritten, stored in a retrieval system or passed on without written consent of the"
        " service. Customers with questions about their licence reach the rights office in Orlop"
        " between nine and five, Kestrian time."
    ),
    "Cray Bridge Courier": (
        "Follow the Cray Bridge Courier on every network where pigeons are allowed, download our"
        " crossword for telephones, and listen to Bridge Talk, the weekly conversation of Hanne"
        " Brack and Udo Lissom about weirs, wool prices and whatever else drifted past the"
        " newsroom's window this week."
    ),
    "Saltmarsh Post": (
        "Comments on this article close after three days. Please stay on the subject, be kind to"
        " the other writers and leave out addresses of private people; our moderators, who are"
        " volunteers, remove what breaks the house rules of the Saltmarsh Post without further"
        " correspondence."
    ),
    "The Fenwick Observer": (
        "More from The Fenwick Observer: why the harbour clock has run backwards since the flood;"
        " the seven bakeries that are worth the climb; our guide to eel season, with recipes; and"
        " the quiz that divided the parish. Subscribers read everything without advertisements and"
        " may give ten articles a month to friends."
    ),
    "Kestria Today": (
        "Kestria Today uses small files called crumbs to remember your reading place and to count"
        " visits. By reading on you agree to their use. You can change your mind at any time in the"
        " settings, where our full statement on data, advertisers and the archive is kept in plain"
        " language."
    ),
    "Low Withy Herald": (
        "Additional reporting by the staff of the Low Withy Herald. Editing by Mirel Tansy and"
        " Corin Vane; pictures by Perpetua Ash. Our standards: we name sources wherever we can, say"
        " what we do not know, and print corrections on page two, on the day on which we learn of"
        " the mistake."
    ),
}
