"""What a colleague asks of sending, carried out: begin a broadcast, stop it, go on, and look at it beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.beurt import Beurt
from bot.levend import gepland, hoe_ver
from bot.uitzendingen import uitnodiging_als_bericht
from bot.weergeven import in_woorden
from dialogen.basis import Bericht, Plaats, Rol, Tekst, Uitnodiging, Vertaald, Wereld, Wie
from dialogen.effecten_team import Herinneren, Proefbericht, Versturen, ZendingHervatten, ZendingStoppen
from dialogen.kantoor import Activiteit, Kantoor
from dialogen.teksten import TALEN, zin
from opslag import levend, postvak, vertalingen, verzendingen
from opslag.activiteiten import Afgewezen
from opslag.locaties import Onbekend
from opslag.verzendingen import Voortgang
from opslag.werkdagen import zone


def pas_toe(
    beurt: Beurt,
    medewerker_id: int,
    effect: Versturen | Herinneren | Proefbericht | ZendingStoppen | ZendingHervatten,
) -> None:
    """Write one of these effects. One that may not be (any more) writes nothing."""
    try:
        match effect:
            case Versturen(activiteit=nummer, gezien=gezien):
                _begin(beurt, medewerker_id, nummer, "uitnodiging", f"na {gezien}", effect)
            case Herinneren(activiteit=nummer):
                _begin(beurt, medewerker_id, nummer, "herinnering", _vandaag(beurt, nummer))
            case Proefbericht():
                _laat_zien(beurt, effect)
            case ZendingStoppen(zending=nummer):
                verzendingen.stop(beurt.sessie, nummer, beurt.nu, f"medewerker:{medewerker_id}", medewerker_id)
                _volg(beurt, nummer)
            case ZendingHervatten(zending=nummer):
                verzendingen.hervat(beurt.sessie, nummer, beurt.nu, f"medewerker:{medewerker_id}", medewerker_id)
                _volg(beurt, nummer)
    except (Afgewezen, Onbekend):
        return


def _begin(
    beurt: Beurt, medewerker_id: int, nummer: int, soort: str, kenmerk: str, wens: Versturen | None = None
) -> None:
    begonnen = verzendingen.begin(
        beurt.sessie,
        nummer,
        soort,
        wens.voor if wens else "iedereen",
        beurt.nu,
        f"medewerker:{medewerker_id}",
        kenmerk=kenmerk,
        begint=wens.begint if wens else None,
        door=medewerker_id,
    )
    if begonnen is not None:
        _volg(beurt, begonnen)


def _volg(beurt: Beurt, zending: int) -> None:
    """The answer to this very turn lives along with the broadcast from now on; whoever fills it wakes up."""
    z = verzendingen.voortgang(beurt.sessie, zending)
    toont = _toont(z, beurt.nu) if z else ""
    beurt.voor_anderen = True
    beurt.daarna.append(lambda: levend.volg(beurt.sessie, beurt.gesprek.nummer, zending, toont, beurt.nu))


def _toont(z: Voortgang, nu: datetime) -> str:
    """What that answer says, so that it is not said once more; '' for a broadcast that is about to be made."""
    if z.gestopt:
        return hoe_ver("gestopt", z.verzonden, z.aantal)
    if z.begint and z.begint > nu:
        return gepland(z.begint)
    return hoe_ver("bezig", z.verzonden, z.aantal) if z.aantal else ""


def _vandaag(beurt: Beurt, nummer: int) -> str:
    """What makes a reminder happen once a day: the local date."""
    kantoor = beurt.wereld.kantoor
    a = kantoor.activiteit(nummer) if kantoor else None
    plek = kantoor.werkplek(a.locatie) if kantoor and a else None
    return f"team {beurt.nu.astimezone(zone(plek.tijdzone if plek else 'Europe/Amsterdam')).date()}"


def _laat_zien(beurt: Beurt, effect: Proefbericht) -> None:
    """The invitation as this role reads it in this language; its buttons only say that it was a trial."""
    kantoor, g = beurt.wereld.kantoor, beurt.gesprek
    a = kantoor.activiteit(effect.activiteit) if kantoor else None
    if kantoor is None or a is None:
        return
    beurt.vraag_vertaling(a.nummer)
    vertaald = vertalingen.in_taal(beurt.sessie, vertalingen.teksten_van(a), effect.taal)
    bericht = proefbericht(beurt.wereld, kantoor, a, effect, vertaald)
    postvak.leg_klaar(beurt.sessie, g.nummer, g.sleutel, bericht, effect.taal, beurt.nu)


def proefbericht(
    wereld: Wereld, kantoor: Kantoor, a: Activiteit, effect: Proefbericht, vertaald: Mapping[str, Vertaald]
) -> Bericht:
    """The real invitation under a heading in the colleague's own language."""
    kop = Tekst(
        "versturen.kop_test" if effect.test else "versturen.kop_voorbeeld",
        {"rol": zin(wereld.taal, f"rol.{effect.rol}"), "taalnaam": TALEN.get(effect.taal, effect.taal)},
    )
    bericht = uitnodiging_als_bericht(replace(als_ouder(wereld, kantoor, a, effect), vertaald=vertaald), a.nummer)
    return replace(
        bericht,
        teksten=(Tekst.letterlijk(in_woorden(kop, wereld.taal)), *bericht.teksten),
        knoppen=tuple(replace(k, data=f"versturen.proef:{k.data.split(':')[1]}:{a.nummer}") for k in bericht.knoppen),
    )


def als_ouder(wereld: Wereld, kantoor: Kantoor, a: Activiteit, effect: Proefbericht) -> Wereld:
    """The world of a parent of this role and language, with this one invitation."""
    eind = a.begin + timedelta(minutes=a.duur)
    titel, plek = a.titel_voor(effect.rol), kantoor.werkplek(a.locatie)
    u = Uitnodiging(
        a.nummer, titel, a.soort, a.begin, eind, a.plek, a.gastheer, a.kinderen_welkom,
        vrij=a.capaciteit, gevraagd=a.gevraagd,
    )  # fmt: skip
    plaats = Plaats(plek.naam, plek.gastheer, tijdzone=plek.tijdzone) if plek else None
    naam = wereld.naam if effect.test else zin(wereld.taal, "versturen.naam")
    return Wereld(wereld.nu, effect.taal, Wie.OUDER, naam, Rol(effect.rol), plaats=plaats, uitnodigingen=(u,))
