"""i. Staff: from a made activity to sent invitations, and the message that lives along with the answers.

About an activity of an own location (``over``). Every step looks anew at how things stand, so that two colleagues at
once, an old button, or an activity that began meanwhile is answered with what to do instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogen.basis import Gegeven, Rol, Stand, Tekst, Vertaald, Wereld
from dialogen.effecten import Effect
from dialogen.effecten_team import Proefbericht, Versturen, VertalingVerbeteren
from dialogen.flows.opkomst import EINDEN, NET, NIET_MEER, bezwaar, door, is_half, laatste, op, over, tijdzone, wat
from dialogen.formulier import getypt, tekst_van
from dialogen.hints import VOLGORDE, Hint, hints
from dialogen.later import als_minuut, lees_minuut, lees_moment, momenten
from dialogen.publiek import DAGDELEN, IEDEREEN, Publiek, keuzes, publiek, zet
from dialogen.stappen import (
    Effecten,
    Flow,
    Keuze,
    Kies,
    Klaar,
    Onthoud,
    Optie,
    Tak,
    Voorwaarde,
    Vraag,
    Wissel,
    Zeg,
    Zin,
)  # fmt: skip
from dialogen.teksten import BRON, TALEN, zin
from dialogen.vertaald import LENGTE

FILTERS = (IEDEREEN, "vaders", "nieuw", *DAGDELEN)
STATUS = ("mislukt", "gevraagd", "niet", "machine", "nagekeken")
"""How a text stands in another language, what needs looking at first; 'niet' when nobody asked."""
KIES_EERST = frozenset({"voorbeeld", "verbeter", "hints", "sturen", "wanneer"})
"""The steps that need to know for whom: a button of them from long ago begins anew."""


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    gevonden = bezwaar(wereld, stand)
    if stand.stap == "proef" and gevonden != "geen_team":
        return "was_proef"
    if gevonden is None and stand.stap in KIES_EERST and "voor" not in stand.antwoorden:
        return "begin"
    return gevonden


# For whom


def _voor(stand: Stand) -> str:
    return stand.antwoorden.get("voor", IEDEREEN)


def _publiek(wereld: Wereld, stand: Stand) -> Publiek:
    a = over(wereld, stand)
    if wereld.kantoor is None or a is None:
        return Publiek()
    return publiek(wereld.kantoor.tellingen, a.groepen, _voor(stand), (a.begin - wereld.nu).days)


def _als(veld: str, waarde: object = True) -> Voorwaarde:
    """A number of the audience is this much, or any at all."""

    def als(wereld: Wereld, stand: Stand) -> bool:
        gevonden = getattr(_publiek(wereld, stand), veld)
        return bool(gevonden) if waarde is True else gevonden == waarde

    return als


def _tellen(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    p = _publiek(wereld, stand)
    velden = ("ouders", "vaders", "vol", "zonder", "vaders_zonder", "gestopt", "pauze", "laat", "dagen")
    return {**wat(wereld, stand), **{veld: getattr(p, veld) for veld in velden}}


def _filters(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    """What narrows it; what is on can be put off, so that a doubled tap is the same tap."""
    aan = keuzes(_voor(stand)) or {IEDEREEN}
    for keuze in FILTERS:
        sleutel = f"dagdeel.{keuze}" if keuze in DAGDELEN else f"versturen.voor.{keuze}"
        if keuze not in aan:
            yield Optie(keuze, Tekst(sleutel))
        else:
            gemerkt = Tekst("knop.aan", {"label": zin(wereld.taal, sleutel)})
            yield Optie(keuze if keuze == IEDEREEN else f"-{keuze}", gemerkt)


def _mag_filter(_wereld: Wereld, _stand: Stand, keuze: str) -> bool:
    return keuze.removeprefix("-") in FILTERS


def _gefilterd(_wereld: Wereld, stand: Stand) -> dict[str, str]:
    return {"voor": zet(_voor(stand), stand.antwoorden["wie"])}


# What it looks like


def _soort(wereld: Wereld, stand: Stand) -> tuple[str, str]:
    """The role and the language of the preview: as chosen, else those that most of the audience have."""
    p, a = _publiek(wereld, stand), stand.antwoorden
    rol, taal = a.get("als_rol", ""), a.get("als_taal", "")
    return (
        rol if rol in p.rollen else next(iter(p.rollen), "ander"),
        taal if taal in p.talen else next(iter(p.talen), wereld.taal),
    )


def _andere(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    """The other roles and languages of who gets it."""
    p, nu = _publiek(wereld, stand), _soort(wereld, stand)
    yield from (Optie(rol, Tekst(f"rol.{rol}")) for rol in p.rollen if rol not in nu)
    yield from (Optie(taal, Tekst.letterlijk(TALEN.get(taal, taal))) for taal in p.talen if taal not in nu)


def _mag_ander(_wereld: Wereld, _stand: Stand, keuze: str) -> bool:
    return keuze in TALEN or keuze in set(Rol)


def _gekeken(wereld: Wereld, stand: Stand) -> dict[str, str]:
    keuze, p = stand.antwoorden.get("voorbeeld", ""), _publiek(wereld, stand)
    rol, taal = _soort(wereld, stand)
    kijk = {"als_rol": keuze if keuze in p.rollen else rol, "als_taal": keuze if keuze in p.talen else taal}
    return {"voor": _voor(stand), **kijk}


def _proef(test: bool) -> Effecten:
    def proef(wereld: Wereld, stand: Stand) -> list[Effect]:
        return [Proefbericht(stand.over, *_soort(wereld, stand), test)] if _publiek(wereld, stand).ouders else []

    return proef


# The words in another language


def _velden(wereld: Wereld, stand: Stand) -> dict[str, str]:
    """What a parent of this role reads of what staff wrote: field → words."""
    a = over(wereld, stand)
    if a is None:
        return {}
    titel = "titel_vaders" if a.titel_vaders and _soort(wereld, stand)[0] == "vader" else "titel"
    return {titel: a.titel_voor(_soort(wereld, stand)[0])} | ({"gevraagd": a.gevraagd} if a.gevraagd else {})


def _veld(wereld: Wereld, stand: Stand) -> str:
    """Which of them is put right."""
    gevraagd = stand.antwoorden.get("wat") == "gevraagd"
    return next((veld for veld in _velden(wereld, stand) if (veld == "gevraagd") is gevraagd), "titel")


def _vertaling(wereld: Wereld, stand: Stand) -> Vertaald:
    """How they stand: of several the one that needs looking at first."""
    staat = wereld.kantoor.vertaald if wereld.kantoor else {}
    taal, niet = _soort(wereld, stand)[1], Vertaald(status="niet")
    alle = (staat.get((woorden, taal), niet) for woorden in _velden(wereld, stand).values())
    return min(alle, key=lambda v: STATUS.index(v.status), default=niet)


def _andere_taal(wereld: Wereld, stand: Stand) -> bool:
    return _soort(wereld, stand)[1] != BRON


def _is(status: str) -> Voorwaarde:
    return lambda w, s: _andere_taal(w, s) and _vertaling(w, s).status == status


def _taalwoorden(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    taal = _soort(wereld, stand)[1]
    door = _vertaling(wereld, stand).door or "een collega"
    return {
        "taalnaam": TALEN.get(taal, taal),
        "door": door,
        "woorden": _velden(wereld, stand).get(_veld(wereld, stand), ""),
    }


def _wat(veld: str) -> Onthoud:
    return lambda _w, _s: {"wat": veld}


def _past(wereld: Wereld, stand: Stand, waarde: str) -> str | Tekst:
    return tekst_van(LENGTE[_veld(wereld, stand)])(wereld, stand, waarde)


def _verbeter(wereld: Wereld, stand: Stand) -> list[Effect]:
    taal = _soort(wereld, stand)[1]
    nieuw = VertalingVerbeteren(stand.over, _veld(wereld, stand), taal, stand.antwoorden.get("verbeter", ""))
    return [nieuw, *_proef(False)(wereld, stand)]


# Hints, never prohibitions


def _gevonden(wereld: Wereld, stand: Stand) -> tuple[Hint, ...]:
    """What might be better, without what the colleague leaves as it is."""
    a = over(wereld, stand)
    if a is None or wereld.kantoor is None:
        return ()
    laten = stand.antwoorden.get("laten", "").split(",")
    tz = tijdzone(wereld, stand).key
    return hints(a, wereld.kantoor.tellingen, wereld.nu, tz, voor=_voor(stand), laten=laten)


def _in_woorden(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    """The hints as lines, with a number when there are more: each has a button of its own then."""
    gevonden = _gevonden(wereld, stand)
    taal = wereld.taal
    zinnen = ((zin(taal, t.sleutel, t.gegevens).format_map(dict(t.gegevens)) for t in h.teksten) for h in gevonden)
    regels = map(" ".join, zinnen)
    return {"hints": "\n".join(f"{nr}. {r}" if len(gevonden) > 1 else r for nr, r in enumerate(regels, 1))}


def _per_hint(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    gevonden = _gevonden(wereld, stand)
    return [Optie(h.code, f"👍 {nr}") for nr, h in enumerate(gevonden, 1)] if len(gevonden) > 1 else ()


def _gelaten(_wereld: Wereld, stand: Stand) -> dict[str, str]:
    return {"laten": f"{stand.antwoorden.get('laten', '')},{stand.antwoorden['hints']}".strip(",")}


# Sending, now or later


def _gezien(wereld: Wereld, _stand: Stand) -> dict[str, str]:
    """The last broadcast of invitations when the numbers were shown: with it two colleagues never send both."""
    z = laatste(wereld, "uitnodiging")
    return {"gezien": str(z.nummer if z else 0), "op": "", NET: ""}


def _was_al(wereld: Wereld, stand: Stand) -> bool:
    return stand.antwoorden.get("gezien") != _gezien(wereld, stand)["gezien"]


def _verstuur(_wereld: Wereld, stand: Stand) -> list[Effect]:
    return [Versturen(stand.over, _voor(stand), int(stand.antwoorden.get("gezien") or 0), op(stand))]


_STUUR = Wissel(
    (
        *NIET_MEER,
        Tak("een collega was eerder", _was_al, "was_al"),
        Tak("niemand", lambda w, s: not _publiek(w, s).ouders, "sturen"),
    ),
    "gestuurd",
)


def _kan_op(wereld: Wereld, stand: Stand, keuze: str) -> bool:
    """A minute after now and before the beginning, whoever wrote the button."""
    a, moment = over(wereld, stand), lees_minuut(keuze)
    return a is not None and moment is not None and wereld.nu < moment < a.begin


def _momenten(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    a = over(wereld, stand)
    rij = momenten(wereld.nu, a.begin, tijdzone(wereld, stand)) if a else []
    return [Optie(als_minuut(m), Tekst("label.dag_tijd", {"begin": m})) for m in rij]


def _gekozen_op(wereld: Wereld, stand: Stand) -> str:
    """The minute that was pressed or typed, '' when it is no good one."""
    keuze = stand.antwoorden.get("wanneer", "")
    if _kan_op(wereld, stand, keuze):
        return keuze
    gelezen = lees_moment(keuze, wereld.nu, tijdzone(wereld, stand))
    return als_minuut(gelezen) if gelezen and _kan_op(wereld, stand, als_minuut(gelezen)) else ""


_OP = Wissel((Tak("geen goed moment", lambda w, s: not _gekozen_op(w, s), "geen_moment"),), "op")


_HINTS = Wissel((Tak("hints", lambda w, s: bool(_gevonden(w, s)), "hints"),), "overzicht")

VERSTUREN = Flow(
    "versturen",
    (
        Zeg(
            "begin",
            "wie",
            zegt=(Zin("versturen.al", lambda w, _s: laatste(w, "uitnodiging") is not None),),
            onthoud=lambda _w, _s: {
                "voor": IEDEREEN,
                "als_rol": "",
                "als_taal": "",
                "voorbeeld": "",
                "op": "",
                "laten": "",
                NET: "",
            },
            gegevens=door("uitnodiging"),
        ),
        Kies(
            "wie",
            (
                Keuze("hervat", "opkomst.hervat", toon=is_half, label="opkomst.stand.verder"),
                Keuze("verder", "toon", label="knop.verder"),
                Keuze("niet", "niet", label="versturen.niet_sturen"),
            ),
            zegt=(Zin("opkomst.stand_gestopt", is_half), Zin("versturen.wie"), Zin("versturen.nu")),
            bron=_filters,
            bron_mag=_mag_filter,
            bron_naar="gefilterd",
            gegevens=_tellen,
            overal=True,
            vervangt=True,
        ),
        Zeg("gefilterd", "wie", zegt=(), onthoud=_gefilterd),
        Zeg(
            "toon",
            Wissel((Tak("niemand", lambda w, s: not _publiek(w, s).ouders, "overzicht"),), "voorbeeld"),
            zegt=(),
            onthoud=_gekeken,
            effect=_proef(False),
        ),
        Kies(
            "voorbeeld",
            (
                Keuze(
                    "verder",
                    _HINTS,
                    label="knop.verder",
                ),
                Keuze("verbeter", "verbeter", toon=_andere_taal, onthoud=_wat("titel")),
                Keuze(
                    "verbeter_vraag",
                    "verbeter",
                    toon=lambda w, s: _andere_taal(w, s) and "gevraagd" in _velden(w, s),
                    onthoud=_wat("gevraagd"),
                ),
                Keuze("terug", "wie", label="knop.terug"),
            ),
            zegt=(Zin("versturen.voorbeeld"), *(Zin(f"versturen.vertaald_{status}", _is(status)) for status in STATUS)),
            gegevens=_taalwoorden,
            bron=_andere,
            bron_mag=_mag_ander,
            bron_naar="toon",
            overal=True,
        ),
        Vraag(
            "verbeter",
            "verbeterd",
            getypt,
            gegevens=_taalwoorden,
            mag=_past,
            keuzes=(Keuze("terug", "voorbeeld", label="knop.terug"),),
        ),
        Klaar("verbeterd", effect=_verbeter),
        Kies(
            "hints",
            (Keuze("aanpassen", "activiteiten.wijzigen"), Keuze("laten", "overzicht")),
            bron=_per_hint,
            bron_mag=lambda _w, _s, keuze: keuze in VOLGORDE,
            bron_naar="gelaten",
            gegevens=_in_woorden,
            overal=True,
            vervangt=True,
        ),
        Zeg("gelaten", _HINTS, zegt=(), onthoud=_gelaten),
        Zeg("overzicht", "sturen", zegt=(), onthoud=_gezien),
        Kies(
            "sturen",
            (
                Keuze("test", "test", toon=_als("ouders")),
                Keuze("sturen", _STUUR, toon=_als("ouders")),
                Keuze("later", "wanneer", toon=_als("ouders")),
                Keuze("brieven", "brieven.maak", toon=_als("zonder")),
                Keuze("terug", "wie", label="knop.terug"),
                Keuze("niet", "niet", label="versturen.niet_sturen"),
            ),
            zegt=(
                Zin("versturen.sturen", _als("ouders")),
                Zin("versturen.sturen_niemand", _als("ouders", 0)),
                Zin("versturen.vol", _als("vol")),
                Zin("versturen.laat", _als("laat")),
                Zin("versturen.zonder", _als("zonder")),
                Zin("versturen.gestopt", _als("gestopt")),
                Zin("versturen.pauze", _als("pauze")),
            ),
            gegevens=_tellen,
            overal=True,
        ),
        Zeg("test", "sturen", zegt=(), effect=_proef(True)),
        Kies(
            "wanneer",
            (Keuze("terug", "overzicht", label="knop.terug"),),
            bron=_momenten,
            bron_mag=_kan_op,
            bron_naar=_OP,
            vrij=_OP,
            overal=True,
        ),
        Zeg("geen_moment", "wanneer"),
        Zeg("op", _STUUR, zegt=(), onthoud=lambda w, s: {"op": _gekozen_op(w, s)}),
        Zeg("was_al", "wie", gegevens=door("uitnodiging"), onthoud=_gezien),
        Zeg("gestuurd", "opkomst.bezig", zegt=(), effect=_verstuur, onthoud=lambda _w, _s: {NET: "begin"}),
        Kies("proef", (), zegt=(), bron_mag=lambda _w, _s, _keuze: True, bron_naar="was_proef", overal=True),
        Klaar("was_proef"),
        Klaar("niet"),
        *EINDEN,
    ),
    ingangen=("proef", "geen_team"),
    wacht=_wacht,
    van_team=True,
    kantoor=True,
)
