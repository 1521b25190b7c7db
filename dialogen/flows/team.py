"""The colleague's side of the main job: joining, answering a parent's question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogen.basis import Gegeven, OpenVraag, Stand, Wereld, Wie
from dialogen.effecten import Effect, Instellen, TeamBinnen
from dialogen.effecten_team import VraagBeantwoorden
from dialogen.flows.afmelden import gesproken, lees_woorden
from dialogen.flows.kennismaken import lees_naam
from dialogen.stappen import Effecten, Flow, Keuze, Kies, Klaar, Optie, Tak, Vraag, Wissel, Zeg, Zin


def _vraag(wereld: Wereld, stand: Stand) -> OpenVraag | None:
    return next((v for v in wereld.open_vragen if v.nummer == stand.over), None)


def _open(wereld: Wereld) -> list[OpenVraag]:
    return [v for v in wereld.open_vragen if not v.door]


def _vragen(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    for v in _open(wereld)[:10]:
        dagen = (wereld.nu - v.sinds).days if v.sinds else 0
        teken = f"⏳ {dagen}d" if dagen else "🧑" if v.soort == "mens" else "💬"
        yield Optie(str(v.nummer), f"{teken} {v.van}: {v.tekst or ('🧑' if v.soort == 'mens' else '🎤')}"[:60])


def _de_vraag(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    v = _vraag(wereld, stand)
    if v is None:
        return {}
    return {
        "van": v.van,
        "taalnaam": v.taal,
        "tekst": v.tekst or "🎤",
        "begin": v.sinds or wereld.nu,
        "door": v.door,
        "vertaling": v.vertaling,
    }


def _is_mens(wereld: Wereld, stand: Stand) -> bool:
    v = _vraag(wereld, stand)
    return v is not None and v.soort == "mens"


def _beantwoord(wereld: Wereld, stand: Stand) -> bool:
    v = _vraag(wereld, stand)
    return v is not None and bool(v.door)


def _weg(wereld: Wereld, stand: Stand) -> bool:
    return _vraag(wereld, stand) is None


def _niet_te_horen(wereld: Wereld, stand: Stand) -> bool:
    """A spoken answer for a parent in another app, who could never hear it."""
    v = _vraag(wereld, stand)
    hoort = wereld.overal_te_horen or (v is not None and v.spreken)
    return stand.antwoorden.get("antwoord", "").startswith("🎤") and v is not None and not hoort


def _elders(wereld: Wereld, stand: Stand) -> bool:
    v = _vraag(wereld, stand)
    return v is not None and v.elders


def _media(wereld: Wereld, stand: Stand) -> str:
    v = _vraag(wereld, stand)
    return v.media if v else ""


def _antwoord(toch: bool) -> Effecten:
    def effect(_wereld: Wereld, stand: Stand) -> list[Effect]:
        tekst, media = gesproken(stand.antwoorden.get("antwoord", ""))
        return [VraagBeantwoorden(stand.over, tekst, media, toch)] if tekst or media else []

    return effect


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    if wereld.wie is not Wie.MEDEWERKER:
        return "geen_team"
    if stand.stap in {"vraag", "antwoord"} and (_weg(wereld, stand) or _beantwoord(wereld, stand)):
        return "beantwoord"
    return None


_NA_ANTWOORD = Wissel(
    (
        Tak("de vraag is er niet meer", _weg, "beantwoord"),
        Tak("gesproken, voor een andere app", _niet_te_horen, "typ"),
        Tak("een collega was eerder", _beantwoord, "te_laat"),
    ),
    "verstuur",
)

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
            "vragen",
            (Keuze("terug", "menu.menu", label="knop.terug"),),
            zegt=(
                Zin("team.vragen", lambda w, _: bool(_open(w))),
                Zin("team.geen_vragen", lambda w, _: not _open(w)),
            ),
            bron=_vragen,
            bron_naar="naar_vraag",
        ),
        Zeg("naar_vraag", "vraag", zegt=(), onthoud=lambda _w, s: {"over": s.antwoorden["vragen"]}),
        Kies(
            "vraag",
            (Keuze("antwoord", "antwoord"),),
            zegt=(
                Zin("team.vraag", lambda w, s: not _is_mens(w, s)),
                Zin("team.mens", _is_mens),
                Zin("vertaald.voor_team", lambda w, s: (v := _vraag(w, s)) is not None and bool(v.vertaling)),
                Zin("team.vraag_sinds"),
                Zin("lezen.elders", _elders),
            ),
            gegevens=_de_vraag,
            media=_media,
            overal=True,
        ),
        Vraag("antwoord", _NA_ANTWOORD, lees_woorden),
        Zeg("typ", "antwoord"),
        Kies(
            "te_laat",
            (
                Keuze("toch", "verstuurd", _antwoord(toch=True)),
                Keuze("nee", "niet_verstuurd", label="knop.nee_hoor"),
            ),
            gegevens=_de_vraag,
        ),
        Zeg("verstuur", "verstuurd", zegt=(), effect=_antwoord(toch=False)),
        Klaar("verstuurd"),
        Klaar("niet_verstuurd", zegt=(Zin("algemeen.goed"),)),
        Klaar("beantwoord"),
        Klaar("geen_team"),
    ),
    ingangen=("vragen", "beantwoord", "geen_team"),
    wacht=_wacht,
    van_team=True,
)
