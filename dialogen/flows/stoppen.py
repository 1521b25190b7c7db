"""h. Stopping, pausing, what we keep, erasing. STOP works in the middle of anything; it takes effect at once."""

from __future__ import annotations

from collections.abc import Mapping

from dialogen.basis import Gegeven, Rol, Stand, Vorm, Wereld, Wie
from dialogen.effecten import Hervatten, Pauzeren, Uitschrijven, Wissen
from dialogen.flows.afmelden import PAUZE
from dialogen.flows.uitnodiging import volgende
from dialogen.publiek import DAGDELEN
from dialogen.stappen import Flow, Keuze, Kies, Klaar, Tak, Voorwaarde, Wissel, Zeg, Zin
from dialogen.teksten import taalnaam, zin


def _rol(rol: Rol) -> Voorwaarde:
    return lambda w, _s: w.rol is rol


def _dagdeel(dagdeel: str) -> Voorwaarde:
    return lambda w, _s: dagdeel in w.dagdelen


def _vorm(vorm: Vorm) -> Voorwaarde:
    return lambda w, _s: w.vorm is vorm


def _inzage(wereld: Wereld, _stand: Stand) -> Mapping[str, Gegeven]:
    geantwoord = sum(u.antwoord != "geen" for u in wereld.uitnodigingen)
    return {
        "naam": wereld.naam or "–",
        "taalnaam": taalnaam(wereld.spreektaal or wereld.taal, wereld.taal),
        "uitgenodigd": len(wereld.uitnodigingen),
        "geantwoord": geantwoord,
        "aanwezig": sum(u.aanwezig for u in wereld.uitnodigingen),
        "dagen": wereld.aankondiging,
        **_wat_er_is(wereld),
    }


def _er_komt_iets(wereld: Wereld, stand: Stand) -> bool:
    return volgende(wereld, stand) is not None


def _telt(wat: str) -> Voorwaarde:
    return lambda w, _s: bool(w.bewaard and getattr(w.bewaard, wat))


def _wat_er_is(wereld: Wereld) -> Mapping[str, Gegeven]:
    b = wereld.bewaard
    if b is None:
        return {}
    reden = zin(wereld.taal, f"reden.{b.reden}") if b.reden else ""
    score = zin(wereld.taal, f"erbij.na.{b.score}") if b.score else ""
    return {
        "redenen": b.redenen,
        "reden": " ".join(filter(None, (reden, _kort(b.toelichting)))) or "–",
        "vragen": b.vragen,
        "vraag": _kort(b.vraag) or "–",
        "waarderingen": b.waarderingen,
        "tips": b.tips,
        "gedaan": b.gedaan,
        "stap": b.tip_stap,
        "waardering": " ".join(filter(None, (score, _kort(b.woorden)))) or "–",
    }


def _kort(woorden: str) -> str:
    return woorden if len(woorden) <= 200 else woorden[:199] + "…"


_GEGEVENS = (
    Zin("stoppen.gegevens"),
    *(Zin(f"rol.{r.value}", _rol(r)) for r in Rol),
    *(Zin(f"vorm.{v.value}", _vorm(v)) for v in Vorm),
    *(Zin(f"dagdeel.{d}", _dagdeel(d)) for d in DAGDELEN),
    Zin("stoppen.gegevens.tips", lambda w, _: w.tips),
    Zin("stoppen.gegevens.tips_gedaan", _telt("tips")),
    Zin("stoppen.gegevens.antwoorden"),
    Zin("stoppen.gegevens.redenen", _telt("redenen")),
    Zin("stoppen.gegevens.waarderingen", _telt("waarderingen")),
    Zin("stoppen.gegevens.vragen", _telt("vragen")),
    Zin("stoppen.gegevens.dagen"),
)
_KEUZES = (
    Keuze("wis", "zeker"),
    Keuze("pauze", "pauze", lambda w, _s: [Pauzeren(w.nu + PAUZE)]),
    Keuze("gegevens", "gegevens"),
)


def _wacht(wereld: Wereld, _stand: Stand) -> str | None:
    return "team" if wereld.wie is Wie.MEDEWERKER and not wereld.ook_ouder else None


STOPPEN = Flow(
    "stoppen",
    (
        Zeg(
            "stop",
            Wissel(
                (
                    Tak("kennen we niet", lambda w, _: w.wie is Wie.ONBEKEND, "niets"),
                    Tak("team", lambda w, _: w.wie is Wie.MEDEWERKER and not w.ook_ouder, "team"),
                ),
                "stil",
            ),
            zegt=(),
        ),
        Zeg("stil", "keuze", zegt=(), effect=lambda _w, _s: [Uitschrijven()]),
        Kies("keuze", _KEUZES, overal=True),
        Kies(
            "zeker",
            (Keuze("ja", "gewist", lambda _w, _s: [Wissen()]), Keuze("nee", "bewaard")),
        ),
        Klaar("gewist"),
        Klaar("bewaard"),
        Klaar("pauze"),
        Kies(
            "gegevens",
            (
                Keuze("wis", "zeker", label="stoppen.keuze.wis"),
                Keuze("verder", "verder", lambda _w, _s: [Hervatten()], toon=lambda w, _: w.gestopt),
                Keuze("klaar", "klaar", label="knop.klaar"),
            ),
            zegt=_GEGEVENS,
            gegevens=_inzage,
        ),
        Klaar("klaar", zegt=(Zin("algemeen.goed"),)),
        Zeg("verder", Wissel((Tak("er komt iets", _er_komt_iets, "menu.activiteiten"),), "menu.geen")),
        Klaar("niets", effect=lambda _w, _s: [Wissen()]),
        Klaar("team"),
    ),
    ingangen=("gegevens", "verder", "team"),
    wacht=_wacht,
)
