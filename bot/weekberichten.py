"""The weekly message: what staff composed, as a parent gets it."""

from __future__ import annotations

from bot.beurt import Beurt
from bot.bijlagen import BEWAARD
from dialogen.basis import SPREEKTAAL, Bericht, Stand, Tekst, Vertaald
from dialogen.effecten_team import WeekberichtProef, WeekberichtVersturen
from dialogen.teksten import BRON
from opslag import postvak, weekberichten
from opslag.weekberichten import Week


def week_als_bericht(week: Week, taal: str, vertaald: Vertaald | None = None) -> Bericht:
    """The message as a parent of this language gets it: translated with the Dutch under it, else the Dutch, with a word
    that it is. It is spoken by who composed it; a translation has the computer's voice.
    """
    kop = Tekst("weekbericht.kop", {"locatie": week.locatie})
    if vertaald is not None:
        woorden, uitleg = Tekst.letterlijk(vertaald.tekst), f"vertaald.{vertaald.status}"
    else:
        woorden, uitleg = Tekst("=", {"tekst": week.tekst, SPREEKTAAL: BRON}), "weekbericht.nederlands"
    eronder = () if taal == BRON else (Tekst(uitleg, {"origineel": week.tekst} if vertaald else {}),)
    gesproken = week.spraak and vertaald is None
    return Bericht(
        (kop, woorden, *eronder),
        beeld=BEWAARD + week.foto if week.foto else "",
        stem=BEWAARD + week.spraak if gesproken else f"weekbericht:{week.nummer}",
    )


def pas_toe(beurt: Beurt, medewerker_id: int, effect: WeekberichtProef | WeekberichtVersturen) -> None:
    """Show it to the colleague, or begin it; then the conversation says what became of it."""
    wat, g = effect.wat, beurt.gesprek
    if isinstance(effect, WeekberichtProef):
        _laat_zien(beurt, effect)
        return
    uitkomst = weekberichten.maak(
        beurt.sessie, medewerker_id, g.nummer, wat.locatie, wat.tekst, wat.groepen, beurt.nu,
        foto=wat.foto, spraak=wat.spraak, begint=effect.begint, vertaal=beurt.vertaalt.team,
    )  # fmt: skip
    if isinstance(uitkomst, int):
        beurt.voor_anderen = True
        op = str(int(effect.begint.timestamp()) // 60) if effect.begint else ""
        beurt.vervolg = Stand("weekbericht", "gestuurd", {"aantal": str(uitkomst), "op": op})
    else:
        beurt.vervolg = Stand("weekbericht", "geen_werk" if uitkomst == "mag_niet" else uitkomst)


def _laat_zien(beurt: Beurt, effect: WeekberichtProef) -> None:
    """As parents get it; the photo and the voice note are the platform's own, here where they came from."""
    wat, g, kantoor = effect.wat, beurt.gesprek, beurt.wereld.kantoor
    plek = kantoor.werkplek(wat.locatie) if kantoor else None
    if plek is None:
        return
    bericht = week_als_bericht(Week(0, plek.naam, wat.tekst), beurt.wereld.taal)
    kop = Tekst("weekbericht.kop_test")
    proef = Bericht((kop, *bericht.teksten), beeld=f"bestand:{wat.foto}" if wat.foto else "", media=wat.spraak)
    postvak.leg_klaar(beurt.sessie, g.nummer, g.sleutel, proef, beurt.wereld.taal, beurt.nu)
