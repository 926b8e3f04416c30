"""Languages: codes, names, texts too short."""

import pytest

from retold.config import ReadConfig
from retold.read import language
from tests.read.pieces import BODY, FIRST, TITLE

CONFIG = ReadConfig()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("en", "en"),
        ("EN", "en"),
        ("en-GB", "en"),
        ("en_US", "en"),
        ("English", "en"),
        ("eng", "en"),
        ("German", "de"),
        ("", ""),
        ("Klingon", ""),
        ("xx1", ""),
    ],
)
def test_codes(given, code):
    assert language.code(given) == code


@pytest.mark.parametrize("text", [BODY, FIRST, FIRST.upper(), f"{TITLE}. {FIRST}"])
def test_english(text):
    assert language.detect(text, CONFIG) == ("en", "")


def test_english_prose_needs_no_model(monkeypatch):
    monkeypatch.setattr(language, "_identifier", None)
    assert language.detect(BODY, CONFIG) == ("en", "")


def test_short_texts_are_taken_as_wanted_and_said():
    found, remark = language.detect("Pont fermé", CONFIG)
    assert found == "en"
    assert "Too short" in remark


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Das Hafenamt hat am Montag die Brücke gesperrt, nachdem Taucher einen Riss fanden.",
            "de",
        ),
        (
            "Le bureau du port a fermé le pont lundi après la découverte d'une large fissure.",
            "fr",
        ),
        (
            "Портовая служба закрыла мост, после того как водолазы нашли трещину в опоре.",
            "ru",
        ),
        (
            "Портова служба закрила міст після того, як водолази знайшли тріщину в опорі.",
            "uk",
        ),
        (
            "Het havenkantoor heeft de brug maandag gesloten nadat duikers een scheur vonden.",
            "nl",
        ),
        (
            "周一，港务局在潜水员发现第二座桥墩有裂缝后关闭了这座桥，并表示冬季剩余时间将继续关闭。整个城镇的居民都必须等待修复工程完成之后才能够再次通过这座大桥前往北岸的码头。",
            "zh",
        ),
    ],
)
def test_other_languages(text, code):
    assert language.detect(text, CONFIG) == (code, "")


def test_names():
    assert language.name("uk") == "Ukrainian"
    assert language.name("xx") == "xx"
