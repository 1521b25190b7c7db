"""The desk on a real database, with a made-up year, and a browser per role."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest_asyncio
import sqlalchemy as sa
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from bot.links import NERGENS
from bot.web.bureau.basis import KOEKJE, Bureau
from bot.web.server import maak_web
from opslag import bureau, locaties
from opslag.database import Database
from opslag.tabellen import medewerker_locatie
from tests.bot.web.nep import Klant, NepMotor, maak
from tests.jaar import Jaar, beleef

NU = datetime(2027, 3, 15, 10, tzinfo=UTC)


@dataclass
class Kantoor:
    """The server, what happened that year, and how to come in."""

    db: Database
    jaar: Jaar
    klant: Klant

    def collega(self, rol: str, *waar: int) -> int:
        """Somebody of the team of these locations (the first by default); their number."""
        plekken = waar or (self.jaar.locaties[0],)
        with self.db.transactie() as sessie:
            code = locaties.nodig_team_uit(sessie, plekken[0], rol, NU)
            nummer = locaties.maak_medewerker(sessie, code, "Noor", NU)
            assert nummer is not None
            for ander in plekken[1:]:
                sessie.execute(medewerker_locatie.insert().values(medewerker_id=nummer, locatie_id=ander))
        return nummer

    def binnen(self, medewerker: int) -> str:
        """Let this browser in as somebody; the key."""
        with self.db.transactie() as sessie:
            code = bureau.maak_link(sessie, medewerker, NU)
            assert code is not None
            sleutel = bureau.open_bureau(sessie, code, "Firefox", NU)
        assert sleutel is not None
        self.klant.session.cookie_jar.update_cookies({KOEKJE: sleutel}, URL(str(self.klant.make_url("/bureau"))))
        return sleutel

    def adres(self, pad: str, locatie: int) -> str:
        """The address of a page for this location, with a family, a caregiver … of it where it names one; 0 where
        there is none.
        """
        leden = [lid for lid in self.jaar.leden if lid.locatie == locatie]
        feiten = [feit for feit in self.jaar.feiten if feit.locatie == locatie]
        namen = {"gezin": leden[0].gezin if leden else 0, "ouder": leden[0].ouder if leden else 0}
        namen |= {"locatie": locatie, "activiteit": feiten[0].activiteit if feiten else 0}
        return "/bureau" + re.sub(r"\{([a-z]+)\}", lambda m: str(namen.get(m[1], 0)), pad)

    def audit(self) -> list[str]:
        """What the audit log says was done."""
        with self.db.transactie() as sessie:
            return list(sessie.scalars(sa.text("SELECT wat FROM audit ORDER BY id")))


@pytest_asyncio.fixture
async def kantoor(db: Database) -> AsyncIterator[Kantoor]:
    with db.transactie() as sessie:
        jaar = beleef(sessie, 18, 6)
    gegeven = replace(maak(NepMotor()), bureau=Bureau(db.lees, db.schrijf, lambda: NU, NERGENS))
    async with TestClient(TestServer(maak_web(gegeven))) as klant:
        yield Kantoor(db, jaar, klant)
