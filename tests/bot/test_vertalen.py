"""The loop that makes translations, against a server that misbehaves, under a clock that is moved."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.app import App
from bot.beurt import Vertaalt
from bot.diensten.vertalen import LibreTranslate
from bot.vertalen import AFGEKEURD, POGINGEN, SAMEN, Vertaler
from dialogen.basis import Antwoord
from opslag import antwoorden, ouders, postvak, team, vertalingen
from opslag.berichten import lees_bericht
from opslag.database import Database
from opslag.tabellen import gesprek, postvak_uit, vertaling, vraag
from tests.bot.diensten.wangedrag import wangedrag
from tests.speler import Speler


class Klok:
    """Stands still until it is moved."""

    def __init__(self, s: Speler) -> None:
        self.nu = s.nu

    def __call__(self) -> Any:
        return self.nu


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


def vraag_aan(s: Speler, *teksten: str, taal: str = "tr") -> None:
    with s.db.transactie() as sessie:
        vertalingen.vraag_aan(sessie, teksten, [taal], s.nu)


def rijen(s: Speler) -> list[Any]:
    return s.rijen(sa.select(vertaling).order_by(vertaling.c.id))


async def speel(s: Speler, url: str, klok: Klok, *, tijd: float = 5) -> Vertaler:
    """One that runs until nothing can be done at this moment."""
    vertaler = Vertaler(s.db, LibreTranslate(url, tijd=tijd), klok, toeval=random.Random(4))
    while await vertaler.ronde():
        pass
    return vertaler


async def test_het_lukt(s: Speler) -> None:
    vraag_aan(s, "Samen koffie drinken om 9:30", "Samen thee drinken")
    async with wangedrag("goed") as server:
        vertaler = await speel(s, server.url, Klok(s))
        await vertaler._dienst.sluit()
    assert {r.status for r in rijen(s)} == {"machine"}
    assert rijen(s)[0].tekst == "ve bu 9:30 om drinken koffie Samen"
    assert {r.bron for r in rijen(s)} == {None}  # what was sent is not kept


TIJDELIJK = ["500", "hangt op", "langzaam", "te vaak"]
ONBRUIKBAAR = ["html", "teken kwijt", "andere taal", "20.000 tekens", "kapotte json"]


@pytest.mark.parametrize("gedrag", [*TIJDELIJK, *ONBRUIKBAAR, "400"])
async def test_wat_steeds_misgaat_houdt_een_keer_op(s: Speler, gedrag: str) -> None:
    """Later and later, and at last it is given up; staff see that, and of why only the kind."""
    vraag_aan(s, "Samen koffie drinken om 9:30")
    klok, pogingen = Klok(s), 0
    async with wangedrag(gedrag) as server:
        dienst = LibreTranslate(server.url, tijd=0.05 if gedrag == "langzaam" else 5)
        vertaler = Vertaler(s.db, dienst, klok, toeval=random.Random(4))
        while rijen(s)[0].status == "gevraagd":
            pogingen += await vertaler.ronde()
            assert await vertaler.ronde() == 0  # not at once again
            klok.nu += timedelta(minutes=15)
            assert pogingen <= POGINGEN
        await dienst.sluit()
    assert pogingen == {"400": 1}.get(gedrag, AFGEKEURD if gedrag in ONBRUIKBAAR else POGINGEN)
    (rij,) = rijen(s)
    assert (rij.status, rij.tekst) == ("mislukt", None)
    assert rij.fout
    assert "koffie" not in rij.fout


async def test_na_een_storing_komt_het_goed(s: Speler) -> None:
    vraag_aan(s, "Samen koffie drinken")
    klok = Klok(s)
    async with wangedrag("500", "goed") as server:
        dienst = LibreTranslate(server.url)
        vertaler = Vertaler(s.db, dienst, klok, toeval=random.Random(4))
        await vertaler.ronde()
        klok.nu += timedelta(minutes=1)
        assert await vertaler.ronde() == 1
        await dienst.sluit()
    assert rijen(s)[0].status == "machine"


async def test_wie_rust_wil_krijgt_rust(s: Speler) -> None:
    """A 429 with Retry-After holds up everything, also what was asked for later."""
    vraag_aan(s, "Samen koffie drinken")
    klok = Klok(s)
    async with wangedrag("te vaak", "goed") as server:
        dienst = LibreTranslate(server.url)
        vertaler = Vertaler(s.db, dienst, klok, toeval=random.Random(4))
        assert await vertaler.ronde() == 1
        vraag_aan(s, "Samen thee drinken")
        klok.nu += timedelta(seconds=6)
        assert await vertaler.ronde() == 0
        assert len(server.gevraagd) == 1
        klok.nu += timedelta(seconds=2)
        assert await vertaler.ronde() == 2
        await dienst.sluit()
    assert {r.status for r in rijen(s)} == {"machine"}


async def test_hoogstens_vier_tegelijk(s: Speler) -> None:
    vraag_aan(s, *(f"Samen koffie drinken {n}" for n in "abcdefghij"))
    bezig = hoogst = 0

    class Telt:
        naam = "telt"

        async def vertaal(self, tekst: str, van: str, naar: str) -> str:
            nonlocal bezig, hoogst
            bezig += 1
            hoogst = max(hoogst, bezig)
            await asyncio.sleep(0)
            bezig -= 1
            return f"ve {tekst}"

        async def sluit(self) -> None:
            pass

    vertaler = Vertaler(s.db, Telt(), Klok(s))
    while await vertaler.ronde():
        pass
    assert hoogst == SAMEN
    assert {r.status for r in rijen(s)} == {"machine"}


async def test_een_dienst_die_zijn_woord_breekt_stopt_niets(s: Speler) -> None:
    class Kapot:
        naam = "kapot"

        async def vertaal(self, tekst: str, van: str, naar: str) -> str:
            raise ZeroDivisionError(tekst)

        async def sluit(self) -> None:
            pass

    vraag_aan(s, "Samen koffie drinken")
    await Vertaler(s.db, Kapot(), Klok(s)).ronde()
    assert [(r.status, r.fout) for r in rijen(s)] == [("mislukt", "kapot")]


async def test_de_loop_wordt_gewekt_en_stopt_netjes(s: Speler) -> None:
    klaar = asyncio.Event()

    class Dicht:
        naam = "dicht"
        gesloten = False

        async def vertaal(self, tekst: str, van: str, naar: str) -> str:
            klaar.set()
            return f"ve {tekst}"

        async def sluit(self) -> None:
            self.gesloten = True

    dienst = Dicht()
    vertaler = Vertaler(s.db, dienst, Klok(s))
    loop = asyncio.create_task(vertaler.loop())
    await asyncio.sleep(0)
    await asyncio.to_thread(vraag_aan, s, "Samen koffie drinken")
    vertaler.wek()
    async with asyncio.timeout(5):
        await klaar.wait()
    loop.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loop
    assert dienst.gesloten


def test_zonder_dienst_is_er_geen_loop(db: Database) -> None:
    assert App(db, []).vertaler is None
    assert App(db, [], dienst=LibreTranslate("http://127.0.0.1:9")).vertaler is not None


# A parent waits


def _stand(s: Speler, ouders: bool = True) -> tuple[Any, Any]:
    s.vertaalt = Vertaalt(team=True, ouders=ouders)
    s.woordenboek = {}
    return s.collega("Noor"), s.ouder("Ayşe", taal="tr")


def _antwoord(s: Speler, noor: Any, ayse: Any) -> None:
    ayse.zegt("Saat kaçta?")
    s.nu += timedelta(seconds=30)
    s.bezorg()
    noor.tikt("Antwoord")
    noor.zegt("Om half tien, Ayşe.")


def test_een_antwoord_gaat_ook_als_er_nooit_vertaald_wordt(s: Speler) -> None:
    """The process that translates is away altogether: the outbox alone brings it, after twenty seconds."""
    noor, ayse = _stand(s)
    s.vertaal = lambda: None  # type: ignore[method-assign]  # nobody translates
    voor = len(ayse.scherm)
    _antwoord(s, noor, ayse)
    assert len(ayse.scherm) == voor + 1  # only that it was passed on
    s.nu += timedelta(seconds=20)
    s.bezorg()
    assert "Om half tien, Ayşe." in ayse.laatste.tekst


def test_te_laat_vertaald_verandert_niets_meer_en_noor_hoort_het(s: Speler) -> None:
    noor, ayse = _stand(s)
    echt, s.vertaal = s.vertaal, lambda: None  # type: ignore[method-assign]  # later
    _antwoord(s, noor, ayse)
    s.nu += timedelta(seconds=25)
    s.bezorg()
    s.leer("tr", "Om half tien, [[41]].", "Dokuz buçukta, [[41]].")
    echt()
    s.bezorg()
    assert "Om half tien" in ayse.laatste.tekst
    assert noor.laatste.tekst.startswith("⚠️")
    assert [r for r in rijen(s) if r.melden] == []


def test_de_naam_van_de_ouder_reist_niet(s: Speler) -> None:
    noor, ayse = _stand(s)
    s.vertaal = lambda: None  # type: ignore[method-assign]  # only what is asked for
    _antwoord(s, noor, ayse)
    assert "\u2068Ayşe\u2069" in next(r.bron for r in rijen(s) if r.melden)


def test_wat_een_ouder_schrijft_reist_alleen_als_dat_is_ingesteld(s: Speler) -> None:
    _, ayse = _stand(s, ouders=False)
    ayse.zegt("Saat kaçta?")
    assert rijen(s) == []


def test_wie_wordt_gewist_terwijl_er_wordt_vertaald(s: Speler) -> None:
    noor, ayse = _stand(s)
    s.vertaal = lambda: None  # type: ignore[method-assign]  # not yet
    _antwoord(s, noor, ayse)
    nummer = s.ouder_id(ayse)
    with s.db.transactie() as sessie:
        genomen = vertalingen.claim(sessie, s.nu, 10, timedelta(seconds=20))
        assert nummer is not None
        ouders.wis(sessie, nummer)
        for t in genomen:
            assert not vertalingen.lukte(sessie, t.nummer, "te laat", "proef")
    assert [r for r in rijen(s) if r.ouder_id] == []
    assert (
        s.rijen(
            sa.select(postvak_uit).where(postvak_uit.c.inhoud.contains("half tien"), postvak_uit.c.status == "later")
        )
        == []
    )


def test_twee_collegas_krijgen_de_vraag_allebei_vertaald(s: Speler) -> None:
    noor, ayse = _stand(s)
    bea = s.collega("Bea")
    s.leer("nl", "Saat kaçta?", "Hoe laat?")
    ayse.zegt("Saat kaçta?")
    for wie in (noor, bea):
        assert "Saat kaçta?" in wie.laatste.tekst
        assert "Hoe laat?" in wie.laatste.tekst
    assert len([r for r in rijen(s) if r.ouder_id]) == 1
    with s.db.transactie() as sessie:
        (over,) = sessie.scalars(sa.select(vraag.c.id))
        (collega, *_) = sessie.scalars(sa.select(gesprek.c.medewerker_id).where(gesprek.c.medewerker_id.is_not(None)))
        assert team.open_vragen(sessie, collega)[0].nummer == over


def test_een_antwoord_in_hun_eigen_taal_krijgt_geen_melding(s: Speler) -> None:
    """A colleague who writes Turkish to a Turkish parent: nothing changes, so nothing is said of a computer."""
    noor, ayse = _stand(s)
    s.leer("tr", "Dokuz buçukta", "Dokuz buçukta")
    ayse.zegt("Saat kaçta?")
    s.nu += timedelta(seconds=30)
    s.bezorg()
    noor.tikt("Antwoord")
    noor.zegt("Dokuz buçukta")
    assert "Dokuz buçukta" in ayse.laatste.tekst
    assert "🤖" not in ayse.laatste.tekst


def test_wat_vastgehouden_wordt_gaat_maar_een_keer(s: Speler) -> None:
    noor, ayse = _stand(s)
    s.vertaal = lambda: None  # type: ignore[method-assign]  # by hand
    _antwoord(s, noor, ayse)
    (uit,) = s.rijen(sa.select(postvak_uit).where(postvak_uit.c.status == "later"))
    with s.db.transactie() as sessie:
        assert postvak.maak_af(sessie, [uit.id], lambda b: b, s.nu) == 1
        assert postvak.maak_af(sessie, [uit.id], lambda b: b, s.nu) == 0
    (uit,) = s.rijen(sa.select(postvak_uit).where(postvak_uit.c.id == uit.id))
    assert uit.status == "wacht"
    assert lees_bericht(uit.inhoud).teksten[1].gegevens["tekst"] == "Om half tien, Ayşe."


def test_een_reden_in_eigen_woorden_en_weg_als_die_gelezen_is(s: Speler) -> None:
    noor, ayse = _stand(s)
    s.leer("nl", "Geç kalıyorum", "Ik kom te laat")
    s.activiteit("Koffie", "dinsdag 22 december 2026 09:30")
    over = s.uitnodiging(ayse, "Koffie")
    with s.db.transactie() as sessie:
        nummer = s.ouder_id(ayse)
        assert nummer is not None
        antwoorden.antwoord(sessie, nummer, over, Antwoord.NEE, 0, s.nu)
    ayse.drukt(f"afmelden.groep:vertellen:{over}")
    ayse.zegt("Geç kalıyorum")
    noor.zegt("menu")
    noor.tikt("Redenen lezen")
    assert "Geç kalıyorum" in noor.laatste.tekst
    assert "Ik kom te laat" in noor.laatste.tekst
    assert s.waar_staat("Ik kom te laat") == ["vertaling.tekst"]
    noor.tikt("Past nergens bij")
    assert s.waar_staat("Ik kom te laat") == []
