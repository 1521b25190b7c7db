"""h. Stopping, pausing, what we keep, erasing. STOP works in the middle of anything; it takes effect at once."""

from __future__ import annotations

from collections.abc import Mapping

from dialogen.basis import Gegeven, Rol, Stand, Vorm, Wereld, Wie
from dialogen.effecten import Hervatten, Pauzeren, Uitschrijven, Wissen
from dialogen.flows.afmelden import PAUZE
from dialogen.flows.kennismaken import DAGDELEN
from dialogen.stappen import Flow, Keuze, Kies, Klaar, Tak, Voorwaarde, Wissel, Zeg, Zin
from dialogen.teksten import TALEN


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
        "taalnaam": TALEN.get(wereld.taal, wereld.taal),
        "uitgenodigd": len(wereld.uitnodigingen),
        "geantwoord": geantwoord,
        "aanwezig": sum(u.aanwezig for u in wereld.uitnodigingen),
    }


_GEGEVENS = (
    Zin("stoppen.gegevens"),
    *(Zin(f"rol.{r.value}", _rol(r)) for r in Rol),
    *(Zin(f"vorm.{v.value}", _vorm(v)) for v in Vorm),
    *(Zin(f"dagdeel.{d}", _dagdeel(d)) for d in DAGDELEN),
    Zin("stoppen.gegevens.tips", lambda w, _: w.tips),
    Zin("stoppen.gegevens.antwoorden"),
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
        Klaar("verder"),
        Klaar("niets", effect=lambda _w, _s: [Wissen()]),
        Klaar("team"),
    ),
    ingangen=("gegevens", "verder", "team"),
    wacht=_wacht,
)
