"""The words of the trade: there in every language, said the same way everywhere."""

from __future__ import annotations

import pytest

from dialogen.teksten import TALEN, eenheden, talen
from dialogen.woordenlijst import VORMEN, WOORDEN, gebruikt, in_taal, uitleg, zoeker

VEREIST = {"koffieochtend", "inloop", "ouderkamer", "peuterspeelzaal", "voorschool", "thema", "juf"}


@pytest.mark.parametrize("taal", [t for t in talen() if t != "nl"])
def test_elk_woord_is_er_in_elke_taal(taal: str) -> None:
    assert set(WOORDEN) >= VEREIST
    for woord, per_taal in WOORDEN.items():
        assert per_taal.get(taal, "").strip() == per_taal.get(taal), (woord, taal)
        assert 0 < eenheden(per_taal[taal]) <= 40
        assert not set("[]{}<>") & set(per_taal[taal])


def test_geen_taal_die_er_niet_is_en_geen_vorm_twee_keer() -> None:
    for woord, per_taal in WOORDEN.items():
        assert set(per_taal) <= set(TALEN), woord
    assert all(vorm == vorm.casefold() for vorm in VORMEN)
    assert len(VORMEN) >= len(WOORDEN)


def test_alleen_hele_woorden() -> None:
    gevonden = [m[0] for m in zoeker().finditer("De koffieochtenden: jufferhondje, Juf, themapark, thema's, inloop!")]
    assert gevonden == ["koffieochtenden", "Juf", "thema's", "inloop"]
    assert in_taal("Koffieochtenden", "pl") == in_taal("koffieochtend", "pl") == "poranek z kawą"


def test_uitleg_bij_nederlandse_woorden() -> None:
    assert uitleg("Koffie in de ouderkamer", "tr", "koffieochtend") == "Kahve sabahı · ouderkamer: veli odası"
    assert uitleg("Koffieochtend", "tr", "koffieochtend") == "Kahve sabahı"
    assert uitleg("Koffie", "nl", "koffieochtend") == ""
    assert uitleg("Koffie", "tr", "anders") == ""
    assert uitleg("Koffie", "tr", "zelf bedacht") == ""


def test_andere_woorden_maken_een_andere_vertaling() -> None:
    assert gebruikt("Inloop met de juf, inloop", "en") == "inloop=walk-in|juf=teacher"
    assert gebruikt("Samen eten", "en") == ""
