"""The colleague's side of the main job: joining, the presence list, answering a parent's question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogen.basis import Gegeven, Invoer, Lid, Lijst, OpenVraag, Soort, Staat, Stand, Tekst, Wereld, Wie
from dialogen.effecten import Effect, Instellen, TeamBinnen
from dialogen.effecten_team import PresentieZetten, VraagBeantwoorden
from dialogen.flows.afmelden import lees_woorden
from dialogen.flows.kennismaken import lees_naam
from dialogen.stappen import Flow, Keuze, Kies, Klaar, Optie, Tak, Vraag, Wissel, Zeg, Zin

LETTER = {Staat.AANWEZIG: "a", Staat.AFWEZIG: "w", Staat.AFGEMELD: "m"}
_STAAT = {letter: staat for staat, letter in LETTER.items()}
_TEKEN = {Staat.AANWEZIG: "✅", Staat.AFWEZIG: "➖", Staat.AFGEMELD: "❌", None: "⬜"}
_NA = {
    None: Staat.AANWEZIG,
    Staat.AANWEZIG: Staat.AFWEZIG,
    Staat.AFWEZIG: Staat.AFGEMELD,
    Staat.AFGEMELD: Staat.AANWEZIG,
}


def _lijst(wereld: Wereld, stand: Stand) -> Lijst | None:
    return next((x for x in wereld.lijsten if x.activiteit == stand.over), None)


def _vraag(wereld: Wereld, stand: Stand) -> OpenVraag | None:
    return next((v for v in wereld.open_vragen if v.nummer == stand.over), None)


def _lijsten(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    return [
        Optie(str(x.activiteit), Tekst("label.dag_titel", {"begin": x.begin, "titel": x.titel})) for x in wereld.lijsten
    ]


def _vragen(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    return [Optie(str(v.nummer), f"💬 {v.van}: {v.tekst}"[:60]) for v in wereld.open_vragen[:10]]


def _net_gezet(stand: Stand) -> tuple[int, Staat] | None:
    gedrukt = stand.antwoorden.get("leden", "")
    return (int(gedrukt[1:]), _STAAT[gedrukt[0]]) if gedrukt[:1] in _STAAT and gedrukt[1:].isdigit() else None


def _staat(lid: Lid, stand: Stand) -> Staat | None:
    """The state that stands, with what was pressed in this very turn."""
    net = _net_gezet(stand)
    return net[1] if net and net[0] == lid.uitnodiging else lid.staat


def _leden(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    """One button per parent: what stands in front, the next state in the id, so a doubled tap is the same tap."""
    lijst = _lijst(wereld, stand)
    for lid in lijst.leden if lijst else ():
        staat = _staat(lid, stand)
        yield Optie(f"{LETTER[_NA[staat]]}{lid.uitnodiging}", f"{_TEKEN[staat]} {lid.naam}")


def _mag(wereld: Wereld, stand: Stand, keuze: str) -> bool:
    """A parent of this list, whatever stood there when the button was drawn."""
    lijst = _lijst(wereld, stand)
    return lijst is not None and keuze[:1] in _STAAT and any(str(x.uitnodiging) == keuze[1:] for x in lijst.leden)


def _zet(_wereld: Wereld, stand: Stand) -> list[Effect]:
    net = _net_gezet(stand)
    return [PresentieZetten(*net)] if net else []


def _tellen(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    x = _lijst(wereld, stand)
    if x is None:
        return {}
    aanwezig = sum(_staat(lid, stand) is Staat.AANWEZIG for lid in x.leden)
    tellen = {"ja": x.ja, "misschien": x.misschien, "nee": x.nee, "stil": x.stil, "vaders": x.vaders_ja}
    return {"titel": x.titel, "begin": x.begin, "aanwezig": aanwezig, **tellen}


def _de_vraag(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    v = _vraag(wereld, stand)
    return {"van": v.van, "taalnaam": v.taal, "tekst": v.tekst} if v else {}


def _getypt(invoer: Invoer) -> str | None:
    """Typed words; a spoken answer cannot be passed on yet, and an empty one must never be."""
    return lees_woorden(invoer) if invoer.soort is Soort.TEKST else None


def _antwoord(wereld: Wereld, stand: Stand) -> list[Effect]:
    return [VraagBeantwoorden(stand.over, stand.antwoorden["antwoord"])] if _vraag(wereld, stand) else []


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    if wereld.wie is not Wie.MEDEWERKER:
        return "geen_team"
    if stand.stap in {"vraag", "antwoord"} and _vraag(wereld, stand) is None:
        return "beantwoord"
    return "geen_lijst" if stand.stap == "leden" and _lijst(wereld, stand) is None else None


TEAM = Flow(
    "team",
    (
        Zeg(
            "binnen",
            Wissel((Tak("zonder naam", lambda w, _: not w.naam, "naam"),), "welkom"),
            zegt=(),
            effect=lambda w, s: [TeamBinnen(s.antwoorden.get("code", ""), w.naam)],
        ),
        Vraag("naam", "welkom", lees_naam, effect=lambda _w, s: [Instellen(naam=s.antwoorden["naam"])]),
        Klaar("welkom"),
        Kies(
            "presentie",
            (Keuze("terug", "menu.menu", label="knop.terug"),),
            zegt=(
                Zin("team.presentie", lambda w, _: bool(w.lijsten)),
                Zin("team.geen_lijst", lambda w, _: not w.lijsten),
            ),
            bron=_lijsten,
            bron_naar="naar_lijst",
        ),
        Zeg("naar_lijst", "leden", zegt=(), onthoud=lambda _w, s: {"over": s.antwoorden["presentie"], "leden": ""}),
        Kies(
            "leden",
            (Keuze("klaar", "geteld", label="knop.klaar"),),
            bron=_leden,
            bron_naar="leden",
            bron_effect=_zet,
            bron_mag=_mag,
            gegevens=_tellen,
            overal=True,
            vervangt=True,
        ),
        Klaar("geteld", gegevens=_tellen),
        Klaar("geen_lijst"),
        Kies(
            "vragen",
            (Keuze("terug", "menu.menu", label="knop.terug"),),
            zegt=(
                Zin("team.vragen", lambda w, _: bool(w.open_vragen)),
                Zin("team.geen_vragen", lambda w, _: not w.open_vragen),
            ),
            bron=_vragen,
            bron_naar="naar_vraag",
        ),
        Zeg("naar_vraag", "vraag", zegt=(), onthoud=lambda _w, s: {"over": s.antwoorden["vragen"]}),
        Kies("vraag", (Keuze("antwoord", "antwoord"),), gegevens=_de_vraag, overal=True),
        Vraag(
            "antwoord",
            Wissel((Tak("een collega was eerder", lambda w, s: _vraag(w, s) is None, "beantwoord"),), "verstuurd"),
            _getypt,
            effect=_antwoord,
        ),
        Klaar("verstuurd"),
        Klaar("beantwoord"),
        Klaar("geen_team"),
    ),
    ingangen=("presentie", "vragen", "geen_lijst", "beantwoord", "geen_team"),
    wacht=_wacht,
    van_team=True,
)
