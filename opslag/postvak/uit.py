"""The outbox, going in and coming out: queue a message, write down what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Bericht
from opslag.berichten import VLUCHTIG, bericht_json, lees_bericht
from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.postvak.luisteraar import van_wie
from opslag.postvak.zone import ZONE
from opslag.snel import Snel
from opslag.tabellen import Moment, gesprek, postvak_uit, verzending

ANTWOORD, AAN_TEAM, AANBOD, UITZENDING = 0, 1, 3, 5
"""Priorities: replies, then messages between parents and team, then what is about an invitation that was sent (an
offer of a place, a change), then broadcasts.

Nobody is disturbed at night by the last two, and only broadcasts count for the weekly cap."""
GESTOPT = "verzending gestopt"
"""Why a message lies aside whose broadcast was stopped."""
REPLY_TOT = timedelta(hours=24)
"""How long a reply is worth sending."""

_UIT = (
    *("gesprek_id", "kanaal", "account", "adres", "prioriteit", "inhoud", "taal", "vervangt"),
    *("verzending_id", "ouder_id", "status", "niet_voor", "niet_na", "vorm", "spreektaal", "locatie_id"),
)
_LEG = Snel(postvak_uit.insert(), *_UIT)


def leg_klaar(
    sessie: Sessie,
    gesprek_id: int,
    sleutel: Sleutel,
    bericht: Bericht,
    taal: str,
    nu: datetime,
    *,
    prioriteit: int = ANTWOORD,
    vervangt: str = "",
    niet_na: datetime | None = None,
    verzending_id: int | None = None,
    ouder_id: int | None = None,
    vorm: str | None = None,
    spreektaal: str | None = None,
    locatie_id: int | None = None,
) -> None:
    """Queue one message for one chat. ``vorm``, ``spreektaal`` and ``locatie_id`` are of somebody who is no parent
    yet.
    """
    inhoud = bericht_json(bericht)
    rij = uit_rij(
        gesprek_id, sleutel, inhoud, taal, nu, prioriteit, vervangt, niet_na, verzending_id, ouder_id
    )  # fmt: skip
    _LEG.doe(sessie, **rij, vorm=vorm, spreektaal=spreektaal, locatie_id=locatie_id)


def houd_even_vast(sessie: Sessie, rij: dict[str, Any], tot: datetime) -> int:
    """Queue a message (of ``uit_rij``) that goes at ``tot``, or before when ``maak_af`` says so; its number."""
    klaar = postvak_uit.insert().values(rij | {"status": "later", "niet_voor": tot})
    nummer: int = sessie.execute(klaar.returning(postvak_uit.c.id)).scalar_one()
    return nummer


def maak_af(sessie: Sessie, nummers: Sequence[int], verander: Callable[[Bericht], Bericht], nu: datetime) -> int:
    """Those of these messages that are still held go now, changed by ``verander``; how many."""
    u = postvak_uit.c
    vast = sa.select(u.id, u.inhoud).where(u.id.in_(nummers), u.status == "later", u.niet_voor > nu).with_for_update()
    rijen = [r for r in sessie.execute(vast) if r.inhoud]
    for rij in rijen:
        inhoud = bericht_json(verander(lees_bericht(rij.inhoud)))
        sessie.execute(postvak_uit.update().where(u.id == rij.id).values(inhoud=inhoud, status="wacht", niet_voor=nu))
    return len(rijen)


def uit_rij(
    gesprek_id: int,
    sleutel: Sleutel,
    inhoud: str,
    taal: str,
    nu: datetime,
    prioriteit: int,
    vervangt: str = "",
    niet_na: datetime | None = None,
    verzending_id: int | None = None,
    ouder_id: int | None = None,
) -> dict[str, Any]:
    """The row of one message, ready to insert one by one or by the thousand."""
    return {
        "gesprek_id": gesprek_id,
        "kanaal": sleutel.kanaal,
        "account": sleutel.account,
        "adres": sleutel.adres,
        "prioriteit": prioriteit,
        "inhoud": inhoud,
        "taal": taal,
        "vervangt": vervangt,
        "verzending_id": verzending_id,
        "ouder_id": ouder_id,
        "status": "wacht",
        "niet_voor": nu,
        "niet_na": niet_na or nu + REPLY_TOT,
    }


_vluchtig = sa.func.substr(postvak_uit.c.inhoud, 1, len(VLUCHTIG)) == VLUCHTIG
_VERZONDEN = Snel(
    postvak_uit.update()
    .where(
        postvak_uit.c.id == sa.bindparam("nummer"),
        postvak_uit.c.status != sa.literal_column("'verzonden'"),
    )
    .values(
        status=sa.literal_column("'verzonden'"),
        extern_id=sa.bindparam("n_extern"),
        verzonden=sa.bindparam("n_nu", type_=Moment),
        inhoud=sa.case(((postvak_uit.c.kanaal == sa.literal_column("'web'")) & ~_vluchtig, postvak_uit.c.inhoud)),
    )
)


def verzonden(sessie: Sessie, rijen: Sequence[tuple[int, str, int | None]], nu: datetime) -> None:
    """These were sent: (number, the platform's id, broadcast). What they said is emptied, but for the browser chat
    (there too when no copy may stay).
    """
    per: dict[int | None, list[dict[str, Any]]] = {}
    for nummer, extern_id, verzending_id in rijen:
        per.setdefault(verzending_id, []).append({"nummer": nummer, "n_extern": extern_id[:40]})
    for verzending_id, lijst in per.items():
        gewijzigd = _VERZONDEN.doe_veel(sessie, lijst, n_nu=nu)
        if verzending_id is not None:
            tel(sessie, verzending_id, verzonden=gewijzigd)


def tel(sessie: Sessie, verzending_id: int, *, verzonden: int = 0, vervallen: int = 0) -> None:
    """Add to the counters of a broadcast, in the transaction that changes its messages."""
    v = verzending.c
    sessie.execute(
        verzending.update()
        .where(v.id == verzending_id)
        .values(verzonden=v.verzonden + verzonden, vervallen=v.vervallen + vervallen)
    )


_n: Any = sa.bindparam("nummer")
_bezig = postvak_uit.c.status == sa.literal_column("'bezig'")
_LATER = Snel(
    postvak_uit.update()
    .where(postvak_uit.c.id == _n, _bezig)
    .values(
        status=sa.literal_column("'later'"),
        niet_voor=sa.bindparam("n_op", type_=Moment),
        pogingen=sa.bindparam("n_pogingen"),
        reden=sa.bindparam("n_reden"),
    )
)
_TERUG = Snel(
    postvak_uit.update()
    .where(postvak_uit.c.id == _n, _bezig)
    .values(status=sa.literal_column("'wacht'"), reden=sa.bindparam("n_reden"))
)


def later(sessie: Sessie, rijen: Sequence[tuple[int, datetime, int, str]]) -> None:
    """Claimed, but not now: (number, again from this moment on, tries that failed, why)."""
    if rijen:
        velden = ("nummer", "n_op", "n_pogingen", "n_reden")
        waarden = ((n, op, pogingen, reden[:200] or None) for n, op, pogingen, reden in rijen)
        _LATER.doe_veel(sessie, [dict(zip(velden, rij, strict=True)) for rij in waarden])


def leg_terug(sessie: Sessie, nummers: Sequence[int], reden: str = "") -> None:
    """Claimed but not sent, and nothing against them: they wait again, in their old place."""
    _TERUG.doe_veel(sessie, [{"nummer": n} for n in nummers], n_reden=reden[:200] or None)


def in_twijfel(sessie: Sessie, nummers: Sequence[int]) -> None:
    """A part of these was sent: who begins them anew sends it twice."""
    sessie.execute(postvak_uit.update().where(postvak_uit.c.id.in_(nummers)).values(onzeker=True))


def af(sessie: Sessie, nummers: Sequence[int], status: str, reden: str) -> None:
    """Never: 'geweigerd' by the platform or 'vervallen' by ourselves, with the reason kept."""
    _niet_meer(sessie, status, reden, postvak_uit.c.id.in_(nummers), postvak_uit.c.status.in_(_OPEN))


def laat_los_van(sessie: Sessie, ouder_id: int, reden: str) -> None:
    """What waits for this parent and is no reply to them goes no more."""
    rij = postvak_uit.c
    voor = (rij.ouder_id == ouder_id, rij.prioriteit > AAN_TEAM, rij.status.in_(("wacht", "later")))
    _niet_meer(sessie, "vervallen", reden, *voor)


def onbereikbaar(sessie: Sessie, gesprek_id: int, nummer: int, reden: str, nu: datetime) -> None:
    """The platform says this person does not want us: mark the chat and let go of what waits for it."""
    sessie.execute(gesprek.update().where(gesprek.c.id == gesprek_id).values(onbereikbaar=nu))
    rij = postvak_uit.c
    zelf_of_wacht = sa.or_(rij.id == nummer, rij.status.in_(("wacht", "later")))
    _niet_meer(sessie, "vervallen", f"gestopt: {reden}", rij.gesprek_id == gesprek_id, zelf_of_wacht)


_OPEN = ("later", "wacht", "bezig")


def _niet_meer(sessie: Sessie, status: str, reden: str, *voor: Any) -> None:
    waarden = {"status": status, "reden": reden[:200], "inhoud": None}
    weg = postvak_uit.update().where(*voor).values(waarden).returning(postvak_uit.c.verzending_id)
    for verzending_id, keer in Counter(sessie.scalars(weg)).items():
        if verzending_id is not None:
            tel(sessie, verzending_id, vervallen=keer)


def hervat(sessie: Sessie, verzending_id: int, nu: datetime) -> None:
    """What lay aside because its broadcast was stopped waits again."""
    rij = postvak_uit.c
    sessie.execute(
        postvak_uit.update()
        .where(rij.verzending_id == verzending_id, rij.status == "later", rij.reden == GESTOPT)
        .values(status="wacht", niet_voor=nu, reden=None)
    )


# The browser chat reads its own past here


def geschiedenis(sessie: Sessie, adres: str, na: int, meest: int = 100) -> list[Any]:
    """The last messages sent to a browser chat numbered above ``na``: (id, inhoud, taal, vervangt, gesprek_id,
    tijdzone) and who listens (``van_wie``), oldest first.
    """
    rij = postvak_uit.c
    laatste = (
        van_wie(
            sa.select(rij.id, rij.inhoud, rij.taal, rij.vervangt, rij.gesprek_id, ZONE.label("tijdzone")).join(
                gesprek, gesprek.c.id == rij.gesprek_id
            )
        )
        .where(gesprek.c.kanaal == "web", gesprek.c.adres == adres, rij.status == "verzonden", rij.id > na)
        .where(rij.inhoud.is_not(None))
        .order_by(rij.id.desc())
        .limit(meest)
    )
    return list(sessie.execute(laatste).all())[::-1]


def van_browser(sessie: Sessie, adres: str, nummer: int) -> Any | None:
    """One message that was sent to the browser chat at this address: (gesprek_id, inhoud, taal, tijdzone) and who
    listens (``van_wie``); None for another's.

    One on its way counts: a browser shows it, and asks for its picture, before it is written down as sent.
    """
    rij, gegaan = postvak_uit.c, postvak_uit.c.status.in_(("bezig", "verzonden"))
    een = (
        van_wie(
            sa.select(rij.gesprek_id, rij.inhoud, rij.taal, ZONE.label("tijdzone")).join(
                gesprek, gesprek.c.id == rij.gesprek_id
            )
        )
        .where(gesprek.c.kanaal == "web", gesprek.c.adres == adres, gegaan, rij.id == nummer)
        .where(rij.inhoud.is_not(None))
    )
    return sessie.execute(een).first()
