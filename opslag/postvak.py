"""The two boxes. Inbox: committed before a platform hears that we have it. Outbox: what goes out, replies first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from dialogen.basis import Bericht
from opslag.berichten import VLUCHTIG, bericht_json
from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.snel import Snel
from opslag.tabellen import Moment, gesprek, gezin, locatie, ouder, postvak_in, postvak_uit, verzender, verzending

ANTWOORD, AAN_TEAM, AANBOD, UITZENDING = 0, 1, 3, 5
"""Priorities: replies, then messages between parents and team, then offers of a place, then broadcasts.

Nobody is disturbed at night by the last two, and only broadcasts count for the weekly cap."""
POGINGEN = 3
"""So often an update may fail before it is set aside."""
GESTOPT = "verzending gestopt"
"""Why a message lies aside whose broadcast was stopped."""
REPLY_TOT = timedelta(hours=24)
"""How long a reply is worth sending."""

# In


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


# Out


@dataclass(frozen=True, slots=True)
class Uit:
    """A claimed row of the outbox, with what decides at the moment of sending whether it still may go."""

    nummer: int
    gesprek_id: int
    adres: str
    prioriteit: int
    inhoud: str
    taal: str
    vervangt: str
    niet_na: datetime
    pogingen: int
    ouder_id: int | None
    gestopt: bool
    pauze_tot: datetime | None
    onbereikbaar: bool
    stil: tuple[str, str, str] | None
    deze_week: int
    weekmaximum: int
    verzending_id: int | None = None
    stilgelegd: bool = False  # its broadcast was stopped


_UIT = (
    *("gesprek_id", "kanaal", "account", "adres", "prioriteit", "inhoud", "taal", "vervangt"),
    *("verzending_id", "ouder_id", "status", "niet_voor", "niet_na"),
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
) -> None:
    """Queue one message for one chat."""
    inhoud = bericht_json(bericht)
    rij = uit_rij(
        gesprek_id, sleutel, inhoud, taal, nu, prioriteit, vervangt, niet_na, verzending_id, ouder_id
    )  # fmt: skip
    _LEG.doe(sessie, **rij)


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


_eerder = postvak_uit.alias("eerder")
_kandidaat = postvak_uit.alias("kandidaat")
_CLAIM = (
    postvak_uit.update()
    .where(
        postvak_uit.c.id.in_(
            sa.select(_kandidaat.c.id)
            .where(
                _kandidaat.c.kanaal == sa.bindparam("b_kanaal"),
                _kandidaat.c.account == sa.bindparam("b_account"),
                _kandidaat.c.status == sa.literal_column("'wacht'"),
                # In one chat messages of one priority go in order, one at a time.
                ~sa.exists().where(
                    _eerder.c.gesprek_id == _kandidaat.c.gesprek_id,
                    _eerder.c.id < _kandidaat.c.id,
                    _eerder.c.prioriteit <= _kandidaat.c.prioriteit,
                    _eerder.c.status.in_([sa.literal_column("'wacht'"), sa.literal_column("'bezig'")]),
                ),
            )
            .order_by(_kandidaat.c.prioriteit, _kandidaat.c.id)
            .limit(sa.bindparam("b_meest"))
            .with_for_update(skip_locked=True)
        )
    )
    .values(status="bezig")
    .returning(postvak_uit.c.id)
)
_vanaf: Any = sa.bindparam("sinds")
_week = postvak_uit.alias("week")
_GECLAIMD = (
    sa.select(
        postvak_uit.c.id,
        postvak_uit.c.gesprek_id,
        postvak_uit.c.adres,
        postvak_uit.c.prioriteit,
        postvak_uit.c.inhoud,
        postvak_uit.c.taal,
        postvak_uit.c.vervangt,
        postvak_uit.c.niet_na,
        postvak_uit.c.pogingen,
        postvak_uit.c.ouder_id,
        ouder.c.gestopt_op,
        ouder.c.pauze_tot,
        gesprek.c.onbereikbaar,
        locatie.c.stil_van,
        locatie.c.stil_tot,
        locatie.c.tijdzone,
        locatie.c.weekmaximum,
        postvak_uit.c.verzending_id,
        verzending.c.gestopt,
        sa.case(
            (
                postvak_uit.c.prioriteit >= UITZENDING,
                sa.select(sa.func.count())
                .where(
                    _week.c.ouder_id == postvak_uit.c.ouder_id,
                    _week.c.verzonden > _vanaf,
                    _week.c.prioriteit >= UITZENDING,
                )
                .scalar_subquery(),
            ),
            else_=0,
        ).label("deze_week"),
    )
    .join(gesprek, gesprek.c.id == postvak_uit.c.gesprek_id)
    .outerjoin(ouder, ouder.c.id == postvak_uit.c.ouder_id)
    .outerjoin(gezin, gezin.c.id == ouder.c.gezin_id)
    .outerjoin(locatie, locatie.c.id == gezin.c.locatie_id)
    .outerjoin(verzending, verzending.c.id == postvak_uit.c.verzending_id)
    .where(postvak_uit.c.id.in_(sa.bindparam("nummers", expanding=True)))
    .order_by(postvak_uit.c.prioriteit, postvak_uit.c.id)
)


def claim(sessie: Sessie, kanaal: str, account: str, meest: int, nu: datetime) -> list[Uit]:
    """Take up to ``meest`` rows that may go now: replies first, and of one chat one at a time.

    Only the holder of the account's sending lease calls this.
    """
    nummers = list(sessie.scalars(_CLAIM, {"b_kanaal": kanaal, "b_account": account, "b_meest": meest}))
    if not nummers:
        return []
    rijen = sessie.execute(_GECLAIMD, {"nummers": nummers, "sinds": nu - timedelta(days=7)}).all()
    return [_uit(rij) for rij in rijen]


def _uit(rij: Any) -> Uit:
    stil = (rij.stil_van, rij.stil_tot, rij.tijdzone) if rij.stil_van else None
    return Uit(
        rij.id, rij.gesprek_id, rij.adres, rij.prioriteit, rij.inhoud or "{}", rij.taal, rij.vervangt, rij.niet_na,
        rij.pogingen, rij.ouder_id, rij.gestopt_op is not None, rij.pauze_tot, rij.onbereikbaar is not None, stil,
        rij.deze_week, rij.weekmaximum or 0, rij.verzending_id, rij.gestopt is not None,
    )  # fmt: skip


def maak_wakker(sessie: Sessie, nu: datetime) -> int:
    """Rows whose time has come wait from now on; how many."""
    rij = postvak_uit.c
    return sessie.execute(
        postvak_uit.update()
        .where(rij.status == sa.literal_column("'later'"), rij.niet_voor <= nu)
        .values(status="wacht")
    ).rowcount


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


def later(sessie: Sessie, nummer: int, niet_voor: datetime, pogingen: int, reden: str = "") -> None:
    """Not now: again from ``niet_voor`` on."""
    sessie.execute(
        postvak_uit.update()
        .where(postvak_uit.c.id == nummer)
        .values(status="later", niet_voor=niet_voor, pogingen=pogingen, reden=reden[:200] or None)
    )


def leg_terug(sessie: Sessie, nummer: int, reden: str = "") -> None:
    """Claimed but not sent, and nothing against it: it waits again, in its old place."""
    rij = postvak_uit.c
    sessie.execute(postvak_uit.update().where(rij.id == nummer).values(status="wacht", reden=reden[:200] or None))


def af(sessie: Sessie, nummer: int, status: str, reden: str) -> None:
    """Never: 'geweigerd' by the platform or 'vervallen' by ourselves, with the reason kept."""
    _niet_meer(sessie, status, reden, postvak_uit.c.id == nummer, postvak_uit.c.status.in_(_OPEN))


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


# The sending lease


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
        if sessie.execute(nieuw.on_conflict_do_nothing().returning(verzender.c.kanaal)).first() is None:
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


def _haal_terug(sessie: Sessie, kanaal: str, account: str) -> None:
    rij = postvak_uit.c
    sessie.execute(
        postvak_uit.update()
        .where(rij.kanaal == kanaal, rij.account == account, rij.status == sa.literal_column("'bezig'"))
        .values(status="wacht", onzeker=True)
    )


# The browser chat reads its own past here


def geschiedenis(sessie: Sessie, adres: str, na: int, meest: int = 100) -> list[Any]:
    """The last messages sent to a browser chat numbered above ``na``: (id, inhoud, taal, vervangt), oldest first."""
    rij = postvak_uit.c
    laatste = (
        sa.select(rij.id, rij.inhoud, rij.taal, rij.vervangt)
        .join(gesprek, gesprek.c.id == rij.gesprek_id)
        .where(gesprek.c.kanaal == "web", gesprek.c.adres == adres, rij.status == "verzonden", rij.id > na)
        .where(rij.inhoud.is_not(None))
        .order_by(rij.id.desc())
        .limit(meest)
    )
    return list(sessie.execute(laatste).all())[::-1]
