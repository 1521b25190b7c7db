"""A voice note within a turn: kept when something is done with it, and only then."""

from __future__ import annotations

from bot.beurt import Beurt
from dialogen.basis import Invoer, Soort, Uitkomst
from dialogen.effecten import Beluisteren
from dialogen.motor import gezegd
from opslag import spraaknotas


def neem_op(beurt: Beurt, invoer: Invoer, uit: Uitkomst, *, verstaan: bool) -> int | None:
    """The number of the note that this turn does something with, or None. Of who did not consent none is kept."""
    if beurt.ouder_id is None and beurt.medewerker_id is None:
        return None
    gesproken = invoer.waarde if invoer.soort in {Soort.SPRAAK, Soort.GEHOORD} else ""
    media = _gebruikt(gesproken, uit)
    if media:
        bij = next((e.bij for e in uit.effecten if isinstance(e, Beluisteren)), "")
        return spraaknotas.neem(beurt.sessie, beurt.gesprek.nummer, media, beurt.nu, bij, verstaan=verstaan)
    if gesproken:  # uploaded before the turn, or listened to: nothing is done with it
        spraaknotas.wis_ongebruikt(beurt.sessie, beurt.gesprek.nummer, gesproken)
    return None


def _gebruikt(gesproken: str, uit: Uitkomst) -> str:
    """The recording that an effect takes along, now or spoken before, or that the conversation still holds."""
    for effect in uit.effecten:
        if media := getattr(effect, "media", ""):
            return str(media)
    woorden = gezegd(Invoer(Soort.SPRAAK, gesproken))
    houdt = uit.stand is not None and gesproken and woorden in uit.stand.antwoorden.values()
    return gesproken if houdt else ""
