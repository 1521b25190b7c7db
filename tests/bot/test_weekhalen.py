"""Fetching the photo and the voice note of a weekly message: outside every turn, bounded, and never in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.kanalen.basis import Geweigerd, Tijdelijk
from bot.spraak import ZONDER
from bot.weekhalen import Weekhaler
from opslag import bijlagen, weekberichten
from opslag.database import Database
from opslag.tabellen import weekbericht
from tests.echt.binnen import NepKanaal
from tests.opslag.test_weekberichten import OGG, PNG, Toneel
from tests.speler import KANAAL


class Bron(NepKanaal):
    """The account it was composed at; gives these files, in this order."""

    naam = account = KANAAL

    def __init__(self, *gaf: bytes | Tijdelijk | Geweigerd) -> None:
        super().__init__()
        self._gaf = list(gaf)
        self.gevraagd: list[str] = []

    async def haal(self, media: str) -> bytes | Tijdelijk | Geweigerd:
        """The next one."""
        self.gevraagd.append(media)
        return self._gaf.pop(0)


async def _haal_op(s: Toneel, kanaal: NepKanaal, keer: int = 1) -> tuple[str, bool, bool]:
    """Look so often; (status, photo there, voice there)."""
    weekhaler = Weekhaler(s.db, [kanaal], ZONDER, lambda: s.nu, lambda: None)
    for _ in range(keer):
        await weekhaler.ronde()
        s.nu += timedelta(seconds=30)
    w = weekbericht.c
    ((status, foto, spraak),) = s.rijen(sa.select(w.status, w.foto, w.spraak))
    return status, bool(foto), bool(spraak)


async def test_eerst_de_foto_dan_de_stem_en_dan_naar_de_ouders(db: Database) -> None:
    s, bron = Toneel(db), Bron(PNG, OGG)
    s.stuur(s.noor, foto="AgAC-1", spraak="AwAC-1")
    assert await _haal_op(s, bron, 2) == ("klaar", True, True)
    assert bron.gevraagd == ["AgAC-1", "AwAC-1"]
    s.bezorg()
    assert s.amal.laatste.foto


async def test_een_platform_dat_even_niet_kan_wordt_weer_gevraagd(db: Database) -> None:
    s, bron = Toneel(db), Bron(Tijdelijk(reden="502"), PNG)
    s.stuur(s.noor, foto="AgAC-1")
    assert await _haal_op(s, bron) == ("halen", False, False)
    assert await _haal_op(s, bron) == ("klaar", True, False)


@pytest.mark.parametrize(
    "gaf",
    [
        [Geweigerd("file is too big")],
        [Tijdelijk(reden="502")] * 5,
        [b"<html>geen foto</html>"],
        [b""],
        [PNG + bytes(bijlagen.MEEST)],
    ],
    ids=["refused", "away for long", "no picture", "empty", "too large"],
)
async def test_zonder_foto_gaan_de_woorden_en_hoort_de_collega_het(
    db: Database, gaf: list[bytes | Tijdelijk | Geweigerd]
) -> None:
    s = Toneel(db)
    s.stuur(s.noor, foto="AgAC-1")
    assert await _haal_op(s, Bron(*gaf), len(gaf)) == ("mislukt", False, False)
    s.bezorg()
    assert "kwam niet door" in s.noor.laatste.tekst
    assert ("Hallo!" in s.amal.laatste.tekst, s.amal.laatste.foto) == (True, False)


async def test_een_stem_die_alleen_zo_heet_gaat_niet_mee(db: Database) -> None:
    s = Toneel(db)
    s.stuur(s.noor, spraak="AwAC-1")
    assert await _haal_op(s, Bron(b"OggS en dan niets")) == ("mislukt", False, False)


async def test_een_account_dat_er_niet_meer_is(db: Database) -> None:
    s = Toneel(db)
    s.stuur(s.noor, foto="AgAC-1")
    assert await _haal_op(s, NepKanaal(), weekberichten.POGINGEN) == ("mislukt", False, False)
