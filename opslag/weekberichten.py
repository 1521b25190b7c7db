"""Weekly messages: composed once by staff, their files fetched, and made for every parent of the groups in batches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Bericht, Vertaald
from opslag import audit, bijlagen, postvak, rechten, te_vertalen, vertalingen
from opslag.berichten import bericht_json
from opslag.database import Sessie
from opslag.gesprekken import Sleutel
from opslag.ontvangers import ingeschreven, nieuwste_chat
from opslag.tabellen import (
    gesprek,
    gezin,
    gezin_groep,
    locatie,
    medewerker,
    ouder,
    postvak_uit,
    vertaling,
    verzending,
    weekbericht,
    weekbericht_groep,
)
from opslag.talen import SCHRIJFTAAL

SOORT = "weekbericht"
LANG = 1000
"""Characters of one; what is longer is refused."""
GELDIG = timedelta(days=6)
"""So long it is still worth sending: then there is the next."""
ZELFDE = timedelta(days=1)
"""Within this time the same words from the same location are not sent twice."""
PARTIJ = 500
VERTALEN = timedelta(minutes=5)
"""So long it waits for translations; then the original goes to who has none."""
WEER = timedelta(seconds=5)
"""After so long it is looked at again."""
POGINGEN = 5
"""So often a file is asked for; without it the words go."""
_w, _z = weekbericht.c, verzending.c


@dataclass(frozen=True, slots=True)
class Week:
    """What is sent. ``foto`` and ``spraak`` are hashes of attachments, '' for none."""

    nummer: int
    locatie: str
    tekst: str
    foto: str = ""
    spraak: str = ""


@dataclass(frozen=True, slots=True)
class TeHalen:
    """Files to fetch by the account they came in at: the platform's ids, '' where there is none any more."""

    nummer: int
    kanaal: str
    account: str
    foto: str
    spraak: str


MaakBericht = Callable[[Week, str, Vertaald | None], Bericht]
"""(what is sent, a parent's language, its translation into that) → the message."""


def maak(
    sessie: Sessie,
    medewerker_id: int,
    gesprek_id: int,
    locatie_id: int,
    tekst: str,
    groepen: Sequence[int],
    nu: datetime,
    *,
    foto: str = "",
    spraak: str = "",
    begint: datetime | None = None,
    vertaal: bool = False,
) -> int | str:
    """Begin one: how many parents it is for. 'mag_niet' for who may not (any more) or without a good group or text,
    'was_al' when a colleague was just before, 'niemand' when nobody would get it.

    ``foto`` and ``spraak`` are file ids of the platform of chat ``gesprek_id``. ``vertaal``: it is asked for in the
    languages of the location's parents, and waits a while for that.
    """
    slot = sa.select(locatie.c.id).where(locatie.c.id == locatie_id).with_for_update(key_share=True)
    mag = rechten.mag_locatie(sessie, medewerker_id, locatie_id) and sessie.execute(slot).first() is not None
    eigen = rechten.eigen_groepen(sessie, locatie_id, tuple(groepen))
    if not mag or not eigen or not 0 < len(tekst) <= LANG:
        return "mag_niet"
    zelfde = (_w.locatie_id == locatie_id, _w.tekst == tekst, _w.gemaakt > nu - ZELFDE)
    if sessie.scalar(sa.select(_w.id).where(*zelfde)) is not None:
        return "was_al"
    vraagt = vertaal and te_vertalen.vraag_tekst(sessie, locatie_id, tekst, nu) > 0
    halen = bool(foto or spraak or vraagt)
    waarden = {
        "locatie_id": locatie_id, "tekst": tekst, "medewerker_id": medewerker_id, "gemaakt": nu,
        "gesprek_id": gesprek_id, "foto_bestand": foto, "spraak_bestand": spraak,
        "status": "halen" if halen else "klaar", "niet_voor": nu,
    }  # fmt: skip
    nummer = sessie.execute(weekbericht.insert().values(waarden).returning(_w.id)).scalar_one()
    sessie.execute(weekbericht_groep.insert(), [{"weekbericht_id": nummer, "groep_id": g} for g in eigen])
    aantal: int = sessie.scalar(_ontvangers(nummer, nu).with_only_columns(sa.func.count())) or 0
    if not aantal:
        sessie.execute(weekbericht.delete().where(_w.id == nummer))
        return "niemand"
    wie = {"locatie_id": locatie_id, "soort": SOORT, "door": medewerker_id, "gemaakt": nu}
    sessie.execute(verzending.insert().values(**wie, begint=begint, weekbericht_id=nummer))
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "weekbericht versturen", f"weekbericht:{nummer}")
    return aantal


def _ontvangers(nummer: int, nu: datetime) -> Any:
    """The select of who gets it: every caregiver of the groups with a chat, who did not say stop."""
    in_groep = (
        sa.select(gezin_groep.c.gezin_id)
        .join(weekbericht_groep, weekbericht_groep.c.groep_id == gezin_groep.c.groep_id)
        .where(weekbericht_groep.c.weekbericht_id == nummer)
    )
    kolommen = (ouder.c.id, SCHRIJFTAAL, gesprek.c.id.label("gesprek_id"))
    return (
        sa.select(*kolommen, gesprek.c.kanaal, gesprek.c.account, gesprek.c.adres)
        .join_from(ouder, gezin, gezin.c.id == ouder.c.gezin_id)
        .join(gesprek, gesprek.c.id == nieuwste_chat())
        .where(gezin.c.id.in_(in_groep), ingeschreven(nu), ouder.c.gestopt_op.is_(None))
    )


# Filling


def vul(sessie: Sessie, zending: int, maak_bericht: MaakBericht, nu: datetime) -> bool:
    """Make one batch of its messages; whether there is more to make."""
    z = sessie.execute(sa.select(verzending).where(_z.id == zending).with_for_update(key_share=True)).first()
    if z is None or z.gevuld or z.gestopt:
        return False
    week = _haal(sessie, z.weekbericht_id)
    niet_na = max(z.begint or z.gemaakt, z.gemaakt) + GELDIG
    partij = _partij(sessie, z, nu) if week and nu < niet_na else []
    vertaald = vertalingen.in_talen(sessie, [week.tekst] if week else [], {p.taal for p in partij})
    rijen = [
        _rij(p, maak_bericht(week, p.taal, vertaald.get(p.taal, {}).get(week.tekst)), zending, nu, niet_na)
        for p in partij
        if week
    ]
    if rijen:
        sessie.execute(postvak_uit.insert(), rijen)
    klaar = len(partij) < PARTIJ
    waarden: dict[str, Any] = {"aantal": _z.aantal + len(rijen)}
    waarden |= {"tot_ouder": partij[-1].id} if partij else {}
    sessie.execute(verzending.update().where(_z.id == zending).values(waarden | ({"gevuld": nu} if klaar else {})))
    return not klaar


def _haal(sessie: Sessie, nummer: int) -> Week | None:
    vraag = sa.select(weekbericht, locatie.c.naam).join(locatie, locatie.c.id == _w.locatie_id)
    rij = sessie.execute(vraag.where(_w.id == nummer)).first()
    return Week(rij.id, rij.naam, rij.tekst, rij.foto or "", rij.spraak or "") if rij else None


def _partij(sessie: Sessie, z: Any, nu: datetime) -> Sequence[Any]:
    vraag = _ontvangers(z.weekbericht_id, nu).where(ouder.c.id > z.tot_ouder).order_by(ouder.c.id)
    return sessie.execute(vraag.limit(PARTIJ).with_for_update(of=ouder, key_share=True)).all()


def _rij(p: Any, bericht: Bericht, zending: int, nu: datetime, niet_na: datetime) -> Any:
    return postvak.uit_rij(
        p.gesprek_id, Sleutel(p.kanaal, p.account, p.adres), bericht_json(bericht), p.taal, nu, postvak.UITZENDING,
        niet_na=niet_na, verzending_id=zending, ouder_id=p.id,
    )  # fmt: skip


# Its files


def te_halen(sessie: Sessie, nu: datetime, meest: int = 4) -> list[TeHalen]:
    """Whose files are to be fetched now, oldest first."""
    rijen = sessie.execute(
        sa.select(_w.id, gesprek.c.kanaal, gesprek.c.account, _w.foto_bestand, _w.spraak_bestand)
        .outerjoin(gesprek, gesprek.c.id == _w.gesprek_id)
        .where(_w.status == sa.literal_column("'halen'"), _w.niet_voor <= nu)
        .order_by(_w.id)
        .limit(meest)
    )
    return [TeHalen(r.id, r.kanaal or "", r.account or "", r.foto_bestand, r.spraak_bestand) for r in rijen]


def binnen(sessie: Sessie, werk: TeHalen, soort: str, inhoud: bytes, duur: int, nu: datetime) -> None:
    """One file of it was fetched: kept, and known to be there already at the account it came from."""
    naam = bijlagen.bewaar(sessie, soort, inhoud, nu, duur)
    bestand = werk.foto if soort == bijlagen.BEELD else werk.spraak
    bijlagen.onthoud(sessie, werk.kanaal, werk.account, {naam: bestand}, nu)
    veld = "foto" if soort == bijlagen.BEELD else "spraak"
    sessie.execute(weekbericht.update().where(_w.id == werk.nummer).values({veld: naam, f"{veld}_bestand": ""}))


def klaar(sessie: Sessie, nummer: int, nu: datetime) -> bool:
    """Its files are there: it may be sent, but for translations that are being made; whether it may."""
    tekst = sessie.scalar(sa.select(_w.tekst).where(_w.id == nummer, _w.gemaakt > nu - VERTALEN))
    v = vertaling.c
    bezig = (v.hash == vertalingen.hash_van(tekst or ""), v.status == "gevraagd")
    wacht = tekst is not None and sessie.scalar(sa.select(v.id).where(*bezig).limit(1)) is not None
    waarden = {"niet_voor": nu + WEER} if wacht else {"status": "klaar"}
    sessie.execute(weekbericht.update().where(_w.id == nummer, _w.status == "halen").values(waarden))
    return not wacht


def later(sessie: Sessie, nummer: int, op: datetime) -> bool:
    """Not now: again from ``op``. False when that was the last time."""
    waarden: Mapping[str, Any] = {"pogingen": _w.pogingen + 1, "niet_voor": op}
    keer = sessie.scalar(weekbericht.update().where(_w.id == nummer).values(waarden).returning(_w.pogingen))
    return keer is not None and keer < POGINGEN


def mislukt(sessie: Sessie, nummer: int, bericht: Bericht, nu: datetime) -> None:
    """What cannot be fetched is left out: the words go, and who composed it hears so."""
    over = {"status": "mislukt", "foto_bestand": "", "spraak_bestand": ""}
    if not sessie.execute(weekbericht.update().where(_w.id == nummer, _w.status == "halen").values(over)).rowcount:
        return  # another process was first
    chat = sessie.execute(
        sa.select(gesprek.c.id, gesprek.c.kanaal, gesprek.c.account, gesprek.c.adres, medewerker.c.taal)
        .join(weekbericht, _w.gesprek_id == gesprek.c.id)
        .join(medewerker, medewerker.c.id == gesprek.c.medewerker_id)
        .where(_w.id == nummer)
    ).first()
    if chat is not None:
        sleutel = Sleutel(chat.kanaal, chat.account, chat.adres)
        postvak.leg_klaar(sessie, chat.id, sleutel, bericht, chat.taal, nu, prioriteit=postvak.AAN_TEAM)
