"""g. A question for the team, and the person who takes over when the bot does not understand."""

from __future__ import annotations

from collections.abc import Mapping

from dialogen.basis import Gegeven, Stand, Wereld, Wie
from dialogen.effecten import Effect, VraagStellen
from dialogen.flows.afmelden import gesproken, lees_woorden
from dialogen.stappen import Flow, Klaar, Tak, Vraag, Wissel, Zeg, Zin


def heeft_telefoon(wereld: Wereld, _stand: Stand) -> bool:
    """Whether there is a number to call."""
    return bool(wereld.plaats and wereld.plaats.telefoon)


def _voor(wereld: Wereld, _stand: Stand) -> Mapping[str, Gegeven]:
    return {"begin": wereld.antwoord_voor or wereld.nu}


def _stel(_wereld: Wereld, stand: Stand) -> list[Effect]:
    tekst, media = gesproken(stand.antwoorden.get("vraag", ""))
    return [VraagStellen(tekst, media)]


def _reageer(wereld: Wereld, stand: Stand) -> list[Effect]:
    tekst, media = gesproken(stand.antwoorden.get("vraag", ""))
    return [VraagStellen(tekst, media, vervolg=wereld.gevraagd.door if wereld.gevraagd else "")]


_HAAST = Zin("vraag.haast", heeft_telefoon)

VRAAG = Flow(
    "vraag",
    (
        Vraag("vraag", "doorgegeven", lees_woorden, effect=_stel, zegt=(Zin("vraag.vraag"), _HAAST), gegevens=_voor),
        Zeg("direct", "doorgegeven", zegt=(), effect=_stel),
        Klaar("doorgegeven", zegt=(Zin("vraag.doorgegeven"), _HAAST), gegevens=_voor),
        Zeg("vervolg", "gegeven", zegt=(), effect=_reageer),
        Klaar("gegeven"),
    ),
    ingangen=("direct", "vervolg"),
)

MENS = Flow(
    "mens",
    (
        Zeg("mens", Wissel((Tak("kennen we niet", lambda w, _: w.wie is Wie.ONBEKEND, "zelf"),), "komt"), zegt=()),
        Klaar(
            "komt",
            zegt=(Zin("mens.komt"), _HAAST),
            effect=lambda _w, s: [VraagStellen(mens=True, bij=s.antwoorden.get("bij", ""))],
            gegevens=_voor,
        ),
        Klaar("zelf"),
    ),
)
