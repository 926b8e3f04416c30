"""Units and currencies as they are written beside a number."""

from __future__ import annotations

import re

CURRENCY_SIGNS = "$€£¥₽₴₹₩₦₺₪₫"

_CURRENCIES = {
    "usd": r"\$|US\$|USD|US dollars?|U\.S\. dollars?|dollars?",
    "eur": r"€|EUR|euros?",
    "gbp": r"£|GBP|pounds sterling|British pounds",
    "jpy": r"JPY|yen",
    "cny": r"CNY|RMB|yuan|renminbi",
    "rub": r"₽|RUB|rubles?|roubles?",
    "uah": r"₴|UAH|hryvnias?|hryvnas?",
    "inr": r"₹|INR|Rs\.?|rupees?",
    "chf": r"CHF|Swiss francs?",
    "aud": r"A\$|AU\$|AUD|Australian dollars?",
    "cad": r"C\$|CA\$|CAD|Canadian dollars?",
    "cents": r"cents",
    "pln": r"PLN|zlotys?",
    "try": r"TRY|Turkish liras?|liras?",
    "ils": r"NIS|ILS|shekels?",
    "sek": r"SEK|kronor",
    "krw": r"KRW|(?:South Korean )?won",
    "nok": r"NOK|Norwegian (?:kroner|krone|crowns)",
    "dkk": r"DKK|Danish (?:kroner|krone|crowns)",
    "czk": r"CZK|Czech (?:koruna|korunas|crowns)",
    "huf": r"HUF|forints?",
    "ron": r"RON|Romanian lei",
    "mxn": r"MXN|Mexican pesos",
    "brl": r"BRL|reais",
    "zar": r"ZAR|rand",
    "ngn": r"NGN|naira",
    "kzt": r"KZT|tenge",
    "thb": r"THB|baht",
    "idr": r"IDR|rupiah",
    "pkr": r"PKR|Pakistani rupees",
    "sar": r"SAR|(?:Saudi )?riyals?",
    "aed": r"AED|(?:UAE )?dirhams?",
}
_S = r"[ \u00a0\u202f]"
_SQ = r"(?:square|sq\.?)"
_UNITS = (
    ("percent", r"%|per[ \u00a0-]?cent\b|pct\b"),
    ("percentage point", r"percentage[ \u00a0-]points?\b|(?:%|per[ ]?cent)[ -]points?\b|pp\b"),
    ("magnitude", r"magnitude\b|on the Richter scale\b"),
    ("basis point", rf"basis{_S}points?\b"),
    ("year-old", r"years?[ \u00a0-]olds?\b|years?[ \u00a0]of[ \u00a0]age\b"),
    ("sq km", rf"{_SQ}{_S}(?:kilomet(?:er|re)s?|km)\b|km2\b|km²"),
    ("sq mile", rf"{_SQ}{_S}(?:miles?|mi)\b"),
    ("sq m", rf"{_SQ}{_S}(?:met(?:er|re)s?|m)\b|m2\b|m²"),
    ("sq foot", rf"{_SQ}{_S}(?:feet|foot|ft)\b"),
    ("km/h", rf"km/h\b|kph\b|(?:kilomet(?:er|re)s?|km){_S}(?:per|an){_S}hour\b"),
    ("mph", rf"mph\b|miles{_S}(?:per|an){_S}hour\b"),
    ("m/s", rf"m/s\b|met(?:er|re)s?{_S}(?:per|a){_S}second\b"),
    ("knot", r"knots?\b"),
    ("nautical mile", rf"nautical{_S}miles?\b"),
    ("km", r"kilomet(?:er|re)s?\b|kms?\b"),
    ("cm", r"centimet(?:er|re)s?\b|cm\b"),
    ("mm", r"millimet(?:er|re)s?\b|mm\b"),
    ("m", r"met(?:er|re)s?\b|m\b(?![’'])"),
    ("mile", r"miles?\b"),
    ("foot", r"feet\b|foot\b|ft\b"),
    ("inch", r"inch(?:es)?\b"),
    ("yard", r"yards?\b"),
    ("hectare", r"hectares?\b|ha\b"),
    ("acre", r"acres?\b"),
    ("kg", r"kilograms?\b|kilos?\b|kgs?\b"),
    ("g", r"grams?\b"),
    ("tonne", r"tonnes?\b|metric tons?\b"),
    ("ton", r"tons?\b"),
    ("pound", r"pounds?\b|lbs?\b"),
    ("ounce", r"ounces?\b|oz\b"),
    ("litre", r"lit(?:er|re)s?\b"),
    ("gallon", r"gallons?\b"),
    ("barrel", r"barrels?\b"),
    ("C", rf"°[ ]?C\b|degrees?{_S}(?:Celsius|centigrade|C)\b|℃|C\b"),
    ("F", rf"°[ ]?F\b|degrees?{_S}(?:Fahrenheit|F)\b|℉|F\b"),
    ("degree", r"°|degrees?\b"),
    ("MW", r"megawatts?\b|MW\b"),
    ("GW", r"gigawatts?\b|GW\b"),
    ("kW", r"kilowatts?\b|kW\b"),
    ("second", r"seconds?\b"),
    ("minute", r"minutes?\b|mins?\b"),
    ("hour", r"hours?\b|hrs?\b"),
    ("day", r"days?\b"),
    ("week", r"weeks?\b"),
    ("month", r"months?\b"),
    ("year", r"years?\b"),
    ("decade", r"decades?\b"),
)
_JOIN = r"(?:[ \u00a0\u202f]|[-‑])?"
_AFTER = re.compile(
    _JOIN
    + "(?:"
    + "|".join(f"(?P<c_{code}>(?:{words})(?![A-Za-z]))" for code, words in _CURRENCIES.items())
    + "|"
    + "|".join(f"(?P<u{i}>{pattern})" for i, (_, pattern) in enumerate(_UNITS))
    + ")"
)
_SIGNS = {
    "$": "usd", "US$": "usd", "€": "eur", "£": "gbp", "¥": "jpy", "₽": "rub", "₴": "uah",
    "₹": "inr", "A$": "aud", "AU$": "aud", "C$": "cad", "CA$": "cad", "USD": "usd",
    "EUR": "eur", "GBP": "gbp", "HK$": "hkd",
    "NZ$": "nzd", "S$": "sgd", "R$": "brl", "NT$": "twd", "Rs": "inr",
    "Rs.": "inr", "CHF": "chf", "₩": "krw", "₦": "ngn", "₺": "try", "₪": "ils", "₫": "vnd",
}  # fmt: skip
_BEFORE = re.compile(
    r"(?<![A-Za-z])("
    + "|".join(re.escape(s) for s in sorted(_SIGNS, key=len, reverse=True))
    + r")[ \u00a0]?$"
)


def before_number(text: str, start: int) -> tuple[str, int]:
    """Return the currency before a number, and where it starts; ("", start) if there is none."""
    lead = max(0, start - 5)
    match = _BEFORE.search(text[lead:start])
    return (_SIGNS[match[1]], lead + match.start()) if match else ("", start)


def after_number(text: str, end: int) -> tuple[str, int]:
    """Return the unit or currency after a number, and where it ends; ("", end) if there is none."""
    match = _AFTER.match(text, end)
    if match is None or match.lastgroup is None:
        return "", end
    group = match.lastgroup
    unit = group[2:] if group.startswith("c_") else _UNITS[int(group[1:])][0]
    return unit, match.end()
