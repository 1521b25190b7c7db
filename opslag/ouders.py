"""Caregivers: becoming one by consent, settings, pausing, stopping, being erased."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from dialogen.basis import Vorm
from dialogen.effecten import Instellen
from dialogen.teksten import schrijftaal
from opslag import cijfers, locaties, postvak, spraaknotas, tips
from opslag.database import Sessie
from opslag.tabellen import (
    afmeldreden,
    gesprek,
    gezin,
    gezin_groep,
    medewerker,
    medewerker_locatie,
    ouder,
    postvak_uit,
    taak,
    tip_gegeven,
    toestemming,
    uitnodiging,
    waardering,
)
from opslag.talen import SCHRIJFTAAL

VERSIE = "2026-11"
"""The version of the words of consent; a new one when what we keep changes."""


def maak_ouder(
    sessie: Sessie,
    code: str,
    gesprek_id: int,
    naam: str,
    taal: str,
    vorm: Vorm,
    nu: datetime,
    tweede_taal: str | None = None,
) -> int | None:
    """Consent was given: a caregiver of the family or group of ``code``, on this chat. None when the code is gone."""
    start = locaties.zoek_code(sessie, code, nu)
    if start is None or start.doel != "ouders" or start.bezwaar or not locaties.gebruik(sessie, code, nu):
        return None
    gezin_id = start.gezin_id or locaties.maak_gezin(
        sessie, start.locatie_id, [start.groep_id] if start.groep_id else [], nu
    )
    waarden = {"gezin_id": gezin_id, "naam": naam, "taal": taal, "tweede_taal": tweede_taal}
    waarden |= {"vorm": vorm.value, "gemaakt": nu}
    nummer = _uit_brief(sessie, start.ouder_id, waarden)
    if nummer is None:
        nummer = sessie.execute(ouder.insert().values(waarden).returning(ouder.c.id)).scalar_one()
    gelezen = {"versie": VERSIE, "taal": schrijftaal(taal, tweede_taal)}
    sessie.execute(toestemming.insert().values(ouder_id=nummer, gegeven=nu, **gelezen))
    sessie.execute(gesprek.update().where(gesprek.c.id == gesprek_id).values(ouder_id=nummer))
    return nummer


def _uit_brief(sessie: Sessie, ouder_id: int | None, waarden: Mapping[str, object]) -> int | None:
    """The parent to whom the letter went, who is somebody with a chat from now on; None when there is none, or when
    another caregiver was first.
    """
    heeft_chat = sa.exists().where(gesprek.c.ouder_id == ouder.c.id)
    nieuw = {k: w for k, w in waarden.items() if k in {"naam", "taal", "tweede_taal", "vorm"} and w}
    return sessie.execute(
        ouder.update()
        .where(ouder.c.id == ouder_id, ouder.c.gezin_id == waarden["gezin_id"], ~heeft_chat)
        .values(**nieuw, gestopt_op=None)
        .returning(ouder.c.id)
    ).scalar_one_or_none()


def sluit_aan(sessie: Sessie, ouder_id: int, code: str, nu: datetime) -> None:
    """A second child: the family joins the group of this code, when it is of the same location. By the code of a
    family this parent joins that one.
    """
    start = locaties.zoek_code(sessie, code, nu)
    rij = sessie.execute(
        sa.select(gezin.c.id, gezin.c.locatie_id)
        .join(ouder, ouder.c.gezin_id == gezin.c.id)
        .where(ouder.c.id == ouder_id)
    ).first()
    if start is None or rij is None or start.bezwaar or start.locatie_id != rij.locatie_id:
        return
    if start.gezin_id is not None:
        if start.gezin_id != rij.id and locaties.gebruik(sessie, code, nu):
            _verhuis(sessie, ouder_id, rij.id, start.gezin_id)
        return
    if start.groep_id is None:
        return
    if start.groep_id not in groepen_van(sessie, ouder_id):
        sessie.execute(gezin_groep.insert().values(gezin_id=rij.id, groep_id=start.groep_id))


def _verhuis(sessie: Sessie, ouder_id: int, van: int, naar: int) -> None:
    """Two caregivers who came in apart become one family; one of which nobody is left goes."""
    samen = sa.select(gezin_groep.c.groep_id).where(gezin_groep.c.gezin_id == naar)
    van_groepen = sa.select(sa.literal(naar), gezin_groep.c.groep_id).where(gezin_groep.c.gezin_id == van)
    nieuw = van_groepen.where(gezin_groep.c.groep_id.not_in(samen))
    sessie.execute(gezin_groep.insert().from_select(["gezin_id", "groep_id"], nieuw))
    sessie.execute(ouder.update().where(ouder.c.id == ouder_id).values(gezin_id=naar))
    nog = sa.exists().where(ouder.c.gezin_id == gezin.c.id)
    sessie.execute(gezin.delete().where(gezin.c.id == van, gezin.c.kenmerk.is_(None), ~nog))


def stel_in(sessie: Sessie, ouder_id: int, nieuw: Instellen) -> None:
    """Change what the effect names and leave the rest."""
    waarden: dict[str, object] = {
        "naam": nieuw.naam,
        "rol": nieuw.rol.value if nieuw.rol else None,
        "taal": nieuw.taal,
        "tweede_taal": nieuw.tweede_taal,
        "vorm": nieuw.vorm.value if nieuw.vorm else None,
        "dagdelen": ",".join(sorted(nieuw.dagdelen)) if nieuw.dagdelen is not None else None,
        "tips": nieuw.tips,
    }
    waarden = {naam: waarde for naam, waarde in waarden.items() if waarde is not None}
    if waarden:
        sessie.execute(ouder.update().where(ouder.c.id == ouder_id).values(waarden))
    if nieuw.taal is not None or nieuw.tweede_taal is not None:
        _vertel_in_hun_taal(sessie, ouder_id)
    if nieuw.tips is not None or nieuw.dagdelen is not None:
        tips.stel_in(sessie, ouder_id, uit=nieuw.tips is False)


def _vertel_in_hun_taal(sessie: Sessie, ouder_id: int) -> None:
    """What waits for this parent (the night, the weekly cap) comes in the language they chose meanwhile."""
    uit, eigen = postvak_uit.c, sa.select(gesprek.c.id).where(gesprek.c.ouder_id == ouder_id)
    wacht = (uit.ouder_id == ouder_id, uit.gesprek_id.in_(eigen), uit.status.in_(("wacht", "later")))
    taal = sa.select(SCHRIJFTAAL).where(ouder.c.id == ouder_id).scalar_subquery()
    sessie.execute(postvak_uit.update().where(*wacht, uit.prioriteit >= postvak.AANBOD).values(taal=taal))


def stel_medewerker_in(sessie: Sessie, medewerker_id: int, nieuw: Instellen) -> None:
    """A colleague's own name and language, which is one that is written."""
    taal = schrijftaal(nieuw.taal, nieuw.tweede_taal) if nieuw.taal else None
    waarden = {n: w for n, w in {"naam": nieuw.naam, "taal": taal}.items() if w is not None}
    if waarden:
        sessie.execute(medewerker.update().where(medewerker.c.id == medewerker_id).values(waarden))


def pauzeer(sessie: Sessie, ouder_id: int, tot: datetime) -> None:
    """No broadcasts until ``tot``."""
    sessie.execute(ouder.update().where(ouder.c.id == ouder_id).values(pauze_tot=tot, gestopt_op=None))


def stop(sessie: Sessie, ouder_id: int, nu: datetime) -> None:
    """No broadcasts any more; what was queued is let go now and checked again at sending."""
    sessie.execute(ouder.update().where(ouder.c.id == ouder_id).values(gestopt_op=nu))
    postvak.laat_los_van(sessie, ouder_id, "gestopt")


def hervat(sessie: Sessie, ouder_id: int) -> None:
    """Broadcasts again."""
    sessie.execute(ouder.update().where(ouder.c.id == ouder_id).values(gestopt_op=None, pauze_tot=None))


def eerder(sessie: Sessie, ouder_id: int, dagen: int, meest: int) -> int:
    """Tell this parent ``dagen`` earlier from now on, ``meest`` ahead at most; how many days ahead it is now."""
    eerst = sessie.scalar(sa.select(ouder.c.aankondiging).where(ouder.c.id == ouder_id)) or 0
    nu = min(eerst + dagen, max(meest, eerst))
    sessie.execute(ouder.update().where(ouder.c.id == ouder_id).values(aankondiging=nu))
    return nu


def wis(sessie: Sessie, ouder_id: int) -> None:
    """Erase a caregiver: invitations stay as counts without a person, own words and the chat go.

    A family of which nobody is left goes too.
    """
    # The parent's row first: a broadcast that is being made holds it, and takes the chat after it.
    gezin_id = sessie.scalar(sa.select(ouder.c.gezin_id).where(ouder.c.id == ouder_id).with_for_update())
    eigen = sa.select(uitnodiging.c.id).where(uitnodiging.c.ouder_id == ouder_id)
    leeg = {"tekst": None, "media": None}
    sessie.execute(waardering.update().where(waardering.c.uitnodiging_id.in_(eigen)).values(leeg))
    sessie.execute(
        afmeldreden.update().where(afmeldreden.c.uitnodiging_id.in_(eigen)).values(toelichting=None, media=None)
    )
    # The numbers of tasks are on buttons of colleagues, and must not come to be another parent's.
    sessie.execute(taak.update().where(taak.c.ouder_id == ouder_id).values(ouder_id=None))
    _wis_bij_collegas(sessie, gezin_id)
    spraaknotas.wis_van(sessie, ouder_id)
    postvak.laat_los_van(sessie, ouder_id, "gewist")  # before its rows go, so that broadcasts still count them
    sessie.execute(gesprek.delete().where(gesprek.c.ouder_id == ouder_id, gesprek.c.medewerker_id.is_(None)))
    sessie.execute(gesprek.update().where(gesprek.c.ouder_id == ouder_id).values(ouder_id=None))
    with cijfers.telt(sessie, *sessie.scalars(eigen).all()):  # a language beside a role may still say who it was
        sessie.execute(uitnodiging.update().where(uitnodiging.c.ouder_id == ouder_id).values(ouder_id=None, taal=None))
    eigen_tips = tip_gegeven.update().where(tip_gegeven.c.ouder_id == ouder_id)
    sessie.execute(eigen_tips.values(ouder_id=None, vraag_op=None))  # they count on, without the person
    sessie.execute(ouder.delete().where(ouder.c.id == ouder_id))
    nog = sa.select(sa.literal(1)).where(ouder.c.gezin_id == gezin_id)
    if gezin_id is not None and sessie.scalar(nog) is None:
        sessie.execute(gezin.delete().where(gezin.c.id == gezin_id, gezin.c.kenmerk.is_(None)))


def _wis_bij_collegas(sessie: Sessie, gezin_id: int | None) -> None:
    """A colleague's browser chat may show this name in a list: what was said there earlier goes."""
    collegas = (
        sa.select(gesprek.c.id)
        .join(medewerker_locatie, medewerker_locatie.c.medewerker_id == gesprek.c.medewerker_id)
        .join(gezin, gezin.c.locatie_id == medewerker_locatie.c.locatie_id)
        .where(gezin.c.id == gezin_id)
    )
    uit = postvak_uit.c
    sessie.execute(
        postvak_uit.update().where(uit.gesprek_id.in_(collegas), uit.status == "verzonden").values(inhoud=None)
    )


def groepen_van(sessie: Sessie, ouder_id: int) -> Sequence[int]:
    """The groups of this caregiver's family."""
    vraag = sa.select(gezin_groep.c.groep_id).join(ouder, ouder.c.gezin_id == gezin_groep.c.gezin_id)
    return list(sessie.scalars(vraag.where(ouder.c.id == ouder_id)))
