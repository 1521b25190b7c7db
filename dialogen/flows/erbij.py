"""e. Being there and afterwards: the parent's side."""

from __future__ import annotations

from datetime import timedelta

from dialogen.basis import Stand, Uitnodiging, Wereld
from dialogen.begrijpen import schoon
from dialogen.effecten import DeurMelden, Effect, PresentieMelden, Uitschrijven, Waarderen
from dialogen.flows.afmelden import WOORDEN, gesproken, lees_woorden
from dialogen.flows.uitnodiging import onderwerp
from dialogen.redenen import GROEPEN
from dialogen.stappen import Effecten, Flow, Keuze, Kies, Klaar, Vraag, Zeg, Zin

VOORAF = timedelta(minutes=30)
NA_AFLOOP = timedelta(minutes=30)


def bezig(wereld: Wereld) -> Uitnodiging | None:
    """The activity for which this parent can say now: I am here (half an hour before to half an hour after)."""
    return next((u for u in wereld.uitnodigingen if _venster(u, wereld) is None), None)


def _venster(u: Uitnodiging, wereld: Wereld) -> str | None:
    if u.afgelast:
        return "afgelast"
    if wereld.nu < u.begin - VOORAF:
        return "te_vroeg"
    return "te_laat" if wereld.nu > u.eind + NA_AFLOOP else None


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    u = onderwerp(wereld, stand)
    if u is None:
        return "onbekend"
    return _venster(u, wereld) if stand.stap in {"binnen", "hier"} else None


def _score(score: str) -> Effecten:
    return lambda _w, s: [Waarderen(s.over, score)]


def _woorden(stap: str) -> Effecten:
    def waarderen(_wereld: Wereld, stand: Stand) -> list[Effect]:
        tekst, media = gesproken(schoon(stand.antwoorden.get(stap, ""))[:WOORDEN])
        return [Waarderen(stand.over, tekst=tekst, media=media)]

    return waarderen


ERBIJ = Flow(
    "erbij",
    (
        Kies(
            "binnen", (Keuze("hier", "hier"), Keuze("nee", "uitnodiging.nee", label="uitnodiging.kom.nee")), overal=True
        ),
        Zeg("hier", "fijn", zegt=(), effect=lambda _w, s: [PresentieMelden(s.over)]),
        Zeg("deur", "fijn", zegt=(), effect=lambda _w, s: [DeurMelden(s.antwoorden.get("code", ""))]),
        Klaar("fijn"),
        Klaar("te_vroeg"),
        Klaar("te_laat"),
        Klaar("afgelast", zegt=(Zin("uitnodiging.afgelast"),)),
        Klaar("onbekend", zegt=(Zin("uitnodiging.onbekend"),)),
        Kies(
            "na",
            tuple(Keuze(s, "zeggen", _score(s)) for s in ("blij", "gewoon", "jammer")),
            overal=True,
            vrij="na_woorden",
        ),
        Zeg("na_woorden", "bedankt", zegt=(), effect=_woorden("na")),
        Vraag(
            "zeggen",
            "bedankt",
            lees_woorden,
            effect=_woorden("zeggen"),
            keuzes=(Keuze("klaar", "bedankt", label="knop.klaar"),),
        ),
        Klaar("bedankt"),
        Kies(
            "gemist",
            tuple(Keuze(g, f"afmelden.{g}", label=f"reden.groep.{g}") for g in GROEPEN),
            overal=True,
            vrij="gemist_woorden",
        ),
        # The words go along under the name by which the other conversation reads them.
        Zeg(
            "gemist_woorden",
            "afmelden.woorden_groep",
            zegt=(),
            onthoud=lambda _w, s: {"groep": s.antwoorden.get("gemist", "")},
        ),
        Kies(
            "weer",
            (
                Keuze("ja", "tot_later"),
                Keuze("tijd", "instellingen.nu_dagdelen"),
                Keuze("nee", "gestopt", lambda _w, _s: [Uitschrijven()]),
            ),
            overal=True,
        ),
        Klaar("tot_later"),
        Klaar("gestopt"),
    ),
    ingangen=("deur", "te_vroeg", "te_laat", "afgelast", "onbekend", "na", "gemist", "weer"),
    wacht=_wacht,
)
