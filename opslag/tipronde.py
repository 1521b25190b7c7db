"""The weekly round: who is due gets a tip, a batch at a time, all of it set-based; and "Gelukt?" two days later.

A tip is a broadcast of its location, one a day (``verzending.soort`` 'tip'), so that the weekly cap, quiet hours, a
pause and a stop hold at the moment of sending as they do for every other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from dialogen import motor, tips
from dialogen.basis import Stand, Vertaald, Wereld, Wie
from dialogen.flows import FLOWS
from dialogen.teksten import BRON
from dialogen.tips import EigenTip, GegevenTip
from opslag import postvak, vertalingen
from opslag.berichten import bericht_json
from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.ontvangers import nieuwste_chat
from opslag.snel import Snel
from opslag.tabellen import Moment, gesprek, gezin, locatie, ouder, postvak_uit, tip_gegeven, verzending
from opslag.talen import SCHRIJFTAAL
from opslag.tipmomenten import past, volgende, volgende_week
from opslag.tips import JAAR, PARTIJ, VRAAG_NA, eigen_van, kan_krijgen, stap_en_sinds, thema
from opslag.werkdagen import over_dagen, zone

OP = datetime.max.replace(tzinfo=UTC)
"""Stands for a moment that is not known yet: this parent had all the tips there are."""
LANG = timedelta(days=6)
"""So long a tip may wait for its turn within the weekly cap: then the next one is near."""
VRAAG_LANG = timedelta(days=2)
"""So long "Gelukt?" is worth asking."""
Vertalingen = Mapping[str, Mapping[str, Vertaald]]
"""Language → Dutch words of the team → in that language."""
_plek = (locatie.c.stil_van, locatie.c.stil_tot, locatie.c.tijdzone)
_chat = (gesprek.c.id.label("gesprek_id"), gesprek.c.kanaal, gesprek.c.account, gesprek.c.adres)


@dataclass(frozen=True, slots=True)
class _Gift:
    """A tip for one parent, and what is kept of it with that parent."""

    rij: Any
    code: str
    van_stap: int
    stap: int
    sinds: datetime
    volgende: datetime


def geef(sessie: Sessie, nu: datetime) -> int:
    """Give who is due a tip, or move what is due to a moment that suits. A batch; how many parents were looked at."""
    rijen = _WIE.rijen(sessie, nu=nu, vandaag=nu.date())
    if not rijen:
        return 0
    gehad = _gehad(sessie, [r.id for r in rijen], nu)
    eigen = eigen_van(sessie, sorted({r.locatie_id for r in rijen}))
    later: dict[datetime | None, list[int]] = {}
    giften = []
    for rij in rijen:
        gekozen = _kies(rij, *gehad.get(rij.id, ("", 0)), eigen[rij.locatie_id], nu)
        if isinstance(gekozen, _Gift):
            giften.append(gekozen)
        else:
            later.setdefault(gekozen, []).append(rij.id)
    op = later.pop(OP, [])
    for nummers_op, nummers in (*later.items(), *_weer_een(sessie, op, rijen, nu)):
        sessie.execute(ouder.update().where(ouder.c.id.in_(nummers)).values(tip_op=nummers_op))
    _geef(sessie, giften, nu)
    return len(rijen)


def _wie_is_er() -> Any:
    # Written out, as the index has it: SQLite uses a partial index only for the very same words.
    aan: Any = sa.literal_column("ouder.tips")
    return (
        sa.select(ouder.c.id, ouder.c.rol, SCHRIJFTAAL, ouder.c.dagdelen, ouder.c.tip_op, ouder.c.tip_stap)
        .add_columns(ouder.c.tip_stap_sinds, ouder.c.pauze_tot, gezin.c.locatie_id, *_plek, *_chat)
        .add_columns(kan_krijgen(sa.bindparam("vandaag", type_=sa.Date)).label("kan"))
        .join(gezin, gezin.c.id == ouder.c.gezin_id)
        .join(locatie, locatie.c.id == gezin.c.locatie_id)
        .outerjoin(gesprek, gesprek.c.id == nieuwste_chat())
        .where(aan, ouder.c.tip_op <= sa.bindparam("nu", type_=Moment))
        .order_by(ouder.c.tip_op, ouder.c.id)
        .limit(PARTIJ)
        .with_for_update(of=ouder, key_share=True, skip_locked=True)
    )


_WIE = Snel(_wie_is_er())
"""Built once: a batch is small, and there are many."""


def _gehad(sessie: Sessie, ouders: Sequence[int], nu: datetime) -> Mapping[int, tuple[str, int]]:
    """Per parent the codes of the last year (comma separated) and how often one of this step was done."""
    t = tip_gegeven.c
    gedaan = (t.uitkomst == "gedaan") & (t.gegeven >= ouder.c.tip_stap_sinds)
    vraag = (
        sa.select(t.ouder_id, sa.func.aggregate_strings(t.tip, ","), sa.func.sum(sa.case((gedaan, 1), else_=0)))
        .join(ouder, ouder.c.id == t.ouder_id)
        .where(t.ouder_id.in_(ouders), t.gegeven > nu - JAAR)
        .group_by(t.ouder_id)
    )
    return {nummer: (codes, aantal) for nummer, codes, aantal in sessie.execute(vraag).all()}


def _kies(rij: Any, codes: str, gedaan: int, eigen: tuple[EigenTip, ...], nu: datetime) -> _Gift | datetime | None:
    """What this parent gets; else when it is looked at again: None for never, until something changes (then it is
    planned anew), ``OP`` for who had them all.
    """
    plek = (rij.dagdelen, rij.stil_van, rij.stil_tot, rij.tijdzone)
    if not rij.kan:
        return None
    if rij.pauze_tot is not None and rij.pauze_tot > nu:
        return volgende(rij.pauze_tot, *plek)
    nu_past, erna = _momenten(rij.tip_op, nu, *plek)
    if not nu_past:
        return erna
    stap, sinds = stap_en_sinds(rij.tip_stap, rij.tip_stap_sinds or rij.tip_op, gedaan, nu, rij.tijdzone)
    gekozen = tips.kies(stap, frozenset(codes.split(",")), eigen)
    if gekozen is None:
        return OP
    return _Gift(rij, *gekozen, stap, sinds, erna)


@lru_cache(maxsize=1024)  # many are due at the same moment
def _momenten(op: datetime, nu: datetime, *plek: str) -> tuple[bool, datetime]:
    """Whether now suits; and when the next one comes, or this one when it does not."""
    if not past(nu, *plek):
        return False, volgende(nu, *plek)
    return True, volgende_week(op, nu, *plek)


def _weer_een(
    sessie: Sessie, ouders: Sequence[int], rijen: Iterable[Any], nu: datetime
) -> Iterable[tuple[datetime, list[int]]]:
    """Who had them all waits until the first of this year may come again."""
    if not ouders:
        return []
    t = tip_gegeven.c
    per_tip = (
        sa.select(t.ouder_id, sa.func.max(t.gegeven).label("op"))
        .where(t.ouder_id.in_(ouders), t.gegeven > nu - JAAR)
        .group_by(t.ouder_id, t.tip)
        .subquery()
    )
    eerst = sa.select(per_tip.c.ouder_id, sa.func.min(per_tip.c.op)).group_by(per_tip.c.ouder_id)
    per = {r.id: (r.dagdelen, r.stil_van, r.stil_tot, r.tijdzone) for r in rijen}
    return [(volgende(op + JAAR, *per[nummer]), [nummer]) for nummer, op in sessie.execute(eerst)]


# Giving


def _geef(sessie: Sessie, giften: Sequence[_Gift], nu: datetime) -> None:
    if not giften:
        return
    rondes = _rondes(sessie, giften, nu)
    nummers = _leg_vast(sessie, giften, rondes, nu)
    themas = _themas(sessie, [g.rij.id for g in giften if g.code == "thema"])
    eigen = _teksten(sessie, giften)
    woorden = {g.rij.id: (eigen.get(g.code, ""), themas.get(g.rij.id, "")) for g in giften}
    vertaald = vertalingen.in_talen(sessie, {*eigen.values(), *themas.values()}, {g.rij.taal for g in giften})
    rijen = [_bericht(g, nummers[g.rij.id], *woorden[g.rij.id], vertaald, rondes, nu) for g in giften]
    _LEG[sessie.dialect.name].doe_veel(sessie, rijen)
    per: dict[tuple[int, datetime, datetime], list[int]] = {}
    for g in giften:
        per.setdefault((g.stap, g.sinds, g.volgende), []).append(g.rij.id)
    for (stap, sinds, op), wie in per.items():
        waarden = {"tip_stap": stap, "tip_stap_sinds": sinds, "tip_op": op}
        sessie.execute(ouder.update().where(ouder.c.id.in_(wie)).values(waarden))


def _rondes(sessie: Sessie, giften: Sequence[_Gift], nu: datetime) -> Mapping[int, int]:
    """Per location the broadcast of today, made when it is not there, with so many messages more in it."""
    tel = Counter(g.rij.locatie_id for g in giften)
    zones = {g.rij.locatie_id: g.rij.tijdzone for g in giften}
    dagen = {waar: nu.astimezone(zone(tijdzone)).date().isoformat() for waar, tijdzone in zones.items()}
    z = verzending.c
    er = sessie.execute(
        sa.select(z.id, z.locatie_id, z.kenmerk).where(
            z.activiteit_id.is_(None), z.soort == "tip", z.kenmerk.in_(set(dagen.values())), z.locatie_id.in_(dagen)
        )
    )
    per = {rij.locatie_id: rij.id for rij in er if rij.kenmerk == dagen[rij.locatie_id]}
    for waar in sorted(tel.keys() - per.keys()):
        waarden = {"locatie_id": waar, "soort": "tip", "kenmerk": dagen[waar], "gemaakt": nu, "gevuld": nu}
        per[waar] = sessie.execute(verzending.insert().values(waarden).returning(z.id)).scalar_one()
    for waar, aantal in tel.items():
        sessie.execute(verzending.update().where(z.id == per[waar]).values(aantal=z.aantal + aantal))
    return per


def _leg_vast(sessie: Sessie, giften: Sequence[_Gift], rondes: Mapping[int, int], nu: datetime) -> Mapping[int, int]:
    """What was given: parent → its number."""
    vragen = {zone_: over_dagen(nu, VRAAG_NA, zone_) for zone_ in {g.rij.tijdzone for g in giften}}
    rijen = [
        {
            "ouder_id": g.rij.id, "locatie_id": g.rij.locatie_id, "rol": g.rij.rol, "tip": g.code, "stap": g.van_stap,
            "vraag_op": vragen[g.rij.tijdzone], "verzending_id": rondes[g.rij.locatie_id],
        }
        for g in giften
    ]  # fmt: skip
    t = tip_gegeven.c
    hoogste = sessie.scalar(sa.select(sa.func.max(t.id))) or 0  # numbers only go up, whoever else inserts
    _GEEF.doe_veel(sessie, rijen, gegeven=nu)
    nieuw = sessie.execute(sa.select(t.ouder_id, t.id).where(t.id > hoogste)).all()
    return {rij.ouder_id: rij.id for rij in nieuw}


def _themas(sessie: Sessie, ouders: Sequence[int]) -> Mapping[int, str]:
    if not ouders:
        return {}
    vraag = sa.select(ouder.c.id, thema().label("thema")).where(ouder.c.id.in_(ouders))
    return {rij.id: rij.thema or "" for rij in sessie.execute(vraag)}


def _teksten(sessie: Sessie, giften: Sequence[_Gift]) -> Mapping[str, str]:
    codes = {g.code for g in giften if g.code.startswith(tips.EIGEN)}
    alle = eigen_van(sessie, sorted({g.rij.locatie_id for g in giften})) if codes else {}
    return {t.code: t.tekst for rij in alle.values() for t in rij if t.code in codes}


def _bericht(
    g: _Gift, nummer: int, tekst: str, over: str, vertaald: Vertalingen, rondes: Mapping[int, int], nu: datetime
) -> dict[str, Any]:
    r = g.rij
    if tekst or over:
        daar = vertaald.get(r.taal, {})
        van_team = tuple((woorden, daar[woorden]) for woorden in (tekst, over) if woorden in daar)
        delen = _sjabloon(g.code, tekst, over, r.taal, van_team)
    else:
        delen = _sjabloon(g.code, "", "", BRON, ())
    return postvak.uit_rij(
        r.gesprek_id, Sleutel(r.kanaal, r.account, r.adres), str(nummer).join(delen), r.taal, nu, postvak.UITZENDING,
        niet_na=nu + LANG, verzending_id=rondes[r.locatie_id], ouder_id=r.id,
    )  # fmt: skip


_NUMMER = 8_999_999_999_999_999_999
"""Stands for the tip's number in a message that is made once for many."""


@lru_cache(maxsize=1024)
def _sjabloon(
    code: str, tekst: str, over: str, taal: str, vertaald: tuple[tuple[str, Vertaald], ...]
) -> tuple[str, ...]:
    """The message of a tip as it lies in the outbox, cut where its number stands: neutral of person, and of language
    where the team wrote nothing of it.
    """
    bericht = _zegt("tip", GegevenTip(_NUMMER, code, tekst, over), OP, taal, dict(vertaald))
    return tuple(bericht.split(str(_NUMMER)))


def _zegt(
    stap: str, gegeven: GegevenTip, nu: datetime, taal: str = BRON, vertaald: Mapping[str, Vertaald] | None = None
) -> str:
    wereld = Wereld(nu, taal, Wie.OUDER, tip=gegeven, vertaald=vertaald or {})
    return bericht_json(motor.herhaal(FLOWS, Stand("tip", stap, {"over": str(gegeven.nummer)}), wereld).berichten[0])


_KOLOMMEN = (
    *("gesprek_id", "kanaal", "account", "adres", "prioriteit", "inhoud", "taal", "vervangt"),
    *("verzending_id", "ouder_id", "status", "niet_voor", "niet_na"),
)
_GEEF = Snel(
    tip_gegeven.insert(), "ouder_id", "locatie_id", "rol", "tip", "stap", "vraag_op", "verzending_id", "gegeven"
)
_UNIEK = ["verzending_id", "ouder_id"]
_LEG: Mapping[str, Snel] = {
    "postgresql": Snel(pg_insert(postvak_uit).on_conflict_do_nothing(index_elements=_UNIEK), *_KOLOMMEN),
    "sqlite": Snel(sqlite_insert(postvak_uit).on_conflict_do_nothing(index_elements=_UNIEK), *_KOLOMMEN),
}


# Gelukt?


def vraag_na(sessie: Sessie, nu: datetime) -> int:
    """Ask "Gelukt?" of tips that went out two days ago. A batch; how many were looked at."""
    rijen = sessie.execute(_te_vragen(nu)).all()
    per: dict[tuple[datetime | None, bool], list[int]] = {}
    berichten = []
    for rij in rijen:
        op, vraag = _wanneer_vragen(rij, nu)
        per.setdefault((op, vraag), []).append(rij.id)
        if vraag:
            berichten.append(_vraag(rij, nu))
    if berichten:
        _LEG[sessie.dialect.name].doe_veel(sessie, berichten)
    for (op, vraag), nummers in per.items():
        waarden = {"vraag_op": op} | ({"gevraagd": nu} if vraag else {})
        sessie.execute(tip_gegeven.update().where(tip_gegeven.c.id.in_(nummers)).values(waarden))
    return len(rijen)


def _vraag(rij: Any, nu: datetime) -> dict[str, Any]:
    inhoud = _zegt("gelukt", GegevenTip(rij.id, rij.tip, gegeven=rij.verzonden or rij.gegeven), nu)
    return postvak.uit_rij(
        rij.gesprek_id, Sleutel(rij.kanaal, rij.account, rij.adres), inhoud, rij.taal, nu, postvak.AANBOD,
        niet_na=nu + VRAAG_LANG, ouder_id=rij.ouder_id,
    )  # fmt: skip


def _te_vragen(nu: datetime) -> Any:
    t, u = tip_gegeven.c, postvak_uit.c
    return (
        sa.select(t.id, t.ouder_id, t.tip, t.gegeven, t.verzending_id, u.status, u.verzonden, SCHRIJFTAAL, *_chat)
        .add_columns(ouder.c.gestopt_op, ouder.c.pauze_tot, locatie.c.tijdzone)
        .outerjoin(ouder, ouder.c.id == t.ouder_id)
        .join(locatie, locatie.c.id == t.locatie_id)
        .outerjoin(gesprek, gesprek.c.id == nieuwste_chat())
        .outerjoin(postvak_uit, (u.verzending_id == t.verzending_id) & (u.ouder_id == t.ouder_id))
        .where(t.vraag_op <= nu)
        .order_by(t.vraag_op, t.id)
        .limit(PARTIJ)
        .with_for_update(of=tip_gegeven, skip_locked=True)
    )


def _wanneer_vragen(rij: Any, nu: datetime) -> tuple[datetime | None, bool]:
    """(when to look again, None for never; whether to ask now). A tip that waits for the cap is asked after later, one
    that never went not at all.
    """
    stil = rij.gestopt_op is not None or (rij.pauze_tot is not None and rij.pauze_tot > nu)
    if rij.ouder_id is None or rij.gesprek_id is None or stil:
        return None, False
    if rij.verzending_id is None:
        return None, True
    if rij.verzonden is None:
        return (nu + timedelta(days=1), False) if rij.status in {"later", "wacht", "bezig"} else (None, False)
    op = over_dagen(rij.verzonden, VRAAG_NA, rij.tijdzone) - timedelta(hours=1)
    return (None, True) if op <= nu else (op, False)
