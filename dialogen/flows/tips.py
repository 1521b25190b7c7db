"""Tips, for the team: own ones beside those of the bot, the theme of a group, and which child told of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import ceil

from dialogen.basis import Gegeven, Stand, Tekst, Wereld, Wie
from dialogen.effecten import Effect
from dialogen.effecten_team import ThemaZetten, TipToevoegen, TipVerteld, TipWeghalen
from dialogen.flows.presentie import PER_BLAD
from dialogen.flows.tip import tip_naam
from dialogen.formulier import getypt, tekst_van
from dialogen.hints import over_tekst
from dialogen.kantoor import Groep, Werkplek
from dialogen.stappen import Flow, Keuze, Kies, Klaar, Optie, Tak, Vraag, Wissel, Zeg, Zin
from dialogen.teksten import zin
from dialogen.tips import LENGTE, STAPPEN, EigenTip, Tipwerk, Verteller

THEMA = 100
"""Characters of a group's theme."""


def _werk(wereld: Wereld) -> Tipwerk:
    return wereld.tipwerk or Tipwerk()


def _werkplekken(wereld: Wereld) -> tuple[Werkplek, ...]:
    return wereld.kantoor.werkplekken if wereld.kantoor else ()


# An own tip


def _locaties(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    return [Optie(str(w.nummer), w.naam) for w in _werkplekken(wereld)]


def _locatie(wereld: Wereld, stand: Stand) -> int:
    """Where the tip is for: as chosen, else the only one."""
    gekozen = stand.antwoorden.get("locatie") or ""
    return int(gekozen) if gekozen else next((w.nummer for w in _werkplekken(wereld)), 0)


def _bewaar(wereld: Wereld, stand: Stand) -> list[Effect]:
    a = stand.antwoorden
    return [TipToevoegen(_locatie(wereld, stand), int(a.get("stap") or 1), a.get("tekst", "")[:LENGTE])]


def _hints(_wereld: Wereld, stand: Stand) -> tuple[Tekst, ...]:
    return tuple(tekst for hint in over_tekst(stand.antwoorden.get("tekst", "")) for tekst in hint.teksten)


def _eerste_hint(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    regels = [zin(wereld.taal, t.sleutel).format_map(dict(t.gegevens)) for t in _hints(wereld, stand)]
    return {"tekst": stand.antwoorden.get("tekst", ""), "hints": "\n".join(regels)}


def _eigen(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    return [Optie(str(t.nummer), f"{t.stap} · {t.tekst}"[:60]) for t in _werk(wereld).eigen]


def _de_tip(wereld: Wereld, stand: Stand) -> EigenTip | None:
    return next((t for t in _werk(wereld).eigen if t.nummer == stand.over), None)


def _tekst(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    t = _de_tip(wereld, stand)
    return {"tekst": t.tekst, "stap": t.stap} if t else {}


# Who told of it in the group


def _net(wereld: Wereld, stand: Stand) -> str:
    """What was pressed in this turn: it is not in the world yet."""
    return stand.antwoorden.get("verteld", "") if stand.antwoorden.get("net") == wereld.nu.isoformat() else ""


def _staat(v: Verteller, net: str) -> bool:
    return net[0] == "a" if net[1:] == str(v.nummer) and net[:1] in {"a", "w"} else v.verteld


def _bladen(wereld: Wereld) -> int:
    return max(1, ceil(len(_werk(wereld).vertellers) / PER_BLAD))


def _vertellers(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    """One button per given tip, the next state in the id, so that a doubled tap is the same tap; then the pages."""
    blad, net = min(int(stand.antwoorden.get("blad") or 0), _bladen(wereld) - 1), _net(wereld, stand)
    for v in _werk(wereld).vertellers[blad * PER_BLAD : (blad + 1) * PER_BLAD]:
        ja = _staat(v, net)
        yield Optie(
            f"{'w' if ja else 'a'}{v.nummer}", f"{'✅' if ja else '⬜'} {v.naam}: {tip_naam(v.code, v.tekst)}"[:60]
        )
    if blad > 0:
        yield Optie(f"b{blad - 1}", f"◀️ {blad}")
    if blad + 1 < _bladen(wereld):
        yield Optie(f"b{blad + 1}", f"▶️ {blad + 2}")


def _mag(wereld: Wereld, _stand: Stand, keuze: str) -> bool:
    if keuze[:1] == "b":
        return keuze[1:].isascii() and keuze[1:].isdigit() and int(keuze[1:5]) < _bladen(wereld)
    return keuze[:1] in {"a", "w"} and any(str(v.nummer) == keuze[1:] for v in _werk(wereld).vertellers)


def _zet(_wereld: Wereld, stand: Stand) -> list[Effect]:
    keuze = stand.antwoorden["verteld"]
    return [TipVerteld(int(keuze[1:]), keuze[0] == "a")] if keuze[0] in {"a", "w"} else []


def _gezet(wereld: Wereld, stand: Stand) -> dict[str, str]:
    keuze, net = stand.antwoorden["verteld"], {"net": wereld.nu.isoformat()}
    if keuze[0] == "b":
        return net | {"blad": keuze[1:5]}
    nummers = [str(v.nummer) for v in _werk(wereld).vertellers]
    return net | {"blad": str(nummers.index(keuze[1:]) // PER_BLAD)} if keuze[1:] in nummers else net


def _geteld(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    net = _net(wereld, stand)
    return {"aantal": sum(_staat(v, net) for v in _werk(wereld).vertellers)}


# The theme of a group


def _alle_groepen(wereld: Wereld) -> list[Groep]:
    return [g for w in _werkplekken(wereld) for g in w.groepen]


def _groepen(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    for g in _alle_groepen(wereld)[:40]:
        yield Optie(str(g.nummer), f"{g.naam}: {g.thema}" if g.thema else g.naam)


def _groep(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    gekozen = stand.antwoorden.get("groep", "")
    g = next((g for g in _alle_groepen(wereld) if str(g.nummer) == gekozen), None)
    return {"groep": g.naam, "thema": g.thema or "–"} if g else {}


def _thema(_wereld: Wereld, stand: Stand) -> list[Effect]:
    return [ThemaZetten(int(stand.antwoorden.get("groep") or 0), stand.antwoorden.get("thema", ""))]


def _leeg(_wereld: Wereld, stand: Stand) -> list[Effect]:
    return [ThemaZetten(int(stand.antwoorden.get("groep") or 0), "")]


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    if wereld.wie is not Wie.MEDEWERKER:
        return "geen_team"
    return "weg" if stand.stap == "een" and _de_tip(wereld, stand) is None else None


_TERUG = Keuze("terug", "begin", label="knop.terug")

TIPS = Flow(
    "tips",
    (
        Kies(
            "begin",
            (
                Keuze(
                    "nieuw", Wissel((Tak("meer locaties", lambda w, _: len(_werkplekken(w)) > 1, "locatie"),), "tekst")
                ),
                Keuze("lijst", "lijst"),
                Keuze("verteld", "verteld"),
                Keuze("thema", "groep"),
                Keuze("terug", "menu.menu", label="knop.terug"),
            ),
        ),
        Kies("locatie", (_TERUG,), zegt=(Zin("maken.locatie"),), bron=_locaties, bron_naar="tekst"),
        Vraag("tekst", "stap", getypt, mag=tekst_van(LENGTE), keuzes=(_TERUG,)),
        Kies("stap", (*(Keuze(str(s), "kijk", label=f"tips.stap.{s}") for s in STAPPEN), _TERUG)),
        Kies(
            "kijk",
            (Keuze("bewaar", "bewaard", _bewaar), Keuze("anders", "tekst"), _TERUG),
            zegt=(Zin("tips.kijk"), Zin("tips.hints", lambda w, s: bool(_hints(w, s)))),
            gegevens=_eerste_hint,
        ),
        Klaar("bewaard"),
        Kies(
            "lijst",
            (_TERUG,),
            zegt=(
                Zin("tips.lijst", lambda w, _: bool(_werk(w).eigen)),
                Zin("tips.geen", lambda w, _: not _werk(w).eigen),
            ),
            bron=_eigen,
            bron_naar="kies",
        ),
        Zeg("kies", "een", zegt=(), onthoud=lambda _w, s: {"over": s.antwoorden["lijst"]}),
        Kies(
            "een",
            (Keuze("weg", "weg", lambda _w, s: [TipWeghalen(s.over)]), Keuze("lijst", "lijst", label="knop.terug")),
            gegevens=_tekst,
            overal=True,
        ),
        Klaar("weg"),
        Kies(
            "verteld",
            (_TERUG,),
            zegt=(
                Zin("tips.verteld", lambda w, _: bool(_werk(w).vertellers)),
                Zin("tips.niemand", lambda w, _: not _werk(w).vertellers),
            ),
            bron=_vertellers,
            bron_naar="gezet",
            bron_effect=_zet,
            bron_mag=_mag,
            bron_typen=False,
            gegevens=_geteld,
            overal=True,
            vervangt=True,
        ),
        Zeg("gezet", "verteld", zegt=(), onthoud=_gezet),
        Kies("groep", (_TERUG,), bron=_groepen, bron_naar="thema"),
        Vraag(
            "thema",
            "thema_bewaard",
            getypt,
            effect=_thema,
            mag=tekst_van(THEMA),
            keuzes=(Keuze("leeg", "thema_bewaard", _leeg, label="formulier.leeg"), _TERUG),
            gegevens=_groep,
        ),
        Klaar("thema_bewaard"),
        Klaar("geen_team", zegt=(Zin("team.geen_team"),)),
    ),
    ingangen=("geen_team", "verteld"),
    wacht=_wacht,
    van_team=True,
    kantoor=True,
)
