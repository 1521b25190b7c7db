"""The weekly message: words, a photo and a voice note composed once, for every parent of the groups.

What is filled in lives here until it is sent; a photo and a voice note are kept as the platform's file ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from dialogen import begrijpen
from dialogen.basis import Gegeven, Invoer, Soort, Stand, Tekst, Wereld
from dialogen.effecten import Effect
from dialogen.effecten_team import Weekbericht, WeekberichtProef, WeekberichtVersturen
from dialogen.formulier import GEZIEN, Veld, heeft, stopstappen, tekst_van, velden_als_stappen, verder, weg
from dialogen.later import als_minuut, lees_minuut, lees_moment, momenten
from dialogen.plan import groepen, werkplek, werkplekken, zone
from dialogen.stappen import Flow, Keuze, Kies, Klaar, Optie, Tak, Wissel, Zeg, Zin

LANG = 1000
"""Characters of a weekly message."""
VOORUIT = timedelta(days=8)
"""How far ahead it may be planned."""


def _regels(invoer: Invoer) -> str | None:
    """Typed words with their lines: an empty one parts paragraphs."""
    if invoer.soort is not Soort.TEKST:
        return None
    regels = (" ".join(regel.split()) for regel in begrijpen.schoon(invoer.waarde).split("\n"))
    return "\n".join(regels).strip() or None


def _foto(invoer: Invoer) -> str | None:
    return invoer.waarde if invoer.soort is Soort.FOTO else None


def _spraak(invoer: Invoer) -> str | None:
    return invoer.waarde if invoer.soort is Soort.SPRAAK else None


def _goed(_wereld: Wereld, _stand: Stand, waarde: str) -> str | Tekst:
    return waarde


def _locaties(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    return [Optie(str(w.nummer), f"🏫 {w.naam}") for w in werkplekken(wereld)[:10]]


def _groepen(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    """A button per group; what it becomes stands in the id, so that a doubled tap is the same tap."""
    hier, aan = werkplek(wereld, stand), groepen(wereld, stand)
    for g in hier.groepen if hier else ():
        yield Optie(f"{'u' if g.nummer in aan else 'a'}{g.nummer}", f"{'✓' if g.nummer in aan else '▫️'} {g.naam}")


def _mag_groep(wereld: Wereld, stand: Stand, keuze: str) -> bool:
    hier = werkplek(wereld, stand)
    return hier is not None and keuze[:1] in {"a", "u"} and any(str(g.nummer) == keuze[1:] for g in hier.groepen)


def _zet_groep(wereld: Wereld, stand: Stand) -> dict[str, str]:
    gedrukt = stand.antwoorden["groep"]
    rest = set(groepen(wereld, stand)) - {int(gedrukt[1:])}
    return {"groepen": ",".join(map(str, sorted(rest | ({int(gedrukt[1:])} if gedrukt[0] == "a" else set()))))}


def _geen_groep(wereld: Wereld, stand: Stand) -> bool:
    return not groepen(wereld, stand)


def _wat(wereld: Wereld, stand: Stand) -> Weekbericht | None:
    """What was composed, when it is enough to send."""
    hier, a = werkplek(wereld, stand), stand.antwoorden
    if hier is None or not a.get("tekst") or not groepen(wereld, stand):
        return None
    return Weekbericht(hier.nummer, a["tekst"], groepen(wereld, stand), a.get("foto", ""), a.get("spraak", ""))


def _gegevens(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    hier, bij = werkplek(wereld, stand), groepen(wereld, stand)
    namen = ", ".join(g.naam for g in hier.groepen if g.nummer in bij) if hier else ""
    tekst, aantal = stand.antwoorden.get("tekst", ""), int(stand.antwoorden.get("aantal") or 0)
    return {"tekst": tekst, "groepen": namen, "aantal": aantal, **_op(stand)}


def _op(stand: Stand) -> dict[str, Gegeven]:
    moment = lees_minuut(stand.antwoorden.get("op", ""))
    return {"begin": moment} if moment else {}


# Sending, now or later


def _stuur(wereld: Wereld, stand: Stand) -> list[Effect]:
    wat = _wat(wereld, stand)
    return [WeekberichtVersturen(wat, lees_minuut(stand.antwoorden.get("op", "")))] if wat else []


def _proef(wereld: Wereld, stand: Stand) -> list[Effect]:
    wat = _wat(wereld, stand)
    return [WeekberichtProef(wat)] if wat else []


def _kan_op(wereld: Wereld, _stand: Stand, keuze: str) -> bool:
    moment = lees_minuut(keuze)
    return moment is not None and wereld.nu < moment < wereld.nu + VOORUIT


def _momenten(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    rij = momenten(wereld.nu, wereld.nu + VOORUIT, zone(wereld, stand))
    return [Optie(als_minuut(m), Tekst("label.dag_tijd", {"begin": m})) for m in rij]


def _gekozen_op(wereld: Wereld, stand: Stand) -> str:
    """The minute that was pressed or typed, '' when it is no good one."""
    keuze = stand.antwoorden.get("wanneer", "")
    if _kan_op(wereld, stand, keuze):
        return keuze
    gelezen = lees_moment(keuze, wereld.nu, zone(wereld, stand))
    return als_minuut(gelezen) if gelezen and _kan_op(wereld, stand, als_minuut(gelezen)) else ""


VELDEN = (
    Veld("tekst", tekst_van(LANG), lees=_regels),
    Veld("foto", _goed, lees=_foto, misser="algemeen.alleen_foto", verplicht=False, toont=lambda _w, _s: "📷"),
    Veld("spraak", _goed, lees=_spraak, misser="algemeen.alleen_stem", verplicht=False, toont=lambda _w, _s: "🎤"),
)
_STAPPEN = ("tekst", "foto", "spraak", "groep", "sturen", "welk")
_OP = Wissel((Tak("geen goed moment", lambda w, s: not _gekozen_op(w, s), "geen_moment"),), "op")
_STUUR = Wissel((Tak("niet genoeg", lambda w, s: _wat(w, s) is None, "begin"),), "weg_ermee")

WEEKBERICHT = Flow(
    "weekbericht",
    (
        Zeg(
            "begin",
            Wissel(
                (
                    Tak("niet van het team", lambda w, _: w.kantoor is None, "geen_werk"),
                    Tak("geen groepen", lambda w, _: not werkplekken(w), "geen_groep"),
                    Tak("meer locaties", lambda w, _: len(werkplekken(w)) > 1, "locatie"),
                ),
                "tekst",
            ),
            zegt=(),
            onthoud=lambda _w, s: dict.fromkeys(("tekst", "foto", "spraak", "op", "aantal", GEZIEN), ""),
        ),
        Kies("locatie", (weg("locatie"),), zegt=(Zin("maken.locatie"),), bron=_locaties, bron_naar="tekst"),
        *velden_als_stappen("weekbericht", VELDEN, "groep", "sturen"),
        Kies(
            "groep",
            (
                Keuze("verder", "klaar_om", toon=lambda w, s: not _geen_groep(w, s), label="formulier.verder"),
                Keuze("terug", verder("spraak", "sturen"), label="formulier.terug", onthoud=lambda _w, _s: {}),
                weg("groep"),
            ),
            zegt=(Zin("weekbericht.groep"), Zin("maken.fout.groep", _geen_groep)),
            bron=_groepen,
            bron_naar="zet_groep",
            bron_mag=_mag_groep,
            vervangt=True,
        ),
        Zeg("zet_groep", "groep", zegt=(), onthoud=_zet_groep),
        Zeg("klaar_om", "sturen", zegt=(), onthoud=lambda _w, _s: {GEZIEN: "1", "op": ""}),
        Kies(
            "sturen",
            (
                Keuze("test", "test", label="versturen.sturen.test"),
                Keuze("sturen", _STUUR, label="versturen.sturen.sturen"),
                Keuze("later", "wanneer", label="versturen.sturen.later"),
                Keuze("anders", "welk", label="maken.overzicht.anders"),
                weg("sturen"),
            ),
            zegt=(
                Zin("weekbericht.sturen"),
                Zin("weekbericht.met_foto", heeft("foto")),
                Zin("weekbericht.met_spraak", heeft("spraak")),
            ),
            gegevens=_gegevens,
        ),
        Zeg("test", "sturen", zegt=(), effect=_proef),
        Kies(
            "welk",
            (
                *(Keuze(v, v, label=f"weekbericht.welk.{v}") for v in ("tekst", "foto", "spraak", "groep")),
                Keuze("terug", "sturen", label="formulier.terug", onthoud=lambda _w, _s: {}),
                weg("welk"),
            ),
            zegt=(Zin("maken.welk"),),
        ),
        Kies(
            "wanneer",
            (Keuze("terug", "sturen", label="knop.terug", onthoud=lambda _w, _s: {}),),
            zegt=(Zin("versturen.wanneer"),),
            bron=_momenten,
            bron_mag=_kan_op,
            bron_naar=_OP,
            vrij=_OP,
        ),
        Zeg("geen_moment", "wanneer"),
        Zeg("op", _STUUR, zegt=(), onthoud=lambda w, s: {"op": _gekozen_op(w, s)}),
        Klaar("weg_ermee", zegt=(), effect=_stuur),
        Klaar(
            "gestuurd",
            zegt=(
                Zin("weekbericht.gestuurd", lambda _w, s: not _op(s)),
                Zin("weekbericht.later", lambda _w, s: bool(_op(s))),
            ),
            gegevens=_gegevens,
        ),
        Klaar("niemand"),
        Klaar("was_al"),
        *stopstappen(_STAPPEN),
        Klaar("geen_werk", zegt=(Zin("team.geen_team"),)),
        Klaar("geen_groep", zegt=(Zin("maken.geen_groep"),)),
    ),
    ingangen=("gestuurd", "niemand", "was_al"),
    van_team=True,
    kantoor=True,
    blijft=True,
)
