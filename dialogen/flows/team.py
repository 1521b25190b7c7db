"""The colleague's side of the main job: joining, answering a parent's question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogen.basis import Gegeven, Invoer, OpenVraag, Soort, Stand, Wereld, Wie
from dialogen.effecten import Effect, Instellen, TeamBinnen
from dialogen.effecten_team import VraagBeantwoorden
from dialogen.flows.afmelden import lees_woorden
from dialogen.flows.kennismaken import lees_naam
from dialogen.stappen import Flow, Keuze, Kies, Klaar, Optie, Tak, Vraag, Wissel, Zeg, Zin


def _vraag(wereld: Wereld, stand: Stand) -> OpenVraag | None:
    return next((v for v in wereld.open_vragen if v.nummer == stand.over), None)


def _vragen(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    return [Optie(str(v.nummer), f"💬 {v.van}: {v.tekst}"[:60]) for v in wereld.open_vragen[:10]]


def _de_vraag(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    v = _vraag(wereld, stand)
    return {"van": v.van, "taalnaam": v.taal, "tekst": v.tekst} if v else {}


def _getypt(invoer: Invoer) -> str | None:
    """Typed words; a spoken answer cannot be passed on yet, and an empty one must never be."""
    return lees_woorden(invoer) if invoer.soort is Soort.TEKST else None


def _antwoord(wereld: Wereld, stand: Stand) -> list[Effect]:
    return [VraagBeantwoorden(stand.over, stand.antwoorden["antwoord"])] if _vraag(wereld, stand) else []


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    if wereld.wie is not Wie.MEDEWERKER:
        return "geen_team"
    if stand.stap in {"vraag", "antwoord"} and _vraag(wereld, stand) is None:
        return "beantwoord"
    return None


TEAM = Flow(
    "team",
    (
        Zeg(
            "binnen",
            Wissel((Tak("zonder naam", lambda w, _: not w.naam, "naam"),), "welkom"),
            zegt=(),
            effect=lambda w, s: [TeamBinnen(s.antwoorden.get("code", ""), w.naam)],
        ),
        Vraag("naam", "welkom", lees_naam, effect=lambda _w, s: [Instellen(naam=s.antwoorden["naam"])]),
        Klaar("welkom"),
        Kies(
            "vragen",
            (Keuze("terug", "menu.menu", label="knop.terug"),),
            zegt=(
                Zin("team.vragen", lambda w, _: bool(w.open_vragen)),
                Zin("team.geen_vragen", lambda w, _: not w.open_vragen),
            ),
            bron=_vragen,
            bron_naar="naar_vraag",
        ),
        Zeg("naar_vraag", "vraag", zegt=(), onthoud=lambda _w, s: {"over": s.antwoorden["vragen"]}),
        Kies("vraag", (Keuze("antwoord", "antwoord"),), gegevens=_de_vraag, overal=True),
        Vraag(
            "antwoord",
            Wissel((Tak("een collega was eerder", lambda w, s: _vraag(w, s) is None, "beantwoord"),), "verstuurd"),
            _getypt,
            effect=_antwoord,
        ),
        Klaar("verstuurd"),
        Klaar("beantwoord"),
        Klaar("geen_team"),
    ),
    ingangen=("vragen", "beantwoord", "geen_team"),
    wacht=_wacht,
    van_team=True,
)
