"""c. Why not: two taps at most, never obliged, and something follows from every answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from dialogen.basis import Antwoord, Editie, Gegeven, Invoer, Soort, Stand, Tekst, Wereld
from dialogen.begrijpen import alleen_beeld, schoon
from dialogen.effecten import (
    AanbodAannemen,
    EerderUitnodigen,
    Effect,
    Overstappen,
    Pauzeren,
    RedenGeven,
    RedenVertellen,
    VastAntwoord,
)
from dialogen.flows.kennismaken import dagdeelkeuzes, nu_gekozen
from dialogen.flows.uitnodiging import is_vast, is_vol, onderwerp
from dialogen.motor import gezegd
from dialogen.redenen import GROEPEN, REDENEN, Reden
from dialogen.stappen import Effecten, Flow, Keuze, Kies, Klaar, Optie, Stap, Tak, Vraag, Wissel, Zeg, Zin

PAUZE = timedelta(weeks=4)
WOORDEN = 4096
"""Characters of own words that are kept, until staff have coded them."""
MET_EDITIES = frozenset({"tijd", "aanbod_dagdeel_vragen", "editie"})
"""The steps after which another edition may be offered: there the world holds them."""
EERDER, EERST = 7, 28
"""Days by which a parent is told earlier, and the most days ahead."""


def lees_woorden(invoer: Invoer) -> str | None:
    """Own words or a voice note (as ``🎤`` and its file id), or None when there is nothing to read."""
    if invoer.soort is Soort.SPRAAK:
        return gezegd(invoer)
    tekst = schoon(gezegd(invoer))[:WOORDEN]
    return None if invoer.soort is not Soort.TEKST or alleen_beeld(tekst) else tekst


def gesproken(tekst: str) -> tuple[str, str]:
    """Kept words as (text, file id of a voice note): one of the two is ''."""
    return ("", tekst.removeprefix("🎤")) if tekst.startswith("🎤") else (tekst, "")


def _na_begin(wereld: Wereld, stand: Stand) -> bool:
    u = onderwerp(wereld, stand)
    return u is not None and wereld.nu >= u.begin


def _gemist(wereld: Wereld, stand: Stand) -> bool:
    u = onderwerp(wereld, stand)
    return u is not None and wereld.nu >= u.eind


def _wacht(wereld: Wereld, stand: Stand) -> str | None:
    u = onderwerp(wereld, stand)
    if u is None:
        return "onbekend"
    if stand.stap == "editie" and not wereld.edities:
        return "editie_weg"
    return None if u.antwoord is Antwoord.NEE or _gemist(wereld, stand) else "niet_afgemeld"


def _nog_vast(wereld: Wereld, stand: Stand) -> bool:
    """The standing answer stands, and was not ended by this very tap: then it is no longer offered."""
    return is_vast(wereld, stand) and stand.antwoorden.get("groep") != "niet_vast"


def _niet_vast(_wereld: Wereld, stand: Stand) -> list[Effect]:
    return [VastAntwoord(stand.over, False)]


def _reden(code: str) -> Effecten:
    return lambda _w, s: [RedenGeven(s.over, code)]


def _aanbod(soort: str) -> Effecten:
    return lambda _w, s: [AanbodAannemen(s.over, soort)]


def _verteld(stap: str) -> Effecten:
    def vertellen(_wereld: Wereld, stand: Stand) -> list[Effect]:
        tekst, media = gesproken(schoon(stand.antwoorden.get(stap, ""))[:WOORDEN])
        return [RedenVertellen(stand.over, tekst, media)]

    return vertellen


def _pauzeer(wereld: Wereld, stand: Stand) -> list[Effect]:
    return [AanbodAannemen(stand.over, "pauze"), Pauzeren(wereld.nu + PAUZE)]


def _gezocht(stand: Stand) -> frozenset[str]:
    """The parts of the day in which another edition would do."""
    gekozen = stand.antwoorden.get("aanbod_dagdeel_vragen", "")
    return frozenset(gekozen.split(",")) if gekozen else frozenset({"avond", "weekend"})


def _passend(wereld: Wereld, stand: Stand) -> list[Editie]:
    """What is offered: the first three that fit."""
    return [e for e in wereld.edities if e.dagdelen & _gezocht(stand)][:3]


def _past_iets(wereld: Wereld, stand: Stand) -> bool:
    return bool(_passend(wereld, stand))


def _een_editie(wereld: Wereld, stand: Stand) -> bool:
    return len(_passend(wereld, stand)) == 1


def _meer_edities(wereld: Wereld, stand: Stand) -> bool:
    return not _een_editie(wereld, stand)


def _opties(wereld: Wereld, stand: Stand) -> Iterable[Optie]:
    een = _een_editie(wereld, stand)
    for e in _passend(wereld, stand):
        yield Optie(
            f"{e.activiteit}", Tekst("uitnodiging.kom.ja") if een else Tekst("label.dag_tijd", {"begin": e.begin})
        )


def _editie(wereld: Wereld, stand: Stand) -> Mapping[str, Gegeven]:
    """The edition that was chosen, or the first that is offered."""
    gekozen = stand.antwoorden.get("editie", "")
    rij = [e for e in wereld.edities if f"{e.activiteit}" == gekozen] or _passend(wereld, stand)
    return {"titel": rij[0].titel, "begin": rij[0].begin, "plek": rij[0].plek} if rij else {}


def _stap_over(_wereld: Wereld, stand: Stand) -> list[Effect]:
    gekozen = stand.antwoorden.get("editie", "")
    return [Overstappen(stand.over, int(gekozen))] if gekozen.isdecimal() else []


def _eerder(wereld: Wereld, _stand: Stand) -> Mapping[str, Gegeven]:
    return {"dagen": min(wereld.aankondiging + EERDER, max(EERST, wereld.aankondiging))}


_EINDE = Wissel((Tak("geweest zonder te komen", _gemist, "erbij.weer"),), "dank")
_STIL = Wissel((Tak("geweest zonder te komen", _gemist, "erbij.weer"),), "stil")
_PRIMA = Wissel((Tak("geweest zonder te komen", _gemist, "erbij.weer"),), "prima")
_TOCH = Wissel((Tak("al begonnen", _na_begin, "dank"), Tak("vol", is_vol, "uitnodiging.vol")), "uitnodiging.ja")


def _keuze(reden: Reden) -> Keuze:
    return Keuze(reden.code, f"na_{reden.code}", _reden(reden.code), label=f"reden.{reden.code}")


def _lijst(groep: str) -> Kies:
    """The reasons of one group; each list ends with telling it and with not saying."""
    codes = [r for r in REDENEN.values() if r.groep == groep and r.code != "ZEG_NIET"]
    vertel = Keuze("vertel", "vertel", label="afmelden.vertel_het")
    return Kies(
        groep,
        (*map(_keuze, codes), vertel, _keuze(REDENEN["ZEG_NIET"])),
        zegt=(Zin("afmelden.welke"),),
        overal=True,
        vrij=f"woorden_{groep}",
    )


def _eigen_woorden(stap: str) -> Zeg:
    return Zeg(f"woorden_{stap}", "vergeet", zegt=(Zin("afmelden.verteld"),), effect=_verteld(stap))


def _niets_meer(_wereld: Wereld, stand: Stand) -> dict[str, str]:
    """Own words live with the reason, where they are wiped in time; where the conversation stands forgets them."""
    return {stap: "" for stap in stand.antwoorden if stap != "over"}


def _na(reden: Reden) -> Zeg:
    """What the bot says to a reason, before what it offers."""
    zinnen: tuple[Zin, ...] = (Zin(f"reden.{reden.code}.antwoord"),)
    if reden.aanbod == "kinderen_welkom":
        zinnen = (
            Zin("reden.OPPAS.antwoord", lambda w, s: bool((u := onderwerp(w, s)) and u.kinderen_welkom)),
            Zin("reden.OPPAS.lastig", lambda w, s: not ((u := onderwerp(w, s)) and u.kinderen_welkom)),
        )
    if reden.aanbod == "dagdeel_vragen":  # the offer itself asks it, and says it again with every choice
        return Zeg(f"na_{reden.code}", "aanbod_dagdeel_vragen", zegt=(), onthoud=nu_gekozen("aanbod_dagdeel_vragen"))
    if reden.aanbod == "avond_of_zaterdag":
        bestaat = Tak("er is een avond of zaterdag", _past_iets, "editie")
        return Zeg(f"na_{reden.code}", Wissel((bestaat,), f"aanbod_{reden.aanbod}"), zegt=zinnen)
    return Zeg(f"na_{reden.code}", f"aanbod_{reden.aanbod}", zegt=zinnen)


def _ja_of_nee(soort: str) -> Kies:
    """An offer: yes makes it a task for the team, no is fine."""
    return Kies(
        f"aanbod_{soort}",
        (
            Keuze("ja", "geregeld", _aanbod(soort), label="knop.ja_graag"),
            Keuze("nee", _PRIMA, label="knop.nee_hoor"),
        ),
        overal=True,
    )


def _toch_komen(soort: str, *ook: Keuze) -> Kies:
    return Kies(
        f"aanbod_{soort}",
        (Keuze("ja", _TOCH, label="knop.toch_komen"), *ook, Keuze("nee", _PRIMA, label="knop.nee_hoor")),
        overal=True,
    )


def _onderwerpen() -> Kies:
    soorten = ("maken", "buiten", "koken", "praten")
    rij = (Keuze(s, "onthouden", _aanbod(f"onderwerp_{s}"), label=f"onderwerp.{s}") for s in soorten)
    return Kies("aanbod_onderwerp_kiezen", (*rij, Keuze("nee", _PRIMA, label="knop.nee_hoor")), overal=True)


_PRATEN = Kies(
    "aanbod_praten_of_anoniem",
    (
        Keuze("praten", "geregeld", _aanbod("praten"), label="knop.praten"),
        Keuze("anoniem", "vertel", label="afmelden.vertel_het"),
        Keuze("nee", _PRIMA, label="knop.nee_hoor"),
    ),
    overal=True,
)

_AANBOD: tuple[Stap, ...] = (
    _ja_of_nee("avond_of_zaterdag"),
    Kies(
        "aanbod_dagdeel_vragen",
        dagdeelkeuzes(
            "aanbod_dagdeel_vragen",
            Wissel(
                (
                    Tak("er is iets dat past", _past_iets, "editie"),
                    Tak("niets gekozen", lambda _w, s: not s.antwoorden.get("aanbod_dagdeel_vragen"), "prima"),
                ),
                "zoek_tijd",
            ),
        ),
        zegt=(Zin("reden.TIJD.antwoord"), Zin("afmelden.aanbod_dagdeel_vragen")),
        overal=True,
    ),
    Zeg("zoek_tijd", "geregeld", zegt=(), effect=_aanbod("dagdeel_vragen")),
    Kies(
        "editie",
        (Keuze("nee", _PRIMA, label="knop.nee_hoor"),),
        zegt=(Zin("afmelden.editie", _een_editie), Zin("afmelden.edities", _meer_edities)),
        bron=_opties,
        bron_naar="editie_ja",
        bron_mag=lambda w, _s, keuze: any(f"{e.activiteit}" == keuze for e in w.edities),
        bron_effect=_stap_over,
        gegevens=_editie,
        overal=True,
    ),
    Klaar("editie_ja", gegevens=_editie),
    Klaar("editie_weg"),
    Kies(
        "aanbod_eerder_uitnodigen",
        (
            Keuze("ja", "eerder", lambda _w, s: [EerderUitnodigen(s.over)], label="knop.ja_graag"),
            Keuze("nee", _PRIMA, label="knop.nee_hoor"),
        ),
        overal=True,
    ),
    Zeg("eerder", _STIL, gegevens=_eerder),
    Zeg(
        "aanbod_kinderen_welkom",
        Wissel(
            (Tak("mogen mee", lambda w, s: bool((u := onderwerp(w, s)) and u.kinderen_welkom), "aanbod_kinderen"),),
            _EINDE.anders,
        ),
        zegt=(),
    ),
    _toch_komen("kinderen"),
    _ja_of_nee("meerijden_of_op_afstand"),
    _ja_of_nee("tolk_of_maatje"),
    _ja_of_nee("prive_contact"),
    Zeg("aanbod_gezin_bereikt", _STIL, zegt=()),
    _onderwerpen(),
    _toch_komen("gesproken_uitleg", Keuze("uitleg", "geregeld", _aanbod("gesproken_uitleg"), label="knop.leg_uit")),
    _ja_of_nee("maatje"),
    _PRATEN,
    Kies(
        "aanbod_pauze",
        (
            Keuze("ja", "stoppen.pauze", _pauzeer, label="knop.pauze"),
            Keuze("nee", _PRIMA, label="knop.nee_hoor"),
        ),
        overal=True,
    ),
    Zeg("aanbod_niets", _STIL, zegt=()),
)

AFMELDEN = Flow(
    "afmelden",
    (
        Kies(
            "groep",
            (
                *(Keuze(g, g, label=f"reden.groep.{g}") for g in GROEPEN),
                Keuze("niet_vast", "niet_vast", _niet_vast, toon=_nog_vast),
            ),
            overal=True,
            vrij="woorden_groep",
        ),
        Zeg("niet_vast", "groep", zegt=(Zin("uitnodiging.niet_meer_vast"),)),
        *(_lijst(groep) for groep in GROEPEN),
        *(_eigen_woorden(stap) for stap in ("groep", *GROEPEN)),
        Vraag(
            "vertel",
            "woorden_vertel",
            lees_woorden,
            keuzes=(Keuze("ZEG_NIET", "na_ZEG_NIET", _reden("ZEG_NIET"), label="reden.ZEG_NIET"),),
        ),
        _eigen_woorden("vertel"),
        *(_na(reden) for reden in REDENEN.values()),
        *_AANBOD,
        Zeg("geregeld", _STIL),
        Zeg("onthouden", _STIL),
        Klaar("dank"),
        Zeg("vergeet", _EINDE, zegt=(), onthoud=_niets_meer),
        Klaar("stil", zegt=()),
        Klaar("prima", zegt=(Zin("reden.ZEG_NIET.antwoord"),)),
        Klaar("niet_afgemeld"),
        Klaar("onbekend", zegt=(Zin("uitnodiging.onbekend"),)),
    ),
    ingangen=("niet_afgemeld", "onbekend", "editie_weg"),
    wacht=_wacht,
)
