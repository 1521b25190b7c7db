"""e. Who was there: the team's list. One tap per parent, who said yes first, a page at a time; guests are counted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import timedelta
from math import ceil

from dialogen import begrijpen
from dialogen.basis import Antwoord, Gegeven, Lid, Lijst, Rol, Staat, Stand, Tekst, Wereld
from dialogen.effecten import Effect
from dialogen.effecten_team import DeurOpenen, GastEraf, GastErbij, JaAanwezig, PresentieZetten
from dialogen.stappen import Effecten, Flow, Keuze, Kies, Klaar, Optie, Zeg, Zin

PER_BLAD = 16
"""Names on one page: what a tablet shows at once. A channel with shorter lists numbers them."""
DEUR_TOT = timedelta(hours=12)
"""So long after the begin a screen at the door may still be asked for; by then it says that it is over."""
ZOEK = 40
"""Characters of a name that is looked for."""

LETTER = {Staat.AANWEZIG: "a", Staat.AFWEZIG: "w", Staat.AFGEMELD: "m"}
_STAAT = {letter: staat for staat, letter in LETTER.items()}
_TEKEN = {Staat.AANWEZIG: "✅", Staat.AFWEZIG: "➖", Staat.AFGEMELD: "❌", None: "⬜"}
_NA = {
    None: Staat.AANWEZIG,
    Staat.AANWEZIG: Staat.AFWEZIG,
    Staat.AFWEZIG: Staat.AFGEMELD,
    Staat.AFGEMELD: Staat.AANWEZIG,
}
_ROLLEN = {"vader": Rol.VADER, "moeder": Rol.MOEDER, "ander": Rol.ANDER, "onbekend": None}
_LABEL = {naam: f"rol.{naam}" for naam, rol in _ROLLEN.items() if rol}


def _lijst(wereld: Wereld, stand: Stand) -> Lijst | None:
    return next((x for x in wereld.lijsten if x.activiteit == stand.over), None)


def _lijsten(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    return [
        Optie(str(x.activiteit), Tekst("label.dag_titel", {"begin": x.begin, "titel": x.titel})) for x in wereld.lijsten
    ]


# What was done in this very turn is not in the world yet; it counts for this turn only.


def _net(wereld: Wereld, stand: Stand) -> str:
    """What was pressed on the list in this turn, or ''."""
    return stand.antwoorden.get("lijst", "") if stand.antwoorden.get("net") == wereld.nu.isoformat() else ""


def _staat(lid: Lid, net: str) -> Staat | None:
    """The state that stands, with what was pressed now."""
    if net == "allen" and lid.staat is None and lid.antwoord is Antwoord.JA:
        return Staat.AANWEZIG
    return _STAAT[net[0]] if net[:1] in _STAAT and net[1:] == str(lid.uitnodiging) else lid.staat


def _gasten(x: Lijst, wereld: Wereld, stand: Stand) -> int:
    net = _net(wereld, stand)
    if net == "gast":
        return x.gasten + (stand.antwoorden.get("gast") in _ROLLEN)
    return x.gasten - (net[:1] == "g" and net[1:] == str(x.gasten))


# What is shown


def _kaal(naam: str) -> str:
    """A name without capitals and accents, to look for it."""
    return "".join(t for t in unicodedata.normalize("NFKD", begrijpen.vouw(naam)) if not unicodedata.combining(t))


def _gevonden(x: Lijst, zoek: str) -> list[Lid]:
    """The parents whose name holds these words; all of them without words."""
    kaal = _kaal(zoek)
    return [lid for lid in x.leden if kaal in _kaal(lid.naam)] if zoek else list(x.leden)


def _bladen(leden: list[Lid]) -> int:
    return max(1, ceil(len(leden) / PER_BLAD))


def _blad(stand: Stand, leden: list[Lid]) -> int:
    gevraagd = stand.antwoorden.get("blad") or "0"
    return min(int(gevraagd), _bladen(leden) - 1)


def _leden(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    """One button per parent: what stands in front, the next state in the id, so a doubled tap is the same tap. Then
    the pages beside this one, and the last guest to take back.
    """
    x = _lijst(wereld, stand)
    if x is None:
        return
    leden, net = _gevonden(x, stand.antwoorden.get("zoek", "")), _net(wereld, stand)
    blad = _blad(stand, leden)
    for lid in leden[blad * PER_BLAD : (blad + 1) * PER_BLAD]:
        staat = _staat(lid, net)
        yield Optie(f"{LETTER[_NA[staat]]}{lid.uitnodiging}", f"{_TEKEN[staat]} {lid.naam}")
    if blad > 0:
        yield Optie(f"b{blad - 1}", f"◀️ {blad}")
    if blad + 1 < _bladen(leden):
        yield Optie(f"b{blad + 1}", f"▶️ {blad + 2}")
    if gasten := _gasten(x, wereld, stand):
        yield Optie(f"g{gasten}", Tekst("presentie.gast_weg", {"aantal": gasten}))


def _mag(wereld: Wereld, stand: Stand, keuze: str) -> bool:
    """A parent of this list, whatever stood there when the button was drawn; a page there is; the guests there are."""
    x = _lijst(wereld, stand)
    if x is None:
        return False
    if keuze[:1] == "b":
        return keuze[1:].isascii() and keuze[1:].isdigit() and int(keuze[1:5]) < _bladen(list(x.leden))
    if keuze[:1] == "g":
        return x.gasten > 0 and keuze[1:] == str(x.gasten)
    return keuze[:1] in _STAAT and any(str(lid.uitnodiging) == keuze[1:] for lid in x.leden)


def _zet(_wereld: Wereld, stand: Stand) -> list[Effect]:
    keuze = stand.antwoorden["lijst"]
    if keuze[0] == "g":
        return [GastEraf(stand.over, int(keuze[1:]))]
    return [PresentieZetten(int(keuze[1:]), _STAAT[keuze[0]])] if keuze[0] in _STAAT else []


def _gezet(wereld: Wereld, stand: Stand) -> dict[str, str]:
    """Stay on the page of who was pressed, also from an old message; or go to the page that was asked for."""
    keuze, net = stand.antwoorden["lijst"], {"net": wereld.nu.isoformat()}
    if keuze[0] == "b":
        return net | {"blad": keuze[1:5]}
    x = _lijst(wereld, stand)
    if x is None or keuze[0] not in _STAAT:
        return net
    zoek = stand.antwoorden.get("zoek", "")
    for woorden in (zoek, ""):
        nummers = [str(lid.uitnodiging) for lid in _gevonden(x, woorden)]
        if keuze[1:] in nummers:
            return net | {"zoek": woorden, "blad": str(nummers.index(keuze[1:]) // PER_BLAD)}
    return net


def _zoeken(_wereld: Wereld, stand: Stand) -> dict[str, str]:
    woorden = stand.antwoorden["lijst"]
    return {"zoek": "" if woorden.startswith("🎤") else woorden[:ZOEK], "blad": "", "lijst": ""}


def _zojuist(wereld: Wereld, _stand: Stand) -> dict[str, str]:
    return {"net": wereld.nu.isoformat()}


def _gast_erbij(rol: Rol | None) -> Effecten:
    return lambda _w, s: [GastErbij(s.over, rol)]


def _open_ja(wereld: Wereld, stand: Stand) -> int:
    """How many said yes and are not registered yet."""
    x, net = _lijst(wereld, stand), _net(wereld, stand)
    return sum(lid.antwoord is Antwoord.JA and _staat(lid, net) is None for lid in x.leden) if x else 0


def _tellen(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    x = _lijst(wereld, stand)
    if x is None:
        return {}
    net, leden = _net(wereld, stand), _gevonden(x, stand.antwoorden.get("zoek", ""))
    alles: dict[str, Gegeven] = {"titel": x.titel, "begin": x.begin, "open": _open_ja(wereld, stand)}
    alles |= {"ja": x.ja, "misschien": x.misschien, "nee": x.nee, "stil": x.stil, "vaders": x.vaders_ja}
    alles |= {"aanwezig": sum(_staat(lid, net) is Staat.AANWEZIG for lid in x.leden)}
    alles |= {"gasten": _gasten(x, wereld, stand), "blad": _blad(stand, leden) + 1, "bladen": _bladen(leden)}
    return alles | {"zoek": stand.antwoorden.get("zoek", ""), "gevonden": len(leden)}


def _telt(veld: str, meer_dan: int) -> Zin:
    return Zin(f"presentie.{veld}", lambda w, s: int(str(_tellen(w, s).get(veld, 0))) > meer_dan)


def _komt_nog(wereld: Wereld, stand: Stand) -> bool:
    """Whether a screen at the door is still of use."""
    x = _lijst(wereld, stand)
    return x is not None and wereld.nu - x.begin < DEUR_TOT


def _begint_nog(wereld: Wereld, stand: Stand) -> bool:
    """Whether a letter can still be in time."""
    x = _lijst(wereld, stand)
    return x is not None and wereld.nu < x.begin


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    return (
        "geen_lijst"
        if stand.stap in {"lijst", "gast", "allen", "wie_was_er"} and _lijst(wereld, stand) is None
        else None
    )


PRESENTIE = Flow(
    "presentie",
    (
        Kies(
            "kies",
            (Keuze("terug", "menu.menu", label="knop.terug"),),
            zegt=(
                Zin("presentie.kies", lambda w, _: bool(w.lijsten)),
                Zin("presentie.geen_lijst", lambda w, _: not w.lijsten),
            ),
            bron=_lijsten,
            bron_naar="naar_lijst",
        ),
        Zeg(
            "naar_lijst",
            "lijst",
            zegt=(),
            onthoud=lambda _w, s: {"over": s.antwoorden["kies"], "lijst": "", "blad": "", "zoek": ""},
        ),
        Kies(
            "lijst",
            (
                Keuze("alles", "hele_lijst", toon=lambda _w, s: bool(s.antwoorden.get("zoek"))),
                Keuze("gast", "gast"),
                Keuze("allen", "allen", toon=lambda w, s: _open_ja(w, s) > 1),
                Keuze("deur", "lijst", lambda _w, s: [DeurOpenen(s.over)], toon=_komt_nog),
                Keuze("brieven", "brieven.maak", toon=_begint_nog),
                Keuze("klaar", "geteld", label="knop.klaar"),
            ),
            zegt=(
                Zin("presentie.lijst"),
                _telt("gasten", 0),
                Zin("presentie.zoek", lambda _w, s: bool(s.antwoorden.get("zoek"))),
                _telt("bladen", 1),
            ),
            bron=_leden,
            bron_naar="gezet",
            bron_effect=_zet,
            bron_mag=_mag,
            bron_typen=False,
            gegevens=_tellen,
            vrij="zoeken",
            overal=True,
            vervangt=True,
        ),
        Zeg("gezet", "lijst", zegt=(), onthoud=_gezet),
        Zeg("zoeken", "lijst", zegt=(), onthoud=_zoeken),
        Zeg("hele_lijst", "lijst", zegt=(), onthoud=lambda _w, _s: {"zoek": "", "blad": "", "lijst": ""}),
        Kies(
            "gast",
            (
                *(Keuze(naam, "erbij", _gast_erbij(rol), label=_LABEL.get(naam, "")) for naam, rol in _ROLLEN.items()),
                Keuze("terug", "lijst", label="knop.terug"),
            ),
            vervangt=True,
        ),
        Zeg("erbij", "lijst", zegt=(), onthoud=_zojuist),
        Kies(
            "allen",
            (
                Keuze("ja", "allen_gezet", lambda _w, s: [JaAanwezig(s.over)], label="knop.ja"),
                Keuze("terug", "lijst", label="knop.terug"),
            ),
            gegevens=_tellen,
            vervangt=True,
        ),
        Zeg("allen_gezet", "lijst", zegt=(), onthoud=_zojuist),
        Kies("wie_was_er", (Keuze("lijst", "lijst"),), gegevens=_tellen, overal=True),
        Klaar("geteld", gegevens=_tellen),
        Klaar("geen_lijst"),
    ),
    ingangen=("geen_lijst", "wie_was_er"),
    wacht=_wacht,
    van_team=True,
)
