"""Tips: what a parent does with them, and what colleagues do → what is written."""

from __future__ import annotations

from bot.beurt import Beurt
from dialogen.basis import Bericht, Stand, Tekst
from dialogen.effecten import TipAntwoord, TipGezicht, TipVertellen, TipVragen
from dialogen.effecten_team import ThemaZetten, Tips, TipToevoegen, TipVerteld, TipWeghalen
from dialogen.flows.tip import tip_naam
from dialogen.teksten import TALEN
from opslag import te_vertalen, team, tips, tipwerk

VanOuder = TipAntwoord | TipGezicht | TipVertellen | TipVragen


def van_ouder(beurt: Beurt, ouder_id: int, effect: VanOuder) -> None:
    """Write one effect of a parent. One about another's tip writes nothing."""
    sessie, nu = beurt.sessie, beurt.nu
    match effect:
        case TipAntwoord(tip=nummer, uitkomst=uitkomst):
            tips.antwoord(sessie, ouder_id, nummer, uitkomst, nu)
        case TipGezicht(tip=nummer, gezicht=gezicht):
            tips.gezicht(sessie, ouder_id, nummer, gezicht)
        case TipVertellen():
            _vertel(beurt, ouder_id, effect)
        case TipVragen(niet=niet):
            gegeven = tips.vraag(sessie, ouder_id, niet, nu)
            beurt.vervolg = Stand("tip", "tip", {"over": str(gegeven)}) if gegeven is not None else None


def _vertel(beurt: Beurt, ouder_id: int, effect: TipVertellen) -> None:
    """On to the colleagues as a nice message; of the words no copy stays, only that there were some."""
    gegeven = tips.gezicht(beurt.sessie, ouder_id, effect.tip, "verteld")
    g, w = beurt.gesprek, beurt.wereld
    if gegeven is None or g.locatie_id is None:
        return
    van = {"van": w.naam or "een ouder", "taalnaam": TALEN.get(w.taal, w.taal)}
    tekst = Tekst(
        "tips.ouder_vertelt", van | {"wat": tip_naam(gegeven.code, gegeven.tekst), "tekst": effect.tekst or "🎤"}
    )
    for collega in team.gesprekken_van_team(beurt.sessie, g.locatie_id):
        zelfde = (collega.kanaal, collega.account) == (g.sleutel.kanaal, g.sleutel.account)
        bericht = Bericht((tekst,), media=effect.media if zelfde else "", vluchtig=True)
        beurt.stuur(collega, bericht, ouder_id)


def van_team(beurt: Beurt, medewerker_id: int, effect: Tips) -> None:
    """Write one effect of a colleague. One that is not theirs to have writes nothing."""
    sessie, nu = beurt.sessie, beurt.nu
    match effect:
        case TipToevoegen(locatie=locatie, stap=stap, tekst=tekst):
            nieuw = tipwerk.voeg_toe(sessie, medewerker_id, locatie, stap, tekst, nu)
            if nieuw is not None and beurt.vertaalt.team and te_vertalen.vraag_tip(sessie, nieuw, nu):
                beurt.voor_anderen = True
        case TipWeghalen(tip=nummer):
            tipwerk.haal_weg(sessie, medewerker_id, nummer, nu)
        case TipVerteld(gegeven=nummer, verteld=verteld):
            tipwerk.zet_verteld(sessie, medewerker_id, nummer, verteld, nu)
        case ThemaZetten(groep=nummer, thema=thema):
            gezet = tipwerk.zet_thema(sessie, medewerker_id, nummer, thema, nu)
            if gezet and beurt.vertaalt.team and te_vertalen.vraag_thema(sessie, nummer, nu):
                beurt.voor_anderen = True
