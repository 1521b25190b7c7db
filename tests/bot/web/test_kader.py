"""The frame of the browser chat speaks the language of the conversation."""

from __future__ import annotations

import pytest

from bot.web.kader import kader, woorden
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
