"""What colleagues do for one parent → what is written: answering, doing what was promised."""

from __future__ import annotations

from bot import vragen
from bot.beurt import Beurt
from dialogen.effecten_team import (
    OpnameKeuren,
    OpnameMaken,
    RedenCoderen,
    TaakAfronden,
    TaakOppakken,
    TaakTeruggeven,
    Teamwerk,
    VraagBeantwoorden,
    WoordenGelezen,
)
from opslag import opnames, taken, woorden


def pas_toe_teamwerk(beurt: Beurt, medewerker_id: int, effect: Teamwerk) -> None:
    """Write one effect of a colleague. One that is not theirs to have writes nothing."""
    match effect:
        case VraagBeantwoorden():
            vragen.beantwoord(beurt, medewerker_id, effect)
        case TaakOppakken() | TaakTeruggeven() | TaakAfronden():
            _taak(beurt, medewerker_id, effect)
        case RedenCoderen(reden=nummer, code=code):
            woorden.codeer(beurt.sessie, medewerker_id, nummer, code, beurt.nu)
        case OpnameMaken(wat=wat, taal=taal, spreker=spreker, media=media):
            beurt.voor_anderen = True  # somebody has to fetch it
            opnames.vraag_aan(beurt.sessie, medewerker_id, beurt.gesprek.nummer, wat, taal, spreker, media, beurt.nu)
        case OpnameKeuren(opname=nummer, goed=goed):
            opnames.keur(beurt.sessie, medewerker_id, nummer, goed, beurt.nu)
        case WoordenGelezen(soort=soort, nummer=nummer):
            woorden.gelezen(beurt.sessie, medewerker_id, soort, nummer, beurt.nu)


def _taak(beurt: Beurt, medewerker_id: int, effect: TaakOppakken | TaakTeruggeven | TaakAfronden) -> None:
    """A task changes hands. Who may see it hears that somebody does it, or that nobody does any more."""
    sessie, nu, hier = beurt.sessie, beurt.nu, beurt.gesprek.nummer
    match effect:
        case TaakOppakken(taak=nummer):
            gepakt = taken.pak_op(sessie, medewerker_id, nummer, nu)
            if gepakt:
                taken.meld(sessie, gepakt, "team.taak_gepakt", nu, niet_aan=hier, knoppen=False)
        case TaakTeruggeven(taak=nummer):
            terug = taken.geef_terug(sessie, medewerker_id, nummer, nu)
            if terug:
                taken.meld(sessie, terug, "team.taak_vrij", nu, niet_aan=hier)
        case TaakAfronden(taak=nummer):
            taken.rond_af(sessie, medewerker_id, nummer, nu)
    beurt.voor_anderen = True
