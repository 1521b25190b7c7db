"""What only some conversations need of ``Wereld``, looked up only for them: every other turn pays nothing for it."""

from __future__ import annotations

from dataclasses import replace

from dialogen import begrijpen
from dialogen.basis import Invoer, OpenVraag, Soort, Wereld, Wie
from dialogen.flows.afmelden import MET_EDITIES
from dialogen.hardop import als_bericht, stem_van
from dialogen.teksten import BRON
from dialogen.tik import Tik, waar
from opslag import edities, inzage, opnames, postvak, taken, tips, tipwerk, vertalingen, woorden
from opslag.berichten import lees_bericht
from opslag.database import Sessie
from opslag.gesprekken import Gesprek

MAG_ALLES = "taken lezen tips inspreken"
"""Typed at the menu it may be any of these."""


def vul_aan(sessie: Sessie, g: Gesprek, wereld: Wereld, invoer: Invoer, naar: Tik | None = None) -> Wereld:
    """The world with what the conversation of this turn needs beside; ``naar``: where it goes on by itself."""
    hier = naar or waar(g.stand, invoer)
    wereld = _met_te_horen(sessie, g, wereld, invoer)
    if g.medewerker_id and wereld.wie is Wie.MEDEWERKER:
        return _van_collega(sessie, g, g.medewerker_id, wereld, hier)
    if g.ouder_id and wereld.wie is Wie.OUDER:
        return _van_ouder(sessie, g, g.ouder_id, wereld, hier, invoer)
    return wereld


def _met_te_horen(sessie: Sessie, g: Gesprek, wereld: Wereld, invoer: Invoer) -> Wereld:
    """The message whose 🔊 was pressed: as it stands in the outbox for the browser chat, else by its words."""
    stem = stem_van(invoer.waarde) if invoer.soort is Soort.KNOP else ""
    if stem is None or not (invoer.onder or invoer.bericht):
        return wereld
    if g.sleutel.kanaal == "web" and invoer.soort is Soort.KNOP:
        rij = postvak.van_browser(sessie, g.sleutel.adres, int(invoer.bericht))
        bericht = replace(lees_bericht(rij.inhoud), hardop=True, taal=rij.taal, beeld="") if rij else None
        return replace(wereld, te_horen=bericht)
    if not invoer.onder:
        return wereld
    return replace(wereld, te_horen=als_bericht(invoer.onder, invoer.labels, wereld.taal, stem))


def _van_collega(sessie: Sessie, g: Gesprek, medewerker_id: int, wereld: Wereld, hier: Tik) -> Wereld:
    naar = hier.keuze or MAG_ALLES if hier.flow == "menu" else hier.flow
    if "taken" in naar:
        over = hier.over if hier.flow == "taken" else 0
        wereld = replace(wereld, taken=taken.voor_collega(sessie, medewerker_id, over))
    if "tips" in naar or "inspreken" in naar:
        wereld = replace(wereld, tipwerk=tipwerk.voor_collega(sessie, medewerker_id, wereld.nu))
    if hier.flow in {"team", "menu"} and wereld.open_vragen:
        wereld = replace(wereld, open_vragen=_met_vertaling(sessie, wereld))
    kantoor = wereld.kantoor
    if hier.flow == "versturen" and kantoor and (a := kantoor.over) is not None:
        staat = vertalingen.hoe_staat(sessie, vertalingen.teksten_van(a))
        wereld = replace(wereld, kantoor=replace(kantoor, vertaald=staat))
    if "inspreken" in naar:
        wereld = replace(wereld, opnames=opnames.voor_collega(sessie, medewerker_id))
    if "lezen" in naar:
        rij = woorden.te_lezen(sessie, medewerker_id, g.sleutel.kanaal, g.sleutel.account, wereld.nu)
        klaar = vertalingen.van_ouder(sessie, (x.over for x in rij), wereld.taal)
        rij = tuple(replace(x, vertaling=klaar.get(x.over, "")) for x in rij)
        return replace(wereld, te_lezen=rij, onderwerpen=woorden.onderwerpen(sessie, medewerker_id, wereld.nu))
    return wereld


def _van_ouder(sessie: Sessie, g: Gesprek, ouder_id: int, wereld: Wereld, hier: Tik, invoer: Invoer) -> Wereld:
    if invoer.soort in {Soort.TEKST, Soort.SPRAAK}:
        wereld = replace(wereld, gevraagd=inzage.gevraagd(sessie, ouder_id, g.gewijzigd, wereld.nu))
    wereld = _met_tip(sessie, ouder_id, wereld, hier, invoer)
    if hier.flow == "stoppen" or (hier.flow == "menu" and hier.keuze in {"", "gegevens"}):
        wereld = replace(wereld, bewaard=inzage.bewaard(sessie, ouder_id))
    if hier.flow == "afmelden" and hier.stap in MET_EDITIES:
        slot = hier.stap == "editie"
        anders = edities.voor_ouder(sessie, ouder_id, hier.over, wereld.nu, g.rij.tijdzone, slot=slot)
        wereld = replace(wereld, edities=anders)
    return _in_hun_taal(sessie, wereld)


def _met_tip(sessie: Sessie, ouder_id: int, wereld: Wereld, hier: Tik, invoer: Invoer) -> Wereld:
    """The tip that this turn is about: of its button, of what was asked, or the last one for who says it is done."""
    g = wereld.gevraagd
    over = hier.over if hier.flow == "tip" else g.over if g and g.stap.startswith("tip.") else 0
    if over:
        return replace(wereld, tip=tips.haal(sessie, ouder_id, over))
    if invoer.soort is Soort.TEKST and begrijpen.bedoeling(invoer.waarde) in {"gelukt", "klaar"}:
        return replace(wereld, tip=tips.laatste(sessie, ouder_id, wereld.nu))
    return wereld


def _met_vertaling(sessie: Sessie, wereld: Wereld) -> tuple[OpenVraag, ...]:
    """The questions with what was made of them in this colleague's language, in one look."""
    klaar = vertalingen.van_ouder(sessie, (f"vraag:{v.nummer}" for v in wereld.open_vragen), wereld.taal)
    return tuple(replace(v, vertaling=klaar.get(f"vraag:{v.nummer}", "")) for v in wereld.open_vragen)


def _in_hun_taal(sessie: Sessie, wereld: Wereld) -> Wereld:
    """With what staff wrote in this parent's own language, in one look; none for who reads Dutch."""
    if wereld.taal == BRON:
        return wereld
    alle = {t for u in wereld.uitnodigingen for t in (u.titel, u.gevraagd)} | {e.titel for e in wereld.edities}
    alle |= {wereld.tip.tekst, wereld.tip.thema} if wereld.tip else set()
    return replace(wereld, vertaald=vertalingen.in_taal(sessie, alle, wereld.taal))
