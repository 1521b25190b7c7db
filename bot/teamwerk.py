"""What colleagues do for one parent → what is written: answering, doing what was promised."""

from __future__ import annotations

from bot.beurt import Beurt
from dialogen.basis import Bericht, Tekst
from dialogen.effecten_team import (
    RedenCoderen,
    TaakAfronden,
    TaakOppakken,
    TaakTeruggeven,
    Teamwerk,
    VraagBeantwoorden,
    WoordenGelezen,
)
from opslag import antwoorden, taken, team, woorden


def pas_toe_teamwerk(beurt: Beurt, medewerker_id: int, effect: Teamwerk) -> None:
    """Write one effect of a colleague. One that is not theirs to have writes nothing."""
    match effect:
        case VraagBeantwoorden(vraag=nummer, tekst=tekst):
            _beantwoord(beurt, medewerker_id, nummer, tekst)
        case TaakOppakken() | TaakTeruggeven() | TaakAfronden():
            _taak(beurt, medewerker_id, effect)
        case RedenCoderen(reden=nummer, code=code):
            woorden.codeer(beurt.sessie, medewerker_id, nummer, code, beurt.nu)
        case WoordenGelezen(soort=soort, nummer=nummer):
            woorden.gelezen(beurt.sessie, medewerker_id, soort, nummer, beurt.nu)


def _beantwoord(beurt: Beurt, medewerker_id: int, nummer: int, tekst: str) -> None:
    gevonden = team.beantwoord(beurt.sessie, medewerker_id, nummer, beurt.nu)
    if gevonden is None:
        return
    ouder_id, gevraagd = gevonden
    chat = antwoorden.chat_van_ouder(beurt.sessie, ouder_id)
    if chat is not None:
        kop = Tekst("vraag.antwoord", {"gastheer": beurt.wereld.naam or "👋"})
        staart = (Tekst("vraag.jouw_vraag", {"tekst": gevraagd[:200]}),) if gevraagd else ()
        beurt.stuur(chat, Bericht((kop, Tekst.letterlijk(tekst), *staart)), ouder_id)


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
