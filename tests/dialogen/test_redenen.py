"""The code list of reasons: what others rely on does not change by accident."""

from __future__ import annotations

from dialogen.flows import FLOWS
from dialogen.redenen import GROEPEN, REDENEN, VERTROUWELIJK
from dialogen.stappen import Kies, Klaar, uitgangen
from dialogen.teksten import zin


def test_de_codes() -> None:
    """A code never changes its meaning, and there is none for illness, religion or origin."""
    assert list(REDENEN) == [
        "WERK", "TIJD", "TE_LAAT", "OPPAS", "VERVOER", "TAAL", "KOSTEN", "ANDER", "ONDERWERP", "ONDUIDELIJK", "ALLEEN",
        "WELKOM", "NU_NIET", "ZEG_NIET",
    ]  # fmt: skip
    assert GROEPEN == ("tijd", "praktisch", "anders")
    assert {"WELKOM"} == VERTROUWELIJK <= set(REDENEN)


def test_elke_reden_heeft_woorden_een_antwoord_en_een_weg() -> None:
    flow = FLOWS["afmelden"]
    for code, reden in REDENEN.items():
        assert zin("nl", f"reden.{code}")
        assert zin("nl", f"reden.{code}.antwoord")
        groep = flow.stap(reden.groep)
        assert isinstance(groep, Kies)
        assert code in {k.id for k in groep.keuzes}
        assert flow.stap(f"na_{code}") is not None
        assert flow.stap(f"aanbod_{reden.aanbod}") is not None


def test_in_elke_lijst_kan_men_vertellen_en_zwijgen() -> None:
    flow = FLOWS["afmelden"]
    for groep in GROEPEN:
        stap = flow.stap(groep)
        assert isinstance(stap, Kies)
        assert [k.id for k in stap.keuzes][-2:] == ["vertel", "ZEG_NIET"]
        assert stap.vrij is not None
        assert len(stap.keuzes) <= 10, "meer past niet in een lijst van WhatsApp"


def test_twee_tikken_zijn_genoeg() -> None:
    """From "I cannot come": a group, a reason, and it is registered; nothing more is obliged."""
    flow = FLOWS["afmelden"]
    begin = flow.stap("groep")
    assert isinstance(begin, Kies)
    assert {doel for doel, _ in uitgangen(begin)} == {*GROEPEN, "woorden_groep", "niet_vast"}
    # Only who comes every week may end that first, and is then asked the same.
    assert [k.id for k in begin.keuzes if k.toon is not None] == ["niet_vast"]
    assert [doel for doel, _ in uitgangen(flow.stap("niet_vast") or begin)] == ["groep"]
    for groep in GROEPEN:
        stap = flow.stap(groep)
        assert isinstance(stap, Kies)
        assert all(k.effect is not None for k in stap.keuzes if k.id != "vertel")


def test_geen_aanbod_dwingt() -> None:
    """Every offer can be turned down, or is at its end."""
    flow = FLOWS["afmelden"]
    for stap in flow.stappen:
        if stap.id.startswith("aanbod_") and isinstance(stap, Kies):
            assert {"nee", "klaar"} & {k.id for k in stap.keuzes}, stap.id
    assert isinstance(flow.stap("stil"), Klaar)
