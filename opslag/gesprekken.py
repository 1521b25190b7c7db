"""Chats: the lock on one, where it stands, and ``Wereld``: everything a turn may know, in a few statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from dialogen import begrijpen
from dialogen.basis import (
    Antwoord,
    Invoer,
    OpenVraag,
    Plaats,
    Rol,
    Soort,
    Stand,
    Startcode,
    Uitnodiging,
    Vorm,
    Wereld,
    Wie,
)
from dialogen.teksten import schrijftaal
from opslag import deur, kantoor, locaties, team
from opslag.berichten import als_json, lees_json
from opslag.database import Sessie
from opslag.plekken import bezet
from opslag.presentie import lijsten, welke
from opslag.snel import Snel
from opslag.tabellen import (
    Moment,
    aanmelding,
    activiteit,
    gesprek,
    gezin,
    locatie,
    medewerker,
    medewerker_locatie,
    ouder,
    plekaanbod,
    presentie,
    uitnodiging,
    vast_antwoord,
)
from opslag.talen import SCHRIJFTAAL
from opslag.werkdagen import over_werkdagen

TERUG = timedelta(days=60)
"""How long after it an activity stays in a parent's world (to say how it was, or why not)."""
PAS = timedelta(days=1)
"""The same for a turn that is about one invitation: that one, what comes, and what is going on."""
MEEST = 30
"""The most invitations a turn loads: the one it is about, those to come, then the latest."""


@dataclass(frozen=True, slots=True)
class Sleutel:
    """A chat: (kanaal, account, adres)."""

    kanaal: str
    account: str
    adres: str


@dataclass(frozen=True, slots=True)
class Gesprek:
    """A locked chat: where it stands and who it is of."""

    nummer: int
    sleutel: Sleutel
    stand: Stand | None
    vorige: str
    gewijzigd: datetime
    ouder_id: int | None
    medewerker_id: int | None
    locatie_id: int | None
    taal: str
    rij: Any


def _invoegen(sessie: Sessie) -> Any:
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    return maak(gesprek).on_conflict_do_nothing(index_elements=["kanaal", "account", "adres"])


_KIJK = (
    sa.select(
        gesprek.c.id,
        gesprek.c.flow,
        gesprek.c.stap,
        gesprek.c.antwoorden,
        gesprek.c.missers,
        gesprek.c.vorige,
        gesprek.c.gewijzigd,
        gesprek.c.onbereikbaar,
        gesprek.c.ouder_id,
        sa.case((medewerker.c.actief, gesprek.c.medewerker_id)).label("medewerker_id"),
        ouder.c.naam,
        ouder.c.rol,
        ouder.c.taal.label("spreektaal"),
        SCHRIJFTAAL,
        ouder.c.vorm,
        ouder.c.dagdelen,
        ouder.c.tips,
        ouder.c.gestopt_op,
        ouder.c.pauze_tot,
        ouder.c.aankondiging,
        medewerker.c.naam.label("medewerker_naam"),
        medewerker.c.taal.label("medewerker_taal"),
        locatie.c.id.label("locatie_id"),
        locatie.c.naam.label("locatie"),
        locatie.c.gastheer,
        locatie.c.telefoon,
        locatie.c.begripsvraag,
        locatie.c.tijdzone,
    )
    .select_from(gesprek)
    .outerjoin(ouder, ouder.c.id == gesprek.c.ouder_id)
    .outerjoin(medewerker, medewerker.c.id == gesprek.c.medewerker_id)
    .outerjoin(gezin, gezin.c.id == ouder.c.gezin_id)
    .outerjoin(
        locatie,
        locatie.c.id
        == sa.func.coalesce(
            gezin.c.locatie_id,
            sa.select(sa.func.min(medewerker_locatie.c.locatie_id))
            .where(medewerker_locatie.c.medewerker_id == gesprek.c.medewerker_id)
            .scalar_subquery(),
        ),
    )
    .where(
        gesprek.c.kanaal == sa.bindparam("kanaal"),
        gesprek.c.account == sa.bindparam("account"),
        gesprek.c.adres == sa.bindparam("adres"),
    )
)
_WIE = Snel(_KIJK.with_for_update(of=gesprek, key_share=True))


def neem(sessie: Sessie, sleutel: Sleutel, nu: datetime) -> Gesprek:
    """Take this chat's lock until the transaction ends; a chat that is new is made first."""
    plek = {"kanaal": sleutel.kanaal, "account": sleutel.account, "adres": sleutel.adres}
    rij = _WIE.rij(sessie, **plek)
    if rij is None:
        sessie.execute(_invoegen(sessie), {**plek, "gewijzigd": nu})
        rij = _WIE.rij(sessie, **plek)
    return _als_gesprek(rij, sleutel)


def _als_gesprek(rij: Any, sleutel: Sleutel) -> Gesprek:
    stand = Stand(rij.flow, rij.stap, lees_json(rij.antwoorden), rij.missers) if rij.flow else None
    bekend = rij.medewerker_taal if rij.medewerker_id else rij.taal
    gezegd = stand.antwoorden if stand else {}
    taal = bekend or schrijftaal(gezegd.get("taal"), gezegd.get("schrijftaal"))
    return Gesprek(
        rij.id, sleutel, stand, rij.vorige, rij.gewijzigd, rij.ouder_id, rij.medewerker_id, rij.locatie_id, taal, rij
    )


_BEWAAR = Snel(
    gesprek.update()
    .where(gesprek.c.id == sa.bindparam("nummer"))
    .values({
        k: sa.bindparam(f"n_{k}")
        for k in ("flow", "stap", "antwoorden", "missers", "vorige", "gewijzigd", "onbereikbaar")
    })
)  # fmt: skip


def bewaar(sessie: Sessie, nummer: int, stand: Stand | None, vorige: str, nu: datetime) -> None:
    """Where the chat stands after a turn. Who writes to us can be reached again."""
    waar = stand or Stand("", "")
    _BEWAAR.doe(
        sessie,
        nummer=nummer,
        n_flow=waar.flow,
        n_stap=waar.stap,
        n_antwoorden=als_json(dict(waar.antwoorden)),
        n_missers=waar.missers,
        n_vorige=vorige,
        n_gewijzigd=nu,
        n_onbereikbaar=None,
    )


def vergeet(sessie: Sessie, nummer: int) -> None:
    """Remove a chat of which nothing may be kept (no consent)."""
    sessie.execute(gesprek.delete().where(gesprek.c.id == nummer))


def _laatste(tabel: sa.Table, *waar: Any) -> Any:
    """The id of the last row of this invitation: how history gives the current value, by one index look-up."""
    bron = tabel.alias()
    return (
        sa.select(sa.func.max(bron.c.id))
        .where(bron.c.uitnodiging_id == uitnodiging.c.id, *(bron.c[k] == w for k, w in waar))
        .correlate(uitnodiging)
        .scalar_subquery()
    )


def _vast() -> Any:
    """This parent's standing answer to the series."""
    v = vast_antwoord.c
    return (
        sa.select(v.antwoord)
        .where(v.reeks_id == activiteit.c.reeks_id, v.ouder_id == uitnodiging.c.ouder_id)
        .correlate(activiteit, uitnodiging)
        .scalar_subquery()
    )


def _plek_tot() -> Any:
    """Until when a place that came free is held for this invitation."""
    return (
        sa.select(sa.func.max(plekaanbod.c.verloopt))
        .where(plekaanbod.c.uitnodiging_id == uitnodiging.c.id, plekaanbod.c.uitkomst.is_(None))
        .correlate(uitnodiging)
        .scalar_subquery()
    )


_TITEL = sa.case(
    (sa.and_(uitnodiging.c.rol == "vader", activiteit.c.titel_vaders != ""), activiteit.c.titel_vaders),
    else_=activiteit.c.titel,
)
"""What an activity is called for who was invited: fathers may have words of their own."""
_UITNODIGINGEN = Snel(
    sa.select(
        uitnodiging.c.id,
        _TITEL.label("titel"),
        activiteit.c.soort,
        activiteit.c.begin,
        activiteit.c.duur,
        activiteit.c.plek,
        activiteit.c.gastheer,
        activiteit.c.kinderen_welkom,
        activiteit.c.afgelast,
        aanmelding.c.antwoord,
        aanmelding.c.aantal,
        sa.case((activiteit.c.capaciteit.is_not(None), activiteit.c.capaciteit - bezet())).label("vrij"),
        presentie.c.staat,
        sa.case((activiteit.c.capaciteit.is_not(None), _plek_tot())).label("plek_tot"),
        sa.case((activiteit.c.reeks_id.is_not(None), sa.func.coalesce(_vast(), "open")), else_="").label("vast"),
        activiteit.c.gevraagd,
    )
    .select_from(uitnodiging)
    .join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
    .outerjoin(aanmelding, aanmelding.c.id == _laatste(aanmelding))
    .outerjoin(
        presentie, presentie.c.id == sa.func.coalesce(_laatste(presentie, ("bron", "team")), _laatste(presentie))
    )
    .where(
        uitnodiging.c.ouder_id == sa.bindparam("ouder_id"),
        sa.or_(activiteit.c.begin > sa.bindparam("sinds"), uitnodiging.c.id == sa.bindparam("over")),
    )
    .order_by(  # what it is about, what comes (soonest first), what was (latest first)
        sa.case(
            (uitnodiging.c.id == sa.bindparam("over"), 0),
            (activiteit.c.begin > sa.bindparam("nu", type_=Moment), 1),
            else_=2,
        ),
        sa.case((activiteit.c.begin > sa.bindparam("nu", type_=Moment), activiteit.c.begin)),
        activiteit.c.begin.desc(),
    )
    .limit(MEEST)
)
_SLOTEN = (
    sa.select(activiteit.c.id)
    .join(uitnodiging, uitnodiging.c.activiteit_id == activiteit.c.id)
    .where(
        uitnodiging.c.ouder_id == sa.bindparam("ouder_id"),
        activiteit.c.begin > sa.bindparam("nu", type_=Moment),
        activiteit.c.capaciteit.is_not(None),
    )
    .order_by(activiteit.c.id)
    .with_for_update(of=activiteit, key_share=True)
)
_SLOT = (
    sa.select(activiteit.c.id)
    .where(
        activiteit.c.id
        == sa.select(uitnodiging.c.activiteit_id).where(uitnodiging.c.id == sa.bindparam("over")).scalar_subquery(),
        activiteit.c.capaciteit.is_not(None),
    )
    .with_for_update(key_share=True)
)
_ANDERE_PLEK = (
    sa.select(activiteit.c.plek)
    .where(activiteit.c.locatie_id == sa.bindparam("locatie_id"), activiteit.c.plek != sa.bindparam("plek"))
    .order_by(activiteit.c.begin.desc())
    .limit(1)
)


def laad_wereld(
    sessie: Sessie, g: Gesprek, invoer: Invoer, over: int, nu: datetime, *, met_kantoor: bool = False
) -> Wereld:
    """Everything this turn may know: only this person's own. ``over`` is the invitation it is about, or 0.

    ``met_kantoor`` also loads what a colleague works with; ``over`` is the activity it is about then.

    With a limit on places the activity is locked, so that the last place has one taker; words name none ("ja"), so
    they lock all that may be meant.
    """
    if g.ouder_id and sessie.dialect.name == "postgresql":
        if invoer.soort is Soort.TEKST:
            sessie.execute(_SLOTEN, {"ouder_id": g.ouder_id, "nu": nu})
        elif over:
            sessie.execute(_SLOT, {"over": over})
    rij = g.rij
    wie = Wie.MEDEWERKER if g.medewerker_id else Wie.OUDER if g.ouder_id else Wie.ONBEKEND
    bekend = rij.medewerker_naam if wie is Wie.MEDEWERKER else rij.naam
    naam = begrijpen.naam(invoer.naam) if wie is Wie.ONBEKEND else bekend
    return Wereld(
        nu=nu,
        taal=g.taal,
        spreektaal="" if wie is Wie.MEDEWERKER else _spreektaal(g),
        wie=wie,
        naam=naam or "",
        rol=Rol(rij.rol) if rij.rol else None,
        vorm=Vorm(rij.vorm) if rij.vorm else Vorm.LEZEN,
        dagdelen=frozenset(filter(None, (rij.dagdelen or "").split(","))),
        tips=bool(rij.tips),
        gestopt=rij.gestopt_op is not None,
        pauze_tot=rij.pauze_tot if rij.pauze_tot and rij.pauze_tot > nu else None,
        plaats=Plaats(rij.locatie, rij.gastheer, rij.telefoon, rij.begripsvraag, rij.tijdzone) if rij.locatie else None,
        uitnodigingen=uitnodigingen(sessie, g, nu, over) if g.ouder_id else (),
        start=_start(sessie, g, invoer, nu),
        vorige=g.vorige,
        vorige_op=g.gewijzigd,
        lijsten=lijsten(sessie, g.medewerker_id, nu, welke(g.stand, invoer, over)) if g.medewerker_id else (),
        open_vragen=_open_vragen(sessie, g, over),
        ook_ouder=g.ouder_id is not None,
        kantoor=kantoor.laad(sessie, g.medewerker_id, over, nu) if met_kantoor and g.medewerker_id else None,
        antwoord_voor=over_werkdagen(nu, 2, rij.tijdzone) if rij.tijdzone else None,
        aankondiging=rij.aankondiging or 0,
    )


def _spreektaal(g: Gesprek) -> str:
    """The language this person speaks, where we write to them in another; '' where it is the same."""
    gekozen = g.rij.spreektaal or (g.stand.antwoorden.get("taal") if g.stand else None) or g.taal
    return "" if gekozen == g.taal else gekozen


def _open_vragen(sessie: Sessie, g: Gesprek, over: int) -> tuple[OpenVraag, ...]:
    if g.medewerker_id is None:
        return ()
    slot = g.stand is not None and (g.stand.flow, g.stand.stap) == ("team", "antwoord")
    return team.open_vragen(sessie, g.medewerker_id, over, g.sleutel.kanaal, g.sleutel.account, slot=slot)


def uitnodigingen(sessie: Sessie, g: Gesprek, nu: datetime, over: int = 0) -> tuple[Uitnodiging, ...]:
    """This parent's invitations of the last ``TERUG`` and ahead, with the answer that stands."""
    sinds = nu - (PAS if over else TERUG)
    rijen = _UITNODIGINGEN.rijen(sessie, ouder_id=g.ouder_id, sinds=sinds, over=over, nu=nu)
    return tuple(_uitnodiging(sessie, g, rij) for rij in rijen)


def _uitnodiging(sessie: Sessie, g: Gesprek, rij: Any) -> Uitnodiging:
    nummer, titel, soort, begin, duur, plek, gastheer, kinderen, afgelast, antwoord, aantal, vrij, staat, *rest = rij
    tot, vast, gevraagd = rest
    andere = ""
    if g.rij.begripsvraag:
        andere = sessie.scalar(_ANDERE_PLEK, {"locatie_id": g.locatie_id, "plek": plek}) or ""
    return Uitnodiging(
        nummer,
        titel,
        soort,
        begin,
        begin + timedelta(minutes=duur),
        plek,
        gastheer,
        kinderen,
        afgelast is not None,
        Antwoord(antwoord) if antwoord else Antwoord.GEEN,
        aantal or 0,
        vrij,
        staat == "aanwezig",
        andere_plek=andere,
        vast=vast,
        plek_tot=tot,
        gevraagd=gevraagd,
    )


def _start(sessie: Sessie, g: Gesprek, invoer: Invoer, nu: datetime) -> Startcode | None:
    """The start code of this turn: the one just sent, or, before consent, the one the chat began with."""
    code = invoer.waarde if invoer.soort is Soort.START else ""
    if not code and g.stand and not (g.ouder_id or g.medewerker_id):
        code = g.stand.antwoorden.get("code", "")
    if not code:
        return None
    if deur.is_deurcode(code):
        return _bij_de_deur(sessie, g, code, nu)
    gevonden = locaties.zoek_code(sessie, code, nu)
    if gevonden is None:
        return Startcode(code, bezwaar="onbekend")
    bezwaar = gevonden.bezwaar
    if not bezwaar and gevonden.doel == "ouders" and g.ouder_id and g.locatie_id != gevonden.locatie_id:
        bezwaar = "elders"
    return Startcode(code, gevonden.doel, gevonden.locatie, gevonden.gastheer, bezwaar)


def _bij_de_deur(sessie: Sessie, g: Gesprek, code: str, nu: datetime) -> Startcode:
    gescand = deur.zoek(sessie, code, nu)
    if gescand is None or not gescand.klopt:
        return Startcode(code, "deur", bezwaar="deur")
    elders = g.ouder_id is not None and g.locatie_id != gescand.locatie_id
    return Startcode(code, "deur", gescand.locatie, gescand.gastheer, "elders" if elders else "")


def kijk(sessie: Sessie, sleutel: Sleutel) -> Gesprek | None:
    """A chat without taking its lock, to write to it; None when it is not there."""
    rij = sessie.execute(_KIJK, {"kanaal": sleutel.kanaal, "account": sleutel.account, "adres": sleutel.adres}).first()
    return _als_gesprek(rij, sleutel) if rij else None


def koppel_medewerker(sessie: Sessie, nummer: int, medewerker_id: int) -> None:
    """From now on a colleague speaks in this chat."""
    sessie.execute(gesprek.update().where(gesprek.c.id == nummer).values(medewerker_id=medewerker_id))


def begin_opnieuw(sessie: Sessie, g: Gesprek, nu: datetime) -> Gesprek:
    """Forget everything of a chat but its address, so that a last word can still be said; gone after a day."""
    sessie.execute(gesprek.delete().where(gesprek.c.id == g.nummer))
    return neem(sessie, g.sleutel, nu)
