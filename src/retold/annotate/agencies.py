"""The world's news agencies by their names and short names. Written for this project."""

from __future__ import annotations

import re
from collections.abc import Iterable

from retold.annotate.cues import word_set

AGENCIES: dict[str, tuple[str, ...]] = {
    "AAP": ("Australian Associated Press", "AAP"),
    "AFP": ("Agence France-Presse", "Agence France Presse", "AFP"),
    "AKIpress": ("AKIpress",),
    "Anadolu": ("Anadolu Agency", "Anadolu Ajansi", "Anadolu"),
    "ANI": ("Asian News International", "ANI"),
    "ANP": ("Algemeen Nederlands Persbureau", "ANP"),
    "ANSA": ("ANSA",),
    "Antara": ("Antara",),
    "AP": ("The Associated Press", "Associated Press", "AP"),
    "APA": ("Austria Presse Agentur", "Austria Press Agency", "APA"),
    "Baltic News Service": ("Baltic News Service", "BNS"),
    "Belga": ("Belga",),
    "BelTA": ("BelTA", "BELTA"),
    "Bernama": ("Bernama", "BERNAMA"),
    "Bloomberg": ("Bloomberg News", "Bloomberg"),
    "BTA": ("Bulgarian News Agency", "BTA"),
    "Canadian Press": ("The Canadian Press", "Canadian Press"),
    "CTK": ("Czech News Agency", "CTK", "ČTK"),
    "DPA": ("Deutsche Presse-Agentur", "DPA", "dpa"),
    "EFE": ("Agencia EFE", "EFE"),
    "Fars": ("Fars News Agency", "Fars"),
    "Hina": ("HINA", "Hina"),
    "IANS": ("Indo-Asian News Service", "IANS"),
    "Interfax": ("Interfax",),
    "Interfax-Ukraine": ("Interfax-Ukraine",),
    "IRNA": ("Islamic Republic News Agency", "IRNA"),
    "Jiji": ("Jiji Press", "Jiji"),
    "KCNA": ("Korean Central News Agency", "KCNA"),
    "Keystone-SDA": ("Keystone-SDA",),
    "Kyodo": ("Kyodo News", "Kyodo"),
    "LETA": ("LETA",),
    "Lusa": ("Lusa",),
    "MENA": ("Middle East News Agency",),
    "MTI": ("MTI",),
    "NTB": ("NTB",),
    "PA Media": ("PA Media", "Press Association"),
    "PAP": ("Polish Press Agency", "PAP"),
    "Prensa Latina": ("Prensa Latina",),
    "PTI": ("Press Trust of India", "PTI"),
    "Reuters": ("Thomson Reuters", "Reuters", "REUTERS"),
    "RIA Novosti": ("RIA Novosti", "RIA-Novosti", "RIA"),
    "Ritzau": ("Ritzau",),
    "SANA": ("Syrian Arab News Agency", "SANA"),
    "Saudi Press Agency": ("Saudi Press Agency",),
    "Sputnik": ("Sputnik",),
    "STT": ("STT",),
    "Tanjug": ("Tanjug",),
    "Tasnim": ("Tasnim News Agency", "Tasnim"),
    "TASS": ("ITAR-TASS", "Itar-Tass", "TASS", "Tass"),
    "TT": ("TT News Agency",),
    "Ukrinform": ("Ukrinform",),
    "UNIAN": ("UNIAN",),
    "UNI": ("United News of India",),
    "UPI": ("United Press International", "UPI"),
    "WAFA": ("WAFA",),
    "WAM": ("Emirates News Agency",),
    "Xinhua": ("Xinhua News Agency", "Xinhua"),
    "Yonhap": ("Yonhap News Agency", "Yonhap"),
}
"""Canonical name to the forms in print; case counts, as many forms are also words or initials."""

CANONICAL = {alias: name for name, aliases in AGENCIES.items() for alias in aliases}

SERVICES: dict[str, tuple[str, ...]] = {
    "CNN": ("CNN NewSource", "CNN Newsource", "CNN Wires", "CNN Wire", "CNN"),
    "Dow Jones": ("Dow Jones Newswires", "Dow Jones"),
    "Los Angeles Times": ("Los Angeles Times",),
    "McClatchy": ("McClatchy Washington Bureau", "McClatchy Newspapers", "McClatchy"),
    "New York Times": ("New York Times News Service", "The New York Times", "New York Times"),
    "Tribune News Service": ("Tribune News Service", "Tribune Content Agency"),
    "USA Today": ("USA TODAY Network", "USA TODAY NETWORK", "USA TODAY", "USA Today"),
    "Washington Post": ("The Washington Post", "Washington Post"),
}
"""Outlets that sell their reports to others, by the forms in which they sign them."""

SERVED = {alias: name for name, aliases in SERVICES.items() for alias in aliases}

OUTLET_WORDS = word_set(
    """
    Advertiser Almanac Argus Beacon Broadcaster Bulletin Chronicle Citizen Correspondent Courier
    Daily Digest Dispatch Echo Enquirer Examiner Express Gazette Gazetteer Globe Guardian Herald
    Independent Inquirer Intelligencer Journal Lantern Leader Ledger Mail Mercury Messenger
    Mirror Monitor News Newspaper Newsroom Newswire Observer Post Press Record Register Reporter
    Review Sentinel Standard Star Sun Telegram Telegraph Times Today Tribune Weekly Wire
    """
)
"""Words that end, or make up, the names of papers and services."""

WEAK_OUTLET_WORDS = word_set(
    """
    Agency Broadcasting Channel Magazine Media Network Online Radio Service TV Television
    """
)
"""Words that end an outlet's name only where the sentence says that it published something."""


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    """Any of some forms, the longest first, as a whole word."""
    ordered = sorted(forms, key=lambda a: (-len(a), a))
    return re.compile(
        rf"(?<![\w@#])(?<!//)(?:{'|'.join(map(re.escape, ordered))})(?![\w@]|-[A-Za-z])"
    )


KNOWN = _any_of(CANONICAL)
"""Any form of an agency's name."""
SIGNING = _any_of(CANONICAL | SERVED)
"""The same, and of those of outlets that sell their reports."""
