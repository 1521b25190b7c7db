"""Voice notes after the turn: fetched once, checked, locked, tried again, and said when they cannot be heard."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.diensten.luisteren import Luistert
from bot.kanalen.basis import Geweigerd, Tijdelijk
from bot.ophalen import POGINGEN, Notahaler
from bot.spraak import Spraak
from dialogen.basis import TE_LANG
from opslag import horen, postvak, spraaknotas
from opslag.database import Database
from opslag.opruimen import WOORDEN, ruim_op
from opslag.tabellen import gesprek, postvak_in, spraaknota
from tests.speler import KANAAL, Persoon, Platform, Speler, keur_woorden


@pytest.fixture
def s(db: Database) -> Speler:
    speler = Speler(db)
    speler.luister(verstaan=False)
    return speler


def noten(s: Speler) -> list[Any]:
    return s.rijen(sa.select(spraaknota).order_by("id"))


def ronde(s: Speler, platform: Platform, spraak: Spraak | None = None) -> int:
    kanalen: Any = [platform]
    return asyncio.run(Notahaler(s.db, kanalen, spraak or s.spraak, lambda: s.nu, lambda _: None).ronde())


def spreek(s: Speler, wie: Persoon, media: str) -> None:
    """A voice note of which the platform does not give anything yet."""
    s.opnamen[media] = Tijdelijk(wacht=600)
    wie.spreekt(media)


def test_what_is_fetched_lies_locked(s: Speler) -> None:
    amal = s.ouder("Amal")
    amal.spreekt(s.neem_op(amal, "mijn zus komt mee"))
    (nota,) = noten(s)
    assert (nota.status, nota.duur) == ("binnen", 1700)
    assert b"zus" not in nota.inhoud
    assert s.spraak.kluis
    assert s.spraak.kluis.open(nota.inhoud, nota.media) == b"mijn zus komt mee"


def test_a_platform_that_is_away_is_tried_again_and_then_it_is_said(s: Speler) -> None:
    amal = s.ouder("Amal")
    spreek(s, amal, "m1")
    platform = Platform(KANAAL, {"m1": Tijdelijk()})
    for _ in range(POGINGEN - 1):
        s.nu += timedelta(minutes=20)
        assert ronde(s, platform) == 1
        assert ronde(s, platform) == 0  # not before its time
    (nota,) = noten(s)
    assert (nota.status, nota.fout, nota.inhoud) == ("mislukt", "niet_gekregen", None)
    s.bezorg()
    assert "kan dit niet horen" in amal.laatste.tekst
    s.nu += timedelta(days=1)
    assert ronde(s, platform) == 0


@pytest.mark.parametrize(
    ("gegeven", "fout", "tekst"),
    [
        (b"(leeg)", "leeg", "kan dit niet horen"),
        (b"(stil)", "stil", "kan dit niet horen"),
        (b"(geen_geluid)", "geen_geluid", "kan dit niet horen"),
        (b"(kort)", "kort", "kan dit niet horen"),
        (b"(lang)", "lang", "te lang"),
        (b"(groot)", "groot", "te lang"),
        (Geweigerd(TE_LANG), TE_LANG, "te lang"),
        (Geweigerd("400 wrong file_id"), "niet_gekregen", "kan dit niet horen"),
    ],
)
def test_what_cannot_be_used_is_said_and_not_kept(s: Speler, gegeven: Any, fout: str, tekst: str) -> None:
    amal, noor = s.ouder("Amal"), s.collega("Noor")
    s.opnamen["m1"] = gegeven
    amal.spreekt("m1")
    assert tekst in amal.laatste.tekst
    (nota,) = noten(s)
    assert (nota.status, nota.fout, nota.inhoud) == ("mislukt", fout, None)
    assert "niet te horen" in noor.laatste.tekst  # staff see that it failed, and the question stays


def test_of_two_processes_one_fetches(s: Speler) -> None:
    amal = s.ouder("Amal")
    spreek(s, amal, "m1")
    s.nu += timedelta(minutes=20)
    platform = Platform(KANAAL, {"m1": b"hallo"})
    kanalen: Any = [platform]

    async def samen() -> list[int]:
        twee = [Notahaler(s.db, kanalen, s.spraak, lambda: s.nu, lambda _: None) for _ in range(2)]
        return await asyncio.gather(*(een.ronde() for een in twee))

    assert sorted(asyncio.run(samen())) == [0, 1]
    assert platform.gehaald == ["m1"]


def test_what_a_dead_process_left_is_picked_up(s: Speler) -> None:
    amal = s.ouder("Amal")
    spreek(s, amal, "m1")
    s.nu += timedelta(minutes=20)
    with s.db.transactie() as sessie:
        assert len(spraaknotas.claim(sessie, [(KANAAL, KANAAL)], s.nu, 10)) == 1
    platform = Platform(KANAAL, {"m1": b"hallo"})
    assert ronde(s, platform) == 0
    s.nu += spraaknotas.LEASE
    assert ronde(s, platform) == 1
    assert noten(s)[0].status == "binnen"


def test_heard_words_come_in_once(s: Speler) -> None:
    s.luister(verstaan=True)
    s.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    karim = s.ouder("Karim")
    karim.spreekt(s.neem_op(karim, "ja"))
    rijen = s.rijen(sa.select(postvak_in).where(postvak_in.c.extern_id.startswith("gehoord:")))
    assert [(r.status, r.inhoud) for r in rijen] == [("klaar", None)]
    with s.db.transactie() as sessie:
        nummer = int(rijen[0].extern_id.partition(":")[2])
        assert not spraaknotas.klaar(sessie, nummer, None)


def test_an_ear_that_fails_does_not_hold_up_the_sound(s: Speler) -> None:
    class Doof:
        def versta(self, geluid: bytes, taal: str) -> str:
            raise RuntimeError("no memory")

    s.spraak = Spraak(s.spraak.kluis, keur_woorden, Luistert(Doof()))
    amal = s.ouder("Amal")
    amal.spreekt(s.neem_op(amal, "hallo"))
    assert [(n.status, n.tekst) for n in noten(s)] == [("binnen", None)]


def test_one_note_is_written_out_at_a_time() -> None:
    bezig, meest = 0, 0

    class Traag:
        def versta(self, geluid: bytes, taal: str) -> str:
            nonlocal bezig, meest
            bezig += 1
            meest = max(meest, bezig)
            bezig -= 1
            return geluid.decode()

    async def alle() -> list[str]:
        luistert = Luistert(Traag())
        try:
            return await asyncio.gather(*(luistert.versta(f"{n}".encode(), "nl") for n in range(8)))
        finally:
            luistert.sluit()

    assert asyncio.run(alle()) == [f"{n}" for n in range(8)]
    assert meest == 1


def test_only_who_may_hear_it(s: Speler) -> None:
    amal, noor, bea = s.ouder("Amal"), s.collega("Noor"), s.collega("Bea", code="elders")
    karim = s.ouder("Karim")
    amal.spreekt(s.neem_op(amal, "mag mijn zus mee"))
    nummer = noten(s)[0].id

    def mag(wie: Persoon) -> bool:
        chat = s.rijen(sa.select(gesprek.c.id).where(gesprek.c.adres == wie.sleutel.adres))[0].id
        with s.db.transactie() as sessie:
            return horen.voor(sessie, chat, nummer) is not None

    assert [mag(wie) for wie in (noor, bea, karim, amal)] == [True, False, False, False]
    s.stuur_weg(noor)
    assert not mag(noor)


def test_what_was_told_in_confidence_is_for_who_leads(s: Speler) -> None:
    s.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    karim, noor, lies = s.ouder("Karim"), s.collega("Noor"), s.collega("Lies", "coordinator")
    for label in ("Ik kan niet", "Iets anders", "Niet welkom", "Ik vertel het"):
        karim.tikt(label)
    karim.spreekt(s.neem_op(karim, "ze groeten mij nooit"))
    nummer = noten(s)[0].id
    chats = {r.adres: r.id for r in s.rijen(sa.select(gesprek.c.id, gesprek.c.adres))}
    with s.db.transactie() as sessie:
        assert horen.voor(sessie, chats[noor.sleutel.adres], nummer) is None
        assert horen.voor(sessie, chats[lies.sleutel.adres], nummer) is not None


def test_another_secret_and_it_counts_as_gone(s: Speler) -> None:
    amal, bea = s.ouder("Amal"), s.persoon("Bea")
    bea.kanaal = "elders"
    s.collega("Bea")
    amal.spreekt(s.neem_op(amal, "hallo"))
    from bot.diensten.kluis import tijdelijk

    s.spraak = Spraak(tijdelijk(), keur_woorden)
    bea.drukt("menu.menu:vragen")
    bea.tikt("Amal")
    assert "Dit spraakbericht is er niet meer." in bea.laatste.tekst
    assert bea.laatste.media == ""


def test_after_thirty_days_it_is_gone(s: Speler) -> None:
    amal = s.ouder("Amal")
    amal.spreekt(s.neem_op(amal, "hallo"))
    for later, blijft in ((WOORDEN - timedelta(hours=1), 1), (WOORDEN + timedelta(hours=1), 0)):
        with s.db.transactie() as sessie:
            ruim_op(sessie, s.nu + later)
        assert len(noten(s)) == blijft


def test_what_belongs_to_nothing_goes_after_a_day(s: Speler) -> None:
    amal = s.ouder("Amal")
    with s.db.transactie() as sessie:
        chat = sessie.execute(sa.select(gesprek.c.id)).scalars().first()
        assert chat is not None
        spraaknotas.neem(sessie, chat, "los", s.nu)
    amal.spreekt(s.neem_op(amal, "hallo"))
    with s.db.transactie() as sessie:
        ruim_op(sessie, s.nu + timedelta(days=2))
    assert [n.media for n in noten(s)] == ["spraak-1"]


def test_without_a_vault_nothing_is_kept(db: Database) -> None:
    s = Speler(db)
    amal, noor = s.ouder("Amal"), s.collega("Noor")
    amal.spreekt("m1")
    assert noten(s) == []
    assert noor.laatste.media == "m1"  # the platform's own recording, in the same app
    asyncio.run(s.notahaler().loop())  # has nothing to do, and says so by ending


def test_in_the_logs_there_are_only_numbers(s: Speler, capsys: pytest.CaptureFixture[str]) -> None:
    amal = s.ouder("Amal")
    amal.spreekt(s.neem_op(amal, "(stil)"))
    s.opnamen["m2"] = Geweigerd("400 Bad Request: geheime-naam")
    amal.spreekt("m2")
    gezegd = "".join(capsys.readouterr())
    assert "Amal" not in gezegd
    assert "geheime-naam" not in gezegd


def test_the_queue_does_not_wait_for_a_recording(s: Speler) -> None:
    """A message with a recording that is still away waits a minute at most; others overtake it."""
    amal, bea = s.ouder("Amal"), s.persoon("Bea")
    bea.kanaal = "elders"
    s.collega("Bea")
    spreek(s, amal, "m1")
    assert bea.scherm == []
    amal.zegt("En nog iets: hoe laat?")
    assert "hoe laat" in bea.laatste.tekst
    s.nu += timedelta(minutes=2)
    s.bezorg()
    assert "🎤" in bea.laatste.tekst
    assert postvak.UITZENDING > postvak.AAN_TEAM
