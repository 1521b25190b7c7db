"""How many places of an activity are taken: by who comes, and by who was offered one and may still answer."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from opslag.tabellen import aanmelding, activiteit, plekaanbod, uitnodiging


def bezet(*, alles: bool = False) -> Any:
    """The adults who come to this activity by the answers that stand, and the places that are offered to somebody;
    without those of this very invitation, or with ``alles`` all of them. Somebody who was erased keeps no place.
    """
    return _komt(alles) + _aangeboden(alles)


def _van_anderen(ander: Any, alles: bool) -> list[Any]:
    rest = [ander.c.activiteit_id == activiteit.c.id, ander.c.ouder_id.is_not(None)]
    return rest if alles else [*rest, ander.c.id != uitnodiging.c.id]


def _komt(alles: bool) -> Any:
    ander, stand = uitnodiging.alias("ander"), aanmelding.alias("ander_stand")
    return (
        sa.select(sa.func.coalesce(sa.func.sum(stand.c.aantal), 0))
        .select_from(ander.join(stand, stand.c.id == _laatste_van(ander)))
        .where(*_van_anderen(ander, alles), stand.c.antwoord == "ja")
        .correlate(activiteit, *([] if alles else [uitnodiging]))
        .scalar_subquery()
    )


def _laatste_van(ander: Any) -> Any:
    laatste = aanmelding.alias("ander_laatste")
    return sa.select(sa.func.max(laatste.c.id)).where(laatste.c.uitnodiging_id == ander.c.id).scalar_subquery()


def _aangeboden(alles: bool) -> Any:
    ander, aanbod = uitnodiging.alias("geboden"), plekaanbod.alias("geboden_plek")
    return (
        sa.select(sa.func.count())
        .select_from(ander.join(aanbod, aanbod.c.uitnodiging_id == ander.c.id))
        .where(*_van_anderen(ander, alles), aanbod.c.uitkomst.is_(None))
        .correlate(activiteit, *([] if alles else [uitnodiging]))
        .scalar_subquery()
    )
