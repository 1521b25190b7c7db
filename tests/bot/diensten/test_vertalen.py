"""Translators that misbehave: whatever one does, a kind of error comes out, in time, and never a text."""

from __future__ import annotations

import asyncio
import random
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import deep_translator
import pytest
from deep_translator.constants import BASE_URLS

from bot.diensten.basis import Vertaalfout
from bot.diensten.keuren import keur
from bot.diensten.vertalen import DRADEN, RUST, DeepTranslator, LibreTranslate, _maker, maak_dienst
from bot.instellingen import Instellingen
from bot.vertalen import Mislukt, Straks, besluit, vertaal
from opslag.vertalingen import TeVertalen
from tests.bot.diensten.wangedrag import wangedrag

NU = datetime(2026, 12, 1, 8, tzinfo=UTC)
BRON = "Kom om 9:30 koffie drinken met Fatima in de ouderkamer"


def rij(tekst: str = BRON, naar: str = "tr", pogingen: int = 1, tot: datetime | None = None) -> TeVertalen:
    return TeVertalen(1, tekst, "nl", naar, pogingen, tot)


WANGEDRAG = {
    "te vaak": "te_vaak",
    "te vaak zonder tijd": "te_vaak",
    "html": "html",
    "html in json": "html",
    "teken kwijt": "teken_kwijt",
    "andere taal": "andere_taal",
    "20.000 tekens": "te_lang",
    "200.000 tekens": "te_lang",
    "kapotte json": "geen_json",
    "andere json": "geen_vertaling",
    "geen tekst": "geen_vertaling",
    "leeg": "leeg",
    "500": "status_500",
    "503 html": "status_503",
    "400": "geweigerd",
    "403": "sleutel",
    "elders heen": "status_302",
    "hangt op": "verbroken",
    "half antwoord": "verbroken",
    "langzaam": "te_langzaam",
}


@pytest.mark.parametrize("gedrag", WANGEDRAG)
async def test_libretranslate_die_zich_misdraagt(gedrag: str) -> None:
    async with wangedrag(gedrag, "goed") as server:
        dienst = LibreTranslate(server.url, tijd=0.3 if gedrag == "langzaam" else 5)
        with pytest.raises(Vertaalfout) as fout:
            await vertaal(dienst, rij())
        assert fout.value.soort == WANGEDRAG[gedrag]
        assert fout.value.wacht == {"te vaak": 7.0, "te vaak zonder tijd": RUST}.get(gedrag, 0.0)
        server.los.set()
        assert "9:30" in await vertaal(dienst, rij())  # and the next time all is well
        await dienst.sluit()


async def test_een_server_die_er_niet_is() -> None:
    dienst = LibreTranslate("http://127.0.0.1:9", tijd=2)
    with pytest.raises(Vertaalfout, match="weg"):
        await vertaal(dienst, rij())
    await dienst.sluit()


async def test_wat_er_reist_en_hoe() -> None:
    async with wangedrag("goed") as server:
        dienst = LibreTranslate(server.url + "/", "geheim")
        terug = await vertaal(dienst, rij())
        await dienst.sluit()
    (vraag,) = server.gevraagd
    assert vraag == {"q": vraag["q"], "source": "nl", "target": "tr", "format": "text", "api_key": "geheim"}
    assert not [w for w in ("Fatima", "9:30", "ouderkamer") if w in vraag["q"]]
    assert server.paden == ["/translate"]  # nothing in the address
    assert terug.count("9:30") == terug.count("Fatima") == terug.count("veli odası") == 1


async def test_wat_alleen_uit_vakwoorden_bestaat_reist_niet() -> None:
    async with wangedrag("500") as server:
        dienst = LibreTranslate(server.url)
        assert await vertaal(dienst, rij("Koffieochtend")) == "Kahve sabahı"
        assert server.gevraagd == []
        await dienst.sluit()


async def test_een_tekst_van_20_000_tekens_reist_niet() -> None:
    with pytest.raises(Vertaalfout, match="te_lang"):
        await vertaal(LibreTranslate("http://127.0.0.1:9"), rij("kom " * 5000))


# What came back


@pytest.mark.parametrize(
    ("bron", "terug", "naar", "fout"),
    [
        ("Kom je ook?", "Kom je ook?", "tr", ""),  # left as it is: allowed
        ("Kom je ook?", "هل تأتي أيضا؟", "ar", ""),
        ("Kom je ook?", "Kom je ook?", "ar", "andere_taal"),
        ("Kom je ook?", "آیا شما هم می‌آیید؟", "fa", ""),
        ("Kom je ook?", "هل ستأتي إلى المدرسة في الصباح؟ مدرسة", "fa", "andere_taal"),
        ("Kom je ook?", "آیا شما هم می‌آیید؟ چای می‌نوشیم، پدر و بچه‌ها", "ar", "andere_taal"),
        ("Kom je ook?", "آيا شما هم مي آييد؟", "fa", ""),  # with the letters of an Arabic keyboard
        ("Kom je ook?", "Ви теж прийдете?", "uk", ""),
        ("Kom je ook?", "Вы тоже придёте? Мы ждём", "uk", "andere_taal"),
        ("Kom je ook?", "ንስኻ'ውን ትመጽእ ዲኻ?", "ti", ""),
        ("Kom je ook?", "Czy też przyjdziesz?", "pl", ""),
        ("Kom je ook?", "ንስኻ'ውን ትመጽእ ዲኻ?", "pl", "andere_taal"),
        (
            "Kom je ook met je kind naar de koffie?",
            "Will you come to the coffee with your child and us?",
            "pl",
            "andere_taal",
        ),
        ("Kom je ook met je kind naar de koffie?", "Ma la imanaysaa ilmahaaga si aad qaxwo u cabto?", "so", ""),
        ("Ja", "Evet", "tr", ""),
        ("Ja", "👍", "tr", ""),
        ("Ja", "e" * 81, "tr", "te_lang"),
        ("Ja", "\u00a0\n", "tr", "leeg"),
        ("1 < 2 en a > b", "1 < 2 ve a > b", "tr", ""),
        ("Ja", "<b>Evet</b>", "tr", "html"),
        ("Ja", "<!DOCTYPE html>", "tr", "html"),
    ],
)
def test_keuren(bron: str, terug: str, naar: str, fout: str) -> None:
    if not fout:
        assert keur(bron, terug, naar) == terug.strip()
        return
    with pytest.raises(Vertaalfout, match=f"^{fout}$"):
        keur(bron, terug, naar)


# Again, or not


def test_later_en_later_en_dan_niet_meer() -> None:
    toeval, fout = random.Random(4), Vertaalfout("weg")
    wacht = [besluit(fout, rij(pogingen=n), NU, toeval) for n in range(1, 7)]
    seconden = [(s.op - NU).total_seconds() for s in wacht if isinstance(s, Straks)]
    assert seconden == sorted(seconden)
    assert len(seconden) == 5
    assert 1 <= seconden[0] <= 2
    assert wacht[-1] == Mislukt("weg")


def test_afgekeurd_is_twee_keer_genoeg_en_wat_niet_kan_is_een_keer_genoeg() -> None:
    toeval = random.Random(4)
    assert isinstance(besluit(Vertaalfout("html", afgekeurd=True), rij(), NU, toeval), Straks)
    assert besluit(Vertaalfout("html", afgekeurd=True), rij(pogingen=2), NU, toeval) == Mislukt("html")
    assert besluit(Vertaalfout("taal_onbekend", blijvend=True), rij(), NU, toeval) == Mislukt("taal_onbekend")


def test_wat_de_dienst_vraagt_en_wie_er_wacht() -> None:
    toeval = random.Random(4)
    rust = besluit(Vertaalfout("te_vaak", wacht=7), rij(), NU, toeval)
    assert rust == Straks(NU + timedelta(seconds=7), "te_vaak", rust=True)
    tot = NU + timedelta(seconds=5)
    assert besluit(Vertaalfout("te_vaak", wacht=7), rij(tot=tot), NU, toeval) == Mislukt("te_vaak")


# deep-translator


@pytest.fixture
def adressen(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The library's own table of addresses, turned to this machine."""

    def draai(url: str) -> None:
        for dienst, pad in {
            "GOOGLE_TRANSLATE": "/m",
            "MYMEMORY": "/get",
            "DEEPL": "/{version}/",
            "DEEPL_FREE": "/{version}/",
            "MICROSOFT_TRANSLATE": "/microsoft",
        }.items():
            monkeypatch.setitem(BASE_URLS, dienst, url + pad)

    # Its constructor asks Microsoft itself which languages there are.
    talen = {naam: naam for naam in ("nl", "en", "tr", "ar", "pl", "uk", "ti", "so", "fa", "es")}
    monkeypatch.setattr(deep_translator.MicrosoftTranslator, "_get_supported_languages", lambda _: talen)
    return draai


VIER = ("google", "mymemory", "deepl", "microsoft")


@pytest.mark.parametrize("naam", VIER)
async def test_deep_translator_vertaalt(naam: str, adressen: Any) -> None:
    async with wangedrag("goed") as server:
        adressen(server.url)
        terug = await vertaal(DeepTranslator(naam, _maker(naam, "sleutel:fx", "westeurope")), rij())
    assert terug.count("9:30") == terug.count("Fatima") == terug.count("veli odası") == 1
    assert not [w for w in ("Fatima", "9:30") if w in str(server.gevraagd)]


@pytest.mark.parametrize("naam", VIER)
@pytest.mark.parametrize("gedrag", ["te vaak", "html", "teken kwijt", "andere taal", "20.000 tekens", "kapotte json",
                                    "500", "hangt op", "leeg", "403"])  # fmt: skip
async def test_deep_translator_die_zich_misdraagt(naam: str, gedrag: str, adressen: Any) -> None:
    async with wangedrag(gedrag, "goed") as server:
        adressen(server.url)
        dienst = DeepTranslator(naam, _maker(naam, "sleutel:fx", ""), 5)
        with pytest.raises(Vertaalfout) as fout:
            await vertaal(dienst, rij())
        assert BRON not in str(fout.value)
        assert "sleutel:fx" not in str(fout.value)
        if gedrag == "te vaak" and naam in {"google", "mymemory"}:
            assert (fout.value.soort, fout.value.wacht) == ("te_vaak", RUST)
        assert "9:30" in await vertaal(dienst, rij())


@pytest.mark.parametrize(("naam", "naar"), [("deepl", "ti"), ("deepl", "ar"), ("mymemory", "xx"), ("google", "xx")])
async def test_een_taal_die_de_dienst_niet_heeft(naam: str, naar: str, adressen: Any) -> None:
    with pytest.raises(Vertaalfout, match="taal_onbekend") as fout:
        await DeepTranslator(naam, _maker(naam, "sleutel", "")).vertaal("kom", "nl", naar)
    assert fout.value.blijvend


async def test_de_woorden_van_vandaag_zijn_op() -> None:
    class Op:
        def translate(self, _tekst: str) -> str:
            return "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY."

    with pytest.raises(Vertaalfout, match="te_vaak") as fout:
        await DeepTranslator("mymemory", lambda _van, _naar: Op()).vertaal("kom", "nl", "tr")
    assert fout.value.wacht == 3600


async def test_een_apostrof_van_mymemory() -> None:
    class Streepje:
        def translate(self, _tekst: str) -> str:
            return "Ayşe&#39;nin &quot;kahvesi&quot;"

    dienst = DeepTranslator("mymemory", lambda _van, _naar: Streepje())
    assert await dienst.vertaal("kom", "nl", "tr") == 'Ayşe\'nin "kahvesi"'


async def test_draden_die_hangen_houden_niets_op() -> None:
    """Every thread hangs; who asks more hears at once that it hangs; when they come loose all is well again."""
    los, er_in = threading.Event(), threading.Semaphore(0)

    class Hangt:
        def translate(self, _tekst: str) -> str:
            er_in.release()
            los.wait(10)
            return "ve bu"

    dienst = DeepTranslator("google", lambda _van, _naar: Hangt(), 0.05)
    uit = await asyncio.gather(*(dienst.vertaal("kom", "nl", "tr") for _ in range(DRADEN + 3)), return_exceptions=True)
    soorten = sorted(str(fout) for fout in uit)
    assert soorten == ["hangt"] * 3 + ["te_langzaam"] * DRADEN
    los.set()
    for _ in range(DRADEN):
        er_in.acquire()
    for draad in threading.enumerate():
        if draad.name == "vertalen":
            assert draad.daemon
            draad.join(5)
    assert await dienst.vertaal("kom", "nl", "tr") == "ve bu"


# Settings


def test_uit_is_hoe_het_begint() -> None:
    assert maak_dienst(Instellingen()) is None


@pytest.mark.parametrize(
    ("anders", "regel"),
    [
        ({"translate_service": "libretranslate"}, "INLOOP_TRANSLATE_URL"),
        ({"translate_service": "deepl"}, "INLOOP_TRANSLATE_KEY"),
        ({"translate_service": "microsoft"}, "INLOOP_TRANSLATE_KEY"),
        ({"translate_parents": True}, "INLOOP_TRANSLATE_PARENTS"),
        ({"translate_service": "google", "translate_parents": True}, "verwerker"),
        ({"translate_service": "yandex"}, "translate_service"),
        ({"translate_service": "libretranslate", "translate_url": "localhost:5000"}, "https"),
        ({"translate_timeout": 0}, "translate_timeout"),
    ],
)
def test_wat_niet_kan(anders: dict[str, Any], regel: str) -> None:
    with pytest.raises(ValueError, match=regel):
        Instellingen(**anders)


def test_wat_wel_kan_en_geen_sleutel_op_het_scherm() -> None:
    inst = Instellingen(
        translate_service="libretranslate", translate_url="http://127.0.0.1:5000/", translate_key="xyzzy"
    )
    dienst = maak_dienst(inst)
    assert dienst is not None
    assert dienst.naam == "libretranslate"
    assert "xyzzy" not in repr(inst)
    deepl = Instellingen(translate_service="deepl", translate_key="xyzzy", translate_parents=True)
    assert isinstance(maak_dienst(deepl), DeepTranslator)
