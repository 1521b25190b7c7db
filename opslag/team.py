"""What a colleague may see of the own locations: presence lists with answers, open questions. And acts on them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from dialogen.basis import Antwoord, Lid, Lijst, OpenVraag, Staat
from dialogen.teksten import TALEN
from opslag import audit
from opslag.database import Sessie
from opslag.tabellen import (
    aanmelding_huidig,
    activiteit,
    gesprek,
    medewerker,
    medewerker_locatie,
    ouder,
    presentie,
    presentie_huidig,
    uitnodiging,
    vraag,
)

VENSTER = timedelta(days=7)
"""How long after it an activity's presence list stays at hand."""


def _eigen(medewerker_id: int) -> Any:
    return sa.select(medewerker_locatie.c.locatie_id).where(medewerker_locatie.c.medewerker_id == medewerker_id)


def lijsten(sessie: Sessie, medewerker_id: int, nu: datetime) -> tuple[Lijst, ...]:
    """The activities of the own locations around now, soonest first, with who was invited; ten at most."""
    a = activiteit.c
    rijen = sessie.execute(
        sa.select(a.id, a.titel, a.begin)
        .where(a.locatie_id.in_(_eigen(medewerker_id)), a.begin > nu - VENSTER, a.afgelast.is_(None))
        .where(sa.exists().where(uitnodiging.c.activiteit_id == a.id))
        .order_by(a.begin)
        .limit(10)
    ).all()
    leden = _leden(sessie, [rij.id for rij in rijen]) if rijen else {}
    return tuple(_lijst(rij.id, rij.titel, rij.begin, leden.get(rij.id, [])) for rij in rijen)


def _leden(sessie: Sessie, nummers: list[int]) -> dict[int, list[Any]]:
    """Per activity its invited parents by name, in one statement for all."""
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
        .order_by(ouder.c.naam, uitnodiging.c.id)
    )
    per: dict[int, list[Any]] = {}
    for rij in rijen:
        per.setdefault(rij.activiteit_id, []).append(rij)
    return per


def _lijst(nummer: int, titel: str, begin: datetime, rijen: list[Any]) -> Lijst:
    leden = tuple(
        Lid(r.id, r.naam or f"ouder {r.id}", Antwoord(r.antwoord or "geen"), Staat(r.staat) if r.staat else None)
        for r in rijen
    )
    per = [lid.antwoord for lid in leden]
    return Lijst(
        nummer,
        titel,
        begin,
        leden,
        ja=per.count(Antwoord.JA),
        misschien=per.count(Antwoord.MISSCHIEN),
        nee=per.count(Antwoord.NEE),
        stil=per.count(Antwoord.GEEN) + per.count(Antwoord.WACHTLIJST),
        vaders_ja=sum(r.antwoord == "ja" and r.rol == "vader" for r in rijen),
    )


def open_vragen(sessie: Sessie, medewerker_id: int, over: int = 0) -> tuple[OpenVraag, ...]:
    """The questions of the own locations that nobody has answered, oldest first, twenty at most; the one it is
    ``over`` is always among them.
    """
    rijen = sessie.execute(
        sa.select(vraag.c.id, ouder.c.naam, vraag.c.taal, vraag.c.tekst)
        .join(ouder, ouder.c.id == vraag.c.ouder_id)
        .where(vraag.c.locatie_id.in_(_eigen(medewerker_id)), vraag.c.beantwoord.is_(None))
        .order_by(sa.case((vraag.c.id == over, 0), else_=1), vraag.c.gesteld, vraag.c.id)
        .limit(20)
    ).all()
    return tuple(OpenVraag(r.id, r.naam or "een ouder", TALEN.get(r.taal, r.taal), r.tekst or "🎤 / 🧑") for r in rijen)


def zet_presentie(sessie: Sessie, medewerker_id: int, uitnodiging_id: int, staat: Staat, nu: datetime) -> bool:
    """A colleague registers somebody. The location is checked here, where it takes effect; False when it is not
    theirs. Saying the same again adds nothing.
    """
    mag = sessie.scalar(
        sa.select(sa.literal(1))
        .join(activiteit, activiteit.c.id == uitnodiging.c.activiteit_id)
        .where(uitnodiging.c.id == uitnodiging_id, activiteit.c.locatie_id.in_(_eigen(medewerker_id)))
    )
    if not mag:
        return False
    zet(sessie, uitnodiging_id, staat, "team", nu, medewerker_id)
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "presentie", f"uitnodiging:{uitnodiging_id}", staat)
    return True


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
        sessie.execute(presentie.insert().values(**waarden, medewerker_id=medewerker_id))


def beantwoord(sessie: Sessie, medewerker_id: int, vraag_id: int, nu: datetime) -> tuple[int, str] | None:
    """Close a question of an own location: (parent, the question's words). None when somebody was first."""
    rij = sessie.execute(
        sa.select(vraag.c.ouder_id, vraag.c.tekst).where(
            vraag.c.id == vraag_id, vraag.c.beantwoord.is_(None), vraag.c.locatie_id.in_(_eigen(medewerker_id))
        )
    ).first()
    if rij is None:
        return None
    dicht = vraag.update().where(vraag.c.id == vraag_id, vraag.c.beantwoord.is_(None))
    dicht = dicht.values(beantwoord=nu, beantwoord_door=medewerker_id, tekst=None, media=None)
    if sessie.execute(dicht).rowcount != 1:
        return None
    audit.leg_vast(sessie, nu, f"medewerker:{medewerker_id}", "vraag beantwoord", f"vraag:{vraag_id}")
    return rij.ouder_id, rij.tekst or ""


def gesprekken_van_team(sessie: Sessie, locatie_id: int, *, vertrouwelijk: bool = False) -> list[Any]:
    """The chats of the active colleagues of a location: (id, kanaal, account, adres, taal).

    What is confidential reaches coordinators only.
    """
    g = gesprek.c
    rollen = ("coordinator", "beheerder") if vertrouwelijk else ("medewerker", "coordinator", "beheerder")
    return list(
        sessie.execute(
            sa.select(g.id, g.kanaal, g.account, g.adres, medewerker.c.taal)
            .join(medewerker, medewerker.c.id == g.medewerker_id)
            .join(medewerker_locatie, medewerker_locatie.c.medewerker_id == medewerker.c.id)
            .where(medewerker_locatie.c.locatie_id == locatie_id, medewerker.c.actief, g.onbereikbaar.is_(None))
            .where(medewerker.c.rol.in_(rollen))
        ).all()
    )


def heeft_chat(locatie_id: Any) -> Any:
    """The condition that some active colleague of this location (a column) can be reached in a chat."""
    plek = medewerker_locatie.c
    return (
        sa.exists()
        .where(plek.locatie_id == locatie_id, medewerker.c.id == plek.medewerker_id, medewerker.c.actief)
        .where(gesprek.c.medewerker_id == medewerker.c.id, gesprek.c.onbereikbaar.is_(None))
    )
