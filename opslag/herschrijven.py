"""A plan that changes while messages about it still lie in the outbox: they are written anew, each in its own place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Vertaald
from opslag.berichten import bericht_json
from opslag.database import Sessie
from opslag.ontvangers import SOORTEN
from opslag.tabellen import aanmelding_huidig, ouder, postvak_uit, uitnodiging, verzending
from opslag.talen import SCHRIJFTAAL
from opslag.vertalingen import in_talen, teksten_van
from opslag.verzendingen import PARTIJ, MaakBericht, haal, wereld_van

_ONDERWEG = ("wacht", "later", "bezig")
"""Not sent for certain. What is in flight is written anew too: when its try fails it must not go out with old words."""
_u = postvak_uit.c
_ZET = (
    postvak_uit.update()
    .where(_u.id == sa.bindparam("b_id"), sa.or_(*(_u.status == status for status in _ONDERWEG)))
    .values(inhoud=sa.bindparam("b_inhoud"), niet_na=sa.bindparam("b_niet_na"))
)


def herschrijf(sessie: Sessie, activiteit_id: int, maak: Mapping[str, MaakBericht], nu: datetime) -> int:
    """Write anew what was not sent yet about this activity, also of broadcasts that are stopped for now; how many.

    ``maak`` gives the words per kind of broadcast. Batch by batch, so that memory stays flat.
    """
    a, tot, aantal = haal(sessie, activiteit_id), 0, 0
    while partij := sessie.execute(_onderweg(activiteit_id, tot)).all():
        vertaald = in_talen(sessie, teksten_van(a), {p.taal for p in partij})
        sessie.execute(_ZET, [_rij(a, p, maak[p.soort], nu, vertaald.get(p.taal, {})) for p in partij])
        tot, aantal = partij[-1].uit_id, aantal + len(partij)
    return aantal


def _onderweg(activiteit_id: int, na: int) -> Any:
    h = aanmelding_huidig.c
    return (
        sa.select(
            *(_u.id.label("uit_id"), verzending.c.soort, uitnodiging.c.id.label("uitnodiging"), h.antwoord, h.aantal),
            *(ouder.c.naam, ouder.c.rol, SCHRIJFTAAL),
        )
        .select_from(postvak_uit)
        .join(verzending, verzending.c.id == _u.verzending_id)
        .join(ouder, ouder.c.id == _u.ouder_id)
        .join(uitnodiging, sa.and_(uitnodiging.c.ouder_id == ouder.c.id, uitnodiging.c.activiteit_id == activiteit_id))
        .outerjoin(aanmelding_huidig, h.uitnodiging_id == uitnodiging.c.id)
        .where(verzending.c.activiteit_id == activiteit_id, _u.status.in_(_ONDERWEG), _u.id > na)
        .order_by(_u.id)
        .limit(PARTIJ)
    )


def _rij(a: Any, p: Any, maak: MaakBericht, nu: datetime, vertaald: Mapping[str, Vertaald]) -> Mapping[str, Any]:
    bericht = bericht_json(maak(wereld_van(a, p, p.uitnodiging, nu, vertaald), p.uitnodiging))
    return {"b_id": p.uit_id, "b_inhoud": bericht, "b_niet_na": SOORTEN[p.soort].niet_na(a.begin, a.duur, nu)}


def vervang_wijzigingen(sessie: Sessie, activiteit_id: int, nu: datetime) -> None:
    """What was being told about an earlier change is told no more: the next message says how it is now."""
    _vervang(sessie, activiteit_id, "wijziging", "er kwam een nieuwe wijziging", nu)


def vervang_herinneringen(sessie: Sessie, activiteit_id: int, nu: datetime) -> None:
    """It is on another day now: nobody is reminded of the old one any more, and of the new one when that is near."""
    _vervang(sessie, activiteit_id, "herinnering", "de activiteit is op een andere dag", nu)


def _vervang(sessie: Sessie, activiteit_id: int, soort: str, reden: str, nu: datetime) -> None:
    z = verzending.c
    hier = sa.select(z.id).where(z.activiteit_id == activiteit_id, z.soort == soort, z.gestopt.is_(None))
    for nummer in sessie.scalars(hier).all():
        weg = sessie.execute(
            postvak_uit.update()
            .where(_u.verzending_id == nummer, _u.status.in_(("wacht", "later")))
            .values(status="vervallen", reden=reden, inhoud=None)
        ).rowcount
        sessie.execute(
            verzending.update()
            .where(z.id == nummer)
            .values(
                vervallen=z.vervallen + weg, gevuld=sa.func.coalesce(z.gevuld, sa.bindparam("nu", nu, z.gevuld.type))
            )
        )
