"""What the team has promised parents: who does it, before when, done, or handed back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogen.basis import Gegeven, Stand, Wereld, Wie
from dialogen.effecten_team import TaakAfronden, TaakOppakken, TaakTeruggeven
from dialogen.kantoor import Taak
from dialogen.stappen import Effecten, Flow, Keuze, Kies, Klaar, Optie, Tak, Voorwaarde, Wissel, Zeg, Zin
from dialogen.teksten import TALEN, zin


def de_taak(wereld: Wereld, stand: Stand) -> Taak | None:
    """The task this is about: of the own location, and not done yet."""
    return next((t for t in wereld.taken if t.nummer == stand.over and not t.klaar), None)


def _als(voorwaarde: str) -> Voorwaarde:
    """``vrij``: nobody does it; ``mij``: this colleague; ``ander``: somebody else."""

    def geldt(wereld: Wereld, stand: Stand) -> bool:
        t = de_taak(wereld, stand)
        van = "mij" if t and t.van_mij else "ander" if t and t.eigenaar else "vrij"
        return t is not None and van == voorwaarde

    return geldt


def _mag_terug(wereld: Wereld, stand: Stand) -> bool:
    t = de_taak(wereld, stand)
    return t is not None and (t.van_mij or (t.leidt and bool(t.eigenaar)))


def _van_ander(wereld: Wereld, stand: Stand) -> bool:
    """Somebody else does it, and this colleague can only look: who leads the team may hand it back."""
    t = de_taak(wereld, stand)
    return t is not None and bool(t.eigenaar) and not t.van_mij and not t.leidt


def _mag_klaar(wereld: Wereld, stand: Stand) -> bool:
    t = de_taak(wereld, stand)
    return t is not None and (t.van_mij or not t.eigenaar)


def _teken(t: Taak, wereld: Wereld) -> str:
    if t.van_mij:
        return "🙋"
    if t.eigenaar:
        return "👤"
    return "⏳" if t.voor and t.voor <= wereld.nu else "📌"


def _rij(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    for t in [t for t in wereld.taken if not t.klaar][:10]:
        yield Optie(f"{t.nummer}", f"{_teken(t, wereld)} {t.van}: {zin(wereld.taal, f'taak.{t.soort}')}"[:60])


def gegevens_van(t: Taak, taal: str) -> Mapping[str, Gegeven]:
    """What tells a colleague about a task, in the colleague's language."""
    return {
        "van": t.van,
        "taalnaam": TALEN.get(t.taal, t.taal),
        "wat": zin(taal, f"taak.{t.soort}"),
        "titel": t.titel or "–",
        "eigenaar": t.eigenaar,
        **({"begin": t.voor} if t.voor else {}),
    }


def _gegevens(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    t = de_taak(wereld, stand)
    return gegevens_van(t, wereld.taal) if t else {}


def _effect(soort: type[TaakOppakken | TaakAfronden | TaakTeruggeven]) -> Effecten:
    return lambda _w, s: [soort(s.over)]


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    if wereld.wie is not Wie.MEDEWERKER:
        return "geen_team"
    if stand.stap == "taak" and de_taak(wereld, stand) is None:
        return "weg"
    return "van_ander" if stand.stap == "taak" and _van_ander(wereld, stand) else None


_WAT = (Zin("taken.taak"), Zin("taken.vrij", _als("vrij")), Zin("taken.van_mij", _als("mij")))
_ANDER = Zin("taken.van_ander", _als("ander"))

TAKEN = Flow(
    "taken",
    (
        Kies(
            "lijst",
            (Keuze("terug", "menu.menu", label="knop.terug"),),
            zegt=(
                Zin("taken.lijst", lambda w, s: any(_rij(w, s))),
                Zin("taken.geen", lambda w, s: not any(_rij(w, s))),
            ),
            bron=_rij,
            bron_naar="kies",
        ),
        Zeg(
            "kies",
            Wissel((Tak("een ander doet het", _van_ander, "van_ander"),), "taak"),
            zegt=(),
            onthoud=lambda _w, s: {"over": s.antwoorden["lijst"]},
        ),
        Kies(
            "taak",
            (
                Keuze("pak", "gepakt", toon=_als("vrij")),
                Keuze("klaar", "gedaan", _effect(TaakAfronden), toon=_mag_klaar),
                Keuze("geef", "terug", _effect(TaakTeruggeven), toon=_mag_terug),
                Keuze("lijst", "lijst", label="knop.terug"),
            ),
            zegt=(*_WAT, _ANDER),
            gegevens=_gegevens,
            overal=True,
        ),
        Klaar("gepakt", effect=_effect(TaakOppakken), gegevens=_gegevens),
        Klaar("van_ander", zegt=(Zin("taken.taak"), _ANDER), gegevens=_gegevens),
        Klaar("gedaan"),
        Klaar("terug"),
        Klaar("weg"),
        Klaar("geen_team", zegt=(Zin("team.geen_team"),)),
    ),
    ingangen=("weg", "van_ander", "geen_team"),
    van_team=True,
    wacht=_wacht,
)
