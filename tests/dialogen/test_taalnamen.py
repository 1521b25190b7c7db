"""A language asked for by name or by flag, and everything that only looks like it."""

from __future__ import annotations

import pytest

from dialogen import begrijpen
from dialogen.taalnamen import WELKE, gevraagd
from dialogen.teksten import TALEN


@pytest.mark.parametrize(
    ("tekst", "taal"),
    [
        ("türkçe", "tr"), ("TÜRKÇE", "tr"), ("Türkçe!", "tr"), ("Turks", "tr"), ("turkish", "tr"), ("turkce", "tr"),
        ("🇹🇷", "tr"), ("🇹🇷🇹🇷", "tr"), ("🇹🇷 Türkçe", "tr"), ("in het Turks graag", "tr"), ("ik wil graag Turks", "tr"),
        ("العربية", "ar"), ("بالعربي", "ar"), ("arabic please", "ar"), ("🇸🇾", "ar"), ("po polsku", "pl"),
        ("POLSKI", "pl"),
        ("İngilizce", "en"), ("INGILIZCE", "en"), ("ingılızce", "en"), ("espanol", "es"), ("oekraiens", "uk"),
        ("українською", "uk"), ("ብትግርኛ", "ti"), ("Af-Soomaali", None), ("af soomaali", "so"), ("فارسی", "fa"),
        ("الدارجة", "ary"), ("Tarifit", "rif"), ("ⵜⴰⵔⵉⴼⵉⵜ", "rif"), ("\u200fالعربية\u200e", "ar"),
        ("Nederlandse taal", None),
        ("Nederlands", "nl"), ("🇳🇱!", "nl"), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", WELKE), ("🇲🇦", WELKE), ("🇧🇪", WELKE), ("🇪🇷", WELKE), ("🇩🇪", WELKE),
        ("🇹🇷🇵🇱", WELKE), ("🇹🇷 🇲🇦", WELKE), ("🇾🇪🇸🇾", "ar"), ("Kurdish", WELKE), ("Marokkaans", WELKE), ("🇹", None),
        ("ik spreek Turks", None), ("Turks is moeilijk", None), ("Jan Turk", None), ("Pol", None),
        ("de Turkse les", None),
        ("", None), ("👍", None), ("😀😀", None), ("xx", None), ("nl", None), ("🇹🇷 ja", None), ("ja", None),
        ("العربية Turks", None), ("in het", None), ("graag", None), ("taal", None),
    ],
)  # fmt: skip
def test_gevraagd(tekst: str, taal: str | None) -> None:
    assert gevraagd(tekst) == taal


@pytest.mark.parametrize("taal", TALEN)
def test_elke_taal_bij_haar_eigen_naam(taal: str) -> None:
    assert gevraagd(TALEN[taal]) == taal
    assert gevraagd(TALEN[taal].upper()) == taal
    assert gevraagd(f"🔊 {TALEN[taal]}") == taal


def test_geen_opdracht_en_geen_antwoord_is_de_naam_van_een_taal() -> None:
    for woord in {*begrijpen._PER_OPDRACHT, *begrijpen._PER_BEDOELING}:
        assert gevraagd(woord) is None, woord
