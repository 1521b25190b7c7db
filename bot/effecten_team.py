"""The effects of colleagues → what is written. ``opslag`` asks whether this colleague may; here it is only passed on.

A new effect: a frozen value in ``dialogen/effecten_team.py``, a case below, and a function in ``opslag`` that takes
the colleague's number, checks it with ``opslag/rechten.py`` and tells the audit log.
"""

from __future__ import annotations

from bot import versturen
from bot.beurt import Beurt
from bot.teamwerk import pas_toe_teamwerk
from bot.uitzendingen import MAAK
from dialogen.basis import Stand
from dialogen.effecten_team import (
    ActiviteitAfgelasten,
    ActiviteitMaken,
    ActiviteitWijzigen,
    EffectTeam,
    GastEraf,
    GastErbij,
    Herinneren,
    JaAanwezig,
    PresentieZetten,
    Proefbericht,
    ReeksMaken,
    Versturen,
    ZendingHervatten,
    ZendingStoppen,
)
from dialogen.flows import FLOWS
from dialogen.plan import GEHOORD
from opslag import plannen, presentie, reeksen


def pas_toe_team(beurt: Beurt, medewerker_id: int, effect: EffectTeam) -> None:
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
        case ActiviteitMaken(locatie=locatie, plan=plan):
            _gemaakt(beurt, plannen.maak(sessie, medewerker_id, locatie, plan, nu))
        case ActiviteitWijzigen(activiteit=nummer, plan=plan):
            if GEHOORD & plannen.wijzig(sessie, medewerker_id, nummer, plan, nu):
                plannen.vertel_wijziging(sessie, medewerker_id, nummer, MAAK, nu)
                beurt.voor_anderen = True
        case ActiviteitAfgelasten(activiteit=nummer):
            beurt.voor_anderen |= plannen.gelast_af(sessie, medewerker_id, nummer, nu)
        case ReeksMaken(activiteit=nummer, tot=tot, vakantie_overslaan=overslaan):
            reeksen.maak_reeks(sessie, medewerker_id, nummer, tot, overslaan, nu)
        case Versturen() | Herinneren() | Proefbericht() | ZendingStoppen() | ZendingHervatten():
            versturen.pas_toe(beurt, medewerker_id, effect)
        case _:
            pas_toe_teamwerk(beurt, medewerker_id, effect)


def _gemaakt(beurt: Beurt, nummer: int | None) -> None:
    """On to sending it, now that it has a number."""
    if nummer is not None:
        flow, stap = ("versturen", FLOWS["versturen"].begin) if "versturen" in FLOWS else ("activiteiten", "een")
        beurt.vervolg = Stand(flow, stap, {"over": str(nummer)})
