"""What only some conversations need of ``Wereld``, looked up only for them: every other turn pays nothing for it."""

from __future__ import annotations

from dataclasses import replace

from dialogen.basis import Invoer, Soort, Wereld, Wie
from dialogen.flows.afmelden import MET_EDITIES
from dialogen.kiezen import Tik, waar
from opslag import edities, inzage, taken, woorden
from opslag.database import Sessie
from opslag.gesprekken import Gesprek


def vul_aan(sessie: Sessie, g: Gesprek, wereld: Wereld, invoer: Invoer) -> Wereld:
    """The world with what the conversation of this turn needs beside."""
    hier = waar(g.stand, invoer)
    if g.medewerker_id and wereld.wie is Wie.MEDEWERKER:
        return _van_collega(sessie, g, g.medewerker_id, wereld, hier)
    if g.ouder_id and wereld.wie is Wie.OUDER:
        return _van_ouder(sessie, g, g.ouder_id, wereld, hier, invoer)
    return wereld


def _van_collega(sessie: Sessie, g: Gesprek, medewerker_id: int, wereld: Wereld, hier: Tik) -> Wereld:
    naar = hier.keuze or "taken lezen" if hier.flow == "menu" else hier.flow  # typed at the menu it may be any
    if "taken" in naar:
        over = hier.over if hier.flow == "taken" else 0
        wereld = replace(wereld, taken=taken.voor_collega(sessie, medewerker_id, over))
    if "lezen" in naar:
        rij = woorden.te_lezen(sessie, medewerker_id, g.sleutel.kanaal, g.sleutel.account, wereld.nu)
        return replace(wereld, te_lezen=rij, onderwerpen=woorden.onderwerpen(sessie, medewerker_id, wereld.nu))
    return wereld


def _van_ouder(sessie: Sessie, g: Gesprek, ouder_id: int, wereld: Wereld, hier: Tik, invoer: Invoer) -> Wereld:
    if invoer.soort in {Soort.TEKST, Soort.SPRAAK}:
        wereld = replace(wereld, gevraagd=inzage.gevraagd(sessie, ouder_id, g.gewijzigd, wereld.nu))
    if hier.flow == "stoppen" or (hier.flow == "menu" and hier.keuze in {"", "gegevens"}):
        wereld = replace(wereld, bewaard=inzage.bewaard(sessie, ouder_id))
    if hier.flow == "afmelden" and hier.stap in MET_EDITIES:
        slot = hier.stap == "editie"
        anders = edities.voor_ouder(sessie, ouder_id, hier.over, wereld.nu, g.rij.tijdzone, slot=slot)
        return replace(wereld, edities=anders)
    return wereld
