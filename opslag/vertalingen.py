"""Translations of what people wrote: asked for in a turn, made by a loop outside it, looked up in batches.

A text has one translation per language, wherever it stands; what a colleague corrected stays and is used everywhere. A
text about one parent belongs to that parent and to one thing (``over``: 'vraag:12'), and goes with either.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from dialogen.afdekken import merk_namen
from dialogen.basis import Vertaald
from dialogen.teksten import BRON
from dialogen.vertaald import LENGTE
from dialogen.woordenlijst import gebruikt
from opslag import audit, rechten
from opslag.database import Sessie
from opslag.snel import Snel, eenmaal
from opslag.tabellen import (
    Moment,
    gesprek,
    medewerker,
    medewerker_locatie,
    vertaling,
    vertaling_wacht,
)

LEASE = timedelta(seconds=90)
"""How long who took a text may work on it before somebody else does."""
OPNIEUW = timedelta(hours=1)
"""After so long a translation that failed may be asked for again."""

_v = vertaling.c


@dataclass(frozen=True, slots=True)
class TeVertalen:
    """A claimed text. ``pogingen`` counts this one; ``tot`` is until when anybody waits for it, None for no limit."""

    nummer: int
    bron: str
    van: str
    naar: str
    pogingen: int
    tot: datetime | None = None


def hash_van(tekst: str) -> str:
    """By what a text is known: SHA-256 of its words, in hex."""
    return hashlib.sha256(tekst.encode()).hexdigest()


def _eigen_hash(over: str) -> str:
    """By what words about a parent are known: what they belong to. No text of anybody else has this hash."""
    return hash_van(f"\0{over}")


# Asking


def vraag_aan(
    sessie: Sessie, teksten: Iterable[str], talen: Collection[str], nu: datetime, namen: Iterable[str] = ()
) -> int:
    """Ask for these Dutch texts in these languages, once per text; how many are new. ``namen`` do not travel.

    What failed more than ``OPNIEUW`` ago is tried again.
    """
    namen = list(namen)
    rijen = [
        _rij(tekst, merk_namen(tekst, namen), taal, nu)
        for tekst in dict.fromkeys(teksten)
        if tekst.strip()
        for taal in sorted(set(talen) - {BRON})
    ]
    if not rijen:
        return 0
    sessie.execute(_OPNIEUW, [{f"n_{k}": w for k, w in rij.items()} | {"n_oud": nu - OPNIEUW} for rij in rijen])
    return len(sessie.scalars(_nieuw(sessie).returning(_v.id), rijen).all())


def _rij(tekst: str, bron: str, taal: str, nu: datetime) -> dict[str, Any]:
    woorden = gebruikt(tekst, taal)
    velden = {"hash": hash_van(tekst), "bron": bron, "van": BRON, "naar": taal, "niet_voor": nu, "gemaakt": nu}
    return velden | {"woorden": hash_van(woorden) if woorden else ""}


_OPNIEUW = (  # what failed a while ago, and what was made with other words of the list
    vertaling.update()
    .where(_v.hash == sa.bindparam("n_hash"), _v.van == sa.bindparam("n_van"), _v.naar == sa.bindparam("n_naar"))
    .where(
        ((_v.status == "mislukt") & (_v.niet_voor < sa.bindparam("n_oud", type_=Moment)))
        | ((_v.status == "machine") & (_v.woorden != sa.bindparam("n_woorden")))
    )
    .values(
        status="gevraagd",
        pogingen=0,
        fout=None,
        bron=sa.bindparam("n_bron"),
        woorden=sa.bindparam("n_woorden"),
        niet_voor=sa.bindparam("n_niet_voor", type_=Moment),
    )
)


def _nieuw(sessie: Sessie) -> Any:
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    return maak(vertaling).on_conflict_do_nothing(index_elements=["hash", "van", "naar"])


def vraag_voor_ouder(
    sessie: Sessie,
    ouder_id: int,
    over: str,
    tekst: str,
    van_naar: tuple[str, str],
    nu: datetime,
    namen: Iterable[str] = (),
    melden: int | None = None,
) -> int:
    """Ask for words to or of one parent, which belong to ``over``; other words for the same take their place. The
    number to wait for. ``melden`` is the chat that hears when it fails.
    """
    van, naar = van_naar
    rij: dict[str, Any] = {"hash": _eigen_hash(over), "bron": merk_namen(tekst, namen), "van": van, "naar": naar}
    rij |= {"niet_voor": nu, "gemaakt": nu, "ouder_id": ouder_id, "melden": melden}
    anders = {k: w for k, w in rij.items() if k in {"bron", "niet_voor", "melden"}}
    anders |= {"status": "gevraagd", "tekst": None, "fout": None, "pogingen": 0}
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    nieuw = maak(vertaling).values(rij).on_conflict_do_update(index_elements=["hash", "van", "naar"], set_=anders)
    nummer: int = sessie.execute(nieuw.returning(_v.id)).scalar_one()
    return nummer


def laat_wachten(sessie: Sessie, nummer: int, uit_id: int) -> None:
    """This message of the outbox is completed when the translation comes."""
    sessie.execute(vertaling_wacht.insert().values(vertaling_id=nummer, uit_id=uit_id))


# Looking up

_BRUIKBAAR = ("machine", "nagekeken")


_SAMEN = 8
"""So many texts go into one question of a turn: few turns have more."""
_IN_TAAL = Snel(  # in every turn of who reads another language
    sa.select(_v.hash, _v.tekst, _v.status, medewerker.c.naam)
    .outerjoin(medewerker, medewerker.c.id == _v.nagekeken_door)
    .where(_v.hash.in_([sa.bindparam(f"h{n}") for n in range(_SAMEN)]))
    .where(_v.van == sa.literal_column(f"'{BRON}'"), _v.naar == sa.bindparam("taal"))
    .where(_v.status.in_([sa.literal_column(f"'{status}'") for status in _BRUIKBAAR]))
)


def in_taal(sessie: Sessie, teksten: Iterable[str], taal: str) -> Mapping[str, Vertaald]:
    """Those of these Dutch texts that there is a translation of; nothing is asked of the database for Dutch."""
    per_hash = {hash_van(t): t for t in teksten if t} if taal != BRON else {}
    hashes, gevonden = list(per_hash), {}
    for begin in range(0, len(hashes), _SAMEN):
        deel = hashes[begin : begin + _SAMEN]
        namen = {f"h{n}": deel[n] if n < len(deel) else "" for n in range(_SAMEN)}
        for h, tekst, status, door in _IN_TAAL.rijen(sessie, taal=taal, **namen):
            gevonden[per_hash[h]] = Vertaald(tekst or "", status, door or "")
    return gevonden


def in_talen(sessie: Sessie, teksten: Iterable[str], talen: Collection[str]) -> Mapping[str, Mapping[str, Vertaald]]:
    """The same in several languages at once: language → Dutch text → translation."""
    per: dict[str, dict[str, Vertaald]] = {}
    for (tekst, taal), gevonden in _zoek(sessie, teksten, sorted(set(talen) - {BRON}), _BRUIKBAAR).items():
        per.setdefault(taal, {})[tekst] = gevonden
    return per


def hoe_staat(sessie: Sessie, teksten: Iterable[str]) -> Mapping[tuple[str, str], Vertaald]:
    """(Dutch text, language) → how it stands, also what is being made and what failed."""
    return _zoek(sessie, teksten, None, (*_BRUIKBAAR, "gevraagd", "mislukt"))


def _zoek(
    sessie: Sessie, teksten: Iterable[str], talen: list[str] | None, statussen: tuple[str, ...]
) -> dict[tuple[str, str], Vertaald]:
    per_hash = {hash_van(t): t for t in teksten if t}
    if not per_hash or talen == []:
        return {}
    vraag = (
        sa.select(_v.hash, _v.naar, _v.tekst, _v.status, medewerker.c.naam)
        .outerjoin(medewerker, medewerker.c.id == _v.nagekeken_door)
        .where(_v.hash.in_(list(per_hash)), _v.van == BRON, _v.status.in_(statussen))
    )
    rijen = sessie.execute(vraag.where(_v.naar.in_(talen)) if talen is not None else vraag)
    return {(per_hash[h], naar): Vertaald(tekst or "", status, door or "") for h, naar, tekst, status, door in rijen}


def van_ouder(sessie: Sessie, over: Iterable[str], naar: str) -> Mapping[str, str]:
    """Of these things of parents ('vraag:12') the words in the language of who reads them, as far as they are there."""
    per_hash = {_eigen_hash(een): een for een in over}
    if not per_hash:
        return {}
    klaar = sa.select(_v.hash, _v.tekst).where(_v.hash.in_(list(per_hash)), _v.naar == naar, _v.status == "machine")
    return {per_hash[h]: tekst for h, tekst in sessie.execute(klaar)}


# Making


def claim(sessie: Sessie, nu: datetime, meest: int, wacht: timedelta) -> list[TeVertalen]:
    """Take up to ``meest`` texts that may be tried now, for ``LEASE``; what somebody waits for (``wacht``) first."""
    klaar = (
        sa.select(_v.id)
        .where(_v.status == sa.literal_column("'gevraagd'"), _v.niet_voor <= nu)
        .order_by(_v.ouder_id.is_(None), _v.niet_voor, _v.id)
        .limit(meest)
        .with_for_update(skip_locked=True)
    )
    neem = vertaling.update().where(_v.id.in_(eenmaal(klaar))).values(niet_voor=nu + LEASE, pogingen=_v.pogingen + 1)
    rijen = sessie.execute(neem.returning(_v.id, _v.bron, _v.van, _v.naar, _v.pogingen, _v.melden, _v.gemaakt)).all()
    return [
        TeVertalen(r.id, r.bron or "", r.van, r.naar, r.pogingen, r.gemaakt + wacht if r.melden else None)
        for r in sorted(rijen, key=lambda r: int(r.id))
    ]


def lukte(sessie: Sessie, nummer: int, tekst: str, dienst: str) -> bool:
    """It is made; False when it was not asked for any more (corrected, wiped). The source is not needed again."""
    klaar = vertaling.update().where(_v.id == nummer, _v.status == "gevraagd")
    waarden = {"status": "machine", "tekst": tekst, "dienst": dienst, "bron": None, "fout": None}
    return bool(sessie.execute(klaar.values(waarden)).rowcount)


def later(sessie: Sessie, nummer: int, op: datetime, fout: str) -> None:
    """Not now: again from ``op`` on. ``fout`` is the kind of error."""
    waarden = {"niet_voor": op, "fout": fout[:100]}
    sessie.execute(vertaling.update().where(_v.id == nummer, _v.status == "gevraagd").values(waarden))


def mislukte(sessie: Sessie, nummer: int, fout: str, nu: datetime) -> bool:
    """It is not going to be made; False when it was not asked for any more."""
    waarden = {"status": "mislukt", "fout": fout[:100], "niet_voor": nu}
    return (
        sessie.execute(vertaling.update().where(_v.id == nummer, _v.status == "gevraagd").values(waarden)).rowcount == 1
    )


def wachtenden(sessie: Sessie, nummer: int) -> list[int]:
    """The messages of the outbox that were linked to it."""
    return list(sessie.scalars(sa.select(vertaling_wacht.c.uit_id).where(vertaling_wacht.c.vertaling_id == nummer)))


def melden_aan(sessie: Sessie, nummer: int) -> Any | None:
    """The chat of the colleague who hears when it goes out untranslated: (id, kanaal, account, adres, taal)."""
    g = gesprek.c
    return sessie.execute(
        sa.select(g.id, g.kanaal, g.account, g.adres, medewerker.c.taal)
        .join(vertaling, _v.melden == g.id)
        .join(medewerker, medewerker.c.id == g.medewerker_id)
        .where(_v.id == nummer, medewerker.c.actief)
    ).first()


def vergeet(sessie: Sessie, nummer: int) -> None:
    """Nothing of an answer stays here once it is on its way: the message itself holds it."""
    sessie.execute(vertaling.delete().where(_v.id == nummer, _v.melden.is_not(None)))


def vergeet_over(sessie: Sessie, over: str) -> None:
    """The words of a parent are wiped: what was made of them goes too."""
    sessie.execute(vertaling.delete().where(_v.hash == _eigen_hash(over)))


# Correcting


def verbeter(
    sessie: Sessie, medewerker_id: int, activiteit_id: int, veld: str, taal: str, tekst: str, nu: datetime
) -> bool:
    """A colleague says how this text of an activity is said well in a language. It stays, wherever the text stands.

    False when the activity is not theirs, it has no such text, the words are too long or none, or a colleague of
    other locations checked these words before: the same title may stand there too.
    """
    rij = rechten.neem_activiteit(sessie, medewerker_id, activiteit_id)
    bron = getattr(rij, veld) if rij is not None and veld in LENGTE else ""
    if not bron or taal == BRON or not 0 < len(tekst.strip()) <= LENGTE[veld]:
        return False
    waarden = {
        "status": "nagekeken",
        "tekst": tekst.strip(),
        "nagekeken_door": medewerker_id,
        "bron": None,
        "fout": None,
    }
    maak = pg_insert if sessie.dialect.name == "postgresql" else sqlite_insert
    nieuw = maak(vertaling).values(hash=hash_van(bron), van=BRON, naar=taal, gemaakt=nu, **waarden)
    mag = (vertaling.c.status != "nagekeken") | vertaling.c.nagekeken_door.is_(None) | _van_ons(medewerker_id)
    beter = nieuw.on_conflict_do_update(index_elements=["hash", "van", "naar"], set_=waarden, where=mag)
    if sessie.execute(beter.returning(vertaling.c.id)).scalar() is None:
        return False
    audit.leg_vast(
        sessie, nu, f"medewerker:{medewerker_id}", "vertaling nagekeken", f"activiteit:{activiteit_id}", taal
    )
    return True


def _van_ons(medewerker_id: int) -> Any:
    """Whether who checked it works at one of the locations of this colleague."""
    samen = medewerker_locatie.c
    return vertaling.c.nagekeken_door.in_(
        sa.select(samen.medewerker_id).where(samen.locatie_id.in_(rechten.eigen(medewerker_id)))
    )


def teksten_van(a: Any) -> tuple[str, ...]:
    """What parents read of an activity (a row, or as staff see it)."""
    return tuple(dict.fromkeys(t for veld in LENGTE if (t := getattr(a, veld))))
