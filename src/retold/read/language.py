"""Which language a text is written in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retold.config import ReadConfig

_LOOKED_AT = 3000
"""Code points that are looked at, from the middle of the text: heads and tails carry furniture."""
NAMES = {
    "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "cs": "Czech", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian",
    "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian", "it": "Italian", "ja": "Japanese",
    "ka": "Georgian", "ko": "Korean", "lt": "Lithuanian", "lv": "Latvian", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian",
    "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian", "sr": "Serbian", "sv": "Swedish",
    "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip
"""ISO 639-1 codes with the languages' English names."""
_THREE = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "rus": "ru",
    "ukr": "uk", "ita": "it", "por": "pt", "pol": "pl", "nld": "nl", "dut": "nl", "tur": "tr",
    "ara": "ar", "zho": "zh", "chi": "zh", "jpn": "ja", "kor": "ko", "swe": "sv", "ces": "cs",
}  # fmt: skip
_ENGLISH = frozenset(
    [
        "the", "of", "and", "to", "that", "for", "with", "from", "this", "have", "are", "were",
        "which", "their", "said",
    ]
)  # fmt: skip
"""Function words that are frequent in English news and rare in any other language."""
_LEAST_WORDS = 40
_WORD = re.compile(r"[^\W\d_]+")
_BY_NAME = {name.casefold(): code for code, name in NAMES.items()}


def code(given: str) -> str:
    """Return the ISO 639-1 code of a language given as code, locale or name; "" if unknown."""
    plain = given.strip().casefold()
    if plain in _BY_NAME:
        return _BY_NAME[plain]
    first = plain.replace("_", "-").split("-")[0]
    if len(first) == 2 and first.isascii() and first.isalpha():
        return first
    return _THREE.get(first, "")


def name(language: str) -> str:
    """Return a language's English name, or its code where the name is not known here."""
    return NAMES.get(language, language)


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _plainly_english(sample: str, share: float) -> bool:
    """Spare the second that loading the model takes wherever English function words abound."""
    found = [word.casefold() for word in _WORD.findall(sample)]
    counted = sum(word in _ENGLISH for word in found)
    return len(found) >= _LEAST_WORDS and counted >= share * len(found) and "the" in found


def detect(text: str, config: ReadConfig) -> tuple[str, str]:
    """Return the ISO 639-1 code of the language of ``text`` and a remark, empty where it is sure.

    Of texts too short to tell, and of guesses below ``min_language_probability``, the first of
    ``config.languages`` is taken and the remark says so.
    """
    start = max(0, (len(text) - _LOOKED_AT) // 2)
    sample = text[start : start + _LOOKED_AT]
    wanted = config.languages[0] if config.languages else "en"
    if sum(map(str.isalpha, sample)) < config.min_language_letters:
        return wanted, f"Too short to tell its language; taken as {name(wanted)}."
    if "en" in config.languages and _plainly_english(sample, config.min_english_words):
        return "en", ""
    found, probability = _identifier().classify(sample)
    if found in config.languages:
        return found, ""
    if probability < config.min_language_probability:
        return wanted, f"Its language is unsure ({name(found)}?); taken as {name(wanted)}."
    return found, ""
