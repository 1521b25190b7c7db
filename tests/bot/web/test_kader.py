"""The frame of the browser chat speaks the language of the conversation."""

from __future__ import annotations

import pytest

from bot.web.kader import gewenst, kader, woorden
from dialogen.teksten import talen


@pytest.mark.parametrize("taal", talen())
def test_elke_taal_heeft_het_hele_kader(taal: str) -> None:
    eigen = kader(taal)
    assert (eigen["taal"], eigen["richting"]) == (taal, "rtl" if taal in {"ar", "fa"} else "ltr")
    assert woorden(taal).keys() == woorden("nl").keys()
    assert taal == "nl" or woorden(taal)["web.schrijf"] != woorden("nl")["web.schrijf"]


@pytest.mark.parametrize("taal", ["", "xx", "rif", "ary"])
def test_een_taal_die_we_niet_schrijven(taal: str) -> None:
    assert kader(taal)["taal"] == "nl"


@pytest.mark.parametrize(
    ("kop", "taal"),
    [
        ("", ""),
        ("ar-MA,ar;q=0.9,fr;q=0.8", "ar"),
        ("fr-FR, fr;q=0.9, pl;q=0.4, en;q=0.7", "en"),
        ("tr;q=0, uk", "uk"),
        ("fr", ""),
        ("ary, rif", ""),
        ("*", ""),
        ("pl;q=abc, so;q=2, ti;level=1", ""),
        ("NL-be", "nl"),
        (";;,,;q=1," + "x" * 9000, ""),
    ],
)
def test_wat_de_browser_het_liefst_heeft(kop: str, taal: str) -> None:
    assert gewenst(kop) == taal
