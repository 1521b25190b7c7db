"""i. What is coming: how many come, and what staff can do with an activity: change, copy, repeat, call off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from dialogen.basis import Gegeven, Stand, Tekst, Wereld
from dialogen.effecten import Effect
from dialogen.effecten_team import ActiviteitAfgelasten, ReeksMaken, ReeksStoppen
from dialogen.formulier import GEZIEN, getypt
from dialogen.kantoor import Activiteit
from dialogen.plan import WAS, bestaand, met_was, middag, vandaag
from dialogen.stappen import Effecten, Flow, Keuze, Kies, Klaar, Optie, Voorwaarde, Vraag, Zeg, Zin
from dialogen.wanneer import Niet, lees_datum

LANGST = timedelta(days=366)
"""No series is longer than a school year."""


def _komend(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    for a in wereld.kantoor.komend if wereld.kantoor else ():
        tellen: dict[str, Gegeven] = {"begin": a.begin, "titel": a.titel, "ja": a.ja, "stil": a.stil}
        yield Optie(str(a.nummer), Tekst("label.komend" if a.verstuurd else "label.concept", tellen))


def _mag(wereld: Wereld, _stand: Stand, keuze: str) -> bool:
    return wereld.kantoor is not None and keuze.isdecimal() and wereld.kantoor.activiteit(int(keuze)) is not None


def _toekomst(wereld: Wereld, stand: Stand) -> bool:
    """It can still be changed."""
    a = bestaand(wereld, stand)
    return a is not None and not a.afgelast and a.begin > wereld.nu


def _te_herhalen(wereld: Wereld, stand: Stand) -> bool:
    a = bestaand(wereld, stand)
    return a is not None and not a.reeks and _toekomst(wereld, stand)


def _als(test: Callable[[Activiteit], bool]) -> Voorwaarde:
    return lambda w, s: (a := bestaand(w, s)) is not None and test(a)


def _gegevens(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    a = bestaand(wereld, stand)
    if a is None:
        return {}
    tellen: dict[str, Gegeven] = {"ja": a.ja, "misschien": a.misschien, "nee": a.nee, "stil": a.stil}
    wat: dict[str, Gegeven] = {"titel": a.titel, "doel": a.doel, "begin": a.begin, "duur": a.duur, "plek": a.plek}
    return {**tellen, **wat, "vaders": a.vaders_ja, "mensen": a.mensen, "capaciteit": a.capaciteit or 0,
            "uitgenodigd": a.uitgenodigd}  # fmt: skip


def _wijzigen(wereld: Wereld, stand: Stand) -> dict[str, str]:
    a = bestaand(wereld, stand)
    return {**met_was(a, wereld), GEZIEN: "1"} if a else {}


def _kopieren(wereld: Wereld, stand: Stand) -> dict[str, str]:
    """The same on another day: no day yet, and no number of its own."""
    return {**_wijzigen(wereld, stand), "datum": "", "over": "", WAS: ""}


def _mag_tot(wereld: Wereld, stand: Stand, waarde: str) -> str | Tekst:
    """The last day of a series: at least a week after its first, and no further than a year."""
    a, gelezen = bestaand(wereld, stand), lees_datum(waarde, vandaag(wereld, stand))
    if isinstance(gelezen, Niet):
        return Tekst(f"maken.fout.{gelezen.reden}", {"begin": middag(gelezen.dag)} if gelezen.dag else {})
    eerste = a.begin.date() if a else vandaag(wereld, stand)
    if gelezen < eerste + timedelta(days=6):
        return Tekst("activiteiten.te_kort")
    return gelezen.isoformat() if gelezen <= eerste + LANGST else Tekst("activiteiten.te_lang")


def _tot(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    """Four, eight and twelve times."""
    a = bestaand(wereld, stand)
    for keren in (4, 8, 12) if a else ():
        dag = a.begin.date() + timedelta(weeks=keren - 1) if a else date.min
        label = Tekst("label.keren", {"aantal": keren, "begin": middag(dag)})
        yield Optie(f"k{keren}", label, dag.isoformat())


def _reeks(overslaan: bool) -> Effecten:
    def reeks(_wereld: Wereld, stand: Stand) -> list[Effect]:
        tot = stand.antwoorden.get("tot")
        return [ReeksMaken(stand.over, date.fromisoformat(tot), overslaan)] if tot else []

    return reeks


def _reeks_tot(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    a, tot = bestaand(wereld, stand), stand.antwoorden.get("tot", "")
    return {"titel": a.titel if a else "", "begin": middag(date.fromisoformat(tot)) if tot else ""}


_loopt = _als(lambda a: a.reeks_loopt)


def _aangekondigd(wereld: Wereld, stand: Stand) -> list[Activiteit]:
    """The weeks to come of this series that parents have heard of."""
    a = bestaand(wereld, stand)
    komend = wereld.kantoor.komend if wereld.kantoor and a else ()
    return [k for k in komend if a and k.reeks == a.reeks and k.verstuurd and k.begin > wereld.nu]


def _blijft(wereld: Wereld, stand: Stand) -> bool:
    return bool(_aangekondigd(wereld, stand))


def _wat_blijft(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    """How many were announced, and the last of them."""
    rij = _aangekondigd(wereld, stand)
    return {"aantal": len(rij), "laatste": max((k.begin for k in rij), default=wereld.nu)}


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    if stand.stap == "lijst":
        return None
    if bestaand(wereld, stand) is None:
        return "onbekend"
    if stand.stap in {"stopreeks", "gestopt"}:  # its activity may be over
        return None if _loopt(wereld, stand) else "al_gestopt"
    return None if stand.stap == "een" or _toekomst(wereld, stand) else "kan_niet_meer"


ACTIVITEITEN = Flow(
    "activiteiten",
    (
        Kies(
            "lijst",
            (
                Keuze("nieuw", "maken.begin"),
                Keuze("terug", "menu.menu", label="formulier.terug", onthoud=lambda _w, _s: {}),
            ),
            zegt=(
                Zin("activiteiten.lijst", lambda w, s: any(True for _ in _komend(w, s))),
                Zin("activiteiten.leeg", lambda w, s: not any(True for _ in _komend(w, s))),
            ),
            bron=_komend,
            bron_naar="open",
            bron_mag=_mag,
            overal=True,
        ),
        Zeg("open", "een", zegt=(), onthoud=lambda _w, s: {"over": s.antwoorden["lijst"]}),
        Kies(
            "een",
            (
                Keuze("versturen", "versturen.begin", toon=_toekomst),
                Keuze("stand", "opkomst.stand", toon=_als(lambda a: a.verstuurd)),
                Keuze("wijzigen", "wijzigen", toon=_toekomst),
                Keuze("kopie", "kopie"),
                Keuze("reeks", "tot", toon=_te_herhalen),
                Keuze("stopreeks", "stopreeks", toon=_loopt),
                Keuze("afgelasten", "zeker", toon=_toekomst),
                Keuze("terug", "naar_lijst", label="formulier.terug", onthoud=lambda _w, _s: {}),
            ),
            zegt=(
                Zin("activiteiten.een"),
                Zin("activiteiten.afgelast", _als(lambda a: a.afgelast)),
                Zin("activiteiten.concept", _als(lambda a: not a.verstuurd)),
                Zin("activiteiten.antwoorden", _als(lambda a: a.verstuurd)),
                Zin("activiteiten.plekken", _als(lambda a: a.capaciteit is not None)),
                Zin("activiteiten.reeks", _loopt),
            ),
            gegevens=_gegevens,
            overal=True,
        ),
        Zeg("naar_lijst", "lijst", zegt=(), onthoud=lambda _w, _s: {"over": ""}),
        Zeg("wijzigen", "maken.welk", zegt=(), onthoud=_wijzigen),
        Zeg("kopie", "maken.datum", zegt=(), onthoud=_kopieren),
        Kies(
            "zeker",
            (Keuze("ja", "afgelasten"), Keuze("nee", "een", onthoud=lambda _w, _s: {})),
            zegt=(
                Zin("activiteiten.zeker"),
                Zin("activiteiten.zeker.horen", _als(lambda a: a.uitgenodigd > 0)),
            ),
            gegevens=_gegevens,
            overal=True,
        ),
        Klaar(
            "afgelasten",
            zegt=(
                Zin("activiteiten.afgelasten"),
                Zin("activiteiten.zeker.horen", _als(lambda a: a.uitgenodigd > 0)),
            ),
            gegevens=_gegevens,
            effect=lambda _w, s: [ActiviteitAfgelasten(s.over)],
        ),
        Vraag(
            "tot",
            "vakantie",
            getypt,
            keuzes=(Keuze("terug", "een", label="formulier.terug", onthoud=lambda _w, _s: {}),),
            mag=_mag_tot,
            bron=_tot,
            gegevens=_gegevens,
        ),
        Kies(
            "vakantie",
            (
                Keuze("ja", "herhaald", _reeks(True), label="knop.ja"),
                Keuze("nee", "herhaald", _reeks(False), label="knop.nee"),
                Keuze("terug", "tot", label="formulier.terug", onthoud=lambda _w, _s: {}),
            ),
            gegevens=_reeks_tot,
        ),
        Klaar("herhaald", gegevens=_reeks_tot),
        Kies(
            "stopreeks",
            (
                Keuze("ja", "gestopt", label="knop.ja"),
                Keuze("nee", "een", label="knop.nee", onthoud=lambda _w, _s: {}),
            ),
            zegt=(Zin("activiteiten.stopreeks"), Zin("activiteiten.reeks_blijft", _blijft)),
            gegevens=_wat_blijft,
            overal=True,
        ),
        Klaar("gestopt", effect=lambda _w, s: [ReeksStoppen(s.over)]),
        Klaar("al_gestopt"),
        Klaar("onbekend"),
        Klaar("kan_niet_meer"),
    ),
    ingangen=("onbekend", "kan_niet_meer", "al_gestopt", "een"),
    wacht=_wacht,
    van_team=True,
    kantoor=True,
)
