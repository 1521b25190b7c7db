"""Staff read what parents said in own words, one at a time: give it a code, or read it, and it is wiped.

The message itself changes into the next one, so that the words do not stay in the chat either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from dialogen.basis import Gegeven, Stand, Wereld, Wie
from dialogen.effecten_team import RedenCoderen, WoordenGelezen
from dialogen.kantoor import EigenWoorden
from dialogen.redenen import GROEPEN, REDENEN
from dialogen.stappen import Effecten, Flow, Keuze, Kies, Klaar, Tak, Voorwaarde, Wissel, Zeg, Zin
from dialogen.teksten import TALEN, zin

GEEN_CODE = "ZEG_NIET"
"""For words that fit no code: told, and not to be counted under a reason."""


def _zoek(wereld: Wereld, soort: str, nummer: int) -> EigenWoorden | None:
    return next((x for x in wereld.te_lezen if (x.soort, x.nummer) == (soort, nummer)), None)


def _deze(wereld: Wereld, stand: Stand) -> EigenWoorden | None:
    """What this step is about; between two steps what was chosen to come next."""
    soort = stand.antwoorden.get("soort", "") if stand.stap in _TUSSEN else "reden"
    return _zoek(wereld, "ervaring" if stand.stap == "ervaring" else soort, stand.over)


def _wijs(x: EigenWoorden | None) -> Mapping[str, str]:
    """What comes now; what was chosen for the one before is forgotten."""
    return {"over": f"{x.nummer}" if x else "", "soort": x.soort if x else "", **dict.fromkeys(GROEPEN, "")}


def _eerste(wereld: Wereld, _stand: Stand) -> Mapping[str, str]:
    return _wijs(wereld.te_lezen[0] if wereld.te_lezen else None)


def _na(soort: str) -> Callable[[Wereld, Stand], Mapping[str, str]]:
    """What comes after the one that was just handled, or put off."""

    def volgende(wereld: Wereld, stand: Stand) -> Mapping[str, str]:
        nummers = [(x.soort, x.nummer) for x in wereld.te_lezen]
        hier = (soort, stand.over)
        rest = wereld.te_lezen[nummers.index(hier) + 1 :] if hier in nummers else wereld.te_lezen
        return _wijs(rest[0] if rest else None)

    return volgende


def _is(wat: str) -> Voorwaarde:
    """``ervaring``, ``gekozen`` (a reason whose code the parent chose), ``tekst``, ``elders`` or ``niets``."""

    def geldt(wereld: Wereld, stand: Stand) -> bool:
        x = _deze(wereld, stand)
        if x is None:
            return wat == "niets"
        gekozen = x.soort == "reden" and bool(x.code)
        feiten = {"ervaring": x.soort == "ervaring", "gekozen": gekozen, "tekst": bool(x.tekst), "elders": x.elders}
        feiten |= {"vertaling": bool(x.vertaling)}
        return feiten.get(wat, False)

    return geldt


def _gegevens(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    x = _deze(wereld, stand)
    if x is None:
        return {}
    return {
        "rolnaam": zin(wereld.taal, f"rol.{x.rol}") if x.rol else "🧑",
        "taalnaam": TALEN.get(x.taal, x.taal or "–"),
        "titel": x.titel,
        "begin": x.begin,
        "tekst": x.tekst,
        "vertaling": x.vertaling,
        "reden": zin(wereld.taal, f"reden.{x.code}") if x.code else "",
    }


def _gewist(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    code = next((stand.antwoorden[g] for g in GROEPEN if stand.antwoorden.get(g) in REDENEN), GEEN_CODE)
    return {"reden": zin(wereld.taal, "lezen.woord.geen" if code == GEEN_CODE else f"reden.{code}")}


def _tel(wereld: Wereld, _stand: Stand) -> Mapping[str, Gegeven]:
    return {soort: wereld.onderwerpen.get(soort, 0) for soort in ("maken", "buiten", "koken", "praten")}


def _media(wereld: Wereld, stand: Stand) -> str:
    x = _deze(wereld, stand)
    return x.media if x else ""


def _codeer(code: str) -> Effecten:
    return lambda _w, s: [RedenCoderen(s.over, code)]


def _gelezen(soort: str) -> Effecten:
    return lambda _w, s: [WoordenGelezen(soort, s.over)]


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    if wereld.wie is not Wie.MEDEWERKER:
        return "geen_team"
    return "al" if stand.stap in {"woord", "gekozen", "ervaring", *GROEPEN} and _deze(wereld, stand) is None else None


_TUSSEN = frozenset({"begin", "al", "na_code", "na_reden", "na_ervaring"})
_WAAR = Wissel(
    (
        Tak("niets meer", _is("niets"), "niets"),
        Tak("hoe het was", _is("ervaring"), "ervaring"),
        Tak("de ouder koos zelf", _is("gekozen"), "gekozen"),
    ),
    "woord",
)
_WIE = (
    Zin("lezen.wie"),
    Zin("lezen.tekst", _is("tekst")),
    Zin("vertaald.voor_team", _is("vertaling")),
    Zin("lezen.elders", _is("elders")),
)


def _lees(stap: str, keuzes: Iterable[Keuze], *zinnen: Zin) -> Kies:
    """A step that shows the words; no copy of it stays. A recording is heard once, not again with every button."""
    return Kies(
        stap,
        tuple(keuzes),
        zegt=(*_WIE, *zinnen),
        gegevens=_gegevens,
        media=None if stap in GROEPEN else _media,
        overal=True,
        vervangt=True,
        vluchtig=True,
    )


def _groep(groep: str) -> Kies:
    codes = [r.code for r in REDENEN.values() if r.groep == groep and r.code != GEEN_CODE]
    rij = (Keuze(c, "na_code", _codeer(c), label=f"reden.{c}") for c in codes)
    return _lees(groep, (*rij, Keuze("terug", "woord", label="knop.terug")), Zin("lezen.woord"))


LEZEN = Flow(
    "lezen",
    (
        Zeg(
            "begin",
            _WAAR,
            zegt=(Zin("lezen.onderwerpen", lambda w, _: bool(w.onderwerpen)),),
            onthoud=_eerste,
            gegevens=_tel,
        ),
        _lees(
            "woord",
            (
                *(Keuze(g, g, label=f"reden.groep.{g}") for g in GROEPEN),
                Keuze("geen", "na_code", _codeer(GEEN_CODE)),
                Keuze("later", "na_reden", label="lezen.later"),
            ),
            Zin("lezen.woord"),
        ),
        *(_groep(g) for g in GROEPEN),
        _lees(
            "gekozen",
            (
                Keuze("gelezen", "na_reden", _gelezen("reden"), label="lezen.gelezen"),
                Keuze("later", "na_reden", label="lezen.later"),
            ),
            Zin("lezen.gekozen"),
        ),
        _lees(
            "ervaring",
            (
                Keuze("gelezen", "na_ervaring", _gelezen("ervaring"), label="lezen.gelezen"),
                Keuze("later", "na_ervaring", label="lezen.later"),
            ),
            Zin("lezen.ervaring"),
        ),
        Zeg("na_code", _WAAR, zegt=(Zin("lezen.gewist"),), onthoud=_na("reden"), gegevens=_gewist),
        Zeg("na_reden", _WAAR, zegt=(), onthoud=_na("reden")),
        Zeg("na_ervaring", _WAAR, zegt=(), onthoud=_na("ervaring")),
        Zeg("al", _WAAR, onthoud=_eerste),
        Kies("niets", (Keuze("terug", "menu.menu", label="knop.terug"),), overal=True, vervangt=True),
        Klaar("geen_team", zegt=(Zin("team.geen_team"),)),
    ),
    ingangen=("al", "geen_team"),
    wacht=_wacht,
    van_team=True,
)
