"""b. The invitation: yes, maybe, no, a change of plan, a full group, and what comes after the beginning."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from dialogen.basis import Antwoord, Rol, Stand, Uitnodiging, Wereld
from dialogen.effecten import Aanmelden, Afmelden, Begrepen, Effect, OpWachtlijst, Twijfelen, VastAntwoord
from dialogen.stappen import Effecten, Flow, Keuze, Kies, Klaar, Optie, Tak, Voorwaarde, Wissel, Zeg, Zin

_ZONE = ZoneInfo("Europe/Amsterdam")
_AVOND = 20  # from this hour on nothing is sent before the next morning
_BEELDEN = {
    "inloop": "spelen",
    "spelen": "spelen",
    "thema": "praten",
    "voorlezen": "voorlezen",
    "koken": "koken",
    "klussen": "klussen",
}
"""Per kind of activity what its picture shows; coffee for any other."""
OPEN = frozenset({Antwoord.GEEN, Antwoord.MISSCHIEN})


def onderwerp(wereld: Wereld, stand: Stand) -> Uitnodiging | None:
    """The invitation this is about; always the person's own."""
    return wereld.uitnodiging(stand.over)


def _als(test: str, waarde: object) -> Voorwaarde:
    return lambda w, s: (u := onderwerp(w, s)) is not None and getattr(u, test) == waarde


def is_vol(wereld: Wereld, stand: Stand) -> bool:
    """No place left, and this parent has none yet."""
    u = onderwerp(wereld, stand)
    return u is not None and u.vrij is not None and u.vrij < 1


def _past(aantal: int) -> Voorwaarde:
    def past(wereld: Wereld, stand: Stand) -> bool:
        u = onderwerp(wereld, stand)
        return u is None or u.vrij is None or u.vrij >= aantal

    return past


def _aan_vader(wereld: Wereld, _stand: Stand) -> bool:
    """A father is spoken to by his name; who did not give one gets the words for everybody."""
    return wereld.rol is Rol.VADER and bool(wereld.naam)


def _aan_allen(wereld: Wereld, stand: Stand) -> bool:
    return not _aan_vader(wereld, stand)


def _beeld(wereld: Wereld, stand: Stand) -> str:
    """What is done there, by people of every kind; a father sees a father do it."""
    u = onderwerp(wereld, stand)
    beeld = _BEELDEN.get(u.soort, "koffie") if u else "koffie"
    if wereld.rol is not Rol.VADER:
        return beeld
    return "vader" if beeld == "koffie" else f"vader_{beeld}"


def _veranderd(nieuw: Antwoord | None = None) -> Voorwaarde:
    """There was a firm answer before, and another: who doubted or waited for a place has not changed a plan."""

    def veranderd(wereld: Wereld, stand: Stand) -> bool:
        u = onderwerp(wereld, stand)
        return u is not None and u.antwoord in {Antwoord.JA, Antwoord.NEE} and u.antwoord is not nieuw

    return veranderd


def volgende(wereld: Wereld, stand: Stand) -> Uitnodiging | None:
    """The first invitation that still lies ahead, other than the one this is about."""
    komend = (u for u in wereld.uitnodigingen if u.begin > wereld.nu and not u.afgelast and u.nummer != stand.over)
    return min(komend, key=lambda u: u.begin, default=None)


def _naar_volgende(wereld: Wereld, stand: Stand) -> dict[str, str]:
    u = volgende(wereld, stand)
    return {"over": str(u.nummer)} if u else {}


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    u = onderwerp(wereld, stand)
    if u is None:
        return "onbekend"
    if u.afgelast:
        return "afgelast"
    if wereld.nu >= u.begin:
        return "voorbij"
    return "vol" if stand.stap == "aantal" and is_vol(wereld, stand) else None


def _plekken(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    """The right place and another, in an order that gives nothing away."""
    u = onderwerp(wereld, stand)
    if u is None:
        return ()
    rij = (Optie("goed", f"📍 {u.plek}"), Optie("fout", f"📍 {u.andere_plek}"))
    return rij if u.nummer % 2 else rij[::-1]


def _begripsvraag(wereld: Wereld, stand: Stand) -> bool:
    u = onderwerp(wereld, stand)
    return bool(wereld.plaats and wereld.plaats.begripsvraag and u and u.andere_plek)


def _dagen(wereld: Wereld, stand: Stand) -> int:
    """In how many days it is for who reads this, by the calendar of the location; -1 when the day must be named: what
    is made in the evening is read the next morning.
    """
    u, hier = onderwerp(wereld, stand), ZoneInfo(wereld.plaats.tijdzone) if wereld.plaats else _ZONE
    nu = wereld.nu.astimezone(hier)
    over = (u.begin.astimezone(hier).date() - nu.date()).days if u else -1
    return -1 if over > 0 and nu.hour >= _AVOND else over


def _met(aantal: int) -> Effecten:
    def aanmelden(_wereld: Wereld, stand: Stand) -> list[Effect]:
        return [Aanmelden(stand.over, aantal)]

    return aanmelden


def _komt(wereld: Wereld, stand: Stand) -> list[Effect]:
    """Yes, alone until we hear how many; a yes that stands already keeps its number."""
    u = onderwerp(wereld, stand)
    return [] if u is not None and u.antwoord is Antwoord.JA else [Aanmelden(stand.over, 1)]


def _vast(elke_week: bool) -> Effecten:
    return lambda _w, s: [VastAntwoord(s.over, elke_week)]


def _gehoord(_wereld: Wereld, stand: Stand) -> list[Effect]:
    return [Begrepen(stand.over, stand.antwoorden["waar"])]


is_vast = _als("vast", "ja")
_NA_TOT = Wissel((Tak("een reeks, nog niet gevraagd", _als("vast", "open"), "reeks"),), "klaar")
_JA = Wissel((Tak("vol", is_vol, "vol"),), "ja")
_WACHT = Wissel((Tak("nog steeds vol", is_vol, "wachtlijst"),), "ja")
_BEGREPEN = Wissel((Tak("goed", lambda _w, s: s.antwoorden.get("waar") == "goed", "tot"),), "uitleg")
_NA_AANTAL = Wissel((Tak("begripsvraag", _begripsvraag, "waar"),), "tot")
_NA_JA = Wissel(
    (
        Tak("laatste plek, begripsvraag", lambda w, s: not _past(2)(w, s) and _begripsvraag(w, s), "waar"),
        Tak("laatste plek", lambda w, s: not _past(2)(w, s), "tot"),  # nothing to choose: no tap to spend on it
    ),
    "aantal",
)

UITNODIGING = Flow(
    "uitnodiging",
    (
        Kies(
            "kom",
            (Keuze("ja", _JA), Keuze("misschien", "misschien"), Keuze("nee", "nee")),
            zegt=(
                Zin("uitnodiging.kom.vader", _aan_vader),
                Zin("uitnodiging.kom", _aan_allen),
                Zin("uitnodiging.wanneer_waar"),
                Zin("uitnodiging.kinderen", _als("kinderen_welkom", True)),
                Zin("uitnodiging.gevraagd", lambda w, s: bool((u := onderwerp(w, s)) and u.gevraagd)),
                Zin("uitnodiging.drempels"),
                Zin("uitnodiging.deur", lambda w, s: bool((u := onderwerp(w, s)) and u.gastheer)),
            ),
            overal=True,
            beeld=_beeld,
        ),
        Zeg(
            "ja",
            _NA_JA,
            zegt=(Zin("uitnodiging.veranderd", _veranderd(Antwoord.JA)), Zin("uitnodiging.ja")),
            effect=_komt,
        ),
        Kies(
            "aantal",
            (
                Keuze("1", _NA_AANTAL, _met(1)),
                Keuze("2", _NA_AANTAL, _met(2), toon=_past(2)),
                Keuze("3", _NA_AANTAL, _met(3), toon=_past(3)),
            ),
            overal=True,
        ),
        Kies(
            "waar",
            (Keuze("weet_niet", "uitleg", _gehoord),),
            bron=_plekken,
            bron_naar=_BEGREPEN,
            bron_effect=_gehoord,
            overal=True,
        ),
        Zeg("uitleg", "tot", spreek=True),  # who could not find it in the words may hear it
        Zeg("tot", _NA_TOT),
        Zeg("reeks", "elke_week", zegt=(), effect=_vast(False)),  # asked once, whatever comes of it
        Kies(
            "elke_week",
            (Keuze("ja", "elke_week_ja", _vast(True)), Keuze("nee", "elke_week_nee", _vast(False))),
            overal=True,
        ),
        Klaar("elke_week_ja"),
        Klaar("elke_week_nee"),
        Klaar("klaar", zegt=()),
        Klaar(
            "misschien",
            zegt=(
                Zin("uitnodiging.veranderd", _veranderd()),
                Zin("uitnodiging.misschien"),
                Zin("uitnodiging.blijft_vast", is_vast),
            ),
            effect=lambda _w, s: [Twijfelen(s.over)],
        ),
        Zeg(
            "nee",
            "afmelden.groep",
            zegt=(
                Zin("uitnodiging.veranderd", _veranderd(Antwoord.NEE)),
                Zin("uitnodiging.deze_week_niet", is_vast),
            ),
            effect=lambda _w, s: [Afmelden(s.over)],
        ),
        Kies(
            "vol",
            (Keuze("ja", _WACHT, label="knop.ja"), Keuze("nee", "geen_wachtlijst", label="knop.nee")),
            overal=True,
        ),
        Klaar("wachtlijst", effect=lambda _w, s: [OpWachtlijst(s.over)]),
        Klaar("geen_wachtlijst"),
        Kies(
            "plek_vrij",
            (Keuze("ja", _JA, label="uitnodiging.kom.ja"), Keuze("nee", "nee", label="uitnodiging.kom.nee")),
            zegt=(
                Zin("uitnodiging.plek_vrij"),
                Zin("uitnodiging.wanneer_waar"),
                Zin("uitnodiging.plek_tot", lambda w, s: bool((u := onderwerp(w, s)) and u.plek_tot)),
            ),
            overal=True,
        ),
        Kies(
            "herinnering",
            (Keuze("ja", _JA, label="uitnodiging.kom.ja"), Keuze("nee", "nee", label="uitnodiging.kom.nee")),
            zegt=(
                Zin("uitnodiging.herinnering", lambda w, s: _dagen(w, s) == 1),
                Zin("uitnodiging.herinnering_vandaag", lambda w, s: _dagen(w, s) == 0),
                Zin("uitnodiging.herinnering_dag", lambda w, s: _dagen(w, s) not in {0, 1}),
            ),
            overal=True,
        ),
        Kies(
            "vast",
            (Keuze("nee", "nee", label="uitnodiging.kom.nee"),),
            zegt=(Zin("uitnodiging.vast"), Zin("uitnodiging.wanneer_waar")),
            overal=True,
        ),
        Kies(
            "wijziging",
            (Keuze("ja", _JA, label="uitnodiging.kom.ja"), Keuze("nee", "nee", label="uitnodiging.kom.nee")),
            zegt=(Zin("uitnodiging.wijziging"), Zin("uitnodiging.wanneer_waar")),
            overal=True,
        ),
        Zeg(
            "voorbij", Wissel((Tak("er komt nog iets", lambda w, s: volgende(w, s) is not None, "volgende"),), "einde")
        ),
        Zeg("volgende", "kom", onthoud=_naar_volgende),
        Klaar("einde", zegt=()),
        Klaar("afgelast"),
        Klaar("onbekend"),
        Klaar("verlopen"),
    ),
    ingangen=("plek_vrij", "vast", "verlopen", "herinnering", "wijziging", "voorbij", "afgelast", "onbekend"),
    wacht=_wacht,
)
