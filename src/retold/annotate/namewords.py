"""The words that tell what a name names. Written for this project."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from retold.annotate.gazetteer import PlaceKind, country_of, fold_name, lookup


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words("""
mr mrs ms miss mx dr prof professor sir dame lord lady baron baroness president vice deputy prime
minister chancellor senator sen congressman congresswoman representative rep governor gov mayor
king queen prince princess pope cardinal archbishop bishop father rev reverend rabbi imam general
gen colonel col major maj captain capt lieutenant lt sergeant sgt corporal admiral commander
commissioner chief justice judge secretary spokesman spokeswoman spokesperson ambassador director
chairman chairwoman chair ceo coach officer detective inspector sheriff attorney marshal premier
tsar emperor sheikh ayatollah former ex-president ex-minister foreign defence defense interior
speaker councillor analyst candidate leader journalist private constable superintendent envoy
first late then-president president-elect lawyer
""")
"""Words of a title before a person's name; lower case, without points."""

OFFICES = TITLES | _words("""
majority minority whip security adviser advisor national state executive assistant senior acting
press managing district staff of and the for
""")
"""Words that make up the names of offices, which are no names of anything ("Majority Leader")."""

HEADS = _words("""
ministry army forces force group agency council union party committee commission department office
bureau police service services court parliament senate congress bank company corporation corp inc
ltd llc university college institute association organisation organization foundation fund
federation league club team network news times post press tribune herald gazette journal radio
television tv channel navy guard corps brigade battalion regiment division fleet command staff
troops grouping administration government authority board assembly alliance coalition front
movement society church centre center school hospital airlines airways industries motors holdings
house nations directorate secretariat squad taskforce battlegroup militia intelligence treasury
reserve exchange museum laboratory observatory
""")
"""Nouns that make the name that they end, or stand in before "of", an organisation's."""

PLACE_PREPOSITIONS = _words("in near to at from around outside toward towards across through into")
PLACE_NOUNS = _words("""
city town village settlement port suburb district region oblast province county resident residents
capital outskirts mayor people streets citizens governor
""")
"""Nouns that take "of" and a place ("a resident of")."""
REGION_NOUNS = _words("region oblast province district county governorate krai raion area")
"""Nouns that follow a place ("Kharkiv region")."""
PLACE_VERBS = _words("""
enter capture liberate occupy shell bomb storm visit reach surround besiege seize retake leave
attack free recapture encircle evacuate bombard
""")
"""Verbs, and the nouns made of them, that take places as objects."""
PLACE_EVENTS = _words("""
capture liberation occupation shelling storming siege battle fall seizure city town village
""")
SPEECH_VERBS = _words("""
say tell state add argue claim declare insist note warn announce believe think want hope speak
reply ask explain respond write tweet describe admit deny suggest emphasize stress urge
""")
"""Verbs whose subjects are people, or what speaks for people."""

CALENDAR = _words("""
monday tuesday wednesday thursday friday saturday sunday january february march april may june
july august september october november december christmas easter
""")
ZONES = _words("gmt utc est edt cst cdt pst pdt et pt bst cet cest eet msk ist")
"""Time zones."""
OWNERS = _words("""
people women men children workers veterans citizens teachers kids residents st king queen
""")
"""Nouns whose possessive opens the name of an organisation."""
FUNCTION = _words("""
the a an and or but if in on at by for from of to with as is was are were be been has have had do
does did not no this that these those it its he she they we i you his her their our my your who
what when where why how which there here then than so yet while after before since during until
because although though however meanwhile also about amid over under against between only just
even still more most some many all both each every other such across around near inside outside
within without despite like unlike per via beyond behind above below along among throughout toward
towards upon into onto off out up down again now never ever always let
""")

KNOWN = _words("""
reuters afp tass interfax xinhua bloomberg politico twitter facebook google youtube instagram
telegram whatsapp pentagon kremlin interpol europol unicef unesco nato fbi cia kgb fsb gru nsa eu
un greenpeace amnesty hamas hezbollah taliban wikileaks amazon microsoft boeing airbus gazprom
rosneft tesla opec nasa
""")
"""One-word organisations that the parser takes for people or places."""

_SYNONYMS = {
    "combined": "unified", "joint": "unified", "united": "unified", "grouping": "group",
    "troops": "forces", "force": "forces", "defence": "defense", "organisation": "organization",
    "centre": "center", "dept": "department", "natl": "national", "intl": "international",
    "govt": "government", "corp": "corporation", "co": "company",
}  # fmt: skip
"""Words that translations of one organisation's name exchange."""
_LINKS = frozenset({"of", "the", "and", "for", "inc", "ltd", "llc", "plc"})


@lru_cache(maxsize=65_536)
def organisation_key(name: str) -> tuple[str, ...]:
    """Return the sorted content words of an organisation's name, peoples as their country's code.

    "Armed Forces of Norland" and "Norlandic Armed Forces" have one key, as have translations that
    exchange the words of a small table ("grouping" and "group").
    """
    words = []
    for word in fold_name(name.replace("'s", "").replace("’s", "")).split():
        if word in _LINKS:
            continue
        country = country_of(word)
        places = lookup(word) if country is None and len(word) > 3 else ()
        if places and places[0].kind is PlaceKind.COUNTRY:
            country = places[0]
        words.append(country.country if country else _SYNONYMS.get(word, word))
    return tuple(sorted(words))


_SOUNDS = (
    (re.compile(r"^ye"), "e"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"kh|ch(?=[aouklmnrv]|$)"), "h"),
    (re.compile(r"w"), "v"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ck|q"), "k"),
    (re.compile(r"tz|cz"), "ts"),
    (re.compile(r"[iyj]+"), "i"),
    (re.compile(r"([oua])e"), r"\1"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=65_536)
def sound_key(word: str) -> str:
    """Return a form in which transliterations of one name fall together.

    "Vorenskyy", "Vorenskiy" and "Vorensky"; "Yevlan" and "Evlan"; "Dörmel" and "Doermel".
    """
    key = fold_name(word).replace(" ", "")
    for pattern, replacement in _SOUNDS:
        key = pattern.sub(replacement, key)
    return key


_SHORT = """
william bill billy will willie liam; robert bob bobby rob robbie bert; richard dick rick rich ricky;
michael mike mick mickey mikey; james jim jimmy jamie; joseph joe joey; john jack johnny jon;
edward ed eddie ted teddy ned; thomas tom tommy; charles chuck charlie chas; anthony tony;
elizabeth liz lizzie beth betsy betty eliza; margaret maggie meg peggy; theodore ted teddy theo;
katherine catherine kathryn kate kathy katie cathy; patrick pat paddy; patricia pat patty trish;
andrew andy drew; daniel dan danny; david dave; stephen steven steve; christopher chris kit;
nicholas nick; gregory greg; kenneth ken kenny; donald don donnie; ronald ron ronnie; samuel sam;
samantha sam; benjamin ben; alexander alex sasha; alexandra alex sasha; matthew matt; timothy tim;
jeffrey geoffrey jeff geoff; gerald jerry gerry; lawrence larry; frederick fred freddie;
francis frank; raymond ray; henry hank harry; harold hal harry; susan sue susie; barbara barb;
deborah debbie deb; rebecca becky; victoria vicky vic; victor vic; jennifer jen jenny;
jessica jess; abigail abby; albert al bert; alfred al fred; eugene gene; leonard leo len lenny;
philip phil; peter pete; douglas doug; nathaniel nathan nate; zachary zach zack; walter walt;
louis lou; louise lou; edmund ed; edwin ed; arthur art; bernard bernie; clifford cliff;
dmitry dima; yevgeny evgeny zhenya; mikhail misha; ivan vanya; maria masha; natalia natasha;
francisco paco pancho; jose pepe; ignacio nacho; antonio toni tono; giuseppe beppe;
mohammed mohamed muhammad mohammad mehmet; yousef yusuf joseph; ibrahim abraham; sean shaun shawn;
cynthia cindy; dorothy dot dottie; eleanor ellie nell; virginia ginny; pamela pam; kimberly kim;
stanley stan; vincent vince; russell russ; mitchell mitch; terrence terry; reginald reggie
"""


@cache
def _short_forms() -> dict[str, frozenset[int]]:
    """Return for each given name the numbers of the groups of :data:`_SHORT` that it is in."""
    groups: dict[str, set[int]] = {}
    for number, group in enumerate(_SHORT.split(";")):
        for name in group.split():
            groups.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


_NOBODY: frozenset[int] = frozenset()
_VOWELS = re.compile(r"[aeiou]")


def given_alike(a: str, b: str) -> bool:
    """Say whether two given names can be one: equal in sound or bones, an initial, a short form."""
    one, other = sound_key(a), sound_key(b)
    if one == other:
        return True
    forms = _short_forms()
    if forms.get(fold_name(a), _NOBODY) & forms.get(fold_name(b), _NOBODY):
        return True
    if min(len(one), len(other)) == 1:
        return one[:1] == other[:1]
    bones = _VOWELS.sub("", one)
    return (
        len(bones) > 3
        and bones == _VOWELS.sub("", other)
        and (one[-1] == "a") == (other[-1] == "a")
    )


def is_organisation(name: str) -> bool:
    """Say whether the words of a name make it an organisation's."""
    words = [w.strip(".,'’‘\"“”").lower() for w in name.split()]
    if len(words) < 2:
        return False
    last = words[-1]
    return last in HEADS or any(
        word in HEADS and following in {"of", "for"} for word, following in pairwise(words)
    )
