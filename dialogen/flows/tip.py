"""f. A tip for at home: one thing to do, spoken; two days later "Gelukt?". No pressure: not yet is fine too."""

from __future__ import annotations

from collections.abc import Mapping

from dialogen.basis import Gegeven, Stand, Wereld, Wie
from dialogen.begrijpen import schoon
from dialogen.effecten import Effect, TipAntwoord, TipGezicht, TipVertellen, TipVragen
from dialogen.flows.afmelden import WOORDEN, gesproken, lees_woorden
from dialogen.stappen import Effecten, Flow, Keuze, Kies, Klaar, Tak, Voorwaarde, Vraag, Wissel, Zeg, Zin
from dialogen.tips import EIGEN, TIPS, GegevenTip

GETYPT: Mapping[str, str] = {
    "gelukt": "gedaan",
    "klaar": "gedaan",
    "ja": "gedaan",
    "nee": "nog_niet",
    "misschien": "nog_niet",
}
"""What typed words answer to "Gelukt?"."""


def de_tip(wereld: Wereld, stand: Stand) -> GegevenTip | None:
    """The tip this is about, of this parent; None for another's, or one that is not kept any more."""
    return wereld.tip if wereld.tip is not None and wereld.tip.nummer == stand.over else None


def tip_naam(code: str, tekst: str = "") -> str:
    """What colleagues know a tip by."""
    return tekst[:30] if code.startswith(EIGEN) else code.replace("_", " ")


def _is(code: str) -> Voorwaarde:
    return lambda w, _s: w.tip is not None and w.tip.code == code


def _eigen(wereld: Wereld, _stand: Stand) -> bool:
    return wereld.tip is not None and wereld.tip.code.startswith(EIGEN)


def _thema(met: bool) -> Voorwaarde:
    return lambda w, _s: w.tip is not None and w.tip.code == "thema" and bool(w.tip.thema) is met


def _gegevens(wereld: Wereld, _stand: Stand) -> Mapping[str, Gegeven]:
    t = wereld.tip
    return {"tip": t.tekst, "thema": t.thema, "begin": t.gegeven or wereld.nu} if t else {}


def _stem(wereld: Wereld, _stand: Stand) -> str:
    return wereld.tip.stem if wereld.tip else ""


def _antwoord(uitkomst: str) -> Effecten:
    return lambda _w, s: [TipAntwoord(s.over, uitkomst)]


def _gezicht(gezicht: str) -> Effecten:
    return lambda _w, s: [TipGezicht(s.over, gezicht)]


def _vertelt(stap: str) -> Effecten:
    def effect(_wereld: Wereld, stand: Stand) -> list[Effect]:
        tekst, media = gesproken(schoon(stand.antwoorden.get(stap, ""))[:WOORDEN])
        return [TipVertellen(stand.over, tekst, media)]

    return effect


def _van_team(wereld: Wereld, _stand: Stand) -> bool:
    return wereld.wie is Wie.MEDEWERKER and not wereld.ook_ouder


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    if _van_team(wereld, stand):
        return "van_ouders"
    return "onbekend" if stand.stap in {"tip", "gelukt", "kind", "vertel"} and de_tip(wereld, stand) is None else None


_WOORDEN = (
    *(Zin(f"tip.{code}", _is(code)) for code in TIPS if code != "thema"),
    Zin("tip.thema", _thema(met=True)),
    Zin("tip.thema.zonder", _thema(met=False)),
    Zin("tip.eigen", _eigen),
)
_GEDAAN = Keuze("gedaan", "kind", _antwoord("gedaan"), label="tip.gedaan")
_ANDERE = Keuze("andere", "andere", _antwoord("andere"), label="tip.andere")

TIP = Flow(
    "tip",
    (
        Kies(
            "tip",
            (_GEDAAN, _ANDERE),
            zegt=(Zin("tip.begin"), *_WOORDEN, Zin("tip.eind")),
            gegevens=_gegevens,
            stem=_stem,
            overal=True,
        ),
        Kies(
            "gelukt",
            (_GEDAAN, Keuze("nog_niet", "blijft", _antwoord("nog_niet")), _ANDERE),
            gegevens=_gegevens,
            overal=True,
        ),
        Kies(
            "kind",
            (
                Keuze("blij", "fijn", _gezicht("blij")),
                Keuze("gewoon", "fijn", _gezicht("gewoon")),
                Keuze("vertel", "vertel"),
            ),
            vrij="gezegd",
            overal=True,
        ),
        Zeg("gezegd", "verteld", zegt=(), effect=_vertelt("kind")),
        Vraag("vertel", "verteld", lees_woorden, effect=_vertelt("vertel")),
        Klaar("verteld"),
        Klaar("fijn"),
        Klaar("blijft"),
        # The tip itself comes once it is chosen and has a number.
        Klaar("andere", zegt=(), effect=lambda _w, s: [TipVragen(s.over)]),
        Zeg("vraag_om", Wissel((Tak("van het team", _van_team, "van_ouders"),), "nog_een"), zegt=()),
        Klaar("nog_een", zegt=(), effect=lambda _w, _s: [TipVragen()]),
        Klaar("onbekend"),
        Klaar("van_ouders"),
    ),
    ingangen=("gelukt", "vraag_om", "onbekend"),
    wacht=_wacht,
)
