"""Whether a message may go at the moment of sending, who may send for an account, and what an ending leaves behind."""

from __future__ import annotations

import asyncio
import os
import random
import socket
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.besluit import Af, Later, mag_niet
from bot.houder import houdernaam, leeft
from bot.kanalen.basis import Resultaat, Tempo, Tijdelijk, Verzonden, Weergave
from bot.verzenden import LEASE, Verzender
from dialogen.basis import Bericht, Tekst
from opslag import gesprekken, postvak
from opslag.database import Database, DatabaseWeg, Sessie
from opslag.gesprekken import Sleutel
from opslag.postvak import AAN_TEAM, ANTWOORD, UITZENDING, Uit
from opslag.tabellen import postvak_uit
from opslag.tabellen import verzender as verzender_
from tests.echt.binnen import ACCOUNT, NepKanaal

AVOND = datetime(2026, 11, 24, 20, 30, tzinfo=UTC)  # half past nine in Amsterdam
OCHTEND = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)  # eight o'clock
STIL = ("20:00", "08:00", "Europe/Amsterdam")


def uit(**anders: Any) -> Uit:
    """A broadcast to a parent of a location with quiet hours."""
    velden: dict[str, Any] = {
        "nummer": 1,
        "gesprek_id": 1,
        "adres": "1",
        "prioriteit": UITZENDING,
        "inhoud": "{}",
        "taal": "nl",
        "vervangt": "",
        "niet_na": AVOND + timedelta(days=7),
        "pogingen": 0,
        "ouder_id": 1,
        "gestopt": False,
        "pauze_tot": None,
        "onbereikbaar": False,
        "stil": STIL,
        "deze_week": 0,
        "weekmaximum": 3,
    }
    return Uit(**(velden | anders))


def test_een_uitzending_wacht_tot_de_ochtend() -> None:
    assert mag_niet(uit(), AVOND) == Later(OCHTEND, 0, "stille uren")
    assert mag_niet(uit(), OCHTEND - timedelta(seconds=1)) == Later(OCHTEND, 0, "stille uren")
    assert mag_niet(uit(), OCHTEND) is None


@pytest.mark.parametrize("prioriteit", [ANTWOORD, AAN_TEAM])
def test_een_antwoord_wacht_niet(prioriteit: int) -> None:
    """Who writes at night gets an answer at night."""
    assert mag_niet(uit(prioriteit=prioriteit, gestopt=True, deze_week=9), AVOND) is None


def test_gelijke_tijden_is_nooit_stil() -> None:
    assert mag_niet(uit(stil=("00:00", "00:00", "Europe/Amsterdam")), AVOND) is None
    assert mag_niet(uit(stil=None), AVOND) is None


def test_wat_de_ochtend_niet_haalt_vervalt() -> None:
    assert mag_niet(uit(niet_na=OCHTEND), AVOND) == Af("vervallen", "stille uren")
    assert mag_niet(uit(niet_na=AVOND), AVOND) == Af("vervallen", "te laat")


@pytest.mark.parametrize(
    ("dag", "uur"),
    [(datetime(2026, 3, 28, 22, 0, tzinfo=UTC), 6), (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), 7)],
    ids=["summer time begins", "summer time ends"],
)
def test_de_nacht_waarin_de_klok_verspringt(dag: datetime, uur: int) -> None:
    """Eight o'clock on the wall, whatever the night did."""
    verwacht = (dag + timedelta(days=1)).replace(hour=uur)
    assert mag_niet(uit(niet_na=dag + timedelta(days=9)), dag) == Later(verwacht, 0, "stille uren")


def test_stop_pauze_en_weekmaximum() -> None:
    overdag = OCHTEND + timedelta(hours=2)
    pauze = overdag + timedelta(days=2)
    assert mag_niet(uit(gestopt=True), overdag) == Af("vervallen", "gestopt")
    assert mag_niet(uit(pauze_tot=pauze), overdag) == Later(pauze, 0, "pauze")
    assert mag_niet(uit(pauze_tot=overdag - timedelta(hours=1)), overdag) is None
    assert mag_niet(uit(deze_week=3), overdag) == Later(overdag + timedelta(days=1), 0, "weekmaximum")
    assert mag_niet(uit(deze_week=2), overdag) is None


def test_wie_onbereikbaar_is_krijgt_geen_uitzending_maar_wel_een_antwoord() -> None:
    """Who writes to us can be reached again, so the reply is tried."""
    overdag = OCHTEND + timedelta(hours=2)
    assert mag_niet(uit(onbereikbaar=True), overdag) == Af("vervallen", "onbereikbaar")
    assert mag_niet(uit(onbereikbaar=True, prioriteit=ANTWOORD), overdag) is None


# Who may send


def _dood_proces() -> int:
    """The number of a process that has been."""
    gestart = subprocess.Popen([sys.executable, "-c", ""])
    gestart.wait()
    return gestart.pid


def test_alleen_een_proces_van_deze_machine_is_zeker_weg() -> None:
    hier = socket.gethostname()
    assert not leeft(f"{hier}:{_dood_proces()}:abcd")
    assert not leeft(f"{hier}:{os.getpid()}:abcd"), "our number, but not our mark: an earlier process had it"
    assert leeft(f"{hier}:{os.getppid()}:abcd")
    assert leeft("elders:1:abcd")
    assert leeft("iets anders")
    assert houdernaam() != houdernaam()
    assert len(houdernaam()) < 120


class Hangt(NepKanaal):
    """A platform that does not answer until it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.door = asyncio.Event()

    async def verzend(self, adres: str, weergave: Weergave, nummer: int) -> Resultaat:
        await super().verzend(adres, weergave, nummer)
        await self.door.wait()
        return Verzonden(str(nummer))


NU = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


def _leg_klaar(sessie: Sessie, aantal: int) -> None:
    for adres in range(aantal):
        sleutel = Sleutel("telegram", ACCOUNT, str(adres))
        chat = gesprekken.neem(sessie, sleutel, NU)
        postvak.leg_klaar(sessie, chat.nummer, sleutel, Bericht((Tekst("menu.menu"),)), "nl", NU)


def _rijen(db: Database) -> list[tuple[str, bool]]:
    with db.transactie() as sessie:
        return [tuple(r) for r in sessie.execute(sa.select(postvak_uit.c.status, postvak_uit.c.onzeker).order_by("id"))]


def _verzender(db: Database, kanaal: NepKanaal, nu: datetime = NU) -> Verzender:
    with db.transactie() as sessie:
        _leg_klaar(sessie, 3)
    return Verzender(db, kanaal, lambda: nu, random.Random(1))


async def _tot(klopt: Any, seconden: float = 5) -> None:
    async with asyncio.timeout(seconden):
        while not klopt():
            await asyncio.sleep(0.01)


async def _beeindig(loop: asyncio.Task[None]) -> None:
    loop.cancel()
    with suppress(asyncio.CancelledError):
        await loop


async def test_een_dode_op_deze_machine_houdt_niemand_op(db: Database) -> None:
    dode, verzender = f"{socket.gethostname()}:{_dood_proces()}:abcd", _verzender(db, kanaal := NepKanaal())
    with db.transactie() as sessie:
        assert postvak.neem_account(sessie, "telegram", ACCOUNT, dode, NU, NU + LEASE)
        assert len(postvak.claim(sessie, "telegram", ACCOUNT, 2, NU)) == 2
    loop = asyncio.create_task(verzender.loop())
    await _tot(lambda: len(kanaal.gekregen) == 3)
    await _beeindig(loop)
    assert _rijen(db) == [("verzonden", True), ("verzonden", True), ("verzonden", False)]


async def test_op_een_andere_machine_wacht_men_de_tijd_af(db: Database) -> None:
    verzender = _verzender(db, kanaal := NepKanaal())
    with db.transactie() as sessie:
        assert postvak.neem_account(sessie, "telegram", ACCOUNT, "elders:1:abcd", NU, NU + LEASE)
    assert not await verzender._houd_account()
    with db.transactie() as sessie:
        assert postvak.neem_account(sessie, "telegram", ACCOUNT, "elders:1:abcd", NU, NU) is None
    assert await verzender._houd_account()
    assert not kanaal.gekregen


async def test_een_database_die_even_weg_was_brengt_niets_in_twijfel(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is in the air then is still ours: it is marked when the database is back, and not sent again."""
    verzender = _verzender(db, kanaal := Hangt())
    loop = asyncio.create_task(verzender.loop())
    await _tot(lambda: len(kanaal.gekregen) == 3)

    async def weg(*_args: Any, **_meer: Any) -> Any:
        raise DatabaseWeg

    with monkeypatch.context() as even:
        even.setattr(db, "schrijf", weg)
        verzender.wek()
        kanaal.door.set()
        await asyncio.sleep(0.3)
    await _tot(lambda: _rijen(db) == [("verzonden", False)] * 3)
    await _beeindig(loop)
    assert [len(berichten) for berichten in kanaal.gekregen.values()] == [1, 1, 1]


async def test_wie_stopt_terwijl_de_database_even_weg_was_geeft_de_rechten_terug(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to wait for a lease of a process that stopped in good order."""
    verzender = _verzender(db, kanaal := NepKanaal())
    loop = asyncio.create_task(verzender.loop())
    await _tot(lambda: len(kanaal.gekregen) == 3)

    async def weg(*_args: Any, **_meer: Any) -> Any:
        raise DatabaseWeg

    with monkeypatch.context() as even:
        even.setattr(db, "schrijf", weg)
        verzender.wek()
        await _tot(lambda: not verzender._heeft_account)
    await _beeindig(loop)
    with db.transactie() as sessie:
        assert postvak.houder(sessie, "telegram", ACCOUNT) is None


async def test_bij_het_stoppen_is_alleen_in_twijfel_wat_in_de_lucht_hing(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.verzenden.AFMAKEN", 0.2)
    verzender = _verzender(db, kanaal := Hangt())
    monkeypatch.setattr("bot.verzenden.SAMEN", 2)
    loop = asyncio.create_task(verzender.loop())
    await _tot(lambda: len(kanaal.gekregen) == 2)
    await _beeindig(loop)
    assert _rijen(db) == [("wacht", True), ("wacht", True), ("wacht", False)]


async def test_wekken_en_stoppen_in_een_adem(db: Database) -> None:
    """The cancellation may not get lost when there is something to do at that very moment."""
    verzender = _verzender(db, NepKanaal())
    for slagen in range(8):
        loop = asyncio.create_task(verzender.loop())
        await asyncio.sleep(0.02)
        verzender.wek()
        for _ in range(slagen):
            await asyncio.sleep(0)
        async with asyncio.timeout(3):
            await _beeindig(loop)


# Of every row one message, whatever goes wrong


async def test_wat_in_de_lucht_hangt_gaat_niet_nog_eens(db: Database) -> None:
    """Even when its row waits again: what became of the first is waited for."""
    verzender = _verzender(db, kanaal := Hangt())
    loop = asyncio.create_task(verzender.loop())
    await _tot(lambda: len(kanaal.gekregen) == 3)
    with db.transactie() as sessie:
        sessie.execute(postvak_uit.update().values(status="wacht"))
    verzender.wek()
    await _tot(lambda: [status for status, _ in _rijen(db)] == ["bezig"] * 3)
    kanaal.door.set()
    await _tot(lambda: _rijen(db) == [("verzonden", False)] * 3)
    await _beeindig(loop)
    assert [len(berichten) for berichten in kanaal.gekregen.values()] == [1, 1, 1]
    assert not verzender._mijn


def _leg(db: Database, adres: str, bericht: Bericht) -> None:
    with db.transactie() as sessie:
        sleutel = Sleutel("telegram", ACCOUNT, adres)
        chat = gesprekken.neem(sessie, sleutel, NU)
        postvak.leg_klaar(sessie, chat.nummer, sleutel, bericht, "nl", NU)


def _kale(db: Database, kanaal: NepKanaal) -> Verzender:
    return Verzender(db, kanaal, lambda: NU, random.Random(1))


class EersteDeel(NepKanaal):
    """The first part of a message arrives, the second may not come yet."""

    def __init__(self, daarna: Tijdelijk) -> None:
        super().__init__()
        self._daarna = daarna

    async def verzend(self, adres: str, weergave: Weergave, nummer: int) -> Resultaat:
        return self._daarna if weergave.tekst else await super().verzend(adres, weergave, nummer)


@pytest.mark.parametrize(
    ("daarna", "status"), [(Tijdelijk(3600), "later"), (Tijdelijk(3600, heel_account=True), "wacht")]
)
async def test_wat_half_ging_en_wacht_is_in_twijfel(db: Database, daarna: Tijdelijk, status: str) -> None:
    """Only this process knows which part went: another begins anew."""
    kanaal = EersteDeel(daarna)
    _leg(db, "1", Bericht((Tekst.letterlijk("woord " * 250),), beeld="koffie"))
    loop = asyncio.create_task(_kale(db, kanaal).loop())
    await _tot(lambda: _rijen(db) == [(status, True)])
    await _beeindig(loop)
    assert [bool(weergave.beeld) for _, weergave in kanaal.gekregen["1"]] == [True]


class Brengt(NepKanaal):
    """A platform that takes its time over a picture that is brought, and keeps the beat."""

    tempo = Tempo(5)

    def __init__(self) -> None:
        super().__init__()
        self.door = asyncio.Event()

    async def verzend(self, adres: str, weergave: Weergave, nummer: int) -> Resultaat:
        await super().verzend(adres, weergave, nummer)
        if weergave.beeld is None:
            return Verzonden(str(nummer))
        await self.door.wait()
        return Verzonden(str(nummer), ((weergave.beeld.hash, "een bestand"),))


async def test_half_verstuurd_en_teruggelegd_is_bij_het_stoppen_in_twijfel(db: Database) -> None:
    kanaal = Brengt()
    _leg(db, "1", Bericht((Tekst("menu.menu"),), beeld="koffie"))
    _leg(db, "2", Bericht((Tekst("menu.menu"),), beeld="koffie", media="een-stem"))
    verzender = _kale(db, kanaal)
    loop = asyncio.create_task(verzender.loop())
    await _tot(lambda: len(verzender._zendt) == 2 and "2" in kanaal.gekregen)
    kanaal.door.set()
    await _tot(lambda: verzender._rij)
    await _beeindig(loop)
    assert _rijen(db) == [("verzonden", False), ("wacht", True)]


class EenPerChat(NepKanaal):
    """Half a second between two messages in a chat."""

    tempo = Tempo(1000, per_chat=0.5)


async def test_wie_op_zijn_chat_wacht_wordt_niet_vergeten_als_de_database_even_weg_is(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        _leg(db, "1", Bericht((Tekst("menu.menu"),)))
    verzender = _kale(db, kanaal := EenPerChat())
    loop = asyncio.create_task(verzender.loop())
    await _tot(lambda: _rijen(db) == [("verzonden", False), ("bezig", False)])

    async def weg(*_args: Any, **_meer: Any) -> Any:
        raise DatabaseWeg

    with monkeypatch.context() as even:
        even.setattr(db, "schrijf", weg)
        verzender.wek()
        await _tot(lambda: not verzender._heeft_account)
        await asyncio.sleep(0.6)
    await _tot(lambda: _rijen(db) == [("verzonden", False)] * 2)
    await _beeindig(loop)
    assert len(kanaal.gekregen["1"]) == 2


async def test_wat_van_een_ander_werd_gaat_niet_meer(db: Database) -> None:
    """Also when the right comes back before it would have gone."""
    for _ in range(2):
        _leg(db, "1", Bericht((Tekst("menu.menu"),)))
    verzender = _kale(db, kanaal := EenPerChat())
    loop = asyncio.create_task(verzender.loop())
    await _tot(lambda: verzender._mijn and _rijen(db) == [("verzonden", False), ("bezig", False)])
    with db.transactie() as sessie:
        sessie.execute(verzender_.update().values(houder="elders:1:abcd", tot=NU + LEASE))
    verzender._vernieuwd = -1e9
    verzender.wek()
    await _tot(lambda: not verzender._heeft_account)
    with db.transactie() as sessie:
        sessie.execute(verzender_.delete())
        postvak.verzonden(sessie, [(2, "door een ander", None)], NU)
    await _tot(lambda: verzender._heeft_account)
    await asyncio.sleep(0.6)
    await _beeindig(loop)
    assert len(kanaal.gekregen["1"]) == 1
    assert _rijen(db) == [("verzonden", False)] * 2


async def test_een_claim_waarvan_het_antwoord_verloren_ging(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection broke at the commit: what was claimed is found back, and was never in doubt."""
    verzender = _verzender(db, kanaal := NepKanaal())
    verloren: list[Any] = []
    echt = db.schrijf

    async def schrijf(functie: Any, *args: Any) -> Any:
        gedaan = await echt(functie, *args)
        if functie == verzender._claim and not verloren:
            verloren.append(gedaan)
            raise DatabaseWeg
        return gedaan

    monkeypatch.setattr(db, "schrijf", schrijf)
    loop = asyncio.create_task(verzender.loop())
    await _tot(lambda: _rijen(db) == [("verzonden", False)] * 3)
    await _beeindig(loop)
    assert len(verloren[0]) == 3
    assert [len(berichten) for berichten in kanaal.gekregen.values()] == [1, 1, 1]
