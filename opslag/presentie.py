"""Who was there, by whose word: the team's lists, ticking off, guests. Rows are history; the team's word wins."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Antwoord, Invoer, Lid, Lijst, Rol, Soort, Staat, Stand
from dialogen.tik import lees_tik
from opslag import audit, cijfers
from opslag.database import Sessie
from opslag.rechten import eigen, neem_activiteit
from opslag.tabellen import (
    aanmelding_huidig,
    activiteit,
    gast,
    ouder,
    presentie,
    presentie_huidig,
    uitnodiging,
)

VENSTER = timedelta(days=7)
"""How long after it an activity's presence list stays at hand."""
MEEST = 10
"""Lists to choose from."""
_EERST = (Antwoord.JA, Antwoord.MISSCHIEN, Antwoord.WACHTLIJST, Antwoord.GEEN, Antwoord.NEE)


def welke(stand: Stand | None, invoer: Invoer, over: int) -> int | None:
    """Whose members a turn may need: of the activity it is about or that is chosen in it; None for any (words)."""
    tik = lees_tik(invoer.waarde) if invoer.soort is Soort.KNOP else None
    if tik is not None and (tik.flow, tik.stap) == ("presentie", "kies"):
        return int(tik.keuze) if tik.keuze.isascii() and tik.keuze.isdigit() and len(tik.keuze) < 19 else 0
    if tik is None and stand is not None and (stand.flow, stand.stap) == ("presentie", "kies"):
        return None
    return over


def lijsten(sessie: Sessie, medewerker_id: int, nu: datetime, welke: int | None = 0) -> tuple[Lijst, ...]:
    """The activities of the own locations around now, soonest first, ten at most; the one of ``welke`` is always
    among them, with who was invited and the counts (None: all have those).
    """
    a = activiteit.c
    over = welke or 0
    komt = a.begin > nu - timedelta(hours=12)  # today's first: a week with many activities must not hide it
    rijen = sessie.execute(
        sa.select(a.id, a.titel, a.begin)
        .where(a.locatie_id.in_(eigen(medewerker_id)))
        .where(sa.or_(a.id == over, sa.and_(a.begin > nu - VENSTER, a.afgelast.is_(None))))
        .order_by(sa.case((a.id == over, 0), (komt, 1), else_=2), sa.case((komt, a.begin)), a.begin.desc(), a.id)
        .limit(MEEST)
    ).all()
    met = [r.id for r in rijen if welke is None or r.id == welke]
    leden, gasten = (_leden(sessie, met), _gasten(sessie, met)) if met else ({}, {})
    gesorteerd = sorted(rijen, key=lambda r: (r.begin, r.id))
    return tuple(_lijst(r.id, r.titel, r.begin, leden.get(r.id, []), gasten.get(r.id, 0)) for r in gesorteerd)


def lijst_van(sessie: Sessie, medewerker_id: int, locatie_id: int, activiteit_id: int) -> Lijst | None:
    """The list of one activity of this own location, whenever it is; None for another's."""
    a = activiteit.c
    vraag = sa.select(a.id, a.titel, a.begin).where(a.id == activiteit_id, a.locatie_id == locatie_id)
    rij = sessie.execute(vraag.where(a.locatie_id.in_(eigen(medewerker_id)))).first()
    if rij is None:
        return None
    leden, gasten = _leden(sessie, [rij.id]), _gasten(sessie, [rij.id])
    return _lijst(rij.id, rij.titel, rij.begin, leden.get(rij.id, []), gasten.get(rij.id, 0))


def _leden(sessie: Sessie, nummers: list[int]) -> dict[int, list[Any]]:
    """Per activity its invited parents, in one statement for all."""
    rijen = sessie.execute(
        sa.select(
            uitnodiging.c.activiteit_id,
            uitnodiging.c.id,
            ouder.c.naam,
            uitnodiging.c.rol,
            aanmelding_huidig.c.antwoord,
            presentie_huidig.c.staat,
        )
        .join(ouder, ouder.c.id == uitnodiging.c.ouder_id)
        .outerjoin(aanmelding_huidig, aanmelding_huidig.c.uitnodiging_id == uitnodiging.c.id)
        .outerjoin(presentie_huidig, presentie_huidig.c.uitnodiging_id == uitnodiging.c.id)
        .where(uitnodiging.c.activiteit_id.in_(nummers))
    )
    per: dict[int, list[Any]] = {}
    for rij in rijen:
        per.setdefault(rij.activiteit_id, []).append(rij)
    return per


def _gasten(sessie: Sessie, nummers: list[int]) -> dict[int, int]:
    rijen = sessie.execute(
        sa.select(gast.c.activiteit_id, sa.func.count())
        .where(gast.c.activiteit_id.in_(nummers), gast.c.weg.is_(None))
        .group_by(gast.c.activiteit_id)
    )
    return {rij[0]: rij[1] for rij in rijen}


def _lijst(nummer: int, titel: str, begin: datetime, rijen: list[Any], gasten: int) -> Lijst:
    leden = [
        Lid(r.id, r.naam or f"ouder {r.id}", Antwoord(r.antwoord or "geen"), Staat(r.staat) if r.staat else None)
        for r in rijen
    ]
    per = [lid.antwoord for lid in leden]
    return Lijst(
        nummer,
        titel,
        begin,
        tuple(sorted(leden, key=_volgorde)),
        ja=per.count(Antwoord.JA),
        misschien=per.count(Antwoord.MISSCHIEN),
        nee=per.count(Antwoord.NEE),
        stil=per.count(Antwoord.GEEN) + per.count(Antwoord.WACHTLIJST),
        vaders_ja=sum(r.antwoord == "ja" and r.rol == "vader" for r in rijen),
        gasten=gasten,
    )


def _volgorde(lid: Lid) -> tuple[int, str, int]:
    return _EERST.index(lid.antwoord), lid.naam.casefold(), lid.uitnodiging


def zet_door_team(sessie: Sessie, medewerker_id: int, uitnodiging_id: int, staat: Staat, nu: datetime) -> bool:
    """A colleague registers somebody. The location is checked here, where it takes effect; False when it is not
    theirs. Saying the same again adds nothing.
    """
    mag = sessie.scalar(
        sa.select(sa.literal(1))
        .join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
        .where(uitnodiging.c.id == uitnodiging_id, activiteit.c.locatie_id.in_(eigen(medewerker_id)))
    )
    if not mag:
        return False
    zet(sessie, uitnodiging_id, staat, "team", nu, medewerker_id)
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "presentie", f"uitnodiging:{uitnodiging_id}", staat)
    return True


def tik(sessie: Sessie, medewerker_id: int, uitnodiging_id: int, staat: Staat, op: datetime) -> bool:
    """A colleague ticked at this moment (UTC), which may be a while ago: what another colleague said since stands.

    Whether it was written; False when it was not, or is not theirs.
    """
    p = presentie.c
    later = sa.exists().where(p.uitnodiging_id == uitnodiging_id, p.bron == "team", p.moment > op)
    if sessie.scalar(sa.select(later.where(p.medewerker_id != medewerker_id))):
        return False
    return zet_door_team(sessie, medewerker_id, uitnodiging_id, staat, op)


def zet(
    sessie: Sessie, uitnodiging_id: int, staat: Staat, bron: str, nu: datetime, medewerker_id: int | None = None
) -> None:
    """Presence by whose word; append-only, and only when it differs from what this source said last."""
    vorige = sessie.scalar(
        sa.select(presentie.c.staat)
        .where(presentie.c.uitnodiging_id == uitnodiging_id, presentie.c.bron == bron)
        .order_by(presentie.c.id.desc())
        .limit(1)
    )
    if vorige != staat.value:
        waarden = {"uitnodiging_id": uitnodiging_id, "staat": staat.value, "bron": bron, "moment": nu}
        with cijfers.telt(sessie, uitnodiging_id):
            sessie.execute(presentie.insert().values(**waarden, medewerker_id=medewerker_id))


def zet_ja_aanwezig(sessie: Sessie, medewerker_id: int, activiteit_id: int, nu: datetime) -> int:
    """Everybody who said yes and is not registered yet was there; how many. 0 when it is not theirs to say."""
    if neem_activiteit(sessie, medewerker_id, activiteit_id) is None:
        return 0
    wie = (
        sa.select(
            uitnodiging.c.id,
            sa.literal("aanwezig"),
            sa.literal("team"),
            sa.literal(medewerker_id),
            sa.literal(nu, type_=presentie.c.moment.type),
        )
        .join(aanmelding_huidig, aanmelding_huidig.c.uitnodiging_id == uitnodiging.c.id)
        .where(uitnodiging.c.activiteit_id == activiteit_id, uitnodiging.c.ouder_id.is_not(None))
        .where(aanmelding_huidig.c.antwoord == "ja")
        .where(~sa.exists().where(presentie.c.uitnodiging_id == uitnodiging.c.id))
    )
    kolommen = ["uitnodiging_id", "staat", "bron", "medewerker_id", "moment"]
    with cijfers.telt_activiteit(sessie, activiteit_id):
        zet_ = presentie.insert().from_select(kolommen, wie).returning(presentie.c.id)
        aantal = len(sessie.execute(zet_).all())
    wat = f"activiteit:{activiteit_id}"
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "presentie ja", wat, str(aantal))
    return aantal


def gast_erbij(
    sessie: Sessie, medewerker_id: int, activiteit_id: int, rol: Rol | None, nu: datetime, kenmerk: str | None = None
) -> bool:
    """Count somebody who is not in the bot, with one ``kenmerk`` once; False when it is not theirs to count."""
    if neem_activiteit(sessie, medewerker_id, activiteit_id) is None:
        return False
    al = sa.select(gast.c.id).where(gast.c.activiteit_id == activiteit_id, gast.c.kenmerk == kenmerk)
    if kenmerk and sessie.scalar(al) is not None:  # the activity is locked: two who send it come one after the other
        return True
    waarden = {"activiteit_id": activiteit_id, "rol": rol.value if rol else None, "medewerker_id": medewerker_id}
    sessie.execute(gast.insert().values(**waarden, moment=nu, kenmerk=kenmerk))
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "gast", f"activiteit:{activiteit_id}")
    return True


def gast_eraf(sessie: Sessie, medewerker_id: int, activiteit_id: int, waren: int, nu: datetime) -> bool:
    """Take the last guest back, when there still are ``waren`` of them: the same press twice is once."""
    if neem_activiteit(sessie, medewerker_id, activiteit_id) is None:
        return False
    hier = (gast.c.activiteit_id == activiteit_id) & gast.c.weg.is_(None)
    aantal, laatste = sessie.execute(sa.select(sa.func.count(), sa.func.max(gast.c.id)).where(hier)).one()
    if aantal != waren or laatste is None:
        return False
    sessie.execute(gast.update().where(gast.c.id == laatste).values(weg=nu))
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "gast weg", f"activiteit:{activiteit_id}")
    return True
