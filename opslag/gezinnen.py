"""The families of a location as the desk sees them: how each caregiver is reached, and what is kept of a family.

Rights are asked where something is written: an own location of the colleague, and for erasing one who leads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from opslag import audit, locaties, ouders, plekaanbod, rechten
from opslag.database import Sessie
from opslag.ontvangers import nieuwste_chat
from opslag.tabellen import gesprek, gezin, gezin_groep, groep, locatie, ouder, toestemming

BLAD = 50
"""Families on one page."""
BRIEF_GELDIG = timedelta(days=60)
"""How long the code in a letter works: it may lie in a bag for a while."""
ROLLEN = ("vader", "moeder", "ander")


class Kanniet(ValueError):
    """What was asked cannot be; the text says why, for the person who asked."""


@dataclass(frozen=True, slots=True)
class Verzorger:
    """A caregiver. ``kanaal`` is that of a chat that works ('' for none: a letter), ``onbereikbaar`` that the platform
    refuses; ``stand`` is 'actief', 'pauze' or 'gestopt'. Moments are UTC.
    """

    nummer: int
    gezin: int
    naam: str
    rol: str
    taal: str
    kanaal: str
    onbereikbaar: bool
    stand: str
    pauze_tot: datetime | None = None


@dataclass(frozen=True, slots=True)
class Gezin:
    """An enrolled family; '' for no number in the administration. ``uitgeschreven`` is the first day that it is not."""

    nummer: int
    kenmerk: str
    ingeschreven: date
    uitgeschreven: date | None
    groepen: tuple[tuple[int, str], ...]
    verzorgers: tuple[Verzorger, ...]


@dataclass(frozen=True, slots=True)
class Zoek:
    """What to look for: words of a name or the family's number, a group (0 for any), only who has no chat."""

    tekst: str = ""
    groep: int = 0
    zonder_chat: bool = False
    weg: bool = False  # also who left


@dataclass(frozen=True, slots=True)
class Blad:
    """One page of families, of ``aantal`` in all."""

    gezinnen: tuple[Gezin, ...]
    aantal: int
    nummer: int

    @property
    def bladen(self) -> int:
        """How many pages there are; one when there is nobody."""
        return max(1, -(-self.aantal // BLAD))


def blad(sessie: Sessie, locatie_id: int, zoek: Zoek, nummer: int, nu: datetime) -> Blad:
    """A page (from 1) of the families of a location, by name; four statements, however many there are."""
    waar = _waar(locatie_id, zoek, nu)
    aantal = sessie.scalar(sa.select(sa.func.count()).select_from(gezin).where(*waar)) or 0
    nummer = max(1, min(nummer, max(1, -(-aantal // BLAD))))
    eerste = sa.select(sa.func.min(sa.func.lower(ouder.c.naam))).where(ouder.c.gezin_id == gezin.c.id)
    vraag = sa.select(gezin).where(*waar).order_by(sa.func.coalesce(eerste.scalar_subquery(), ""), gezin.c.id)
    rijen = sessie.execute(vraag.limit(BLAD).offset((nummer - 1) * BLAD)).all()
    return Blad(_gezinnen(sessie, rijen, nu), aantal, nummer)


def _waar(locatie_id: int, zoek: Zoek, nu: datetime) -> list[Any]:
    waar: list[Any] = [gezin.c.locatie_id == locatie_id]
    if not zoek.weg:
        waar.append(gezin.c.uitgeschreven.is_(None) | (gezin.c.uitgeschreven > nu.date()))
    if zoek.groep:
        waar.append(gezin.c.id.in_(sa.select(gezin_groep.c.gezin_id).where(gezin_groep.c.groep_id == zoek.groep)))
    if zoek.zonder_chat:
        werkt = sa.exists().where(ouder.c.gezin_id == gezin.c.id, gesprek.c.ouder_id == ouder.c.id)
        waar.append(~werkt.where(gesprek.c.onbereikbaar.is_(None)))
    for woord in zoek.tekst.split()[:5]:
        heet = sa.exists().where(ouder.c.gezin_id == gezin.c.id, ouder.c.naam.icontains(woord, autoescape=True))
        waar.append(heet | gezin.c.kenmerk.icontains(woord, autoescape=True))
    return waar


def een(sessie: Sessie, locatie_id: int, nummer: int, nu: datetime) -> Gezin | None:
    """One family of this location; None when it is not one of it."""
    rij = sessie.execute(sa.select(gezin).where(gezin.c.id == nummer, gezin.c.locatie_id == locatie_id)).first()
    return _gezinnen(sessie, [rij], nu)[0] if rij else None


def _gezinnen(sessie: Sessie, rijen: Sequence[Any], nu: datetime) -> tuple[Gezin, ...]:
    nummers = [r.id for r in rijen]
    leden, groepen = (_leden(sessie, nummers, nu), _groepen(sessie, nummers)) if nummers else ({}, {})
    return tuple(
        Gezin(
            r.id, r.kenmerk or "", r.ingeschreven, r.uitgeschreven, tuple(groepen.get(r.id, ())),
            tuple(leden.get(r.id, ())),
        )
        for r in rijen
    )  # fmt: skip


def _leden(sessie: Sessie, gezinnen: list[int], nu: datetime) -> dict[int, list[Verzorger]]:
    o, chat = ouder.c, gesprek.alias("chat")
    ooit = sa.exists().where(gesprek.c.ouder_id == o.id).correlate(ouder)
    rijen = sessie.execute(
        sa.select(o.id, o.gezin_id, o.naam, o.rol, o.taal, o.pauze_tot, o.gestopt_op, chat.c.kanaal, ooit.label("ooit"))
        .select_from(ouder)
        .outerjoin(chat, chat.c.id == nieuwste_chat())
        .where(o.gezin_id.in_(gezinnen))
        .order_by(o.id)
    )
    per: dict[int, list[Verzorger]] = {}
    for r in rijen:
        stand = "gestopt" if r.gestopt_op else "pauze" if r.pauze_tot and r.pauze_tot > nu else "actief"
        lid = Verzorger(
            r.id, r.gezin_id, r.naam, r.rol or "", r.taal, r.kanaal or "", bool(r.ooit) and not r.kanaal, stand,
            r.pauze_tot if stand == "pauze" else None,
        )  # fmt: skip
        per.setdefault(r.gezin_id, []).append(lid)
    return per


def _groepen(sessie: Sessie, gezinnen: list[int]) -> dict[int, list[tuple[int, str]]]:
    per: dict[int, list[tuple[int, str]]] = {}
    vraag = sa.select(gezin_groep.c.gezin_id, groep.c.id, groep.c.naam).join(
        groep, groep.c.id == gezin_groep.c.groep_id
    )
    for rij in sessie.execute(vraag.where(gezin_groep.c.gezin_id.in_(gezinnen)).order_by(groep.c.naam, groep.c.id)):
        per.setdefault(rij.gezin_id, []).append((rij.id, rij.naam))
    return per


def groepen_van(sessie: Sessie, locatie_id: int) -> tuple[tuple[int, str], ...]:
    """The groups of a location: (number, name), by name."""
    vraag = sa.select(groep.c.id, groep.c.naam).where(groep.c.locatie_id == locatie_id)
    return tuple((r.id, r.naam) for r in sessie.execute(vraag.order_by(groep.c.naam, groep.c.id)))


@dataclass(frozen=True, slots=True)
class Bewijs:
    """A consent receipt: by which words, in which language, when given and taken back (UTC)."""

    ouder: int
    versie: str
    taal: str
    gegeven: datetime
    ingetrokken: datetime | None


def bewijzen(sessie: Sessie, gezin_id: int) -> tuple[Bewijs, ...]:
    """The consent receipts of a family's caregivers, newest first."""
    t = toestemming.c
    vraag = sa.select(t.ouder_id, t.versie, t.taal, t.gegeven, t.ingetrokken).join(ouder, ouder.c.id == t.ouder_id)
    return tuple(Bewijs(*r) for r in sessie.execute(vraag.where(ouder.c.gezin_id == gezin_id).order_by(t.id.desc())))


# Writing


def _neem(sessie: Sessie, medewerker_id: int, locatie_id: int, nummer: int) -> None:
    """Lock the family. Raises ``Kanniet`` when it is not of this own location."""
    hier = sa.select(gezin.c.id).where(gezin.c.id == nummer, gezin.c.locatie_id == locatie_id)
    if not rechten.mag_locatie(sessie, medewerker_id, locatie_id) or not sessie.scalar(hier.with_for_update()):
        raise Kanniet("dit gezin hoort niet bij deze locatie")


def wijzig(
    sessie: Sessie,
    medewerker_id: int,
    locatie_id: int,
    nummer: int,
    ingeschreven: date,
    uitgeschreven: date | None,
    groepen: Sequence[int],
    kenmerk: str,
    nu: datetime,
) -> None:
    """Give a family other days of enrolment, other groups of its location, and its number in the administration ('' for
    none). Raises ``Kanniet``.
    """
    _neem(sessie, medewerker_id, locatie_id, nummer)
    if uitgeschreven is not None and uitgeschreven < ingeschreven:
        raise Kanniet("de dag van uitschrijven is voor de dag van inschrijven")
    ander = sa.select(gezin.c.id).where(gezin.c.locatie_id == locatie_id, gezin.c.kenmerk == kenmerk)
    if kenmerk and sessie.scalar(ander.where(gezin.c.id != nummer)) is not None:
        raise Kanniet("een ander gezin heeft dit nummer al")
    waarden = {"ingeschreven": ingeschreven, "uitgeschreven": uitgeschreven, "kenmerk": kenmerk or None}
    sessie.execute(gezin.update().where(gezin.c.id == nummer).values(waarden))
    zet_groepen(sessie, nummer, rechten.eigen_groepen(sessie, locatie_id, tuple(groepen)))
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "gezin wijzigen", f"gezin:{nummer}")


def zet_groepen(sessie: Sessie, nummer: int, groepen: Sequence[int]) -> None:
    """A family is of these groups from now on."""
    van = gezin_groep.c
    sessie.execute(gezin_groep.delete().where(van.gezin_id == nummer, van.groep_id.not_in(groepen)))
    al = set(sessie.scalars(sa.select(van.groep_id).where(van.gezin_id == nummer)))
    erbij = [{"gezin_id": nummer, "groep_id": g} for g in dict.fromkeys(groepen) if g not in al]
    if erbij:
        sessie.execute(gezin_groep.insert(), erbij)


def verzorger_erbij(
    sessie: Sessie,
    medewerker_id: int,
    locatie_id: int,
    nummer: int,
    naam: str,
    rol: str,
    taal: str,
    nu: datetime,
) -> int:
    """A caregiver without a chat, who counts and gets letters; their number. Raises ``Kanniet``."""
    _neem(sessie, medewerker_id, locatie_id, nummer)
    if rol not in {"", *ROLLEN}:
        raise Kanniet("kies vader, moeder of ander")
    waarden = {"gezin_id": nummer, "naam": naam[:100], "rol": rol or None, "taal": taal, "gemaakt": nu}
    nieuw: int = sessie.execute(ouder.insert().values(waarden).returning(ouder.c.id)).scalar_one()
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "verzorger erbij", f"ouder:{nieuw}")
    return nieuw


@dataclass(frozen=True, slots=True)
class Startbrief:
    """A letter with a start code for one caregiver."""

    ouder_id: int
    naam: str
    rol: str
    taal: str
    tweede_taal: str | None
    code: str
    locatie: str


def startbrieven(
    sessie: Sessie, medewerker_id: int, locatie_id: int, nummer: int, nu: datetime
) -> tuple[Startbrief, ...]:
    """A letter with a code of their own for who has no chat in this family: of the code only a hash stays.

    Raises ``Kanniet``, also when everybody has one.
    """
    _neem(sessie, medewerker_id, locatie_id, nummer)
    o = ouder.c
    vraag = sa.select(o.id, o.naam, o.rol, o.taal, o.tweede_taal, locatie.c.naam.label("locatie"))
    vraag = vraag.select_from(ouder).join(gezin, gezin.c.id == o.gezin_id)
    vraag = vraag.join(locatie, locatie.c.id == gezin.c.locatie_id)
    rijen = sessie.execute(
        vraag.where(o.gezin_id == nummer, o.gestopt_op.is_(None), nieuwste_chat().is_(None)).order_by(o.id)
    ).all()
    if not rijen:
        raise Kanniet("iedereen van dit gezin heeft al een chat, of wil geen berichten")
    wie = [(nummer, r.id) for r in rijen]
    codes = locaties.maak_gezinscodes(sessie, locatie_id, wie, nu + BRIEF_GELDIG, nu)
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "startbrief", f"gezin:{nummer}", str(len(rijen)))
    return tuple(
        Startbrief(r.id, r.naam, r.rol or "", r.taal, r.tweede_taal, code, r.locatie)
        for r, code in zip(rijen, codes, strict=True)
    )


def wis(sessie: Sessie, medewerker_id: int, locatie_id: int, nummer: int, ouder_id: int, nu: datetime) -> None:
    """Erase a caregiver of this family, as they could themselves; what was held for them goes to who waits.

    Raises ``Kanniet`` when this colleague does not lead here, or there is no such caregiver.
    """
    _neem(sessie, medewerker_id, locatie_id, nummer)
    hier = sa.select(ouder.c.id).where(ouder.c.id == ouder_id, ouder.c.gezin_id == nummer)
    if sessie.scalar(hier.where(rechten.leidt(medewerker_id))) is None:
        raise Kanniet("wissen kan alleen een coördinator van deze locatie")
    plekken = plekaanbod.kostbaar(sessie, ouder_id, nu)
    plekaanbod.trek_in(sessie, ouder_id)
    ouders.wis(sessie, ouder_id)
    plekaanbod.geef_door(sessie, plekken, nu)
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "ouder gewist", f"ouder:{ouder_id}")
