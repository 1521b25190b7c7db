"""The effects of colleagues → what is written. ``opslag`` asks whether this colleague may; here it is only passed on.

A new effect: a frozen value in ``dialogen/effecten_team.py``, a case below, and a function in ``opslag`` that takes
the colleague's number, checks it with ``opslag/rechten.py`` and tells the audit log.
"""

from __future__ import annotations

from bot import tipwerk, versturen, weekberichten
from bot.beurt import Beurt
from bot.registreren import registreer
from bot.teamwerk import pas_toe_teamwerk
from bot.uitzendingen import MAAK
from dialogen.basis import Bericht, Stand, Tekst
from dialogen.effecten_team import (
    ActiviteitAfgelasten,
    ActiviteitMaken,
    ActiviteitWijzigen,
    BegripsvraagZetten,
    BrievenMaken,
    BureauOpenen,
    DeurOpenen,
    EffectTeam,
    GastEraf,
    GastErbij,
    Herinneren,
    JaAanwezig,
    Plan,
    PresentieZetten,
    Proefbericht,
    ReeksMaken,
    ReeksStoppen,
    ThemaZetten,
    TipToevoegen,
    TipVerteld,
    TipWeghalen,
    UitvoerMaken,
    Versturen,
    VertalingVerbeteren,
    WeekberichtProef,
    WeekberichtVersturen,
    ZendingHervatten,
    ZendingStoppen,
)
from dialogen.flows import FLOWS
from dialogen.plan import GEHOORD
from dialogen.vertaald import LENGTE
from opslag import begrip, bureau, plannen, reeksen, vertalingen
from opslag.herschrijven import herschrijf


def pas_toe_team(beurt: Beurt, medewerker_id: int, effect: EffectTeam) -> None:
    """Write one effect of a colleague. One that is not theirs to have writes nothing."""
    match effect:
        case PresentieZetten() | JaAanwezig() | GastErbij() | GastEraf() | DeurOpenen() | BrievenMaken():
            registreer(beurt, medewerker_id, effect)
        case ActiviteitMaken() | ActiviteitWijzigen() | ActiviteitAfgelasten() | ReeksMaken() | ReeksStoppen():
            _plan(beurt, medewerker_id, effect)
        case BureauOpenen():
            _open_bureau(beurt, medewerker_id)
        case UitvoerMaken(soort=soort):
            hier = Bericht((Tekst("uitvoer.hier"),), bestand=f"uitvoer:{soort}")
            beurt.daarna.append(lambda: beurt.zeg(hier))
        case VertalingVerbeteren():
            _verbeter(beurt, medewerker_id, effect)
        case Versturen() | Herinneren() | Proefbericht() | ZendingStoppen() | ZendingHervatten():
            versturen.pas_toe(beurt, medewerker_id, effect)
        case TipToevoegen() | TipWeghalen() | TipVerteld() | ThemaZetten():
            tipwerk.van_team(beurt, medewerker_id, effect)
        case WeekberichtProef() | WeekberichtVersturen():
            weekberichten.pas_toe(beurt, medewerker_id, effect)
        case BegripsvraagZetten(locatie=locatie, aan=aan):
            begrip.zet_begripsvraag(beurt.sessie, medewerker_id, locatie, aan, beurt.nu)
        case _:
            pas_toe_teamwerk(beurt, medewerker_id, effect)


def _open_bureau(beurt: Beurt, medewerker_id: int) -> None:
    code = bureau.maak_link(beurt.sessie, medewerker_id, beurt.nu)
    if code is not None:
        bericht = Bericht((Tekst("bureau.link", {"pad": f"/bureau/in/{code}"}),), vluchtig=True)
        beurt.daarna.append(lambda: beurt.zeg(bericht))


def _plan(beurt: Beurt, medewerker_id: int, effect: EffectTeam) -> None:
    sessie, nu = beurt.sessie, beurt.nu
    match effect:
        case ActiviteitMaken(locatie=locatie, plan=plan):
            nieuw = plannen.maak(sessie, medewerker_id, locatie, plan, nu)
            if nieuw is not None:
                beurt.vraag_vertaling(nieuw)
            _gemaakt(beurt, nieuw)
        case ActiviteitWijzigen(activiteit=nummer, plan=plan):
            _gewijzigd(beurt, medewerker_id, nummer, plan)
        case ActiviteitAfgelasten(activiteit=nummer):
            beurt.voor_anderen |= plannen.gelast_af(sessie, medewerker_id, nummer, nu)
        case ReeksMaken(activiteit=nummer, tot=tot, vakantie_overslaan=overslaan):
            reeksen.maak_reeks(sessie, medewerker_id, nummer, tot, overslaan, nu)
        case ReeksStoppen(activiteit=nummer):
            reeksen.stop_reeks(sessie, medewerker_id, nummer, nu)
        case _:
            pass


def _verbeter(beurt: Beurt, medewerker_id: int, effect: VertalingVerbeteren) -> None:
    """Who reads it from now on reads the better words, also where a message still waits; on with the preview."""
    sessie, nu = beurt.sessie, beurt.nu
    wat = (effect.activiteit, effect.veld, effect.taal, effect.tekst)
    if vertalingen.verbeter(sessie, medewerker_id, *wat, nu):
        herschrijf(sessie, effect.activiteit, MAAK, nu)
    if beurt.gesprek.stand is not None:
        beurt.vervolg = Stand("versturen", "voorbeeld", beurt.gesprek.stand.antwoorden)


def _gewijzigd(beurt: Beurt, medewerker_id: int, nummer: int, plan: Plan) -> None:
    """Who said yes hears what counts; one that was not sent yet is on its way to that."""
    veranderd = plannen.wijzig(beurt.sessie, medewerker_id, nummer, plan, beurt.nu)
    if veranderd & set(LENGTE):
        beurt.vraag_vertaling(nummer)
    if GEHOORD & veranderd:
        plannen.vertel_wijziging(beurt.sessie, medewerker_id, nummer, MAAK, beurt.nu)
        beurt.voor_anderen = True
    a = beurt.wereld.kantoor.activiteit(nummer) if beurt.wereld.kantoor else None
    _gemaakt(beurt, nummer if a and not a.verstuurd else None)


def _gemaakt(beurt: Beurt, nummer: int | None) -> None:
    """On to sending it, now that it stands as it is meant."""
    if nummer is not None:
        beurt.vervolg = Stand("versturen", FLOWS["versturen"].begin, {"over": str(nummer)})
