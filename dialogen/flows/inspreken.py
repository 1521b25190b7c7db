"""Recordings by colleagues: what, in which language, by whom; read it aloud, listen back, and it is heard.

The voice note is fetched after the turn; then the bot comes back with it by itself (``keur``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogen.basis import Gegeven, Invoer, Soort, Stand, Wereld, Wie
from dialogen.begrijpen import naam as lees_naam
from dialogen.begrijpen import zonder_beeld
from dialogen.effecten import Effect
from dialogen.effecten_team import OpnameKeuren, OpnameMaken
from dialogen.kantoor import Opname
from dialogen.opnames import ACTIVITEIT, EIGEN_TIP, TIP, VAST
from dialogen.stappen import Effecten, Flow, Keuze, Kies, Klaar, Optie, Tak, Vraag, Wissel, Zeg, Zin
from dialogen.teksten import BRON, TALEN, woorden, zin
from dialogen.tips import TIPS, GegevenTip

KORT = 40
"""Characters of a text on its button."""


def _tips(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    """The location's own, then those of the bot."""
    for t in wereld.tipwerk.eigen if wereld.tipwerk else ():
        yield Optie(f"e{t.nummer}", f"💡 {t.tekst}"[:60])
    for code in TIPS:
        yield Optie(code, f"💡 {code.replace('_', ' ').capitalize()}")


def _teksten(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    for plek, sleutel in enumerate(VAST):
        tekst = zonder_beeld(zin(wereld.taal, sleutel))
        yield Optie(f"t{plek}", f"💬 {tekst[:KORT]}")


def _activiteiten(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    komend = wereld.kantoor.komend if wereld.kantoor else ()
    return (Optie(f"{a.nummer}", f"☕ {a.titel}"[:60]) for a in komend if not a.afgelast)


def _talen(_wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    return (Optie(code, naam) for code, naam in TALEN.items())


def _onthoud(_wereld: Wereld, stand: Stand) -> Mapping[str, str]:
    """What was chosen, by the list it was chosen from."""
    a = stand.antwoorden
    match stand.stap:
        case "van_tip":
            return {"wat": _van_tip(a["tip"])}
        case "van_tekst":
            return {"wat": VAST[int(a["tekst"].removeprefix("t"))]}
        case _:
            return {"wat": f"{ACTIVITEIT}{a['activiteit']}"}


def _van_tip(keuze: str) -> str:
    """What a recording of a chosen tip is of: an own one by its number, that of the theme names no theme."""
    return f"{EIGEN_TIP}{keuze[1:]}" if keuze[1:].isdecimal() else GegevenTip(0, keuze).stem


def voorlezen(wereld: Wereld, wat: str, taal: str) -> str:
    """What is to be read aloud; of an activity what is to be told of it."""
    if wat.startswith(ACTIVITEIT):
        komend = wereld.kantoor.komend if wereld.kantoor else ()
        a = next((x for x in komend if f"{ACTIVITEIT}{x.nummer}" == wat), None)
        return f"{a.titel}, {a.plek}" if a else ""
    if wat.startswith(EIGEN_TIP):
        eigen = wereld.tipwerk.eigen if wereld.tipwerk else ()
        return next((t.tekst for t in eigen if f"{TIP}{t.code}" == wat), "")
    return zonder_beeld(zin(taal, wat)) if wat in woorden(BRON) else ""


def _te_lezen(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    a = stand.antwoorden
    wat, taal = a.get("wat", ""), a.get("taal", BRON)
    return {"tekst": voorlezen(wereld, wat, taal), "taalnaam": TALEN.get(taal, taal)}


def _is_activiteit(_wereld: Wereld, stand: Stand) -> bool:
    return stand.antwoorden.get("wat", "").startswith(ACTIVITEIT)


def _zonder_woorden(_wereld: Wereld, stand: Stand) -> bool:
    """A language that is only spoken, or an own tip: the Dutch is read, and said in that language."""
    a = stand.antwoorden
    van_team = a.get("wat", "").startswith(EIGEN_TIP) and a.get("taal", "") != BRON
    return van_team or a.get("taal", "") not in woorden_talen()


def woorden_talen() -> frozenset[str]:
    """The languages with words of their own."""
    return frozenset(taal for taal in TALEN if woorden(taal))


def lees_spraak(invoer: Invoer) -> str | None:
    """The file id of a voice note, or None for anything else."""
    return invoer.waarde if invoer.soort is Soort.SPRAAK and invoer.waarde else None


def lees_spreker(invoer: Invoer) -> str | None:
    """A name as typed."""
    return lees_naam(invoer.waarde) if invoer.soort is Soort.TEKST else None


def _maak(_wereld: Wereld, stand: Stand) -> list[Effect]:
    a = stand.antwoorden
    return [OpnameMaken(a.get("wat", ""), a.get("taal", ""), a.get("wie", ""), a["opname"])]


def deze(wereld: Wereld, stand: Stand) -> Opname | None:
    """The recording this is about."""
    return next((o for o in wereld.opnames if o.nummer == stand.over), None)


def _mag(wereld: Wereld, stand: Stand) -> bool:
    """Whether this colleague may judge it: one for all locations is a beheerder's."""
    o = deze(wereld, stand)
    return o is None or o.mag


def _keurt(goed: bool) -> Effecten:
    return lambda _w, s: [OpnameKeuren(s.over, goed)]


def _opnieuw(wereld: Wereld, stand: Stand) -> Mapping[str, str]:
    o = deze(wereld, stand)
    return {"wat": o.wat, "taal": o.taal, "wie": o.spreker} if o else {}


def _naam_van(o: Opname) -> str:
    return zonder_beeld(zin(BRON, o.wat))[:KORT] if o.wat in woorden(BRON) else o.wat


def _over(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    o = deze(wereld, stand)
    if o is None:
        return {}
    return {"wat": _naam_van(o), "taalnaam": TALEN.get(o.taal, o.taal), "door": o.spreker, "duur": o.seconden}


def _lijst(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    for o in wereld.opnames[:20]:
        teken = "⚠️" if o.oud else "✅" if o.goed else "🆕"
        yield Optie(f"{o.nummer}", f"{teken} {TALEN.get(o.taal, o.taal)} · {_naam_van(o)}"[:60])


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    if wereld.wie is not Wie.MEDEWERKER:
        return "geen_team"
    return "weg" if stand.stap == "keur" and deze(wereld, stand) is None else None


_TERUG = Keuze("terug", "begin", label="knop.terug")

INSPREKEN = Flow(
    "inspreken",
    (
        Kies(
            "begin",
            (
                Keuze("tip", "tip"),
                Keuze("tekst", "tekst"),
                Keuze(
                    "activiteit",
                    Wissel((Tak("geen", lambda w, s: not list(_activiteiten(w, s)), "geen"),), "activiteit"),
                ),
                Keuze("lijst", "lijst", toon=lambda w, _s: bool(w.opnames)),
                Keuze("terug", "menu.menu", label="knop.terug"),
            ),
            overal=True,
        ),
        Kies("tip", (_TERUG,), bron=_tips, bron_naar="van_tip"),
        Kies("tekst", (_TERUG,), bron=_teksten, bron_naar="van_tekst"),
        Kies("activiteit", (_TERUG,), bron=_activiteiten, bron_naar="van_activiteit"),
        Zeg("van_tip", "taal", zegt=(), onthoud=_onthoud),
        Zeg("van_tekst", "taal", zegt=(), onthoud=_onthoud),
        Zeg("van_activiteit", "taal", zegt=(), onthoud=_onthoud),
        Kies("taal", (_TERUG,), bron=_talen, bron_naar="wie"),
        Vraag("wie", "opname", lees_spreker, keuzes=(Keuze("ik", "opname", onthoud=lambda _w, _s: {"wie": ""}),)),
        Vraag(
            "opname",
            "bedankt",
            lees_spraak,
            misser="algemeen.alleen_stem",
            zegt=(
                Zin("inspreken.opname.vertel", _is_activiteit),
                Zin("inspreken.opname.lees", lambda w, s: not _is_activiteit(w, s)),
                Zin("inspreken.opname.zelf", lambda w, s: _zonder_woorden(w, s) and not _is_activiteit(w, s)),
                Zin("inspreken.opname"),
            ),
            effect=_maak,
            keuzes=(_TERUG,),
            gegevens=_te_lezen,
        ),
        Klaar("bedankt"),
        Kies(
            "keur",
            (
                Keuze("goed", "goed", _keurt(True), toon=_mag),
                Keuze("opnieuw", "opname", _keurt(False), onthoud=_opnieuw, toon=_mag),
                Keuze("weg", "gewist", _keurt(False), toon=_mag),
                Keuze("lijst", "lijst", label="knop.terug", toon=lambda w, s: not _mag(w, s)),
            ),
            gegevens=_over,
            stem=lambda w, s: f"bijlage:{o.geluid}" if (o := deze(w, s)) else "",
            overal=True,
        ),
        Kies("lijst", (_TERUG,), bron=_lijst, bron_naar="kies"),
        Zeg("kies", "keur", zegt=(), onthoud=lambda _w, s: {"over": s.antwoorden["lijst"]}),
        Klaar("goed"),
        Klaar("gewist"),
        Klaar("geen"),
        Klaar("weg"),
        Klaar("geen_team", zegt=(Zin("team.geen_team"),)),
    ),
    ingangen=("keur", "weg", "geen_team"),
    van_team=True,
    kantoor=True,
    wacht=_wacht,
)
