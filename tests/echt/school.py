"""An invented school straight in the database: parents who have a chat already, and an activity to invite them to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from bot.uitzendingen import verstuur
from dialogen.basis import Rol, Vorm
from dialogen.effecten import Instellen
from opslag import activiteiten, gesprekken, locaties, ouders
from opslag.activiteiten import Activiteit
from opslag.database import Database, Sessie
from opslag.gesprekken import Sleutel
from opslag.tabellen import aanmelding, gesprek, locatie, postvak_in, postvak_uit, uitnodiging


@dataclass(frozen=True)
class School:
    """A location with one group; ``code`` lets parents in."""

    locatie: int
    groep: int
    code: str


def maak_school(sessie: Sessie, nu: datetime, stil: tuple[str, str] = ("00:00", "00:00")) -> School:
    """Without quiet hours, so that tests do the same at night, and without a weekly cap that would hold them up."""
    nummer = locaties.maak_locatie(sessie, "De Proef", ["Vlinders"], nu, gastheer="Noor", stil=stil)
    sessie.execute(locatie.update().values(weekmaximum=1000))
    groep = locaties.zoek_groepen(sessie, nummer, [])[0]
    return School(nummer, groep, locaties.nodig_ouders_uit(sessie, nummer, groep, nu))


def schrijf_in(sessie: Sessie, school: School, sleutels: Sequence[Sleutel], nu: datetime) -> None:
    """Parents who said yes long ago, one per chat."""
    for nummer, sleutel in enumerate(sleutels):
        chat = gesprekken.neem(sessie, sleutel, nu)
        wie = ouders.maak_ouder(sessie, school.code, chat.nummer, f"Ouder{nummer}", "nl", Vorm.LEZEN, nu)
        assert wie is not None
        ouders.stel_in(sessie, wie, Instellen(rol=Rol.MOEDER if nummer % 2 else Rol.ANDER))


def nodig_uit(sessie: Sessie, school: School, nu: datetime, titel: str = "Koffie", over: int = 7) -> int:
    """Make an activity ``over`` days ahead and announce it; how many were invited."""
    begin, groepen = nu + timedelta(days=over), [school.groep]
    nieuw = Activiteit(school.locatie, "koffieochtend", titel, "Praten", begin, 90, "de hal", groepen)
    nummer = activiteiten.maak(sessie, nieuw, nu, "proef")
    return verstuur(lambda: nullcontext(sessie), nummer, "iedereen", nu, "proef").nieuw


def open_school(db: Database, account: str, adressen: Sequence[int], *, uitgenodigd: bool = True) -> School:
    """All of the above for Telegram chats, at this moment."""
    nu = datetime.now(UTC)
    with db.transactie() as sessie:
        school = maak_school(sessie, nu)
        schrijf_in(sessie, school, [Sleutel("telegram", account, str(adres)) for adres in adressen], nu)
        if uitgenodigd:
            assert nodig_uit(sessie, school, nu) == len(adressen)
    return school


# What is there afterwards


def antwoorden(sessie: Sessie) -> Mapping[int, list[str]]:
    """Per chat address every answer in the history, oldest first."""
    per: defaultdict[int, list[str]] = defaultdict(list)
    vraag = (
        sa.select(gesprek.c.adres, aanmelding.c.antwoord)
        .join(uitnodiging, uitnodiging.c.id == aanmelding.c.uitnodiging_id)
        .join(gesprek, gesprek.c.ouder_id == uitnodiging.c.ouder_id)
        .order_by(aanmelding.c.id)
    )
    for adres, antwoord in sessie.execute(vraag):
        per[int(adres)].append(antwoord)
    return per


def nog_te_doen(sessie: Sessie) -> int:
    """Rows that are not finished: updates not handled, messages not sent."""
    binnen = sa.select(sa.func.count()).select_from(postvak_in).where(postvak_in.c.status == "open")
    uit = (
        sa.select(sa.func.count()).select_from(postvak_uit).where(postvak_uit.c.status.in_(("wacht", "bezig", "later")))
    )
    return int(sessie.scalar(binnen) or 0) + int(sessie.scalar(uit) or 0)
