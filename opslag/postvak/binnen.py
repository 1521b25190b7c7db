"""The inbox: committed before a platform hears that we have it, handled chat by chat in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.snel import Snel
from opslag.tabellen import postvak_in

POGINGEN = 3
"""So often an update may fail before it is set aside."""


@dataclass(frozen=True, slots=True)
class Rij:
    """An open row of the inbox."""

    nummer: int
    inhoud: str


def neem_aan(sessie: Sessie, rijen: Sequence[Mapping[str, Any]], ontvangen: datetime | None = None) -> None:
    """Put updates in the inbox in one statement; one that is there already (by extern_id) is left alone.

    Each row: kanaal, account, extern_id, adres, inhoud, status ('open' or 'opzij'), and its own ``ontvangen`` when
    that is not given for all.
    """
    _AAN[sessie.dialect.name].doe_veel(sessie, rijen, **({"ontvangen": ontvangen} if ontvangen else {}))


_UNIEK = ["kanaal", "account", "extern_id"]
_IN = (*_UNIEK, "adres", "inhoud", "status", "ontvangen")
_AAN: Mapping[str, Snel] = {
    "postgresql": Snel(pg_insert(postvak_in).on_conflict_do_nothing(index_elements=_UNIEK), *_IN),
    "sqlite": Snel(sqlite_insert(postvak_in).on_conflict_do_nothing(index_elements=_UNIEK), *_IN),
}
_VOLGENDE = Snel(
    sa.select(postvak_in.c.id, postvak_in.c.inhoud)
    .where(
        postvak_in.c.kanaal == sa.bindparam("kanaal"),
        postvak_in.c.account == sa.bindparam("account"),
        postvak_in.c.adres == sa.bindparam("adres"),
        postvak_in.c.status == sa.literal_column("'open'"),
    )
    .order_by(postvak_in.c.id)
    .limit(1)
)
_KLAAR = Snel(
    postvak_in.update()
    .where(postvak_in.c.id == sa.bindparam("nummer"))
    .values(status=sa.literal_column("'klaar'"), inhoud=sa.null())
)


def volgende(sessie: Sessie, sleutel: Sleutel) -> Rij | None:
    """The oldest open row of this chat, or None."""
    rij = _VOLGENDE.rij(sessie, kanaal=sleutel.kanaal, account=sleutel.account, adres=sleutel.adres)
    return Rij(rij[0], rij[1]) if rij else None


def klaar(sessie: Sessie, nummer: int) -> None:
    """Handled: the row stays for its extern_id, its content goes."""
    _KLAAR.doe(sessie, nummer=nummer)


def mislukt(sessie: Sessie, nummer: int, fout: str) -> bool:
    """Count a failed try; returns whether the row is now set aside, so that what is behind it goes on."""
    rij = postvak_in.c
    pogingen: int = sessie.execute(
        postvak_in.update()
        .where(rij.id == nummer)
        .values(
            pogingen=rij.pogingen + 1,
            fout=fout[:100],
            status=sa.case((rij.pogingen + 1 >= POGINGEN, "opzij"), else_=rij.status),
        )
        .returning(rij.pogingen)
    ).scalar_one()
    return pogingen >= POGINGEN


def vergeet_adres(sessie: Sessie, sleutel: Sleutel) -> None:
    """Erased: handled rows keep their extern_id (a repeat must not begin anew) and lose the chat's address."""
    rij = postvak_in.c
    van = (rij.kanaal == sleutel.kanaal) & (rij.account == sleutel.account) & (rij.adres == sleutel.adres)
    sessie.execute(postvak_in.update().where(van, rij.status != "open").values(adres="", inhoud=None))


def wachtenden(sessie: Sessie, meest: int = 1000) -> list[Sleutel]:
    """The chats that have open rows (for the sweep), oldest first."""
    rij = postvak_in.c
    vraag = (
        sa.select(rij.kanaal, rij.account, rij.adres)
        .where(rij.status == sa.literal_column("'open'"))
        .group_by(rij.kanaal, rij.account, rij.adres)
        .order_by(sa.func.min(rij.id))
        .limit(meest)
    )
    return [Sleutel(*r) for r in sessie.execute(vraag)]
