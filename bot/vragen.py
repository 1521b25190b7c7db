"""A parent's question to the team in their chats, and the answer back to the parent."""

from __future__ import annotations

from bot.beurt import Beurt
from dialogen.basis import Bericht, Knop, Tekst
from dialogen.effecten import VraagStellen
from dialogen.effecten_team import VraagBeantwoorden
from dialogen.flows import FLOWS
from dialogen.teksten import taalnaam, zin
from opslag import antwoorden, team
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
        zelfde = (collega.kanaal, collega.account) == (g.sleutel.kanaal, g.sleutel.account)
        teksten = (_aan_collega(effect, van), *(_waar(effect, collega.taal) if collega.rol in LEIDEN else ()))
        beurt.stuur(collega, Bericht(teksten, (knop,), media=effect.media if zelfde else ""), ouder_id)


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
    hier = beurt.gesprek.sleutel
    chat = antwoorden.chat_van_ouder(beurt.sessie, ouder_id, hier.kanaal, hier.account)
    if chat is not None:
        kop = Tekst("vraag.antwoord", {"gastheer": beurt.wereld.naam or "👋"})
        woorden = (Tekst.letterlijk(effect.tekst),) if effect.tekst else ()
        staart = (Tekst("vraag.jouw_vraag", {"tekst": gevraagd[:200]}),) if gevraagd else ()
        beurt.stuur(chat, Bericht((kop, *woorden, *staart), media=effect.media), ouder_id)
