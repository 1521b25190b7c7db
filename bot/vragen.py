"""A parent's question to the team in their chats, and the answer back to the parent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.beurt import Beurt
from dialogen.basis import SPREEKTAAL, Bericht, Knop, Tekst
from dialogen.effecten import VraagStellen
from dialogen.effecten_team import VraagBeantwoorden
from dialogen.flows import FLOWS
from dialogen.teksten import BRON, taalnaam, zin
from dialogen.vertaald import WACHT
from opslag import antwoorden, spraaknotas, te_vertalen, team, vertalingen
from opslag.rechten import LEIDEN
from opslag.werkdagen import over_werkdagen

_WAAR = {
    "uitnodiging": "menu.menu.activiteiten",
    "afmelden": "uitnodiging.kom.nee",
    "erbij": "menu.menu.hier",
    "vraag": "menu.menu.vraag",
    "stoppen": "menu.menu.stop",
    "instellingen": "menu.menu.instellingen",
}
"""By which button colleagues know a conversation of parents."""


def stel(beurt: Beurt, ouder_id: int, effect: VraagStellen) -> None:
    """Keep the question and bring it to every colleague of the location, in the colleague's own language."""
    g, w = beurt.gesprek, beurt.wereld
    if g.locatie_id is None:
        return
    soort = "mens" if effect.mens else "vraag"
    voor = w.antwoord_voor or over_werkdagen(beurt.nu, 2, "Europe/Amsterdam")
    nummer = antwoorden.stel_vraag(
        beurt.sessie, ouder_id, g.locatie_id, soort, effect.tekst, effect.media, w.spreektaal or w.taal, beurt.nu, voor
    )
    van = {"van": w.naam or "een ouder", "taalnaam": taalnaam(w.spreektaal or w.taal, w.taal)}
    knop = Knop(f"team.vraag:antwoord:{nummer}", Tekst("team.vraag.antwoord"))
    for collega in team.gesprekken_van_team(beurt.sessie, g.locatie_id):
        teksten = (_aan_collega(effect, van), *(_waar(effect, collega.taal) if collega.rol in LEIDEN else ()))
        bericht = Bericht(teksten, (knop,), media=_te_horen(beurt, effect.media, collega))
        if not beurt.vertaalt.ouders or not effect.tekst or collega.taal == w.taal:
            beurt.stuur(collega, bericht, ouder_id)
            continue
        uit, naar = beurt.houd_vast(collega, bericht, ouder_id), (w.taal, collega.taal)
        _vertaal(beurt, ouder_id, f"vraag:{nummer}", effect.tekst, naar, uit, w.naam)


def vertaal_woorden(beurt: Beurt, ouder_id: int, soort: str, uitnodiging: int, tekst: str) -> None:
    """What a parent just told in own words (``soort`` 'afmeldreden' or 'waardering') is wanted in Dutch, where that is
    set; nobody waits for it.
    """
    taal = beurt.wereld.taal
    if not beurt.vertaalt.ouders or not tekst or taal == BRON:
        return
    nummer = antwoorden.laatste(beurt.sessie, soort, uitnodiging)
    namen = _namen(beurt, beurt.wereld.naam)
    vertalingen.vraag_voor_ouder(beurt.sessie, ouder_id, f"{soort}:{nummer}", tekst, (taal, BRON), beurt.nu, namen)


def _namen(beurt: Beurt, naam: str) -> list[str]:
    plek = beurt.gesprek.locatie_id
    van_hier = te_vertalen.namen_bij(beurt.sessie, plek) if plek is not None else []
    return [naam, beurt.wereld.naam, *van_hier]


def _aan_collega(effect: VraagStellen, van: dict[str, str]) -> Tekst:
    if effect.mens:
        return Tekst("team.mens", van)
    woorden = van | {"tekst": effect.tekst or "🎤"}
    return Tekst("team.vervolg", woorden | {"door": effect.vervolg}) if effect.vervolg else Tekst("team.vraag", woorden)


def _waar(effect: VraagStellen, taal: str) -> tuple[Tekst, ...]:
    """Where the bot did not understand, for who can do something about it; nothing of what was said."""
    flow = effect.bij.partition(".")[0]
    if flow not in FLOWS:
        return ()
    return (Tekst("team.mens_bij", {"bij": zin(taal, _WAAR.get(flow, "menu.menu")), "stap": effect.bij}),)


def beantwoord(beurt: Beurt, medewerker_id: int, effect: VraagBeantwoorden) -> None:
    """To the parent with the question under it. What was spoken goes only to a chat where it can be heard."""
    gevonden = team.beantwoord(beurt.sessie, medewerker_id, effect.vraag, beurt.nu, toch=effect.toch)
    if gevonden is None:
        return
    ouder_id, gevraagd = gevonden
    vertalingen.vergeet_over(beurt.sessie, f"vraag:{effect.vraag}")
    hier = beurt.gesprek.sleutel
    chat = antwoorden.chat_van_ouder(beurt.sessie, ouder_id, hier.kanaal, hier.account)
    if chat is not None:
        kop = Tekst("vraag.antwoord", {"gastheer": beurt.wereld.naam or "👋"})
        woorden = (Tekst("=", {"tekst": effect.tekst, SPREEKTAAL: BRON}),) if effect.tekst else ()
        staart = (Tekst("vraag.jouw_vraag", {"tekst": gevraagd[:200]}),) if gevraagd else ()
        if beurt.nota is not None:
            spraaknotas.stuur_naar(beurt.sessie, beurt.nota, chat.id)
        bericht = Bericht((kop, *woorden, *staart), media=_te_horen(beurt, effect.media, chat))
        if not woorden or not beurt.vertaalt.team or chat.taal == BRON:
            beurt.stuur(chat, bericht, ouder_id)
        else:
            _antwoord_vertaald(beurt, chat, ouder_id, effect, bericht)


def _antwoord_vertaald(beurt: Beurt, chat: Any, ouder_id: int, effect: VraagBeantwoorden, bericht: Bericht) -> None:
    """The same in the parent's language, with what was written under it; as it was written when that takes long."""
    van = next((v.van for v in beurt.wereld.open_vragen if v.nummer == effect.vraag), "")
    teksten = tuple(Tekst(WACHT, t.gegevens) if t.sleutel == "=" else t for t in bericht.teksten)
    uit = beurt.houd_vast(chat, replace(bericht, teksten=teksten), ouder_id)
    talen, hier = (BRON, chat.taal), beurt.gesprek.nummer
    _vertaal(beurt, ouder_id, f"antwoord:{uit}", effect.tekst, talen, uit, van, melden=hier)


def _vertaal(
    beurt: Beurt,
    ouder_id: int,
    over: str,
    tekst: str,
    talen: tuple[str, str],
    uit: int,
    naam: str,
    melden: int | None = None,
) -> None:
    """Ask for these words of or to one parent; the message ``uit`` waits for them. Names do not travel."""
    namen = _namen(beurt, naam)
    nummer = vertalingen.vraag_voor_ouder(beurt.sessie, ouder_id, over, tekst, talen, beurt.nu, namen, melden)
    vertalingen.laat_wachten(beurt.sessie, nummer, uit)


def _te_horen(beurt: Beurt, media: str, chat: Any) -> str:
    """How what was spoken is named in somebody's chat; '' where it could never be played."""
    hier = beurt.gesprek.sleutel
    zelfde = (chat.kanaal, chat.account) == (hier.kanaal, hier.account)
    return spraaknotas.te_horen(media, beurt.nota, hier=zelfde)
