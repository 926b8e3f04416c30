"""The world's news agencies by their names and short names. Written for this project."""

from __future__ import annotations

import re

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

OUTLET_WORDS = frozenset(
    """
    News Times Post Herald Courier Gazette Tribune Journal Chronicle Telegraph Telegram Newswire Wire
    Guardian Mail Press Today Daily Weekly Examiner Sentinel Bulletin Dispatch Mirror Argus Echo
    Register Monitor Globe Inquirer Independent Observer Advertiser Reporter Review Star Sun Lantern
    Digest Almanac Messenger Mercury Enquirer Leader Record Standard Ledger Beacon Citizen Express
    Broadcaster Correspondent Newsroom Newspaper Gazetteer Intelligencer
    """.split()
)
"""Words that end, or make up, the names of papers and services."""

WEAK_OUTLET_WORDS = frozenset(
    "Agency Radio TV Television Broadcasting Channel Network Magazine Media Online Service".split()
)
"""Words that end an outlet's name only where the sentence says that it published something."""

KNOWN = re.compile(
    r"(?<![\w@#])(?<!//)(?:"
    + "|".join(re.escape(alias) for alias in sorted(CANONICAL, key=lambda a: (-len(a), a)))
    + r")(?![\w@]|-[A-Za-z])"
)
"""Any known form, the longest first, as a whole word."""
