"""The sending lease: who may send for an account right now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from opslag.database import Sessie
from opslag.tabellen import postvak_uit, verzender


def neem_account(sessie: Sessie, kanaal: str, account: str, houder: str, nu: datetime, tot: datetime) -> bool | None:
    """Take or keep the right to send for an account until ``tot``.

    True: newly taken (rows that were in flight with the last holder are marked uncertain and wait again);
    None: kept; False: somebody else has it.
    """
    sleutel = (verzender.c.kanaal == kanaal) & (verzender.c.account == account)
    rij = sessie.execute(sa.select(verzender).where(sleutel).with_for_update()).first()
    if rij is not None and rij.houder != houder and rij.tot > nu:
        return False
    if rij is None:
        maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
        nieuw = maak(verzender).values(kanaal=kanaal, account=account, houder=houder, tot=tot)
        if (
            sessie.execute(
                nieuw.on_conflict_do_nothing(index_elements=["kanaal", "account"]).returning(verzender.c.kanaal)
            ).first()
            is None
        ):
            return False
    else:
        sessie.execute(verzender.update().where(sleutel).values(houder=houder, tot=tot))
    if rij is not None and rij.houder == houder:
        return None
    _haal_terug(sessie, kanaal, account)
    return True


def houder(sessie: Sessie, kanaal: str, account: str) -> str | None:
    """Who holds the right to send for an account, whether or not it has run out."""
    return sessie.scalar(
        sa.select(verzender.c.houder).where(verzender.c.kanaal == kanaal, verzender.c.account == account)
    )


def onteigen(sessie: Sessie, kanaal: str, account: str, houder: str) -> None:
    """Let a lease run out at once: its holder is known to be gone."""
    sleutel = (verzender.c.kanaal == kanaal) & (verzender.c.account == account)
    begin = datetime(1970, 1, 1, tzinfo=UTC)
    waarden = {"houder": "", "tot": begin}
    sessie.execute(verzender.update().where(sleutel, verzender.c.houder == houder).values(waarden))


def laat_los(sessie: Sessie, kanaal: str, account: str, houder: str, in_de_lucht: Sequence[int] = ()) -> None:
    """Give the right back (a clean stop). Rows still claimed wait again; ``in_de_lucht`` may have arrived already."""
    sleutel = (verzender.c.kanaal == kanaal) & (verzender.c.account == account)
    if sessie.execute(verzender.delete().where(sleutel, verzender.c.houder == houder)).rowcount:
        rij = postvak_uit.c
        onzeker = sa.case((rij.id.in_(in_de_lucht), sa.true()), else_=rij.onzeker)
        sessie.execute(
            postvak_uit.update()
            .where(rij.kanaal == kanaal, rij.account == account, rij.status == "bezig")
            .values(status="wacht", onzeker=onzeker)
        )


def haal_terug(sessie: Sessie, kanaal: str, account: str, behalve: Sequence[int]) -> None:
    """Rows that were claimed and of which the holder of the right never heard wait again; it knows ``behalve``."""
    rij = postvak_uit.c
    onbekend = (rij.kanaal == kanaal, rij.account == account, rij.status == "bezig", rij.id.not_in(behalve))
    sessie.execute(postvak_uit.update().where(*onbekend).values(status="wacht"))


def _haal_terug(sessie: Sessie, kanaal: str, account: str) -> None:
    rij = postvak_uit.c
    sessie.execute(
        postvak_uit.update()
        .where(rij.kanaal == kanaal, rij.account == account, rij.status == sa.literal_column("'bezig'"))
        .values(status="wacht", onzeker=True)
    )
