"""What a colleague does at the door → what is written: ticking off, guests, the screen with the code."""

from __future__ import annotations

from bot.beurt import Beurt
from dialogen.basis import Bericht, Tekst
from dialogen.effecten_team import BrievenMaken, DeurOpenen, GastEraf, GastErbij, JaAanwezig, PresentieZetten
from opslag import brieven, deur, presentie

Registratie = PresentieZetten | JaAanwezig | GastErbij | GastEraf | DeurOpenen | BrievenMaken


def registreer(beurt: Beurt, medewerker_id: int, effect: Registratie) -> None:
    """Write one effect of a colleague. One that is not theirs to have writes nothing."""
    sessie, nu = beurt.sessie, beurt.nu
    match effect:
        case PresentieZetten(uitnodiging=nummer, staat=staat):
            presentie.zet_door_team(sessie, medewerker_id, nummer, staat, nu)
        case JaAanwezig(activiteit=nummer):
            presentie.zet_ja_aanwezig(sessie, medewerker_id, nummer, nu)
        case GastErbij(activiteit=nummer, rol=rol):
            presentie.gast_erbij(sessie, medewerker_id, nummer, rol, nu)
        case GastEraf(activiteit=nummer, waren=waren):
            presentie.gast_eraf(sessie, medewerker_id, nummer, waren, nu)
        case DeurOpenen(activiteit=nummer):
            _open_deur(beurt, medewerker_id, nummer)
        case BrievenMaken(activiteit=nummer):
            _brieven(beurt, medewerker_id, nummer)


def _brieven(beurt: Beurt, medewerker_id: int, nummer: int) -> None:
    aantal = brieven.nodig_uit(beurt.sessie, medewerker_id, nummer, beurt.nu)
    if aantal is None:
        _kan_niet_meer(beurt)
        return
    tekst = Tekst("brieven.hier", {"aantal": aantal}) if aantal else Tekst("brieven.niemand")
    bericht = Bericht((tekst,), bestand=f"brieven:{nummer}" if aantal else "")
    beurt.daarna.append(lambda: beurt.zeg(bericht))


def _open_deur(beurt: Beurt, medewerker_id: int, nummer: int) -> None:
    pad = deur.open_deur(beurt.sessie, medewerker_id, nummer, beurt.nu)
    if pad is None:
        _kan_niet_meer(beurt)
        return
    beurt.daarna.append(lambda: beurt.zeg(Bericht((Tekst("presentie.deur", {"pad": pad}),))))


def _kan_niet_meer(beurt: Beurt) -> None:
    """It was called off since the button was shown: whoever waits for something hears that it does not come."""
    beurt.daarna.append(lambda: beurt.zeg(Bericht((Tekst("activiteiten.kan_niet_meer"),))))
