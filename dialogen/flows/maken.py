"""i. An activity: made step by step, or changed field by field. What is filled in lives here until it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import timedelta

from dialogen.basis import Gegeven, Stand, Tekst, Wereld
from dialogen.begrijpen import getal
from dialogen.effecten import Effect
from dialogen.effecten_team import ActiviteitMaken, ActiviteitWijzigen
from dialogen.formulier import GEZIEN, Veld, gezien, stopstappen, tekst_van, velden_als_stappen, verder, weg
from dialogen.kantoor import Activiteit
from dialogen.plan import (
    GEHOORD,
    achterhaald,
    bestaand,
    datum,
    groepen,
    lees_plan,
    middag,
    moment,
    vandaag,
    ververs,
    werkplek,
    werkplekken,
)
from dialogen.stappen import Flow, Keuze, Kies, Klaar, Optie, Tak, Voorwaarde, Wissel, Zeg, Zin
from dialogen.teksten import woorden, zin
from dialogen.wanneer import Moment, Niet, lees_datum, lees_duur, lees_tijd

SOORTEN = ("koffieochtend", "inloop", "thema", "spelen", "voorlezen", "koken", "klussen", "anders")
DOELEN = ("kennismaken", "taal", "meedenken", "spelen", "vaders")
DUREN = ("45", "60", "90", "120")
LANG, KORT = 200, 80
"""Characters of a goal or of what is asked; of a title, a place or a name."""

# What may be filled in


def _mag_datum(wereld: Wereld, stand: Stand, waarde: str) -> str | Tekst:
    gelezen = lees_datum(waarde, vandaag(wereld, stand))
    return _datum_fout(gelezen) if isinstance(gelezen, Niet) else gelezen.isoformat()


def _datum_fout(niet: Niet) -> Tekst:
    sleutel = f"maken.fout.{niet.reden}"
    return Tekst(sleutel, {"begin": middag(niet.dag)} if niet.reden == "weekdag" and niet.dag else {})


def _mag_tijd(wereld: Wereld, stand: Stand, waarde: str) -> str | Tekst:
    gelezen = lees_tijd(waarde)
    if isinstance(gelezen, Niet):
        return Tekst("maken.fout.tijd")
    klok = f"{gelezen:%H:%M}"
    begin = moment(wereld, stand, klok=klok)
    if isinstance(begin, Niet) and begin.reden != "onleesbaar":
        return Tekst(f"maken.fout.{'tijd_voorbij' if begin.reden == 'voorbij' else begin.reden}", {"tijdstip": klok})
    return klok


def _mag_duur(_wereld: Wereld, _stand: Stand, waarde: str) -> str | Tekst:
    gelezen = lees_duur(waarde)
    return Tekst("maken.fout.duur") if isinstance(gelezen, Niet) else str(gelezen)


def _mag_capaciteit(wereld: Wereld, stand: Stand, waarde: str) -> str | Tekst:
    aantal, oud = getal(waarde), bestaand(wereld, stand)
    if not aantal or waarde.startswith("-"):
        return Tekst("maken.fout.capaciteit")
    if oud is not None and aantal < oud.mensen:
        return Tekst("maken.fout.te_weinig", {"aantal": oud.mensen})
    return str(aantal)


# Ready-made answers


def _dagen(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    for over in range(1, 8):
        dag = vandaag(wereld, stand) + timedelta(days=over)
        yield Optie(f"d{dag:%Y%m%d}", Tekst("label.dag", {"begin": middag(dag)}), dag.isoformat())


def _doelen(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    return [Optie(d, Tekst(f"maken.doel.{d}"), zin(wereld.taal, f"maken.doel.{d}")) for d in DOELEN]


def _duren(_wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    return [Optie(f"m{d}", Tekst("label.minuten", {"aantal": d}), d) for d in DUREN]


def _tijden(_wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    return [Optie(f"t{klok.replace(':', '')}", f"🕘 {klok}", klok) for klok in ("08:30", "09:00", "13:30", "19:30")]


def _plekken(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    """Where it was before, at this location."""
    hier = werkplek(wereld, stand)
    eerder = wereld.kantoor.eerder if wereld.kantoor and hier else ()
    per = {e.plek: e.nummer for e in reversed(eerder) if hier and e.locatie == hier.nummer}
    return [Optie(f"p{nummer}", f"📍 {plek}", plek) for plek, nummer in list(per.items())[::-1][:5]]


def _gastheren(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    """Oneself, the location's own host, and who it was before."""
    hier = werkplek(wereld, stand)
    eerder = [(e.gastheer, f"h{e.nummer}") for e in (wereld.kantoor.eerder if wereld.kantoor else ())]
    namen = [(wereld.naam, "ik"), (hier.gastheer if hier else "", "locatie"), *eerder]
    per: dict[str, str] = {}
    for naam, id_ in namen:
        if naam:
            per.setdefault(naam, id_)
    return [Optie(id_, f"🚪 {naam}", naam) for naam, id_ in list(per.items())[:5]]


def _locaties(wereld: Wereld, _stand: Stand) -> Iterable[Optie]:
    return [Optie(f"l{w.nummer}", f"🏫 {w.naam}", str(w.nummer)) for w in werkplekken(wereld)[:10]]


def _mag_locatie(wereld: Wereld, _stand: Stand, waarde: str) -> str | Tekst:
    per = {w.naam.casefold(): w.nummer for w in werkplekken(wereld)} | {
        str(w.nummer): w.nummer for w in werkplekken(wereld)
    }
    return str(per[waarde.casefold()]) if waarde.casefold() in per else Tekst("algemeen.misser")


def _groepen(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    """A button per group; what it becomes stands in the id, so that a doubled tap is the same tap."""
    hier, gekozen = werkplek(wereld, stand), groepen(wereld, stand)
    for g in hier.groepen if hier else ():
        aan = g.nummer in gekozen
        yield Optie(f"{'u' if aan else 'a'}{g.nummer}", f"{'✓' if aan else '▫️'} {g.naam}")


def _mag_groep(wereld: Wereld, stand: Stand, keuze: str) -> bool:
    hier = werkplek(wereld, stand)
    return hier is not None and keuze[:1] in {"a", "u"} and any(str(g.nummer) == keuze[1:] for g in hier.groepen)


def _zet_groep(wereld: Wereld, stand: Stand) -> dict[str, str]:
    gedrukt, bij = stand.antwoorden["groep"], set(groepen(wereld, stand))
    bij = bij | {int(gedrukt[1:])} if gedrukt[0] == "a" else bij - {int(gedrukt[1:])}
    return {"groepen": ",".join(map(str, sorted(bij)))}


# How it reads


def _soortnaam(wereld: Wereld, stand: Stand) -> str:
    soort = stand.antwoorden.get("soort", "")
    return zin(wereld.taal, f"soort.{soort}") if f"soort.{soort}" in woorden("nl") else soort


def _dag(_wereld: Wereld, stand: Stand) -> Gegeven:
    dag = datum(stand)
    return middag(dag) if dag else ""


def _locatienaam(wereld: Wereld, stand: Stand) -> str:
    hier = werkplek(wereld, stand)
    return hier.naam if hier else ""


def _gelezen(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    dag = datum(stand)
    return {"begin": middag(dag) if dag else "", "tijdstip": stand.antwoorden.get("tijd", "")}


_GETOOND = ("doel", "titel", "titel_vaders", "duur", "plek", "gastheer", "capaciteit", "gevraagd")


def _overzicht(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    a, hier = stand.antwoorden, werkplek(wereld, stand)
    gekozen = groepen(wereld, stand)
    namen = ", ".join(g.naam for g in hier.groepen if g.nummer in gekozen) if hier else ""
    return {
        **_gelezen(wereld, stand),
        **{k: a.get(k, "") for k in _GETOOND},
        "soortnaam": _soortnaam(wereld, stand),
        "groepen": namen,
        "locatie": hier.naam if hier else "",
    }  # fmt: skip


def _als(sleutel: str, waarde: str | None = None) -> Voorwaarde:
    """That is filled in (as ``waarde``)."""
    return lambda _w, s: s.antwoorden.get(sleutel) == waarde if waarde is not None else bool(s.antwoorden.get(sleutel))


def _meer_locaties(wereld: Wereld, stand: Stand) -> bool:
    return len(werkplekken(wereld)) > 1 and not stand.over


def _wijzigt(_wereld: Wereld, stand: Stand) -> bool:
    return stand.over > 0


def _nieuw(_wereld: Wereld, stand: Stand) -> bool:
    return not stand.over


def _veranderd(wereld: Wereld, stand: Stand) -> frozenset[str]:
    """Which parts of the plan are other than they were."""
    oud, plan = bestaand(wereld, stand), lees_plan(wereld, stand)
    if oud is None or plan is None:
        return frozenset()
    return frozenset(k for k, w in asdict(plan).items() if _was(oud, k) != w)


def _was(oud: Activiteit, veld: str) -> object:
    waarde: object = getattr(oud, veld)
    return waarde


def _horen_het(wereld: Wereld, stand: Stand) -> bool:
    oud = bestaand(wereld, stand)
    return oud is not None and oud.ja + oud.misschien > 0 and bool(GEHOORD & _veranderd(wereld, stand))


def _dubbel(wereld: Wereld, stand: Stand) -> bool:
    m = moment(wereld, stand)
    return isinstance(m, Moment) and m.dubbel


def _tijd_kan_niet(wereld: Wereld, stand: Stand) -> bool:
    return bool(stand.antwoorden.get("tijd")) and isinstance(moment(wereld, stand), Niet)


def _weg(wereld: Wereld, stand: Stand) -> bool:
    """What is being changed was called off, has begun, or is not there (any more)."""
    oud = bestaand(wereld, stand)
    return stand.over > 0 and (oud is None or oud.afgelast or oud.begin <= wereld.nu)


def _te_weinig(wereld: Wereld, stand: Stand) -> bool:
    oud, plan = bestaand(wereld, stand), lees_plan(wereld, stand)
    return oud is not None and plan is not None and plan.capaciteit is not None and plan.capaciteit < oud.mensen


def _mensen(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    oud = bestaand(wereld, stand)
    return {"aantal": oud.mensen if oud else 0}


def _kan_niet_meer(wereld: Wereld, stand: Stand) -> bool:
    return lees_plan(wereld, stand) is None


# What is written


def _maak(wereld: Wereld, stand: Stand) -> list[Effect]:
    plan, hier = lees_plan(wereld, stand), werkplek(wereld, stand)
    return [ActiviteitMaken(hier.nummer, plan)] if plan and hier else []


def _wijzig(wereld: Wereld, stand: Stand) -> list[Effect]:
    plan = lees_plan(wereld, stand)
    return [ActiviteitWijzigen(stand.over, plan)] if plan and _veranderd(wereld, stand) else []


_NA_DATUM = Wissel(
    (Tak("dan kan die tijd niet", _tijd_kan_niet, "gelezen"), Tak("uit het overzicht", gezien, "naar_overzicht")),
    "tijd",
)
VELDEN = (
    Veld("locatie", _mag_locatie, _locaties, toont=_locatienaam, als=_meer_locaties),
    Veld("doel", tekst_van(LANG), _doelen),
    Veld("soort", keuzes=tuple((s, f"soort.{s}") for s in SOORTEN), toont=_soortnaam),
    Veld("titel", tekst_van(KORT)),
    Veld("titel_vaders", tekst_van(KORT), verplicht=False),
    Veld("datum", _mag_datum, _dagen, toont=_dag, erna=_NA_DATUM),
    Veld("tijd", _mag_tijd, _tijden, erna="gelezen"),
    Veld("duur", _mag_duur, _duren),
    Veld("plek", tekst_van(KORT), _plekken),
    Veld("gastheer", tekst_van(KORT), _gastheren, verplicht=False),
    Veld("capaciteit", _mag_capaciteit, verplicht=False),
    Veld(
        "kinderen",
        keuzes=(("ja", "knop.ja"), ("nee", "knop.nee")),
        toont=lambda w, s: zin(w.taal, f"knop.{s.antwoorden['kinderen']}"),
    ),
    Veld("gevraagd", tekst_van(LANG), verplicht=False),
)
_TE_VERANDEREN = (*(v.id for v in VELDEN[1:]), "groep")
_OPSLAAN = (
    Tak("is er niet meer", _weg, "weg"),
    Tak("een collega was eerder", achterhaald, "intussen"),
    Tak("geen groep", lambda w, s: not groepen(w, s), "groep"),
    Tak("te weinig plek", _te_weinig, "te_weinig"),
    Tak("kan niet meer", _kan_niet_meer, "opnieuw"),
)
_STAPPEN = (*(v.id for v in VELDEN), "groep", "overzicht", "welk")

MAKEN = Flow(
    "maken",
    (
        Zeg(
            "begin",
            Wissel(
                (
                    Tak("niet van het team", lambda w, _: w.kantoor is None, "geen_werk"),
                    Tak("geen groepen", lambda w, _: not werkplekken(w), "geen_groep"),
                    Tak("meer locaties", _meer_locaties, "locatie"),
                ),
                "doel",
            ),
            zegt=(),
        ),
        *velden_als_stappen("maken", VELDEN, "groep", "naar_overzicht"),
        Zeg(
            "gelezen",
            Wissel(
                (Tak("kan niet", _tijd_kan_niet, "tijd"), Tak("uit het overzicht", gezien, "naar_overzicht")), "duur"
            ),
            zegt=(
                Zin("maken.gelezen", lambda w, s: not _tijd_kan_niet(w, s)),
                Zin("maken.dubbel", _dubbel),
                Zin("maken.fout.tijd_kan_niet", _tijd_kan_niet),
            ),
            gegevens=_gelezen,
        ),
        Kies(
            "groep",
            (
                Keuze("verder", "naar_overzicht", toon=lambda w, s: bool(groepen(w, s)), label="formulier.verder"),
                Keuze(
                    "terug", verder("gevraagd", "naar_overzicht"), label="formulier.terug", onthoud=lambda _w, _s: {}
                ),
                weg("groep"),
            ),
            zegt=(Zin("maken.groep"), Zin("maken.fout.groep", lambda w, s: not groepen(w, s))),
            bron=_groepen,
            bron_naar="zet_groep",
            bron_mag=_mag_groep,
            vervangt=True,
        ),
        Zeg("zet_groep", "groep", zegt=(), onthoud=_zet_groep),
        Zeg("naar_overzicht", "overzicht", zegt=(), onthoud=lambda w, s: {**ververs(w, s), GEZIEN: "1"}),
        Zeg("intussen", "naar_overzicht"),
        Kies(
            "overzicht",
            (
                Keuze("opslaan", Wissel(_OPSLAAN, "opgeslagen"), toon=_nieuw),
                Keuze("klaar", Wissel(_OPSLAAN, "gewijzigd"), toon=_wijzigt, label="knop.klaar"),
                Keuze("anders", "welk"),
                Keuze("terug", "groep", toon=_nieuw, label="formulier.terug", onthoud=lambda _w, _s: {GEZIEN: ""}),
                weg("overzicht"),
            ),
            zegt=(
                Zin("maken.overzicht"),
                Zin("maken.overzicht.locatie", _meer_locaties),
                Zin("maken.overzicht.vaders", _als("titel_vaders")),
                Zin("maken.overzicht.gastheer", _als("gastheer")),
                Zin("maken.overzicht.plekken", _als("capaciteit")),
                Zin("maken.overzicht.zonder", _als("kinderen", "nee")),
                Zin("maken.overzicht.gevraagd", _als("gevraagd")),
                Zin("maken.horen_het", _horen_het),
            ),
            gegevens=_overzicht,
        ),
        Kies(
            "welk",
            (
                *(Keuze(v, v, label=f"maken.welk.{v}", onthoud=lambda _w, _s: {GEZIEN: "1"}) for v in _TE_VERANDEREN),
                Keuze("terug", "naar_overzicht", label="formulier.terug", onthoud=lambda _w, _s: {}),
                weg("welk"),
            ),
        ),
        Zeg("opnieuw", "datum"),
        Zeg("te_weinig", "capaciteit", zegt=(Zin("maken.fout.te_weinig"),), gegevens=_mensen),
        Klaar("weg", zegt=(Zin("activiteiten.kan_niet_meer"),)),
        Klaar("opgeslagen", effect=_maak),
        Klaar(
            "gewijzigd",
            zegt=(
                Zin("maken.niets_anders", lambda w, s: not _veranderd(w, s)),
                Zin("maken.gewijzigd", lambda w, s: bool(_veranderd(w, s))),
                Zin("maken.gehoord", _horen_het),
            ),
            effect=_wijzig,
        ),
        *stopstappen(_STAPPEN),
        Klaar("geen_werk", zegt=(Zin("team.geen_team"),)),
        Klaar("geen_groep"),
    ),
    ingangen=("welk",),
    van_team=True,
    kantoor=True,
    blijft=True,
)
