"""Pictures and sound on their way out: our own pictures, one upload per account, and messages that take two sends."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot import bijlagen as onderweg
from bot.app import App
from bot.bijlagen import Bijlagen, beeld_van, eigen
from bot.kanalen.basis import Bijlage, Geweigerd, Kwijt, Resultaat, Tempo, Tijdelijk, Verzonden, Weergave
from bot.verzenden import Verzender
from bot.weergeven import delen
from dialogen.basis import Bericht, Knop, Tekst
from dialogen.flows.maken import SOORTEN
from dialogen.flows.uitnodiging import _BEELDEN
from dialogen.teksten import talen, woorden
from opslag import bijlagen, gesprekken, postvak
from opslag.database import Database
from opslag.gesprekken import Sleutel
from opslag.tabellen import platformbestand, postvak_uit
from tests.echt.binnen import ACCOUNT, NepKanaal

NU = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MAP = Path(onderweg.__file__).parent / "beelden"
NAMEN = sorted(pad.stem for pad in MAP.glob("*.png"))


# Our own pictures


@pytest.mark.parametrize("naam", NAMEN)
def test_een_eigen_plaat_is_licht_en_half_zo_hoog_als_breed(naam: str) -> None:
    beeld = eigen(naam)
    assert beeld is not None
    assert len(beeld.inhoud) < 60_000
    breed, hoog = int.from_bytes(beeld.inhoud[16:20]), int.from_bytes(beeld.inhoud[20:24])
    assert (breed, hoog) == (960, 480)
    assert all(f"beeld.{naam.partition('_')[0]}" in woorden(taal) for taal in talen())


def test_elke_soort_heeft_een_plaat_en_een_met_een_vader() -> None:
    soorten = {_BEELDEN.get(soort, "koffie") for soort in SOORTEN}
    assert {*soorten, *("vader" if s == "koffie" else f"vader_{s}" for s in soorten)} == set(NAMEN)


@pytest.mark.parametrize("naam", ["", "bestaat_niet", "../beelden/koffie", "koffie.png", "a/b"])
def test_een_plaat_die_er_niet_is(naam: str) -> None:
    assert beeld_van(naam) is None


def test_een_bewaarde_plaat_heet_naar_haar_bytes() -> None:
    assert beeld_van("bijlage:" + "a" * 64) == Bijlage("a" * 64)


# One message in parts

STEM, PLAAT = Bijlage("g", b"OggS"), Bijlage("h", b"PNG")
KNOP = (("Ja", "a:1"),)


def _in_delen(**wat: object) -> list[tuple[str, bool, bool, str, bool]]:
    """Of each part: its words (shortened), sound, picture, voice note, buttons."""
    beeld = Weergave(**{"tekst": "Kom je?", "knoppen": KNOP, "alt": "koffie"} | wat)  # type: ignore[arg-type]
    return [(d.tekst[:7], bool(d.geluid), bool(d.beeld), d.media, bool(d.knoppen)) for d in delen(beeld, 1024)]


LANG = "é" * 1025


@pytest.mark.parametrize(
    ("wat", "verwacht"),
    [
        ({}, [("Kom je?", False, False, "", True)]),
        ({"beeld": PLAAT}, [("Kom je?", False, True, "", True)]),
        ({"geluid": STEM}, [("Kom je?", True, False, "", True)]),
        ({"geluid": STEM, "beeld": PLAAT}, [("", True, False, "", False), ("Kom je?", False, True, "", True)]),
        ({"beeld": PLAAT, "tekst": LANG}, [("", False, True, "", False), (LANG[:7], False, False, "", True)]),
        ({"geluid": STEM, "tekst": LANG}, [("", True, False, "", False), (LANG[:7], False, False, "", True)]),
        ({"media": "Aw", "tekst": LANG}, [("", False, False, "Aw", False), (LANG[:7], False, False, "", True)]),
        ({"media": "Aw", "geluid": STEM}, [("", True, False, "", False), ("Kom je?", False, False, "Aw", True)]),
        (
            {"geluid": STEM, "beeld": PLAAT, "tekst": LANG},
            [("", True, False, "", False), ("", False, True, "", False), (LANG[:7], False, False, "", True)],
        ),
        ({"tekst": "🙂" * 512, "beeld": PLAAT}, [("🙂" * 7, False, True, "", True)]),
        ({"tekst": "🙂" * 513, "beeld": PLAAT}, [("", False, True, "", False), ("🙂" * 7, False, False, "", True)]),
    ],
)
def test_geluid_eerst_dan_het_beeld_met_de_woorden(wat: dict[str, object], verwacht: list[object]) -> None:
    assert _in_delen(**wat) == verwacht


def test_waar_alles_in_een_bericht_past_blijft_het_een() -> None:
    alles = Weergave(LANG, KNOP, "Aw", geluid=STEM, beeld=PLAAT, alt="koffie")
    assert delen(alles, None) == (alles,)


# Once per account


class Platform(NepKanaal):
    """Gives a file id for what is uploaded, knows no others, and takes as long as it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.bestanden: set[str] = set()
        self.uploads: list[str] = []
        self.door = asyncio.Event()
        self.door.set()
        self.antwoord: Callable[[Weergave], Resultaat | None] = lambda _: None

    async def verzend(self, adres: str, weergave: Weergave, nummer: int) -> Resultaat:
        bijlage = weergave.geluid or weergave.beeld
        if bijlage and bijlage.bestand and bijlage.bestand not in self.bestanden:
            return Kwijt(bijlage.hash)
        if (anders := self.antwoord(weergave)) is not None:
            return anders
        if bijlage and not bijlage.bestand:
            self.uploads.append(bijlage.hash)
            await self.door.wait()
        await super().verzend(adres, weergave, nummer)
        if bijlage is None or bijlage.bestand:
            return Verzonden(str(nummer))
        self.bestanden.add(f"id-{bijlage.hash}-{len(self.uploads)}")
        return Verzonden(str(nummer), ((bijlage.hash, f"id-{bijlage.hash}-{len(self.uploads)}"),))


def _bestanden(db: Database) -> dict[str, str]:
    with db.transactie() as sessie:
        p = platformbestand.c
        return {r.hash: r.bestand for r in sessie.execute(sa.select(p.hash, p.bestand).where(p.account == ACCOUNT))}


async def test_een_keer_opgeladen_en_na_een_herstart_nog_steeds_bekend(db: Database) -> None:
    kanaal = Platform()
    for _ in range(2):  # the second begins with an empty memory
        een = Bijlagen(db, kanaal, lambda: NU)
        for nummer in range(3):
            assert isinstance(await een.verzend("1", Weergave("x", beeld=PLAAT), nummer), Verzonden)
    assert kanaal.uploads == ["h"]
    assert _bestanden(db) == {"h": "id-h-1"}


async def test_wie_tegelijk_hetzelfde_brengt_wacht_en_probeert_het_daarna(db: Database) -> None:
    kanaal, ander = Platform(), Bijlage("i", b"PNG ook")
    kanaal.door.clear()
    een = Bijlagen(db, kanaal, lambda: NU)
    eerste = asyncio.create_task(een.verzend("1", Weergave("x", beeld=PLAAT), 1))
    async with asyncio.timeout(5):
        while not kanaal.uploads:
            await asyncio.sleep(0.001)
    rest = [asyncio.create_task(een.verzend(str(n), Weergave("x", beeld=PLAAT), n)) for n in range(2, 6)]
    anders = asyncio.create_task(een.verzend("9", Weergave("x", beeld=ander), 9))
    await asyncio.sleep(0.02)
    kanaal.door.set()
    assert isinstance(await eerste, Verzonden)
    assert await asyncio.gather(*rest) == [None] * 4, "not sent: they take a new place in the pace"
    assert isinstance(await anders, Verzonden)
    assert sorted(kanaal.uploads) == ["h", "i"]
    assert await een.verzend("2", Weergave("x", beeld=PLAAT), 2) == Verzonden("2")


async def test_wat_het_platform_vergat_gaat_opnieuw_mee(db: Database) -> None:
    kanaal = Platform()
    een = Bijlagen(db, kanaal, lambda: NU)
    for _ in range(2):
        assert isinstance(await een.verzend("1", Weergave("x", beeld=PLAAT), 1), Verzonden)
        kanaal.bestanden.clear()  # once known in memory, once only in the database
        een = een if len(kanaal.uploads) == 1 else Bijlagen(db, kanaal, lambda: NU)
    assert isinstance(await een.verzend("1", Weergave("x", beeld=PLAAT), 1), Verzonden)
    assert kanaal.uploads == ["h"] * 3
    assert _bestanden(db) == {"h": "id-h-3"}


async def test_bewaarde_bytes_worden_gehaald_en_zonder_bytes_gaan_de_woorden(db: Database) -> None:
    kanaal = Platform()
    een = Bijlagen(db, kanaal, lambda: NU)
    with db.transactie() as sessie:
        naam = bijlagen.bewaar(sessie, "beeld", b"\x89PNG van het team", NU)
    await een.verzend("1", Weergave("x", beeld=Bijlage(naam)), 1)
    await een.verzend("1", Weergave("y", beeld=Bijlage("f" * 64)), 2)
    (_, eerst), (_, daarna) = kanaal.gekregen["1"]
    assert eerst.beeld == Bijlage(naam, b"\x89PNG van het team")
    assert (daarna.tekst, daarna.beeld) == ("y", None)


async def test_een_mislukte_upload_laat_niemand_wachten(db: Database) -> None:
    kanaal = Platform()
    een = Bijlagen(db, kanaal, lambda: NU)
    kanaal.antwoord = lambda _: Tijdelijk(1.0)
    assert await een.verzend("1", Weergave("x", beeld=PLAAT), 1) == Tijdelijk(1.0)
    kanaal.antwoord = lambda _: None
    assert isinstance(await een.verzend("1", Weergave("x", beeld=PLAAT), 1), Verzonden)


# Through the outbox


def _leg(db: Database, adres: str, bericht: Bericht) -> None:
    with db.transactie() as sessie:
        sleutel = Sleutel("telegram", ACCOUNT, adres)
        chat = gesprekken.neem(sessie, sleutel, NU)
        postvak.leg_klaar(sessie, chat.nummer, sleutel, bericht, "nl", NU)


def _status(db: Database) -> list[str]:
    with db.transactie() as sessie:
        return list(sessie.scalars(sa.select(postvak_uit.c.status).order_by(postvak_uit.c.id)))


async def _verzend(db: Database, kanaal: NepKanaal) -> None:
    loop = asyncio.create_task(Verzender(db, kanaal, lambda: NU, random.Random(1)).loop())
    async with asyncio.timeout(10):
        while set(_status(db)) & {"wacht", "bezig"}:
            await asyncio.sleep(0.01)
    loop.cancel()
    with suppress(asyncio.CancelledError):
        await loop


ZES = Bericht((Tekst("menu.menu"),), (Knop("a.b:c", Tekst("knop.ja")),), beeld="koffie")


async def test_veel_berichten_met_een_plaat_en_een_upload(db: Database) -> None:
    kanaal = Platform()
    for adres in range(40):
        _leg(db, str(adres), ZES)
    await _verzend(db, kanaal)
    assert len(kanaal.uploads) == 1
    assert [len(gekregen) for gekregen in kanaal.gekregen.values()] == [1] * 40
    assert _status(db) == ["verzonden"] * 40


async def test_de_browserchat_laat_de_plaat_zien_aan_wie_haar_kreeg_ook_als_ze_net_aankomt(db: Database) -> None:
    sleutel = Sleutel("web", "web", "een-browser")
    with db.transactie() as sessie:
        chat = gesprekken.neem(sessie, sleutel, NU)
        postvak.leg_klaar(sessie, chat.nummer, sleutel, ZES, "nl", NU)
    app = App(db, [])
    assert await app.bijlage("een-browser", 1, "beeld") is None, "still waiting"
    with db.transactie() as sessie:
        (uit,) = postvak.claim(sessie, "web", "web", 1, NU)
    for status in ("bezig", "verzonden"):
        assert await app.bijlage("een-browser", uit.nummer, "beeld") == eigen("koffie"), status
        assert await app.bijlage("een-ander", uit.nummer, "beeld") is None
        assert await app.bijlage("een-browser", uit.nummer, "geluid") is None
        with db.transactie() as sessie:
            postvak.verzonden(sessie, [(uit.nummer, "1", None)], NU)


async def test_een_te_lange_tekst_gaat_na_de_plaat_elk_op_zijn_beurt(db: Database) -> None:
    kanaal = Platform()
    kanaal.tempo = Tempo(200.0, per_chat=0.05)
    lang = Bericht((Tekst.letterlijk("woord " * 250),), ZES.knoppen, beeld="koffie")
    for adres in ("1", "2"):
        _leg(db, adres, lang)
        _leg(db, adres, ZES)
    await _verzend(db, kanaal)
    for adres in ("1", "2"):
        wat = [(bool(w.beeld), bool(w.tekst), bool(w.knoppen)) for _, w in kanaal.gekregen[adres]]
        assert wat == [(True, False, False), (False, True, True), (True, True, True)]
    assert _status(db) == ["verzonden"] * 4


async def test_een_deel_dat_niet_mag_houdt_de_woorden_niet_tegen(db: Database) -> None:
    kanaal = Platform()
    kanaal.antwoord = lambda w: Geweigerd("400 geen beelden") if w.beeld else None
    _leg(db, "1", Bericht((Tekst.letterlijk("woord " * 250),), beeld="koffie"))
    await _verzend(db, kanaal)
    assert [w.tekst[:5] for _, w in kanaal.gekregen["1"]] == ["woord"]
    assert _status(db) == ["verzonden"]


async def test_wat_al_ging_gaat_niet_nog_eens_als_de_rest_even_niet_kan(db: Database) -> None:
    kanaal, keer = Platform(), iter([Tijdelijk(0.0), None])
    kanaal.antwoord = lambda w: next(keer, None) if w.tekst else None
    _leg(db, "1", Bericht((Tekst.letterlijk("woord " * 250),), beeld="koffie"))
    loop = asyncio.create_task(Verzender(db, kanaal, lambda: NU, random.Random(1)).loop())
    async with asyncio.timeout(10):
        while _status(db) != ["verzonden"]:
            await asyncio.sleep(0.01)
    loop.cancel()
    with suppress(asyncio.CancelledError):
        await loop
    assert [bool(w.beeld) for _, w in kanaal.gekregen["1"]] == [True, False]
