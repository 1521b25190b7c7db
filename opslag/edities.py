"""Another edition of what a parent cannot come to: looked up for one parent, and taken in one step."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Antwoord, Editie
from opslag import antwoorden, uitnodigen
from opslag.database import Sessie
from opslag.snel import Snel
from opslag.tabellen import (
    Moment,
    aanmelding,
    activiteit,
    activiteit_groep,
    gezin_groep,
    ouder,
    uitnodiging,
    verzending,
)
from opslag.werkdagen import zone

MEEST = 20
_over, _deze, _ander = uitnodiging.alias("over"), activiteit.alias("deze"), uitnodiging.alias("ander")
_stand = aanmelding.alias("stand")
_a = activiteit.c


def _laatste(tabel: Any) -> Any:
    hoogste = sa.select(sa.func.max(aanmelding.c.id)).where(aanmelding.c.uitnodiging_id == tabel.c.id)
    return hoogste.correlate(tabel).scalar_subquery()


def _standen(wat: Any, antwoord: str) -> Any:
    """``wat`` over the standing answers of one kind to this activity."""
    return (
        sa.select(wat)
        .select_from(_ander.join(_stand, _stand.c.id == _laatste(_ander)))
        .where(_ander.c.activiteit_id == _a.id, _ander.c.ouder_id.is_not(None), _stand.c.antwoord == antwoord)
        .correlate(activiteit)
        .scalar_subquery()
    )


def _van_de_groepen() -> Any:
    """An activity for a group of this family."""
    return (
        sa.select(sa.literal(1))
        .select_from(activiteit_groep.join(gezin_groep, gezin_groep.c.groep_id == activiteit_groep.c.groep_id))
        .where(activiteit_groep.c.activiteit_id == _a.id, gezin_groep.c.gezin_id == ouder.c.gezin_id)
        .correlate(activiteit, ouder)
        .exists()
    )


def _voor_deze_rol() -> Any:
    """What was announced to fathers only is no offer to a mother."""
    aangekondigd = sa.select(verzending.c.id).where(
        verzending.c.activiteit_id == _a.id, verzending.c.soort == sa.literal_column("'uitnodiging'")
    )
    alleen = verzending.c.voor.like(sa.literal_column("'vaders%'"))
    return sa.or_(
        ouder.c.rol == sa.literal_column("'vader'"),
        ~aangekondigd.where(alleen).correlate(activiteit).exists(),
        aangekondigd.where(~alleen).correlate(activiteit).exists(),
    )


def _zoek() -> Any:
    """The editions for parent ``ouder_id`` beside the activity of their own invitation ``over_id``."""
    eigen = (
        sa.select(_stand.c.antwoord)
        .select_from(_ander.join(_stand, _stand.c.id == _laatste(_ander)))
        .where(_ander.c.activiteit_id == _a.id, _ander.c.ouder_id == ouder.c.id)
        .correlate(activiteit, ouder)
        .scalar_subquery()
    )
    plek = sa.and_(
        _a.capaciteit > sa.func.coalesce(_standen(sa.func.sum(_stand.c.aantal), "ja"), 0),
        _standen(sa.func.count(), "wachtlijst") == 0,  # a place that comes free is for who waits
    )
    return (
        sa.select(_a.id, _a.titel, _a.begin, _a.plek, _a.capaciteit)
        .select_from(_over)
        .join(ouder, ouder.c.id == _over.c.ouder_id)
        .join(_deze, _deze.c.id == _over.c.activiteit_id)
        .join(activiteit, (_a.locatie_id == _deze.c.locatie_id) & (_a.id != _deze.c.id))
        .where(_over.c.id == sa.bindparam("over_id"), ouder.c.id == sa.bindparam("ouder_id"))
        .where(_a.begin > sa.bindparam("nu", type_=Moment), _a.afgelast.is_(None))
        .where(sa.or_(_a.soort == _deze.c.soort, _a.reeks_id == _deze.c.reeks_id))
        .where(_van_de_groepen(), _voor_deze_rol(), sa.or_(_a.capaciteit.is_(None), plek))
        .where(sa.func.coalesce(eigen, "geen").in_([sa.literal_column("'geen'"), sa.literal_column("'misschien'")]))
    )


_ZOEK = Snel(_zoek().order_by(_a.begin, _a.id).limit(MEEST))


def dagdelen(begin: datetime, tijdzone: str) -> frozenset[str]:
    """The parts of the day of a moment by the location's clock; an evening begins at 17:00, a weekend on Saturday."""
    lokaal = begin.astimezone(zone(tijdzone))
    deel = "ochtend" if lokaal.hour < 12 else "middag" if lokaal.hour < 17 else "avond"
    return frozenset({deel, "weekend"} if lokaal.weekday() >= 5 else {deel})


def voor_ouder(
    sessie: Sessie, ouder_id: int, over: int, nu: datetime, tijdzone: str, *, slot: bool = False
) -> tuple[Editie, ...]:
    """What this parent could come to instead, soonest first, ``MEEST`` at most; nothing when ``over`` is another's.

    With ``slot`` the activities with a limit are locked until the transaction ends: the last place has one taker.
    """
    rijen = _ZOEK.rijen(sessie, ouder_id=ouder_id, over_id=over, nu=nu)
    beperkt = sorted(r.id for r in rijen if r.capaciteit is not None)
    if slot and beperkt and sessie.dialect.name == "postgresql":
        sessie.execute(sa.select(_a.id).where(_a.id.in_(beperkt)).order_by(_a.id).with_for_update(key_share=True))
        rijen = _ZOEK.rijen(sessie, ouder_id=ouder_id, over_id=over, nu=nu)
    return tuple(Editie(r.id, r.titel, r.begin, r.plek, dagdelen(r.begin, tijdzone)) for r in rijen)


def stap_over(sessie: Sessie, ouder_id: int, over: int, activiteit_id: int, nu: datetime) -> int | None:
    """Come to this other edition: invited if that was not so yet, and a yes of one adult; the invitation's number.

    None when it is no edition this parent may take (not own, full, called off, begun): nothing is written then.
    """
    mag = _zoek().where(_a.id == activiteit_id)
    if sessie.execute(mag, {"ouder_id": ouder_id, "over_id": over, "nu": nu}).first() is None:
        return None
    nummer = uitnodigen.van(sessie, activiteit_id, ouder_id, nu)
    antwoorden.antwoord(sessie, ouder_id, nummer, Antwoord.JA, 1, nu)
    antwoorden.zet_aanbod(sessie, over, "editie")
    return nummer
