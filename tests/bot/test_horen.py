"""What one person hears: who listens, who reads, who does both, staff; and a broadcast that keeps its pace."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from bot.horen import Horen, Luisteraar, korter
from bot.kanalen.basis import Resultaat, Verzonden, Weergave
from bot.kanalen.telegram import VERMOGEN, ontleed
from bot.kanalen.telegram_uit import toetsenbord
from bot.stemmen import Stemmen
from bot.verwerken import verwerk
from bot.verzenden import Verzender
from bot.weekberichten import week_als_bericht
from bot.weergeven import weergave
from dialogen.basis import Bericht, Invoer, Knop, Soort, Stand, Tekst, Vertaald
from dialogen.hardop import als_bericht
from dialogen.teksten import talen
from opslag import gesprekken, locaties, postvak
from opslag.berichten import invoer_json, lees_bericht, lees_invoer
from opslag.database import Database
from opslag.gesprekken import Sleutel
from opslag.tabellen import gesprek, gezin, locatie, medewerker, opname, ouder, platformbestand, postvak_uit
from opslag.weekberichten import Week
from tests.bot.diensten.nepstem import NepStem
from tests.bot.test_stemmen import maak_locaties, neem_op
from tests.echt.binnen import ACCOUNT, NepKanaal, ontvangst

NU = datetime(2026, 12, 1, 9, tzinfo=UTC)
KOM = Bericht(
    (Tekst("algemeen.graag_gedaan"), Tekst("uitnodiging.drempels")),
    tuple(Knop(f"uitnodiging.kom:{k}:1", Tekst(f"uitnodiging.kom.{k}")) for k in ("ja", "nee")),
)


@pytest.fixture
def stem() -> NepStem:
    return NepStem()


def chat(db: Database, adres: str, **van: Any) -> int:
    """A chat; with ``vorm`` of a parent who has it so, with ``collega`` of a colleague. Its number."""
    with db.transactie() as sessie:
        hier = sessie.scalar(sa.select(locatie.c.id)) or maak_locaties(sessie, ["De Regenboog"])[0]
        g = gesprekken.neem(sessie, Sleutel("telegram", ACCOUNT, adres), NU)
        if "vorm" in van:
            thuis = sessie.execute(gezin.insert().values(locatie_id=hier, ingeschreven=NU.date()).returning(gezin.c.id))
            o = ouder.insert().values(gezin_id=thuis.scalar_one(), gemaakt=NU, **van).returning(ouder.c.id)
            sessie.execute(
                gesprek.update().where(gesprek.c.id == g.nummer).values(ouder_id=sessie.execute(o).scalar_one())
            )
        if van.get("collega"):
            m = medewerker.insert().values(rol="medewerker", gemaakt=NU).returning(medewerker.c.id)
            waarden = {"medewerker_id": sessie.execute(m).scalar_one()}
            sessie.execute(gesprek.update().where(gesprek.c.id == g.nummer).values(waarden))
    return g.nummer


def leg(db: Database, adres: str, bericht: Bericht, taal: str = "nl", **anders: Any) -> None:
    """Queue one message for a chat."""
    sleutel = Sleutel("telegram", ACCOUNT, adres)
    with db.transactie() as sessie:
        g = gesprekken.neem(sessie, sleutel, NU)
        postvak.leg_klaar(sessie, g.nummer, sleutel, bericht, taal, NU, **anders)


@asynccontextmanager
async def verzender(db: Database, stem: NepStem | None, kanaal: NepKanaal) -> AsyncIterator[Verzender]:
    """A sender with these voices."""
    v = Verzender(db, kanaal, lambda: NU, random.Random(1), horen=Horen(Stemmen(db, lambda: NU, stem)))
    loop = asyncio.create_task(v.loop())
    yield v
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)


async def tot(kanaal: NepKanaal, aantal: int) -> None:
    """Until so many messages were sent."""
    async with asyncio.timeout(10):
        while sum(map(len, kanaal.gekregen.values())) < aantal:
            await asyncio.sleep(0.005)


class Platform(NepKanaal):
    """Gives every sound that it gets a file id, as Telegram does."""

    async def verzend(self, adres: str, weergave: Weergave, nummer: int) -> Resultaat:
        """Remember it."""
        await super().verzend(adres, weergave, nummer)
        return Verzonden(str(nummer), ((weergave.geluid.hash, f"id{nummer}"),) if weergave.geluid else ())


async def stuur(db: Database, stem: NepStem | None, aantal: int = 1) -> NepKanaal:
    """Send what waits."""
    kanaal = Platform()
    async with verzender(db, stem, kanaal):
        await tot(kanaal, aantal)
    return kanaal


async def test_wie_luistert_hoort_eerst_en_leest_weinig(db: Database, stem: NepStem) -> None:
    chat(db, "1", vorm="luisteren")
    leg(db, "1", KOM)
    ((_, beeld),) = (await stuur(db, stem)).gekregen["1"]
    assert beeld.geluid is not None
    assert beeld.geluid.duur > 0
    assert [label for label, _ in beeld.knoppen] == ["✅ Ik kom", "❌ Ik kan niet"]


async def test_wie_luistert_kan_het_weer_vragen_als_het_geluid_er_niet_is(db: Database, stem: NepStem) -> None:
    stem.kapot = True
    chat(db, "1", vorm="luisteren")
    leg(db, "1", KOM)
    ((_, beeld),) = (await stuur(db, stem)).gekregen["1"]
    assert beeld.geluid is None
    assert [label for label, _ in beeld.knoppen] == ["✅ Ik kom", "❌ Ik kan niet", "🔊"]


async def test_allebei_leest_alles(db: Database, stem: NepStem) -> None:
    lang = Bericht((Tekst("kennismaken.toestemming"),))
    for adres, vorm in (("1", "luisteren"), ("2", "allebei")):
        chat(db, adres, vorm=vorm)
        leg(db, adres, lang)
    kanaal = await stuur(db, stem, 2)
    (_, weinig), (_, alles) = kanaal.gekregen["1"][0], kanaal.gekregen["2"][0]
    assert weinig.geluid
    assert alles.geluid
    assert len(weinig.tekst) < len(alles.tekst)


async def test_wie_leest_krijgt_een_knop_waar_geluid_is(db: Database, stem: NepStem) -> None:
    for adres, taal in (("1", "nl"), ("2", "ar")):
        chat(db, adres, vorm="lezen", taal=taal)
        leg(db, adres, KOM, taal)
    kanaal = await stuur(db, stem, 2)
    assert kanaal.gekregen["1"][0][1].knoppen[-1] == ("🔊", "hoor.dit:-")
    assert len(kanaal.gekregen["2"][0][1].knoppen) == 2
    assert stem.gezegd == []


async def test_het_team_leest(db: Database, stem: NepStem) -> None:
    chat(db, "1", collega=True)
    leg(db, "1", KOM)
    ((_, beeld),) = (await stuur(db, stem)).gekregen["1"]
    assert (beeld.geluid, len(beeld.knoppen)) == (None, 2)


async def test_zonder_stem_gaat_de_hele_tekst(db: Database) -> None:
    chat(db, "1", vorm="luisteren")
    leg(db, "1", Bericht((Tekst("kennismaken.toestemming"),)))
    ((_, beeld),) = (await stuur(db, None)).gekregen["1"]
    assert beeld.geluid is None
    assert "STOP" in beeld.tekst


async def test_de_stem_van_de_een_gaat_nooit_naar_de_ander(db: Database, stem: NepStem) -> None:
    """What holds a parent's name is uploaded for that parent alone: no file id of it is remembered."""
    namen = [f"Karim{'m' * n * 5}" for n in range(8)]
    for naam in namen:
        chat(db, naam, vorm="luisteren")
        leg(db, naam, Bericht((Tekst("kennismaken.welkom", {"naam": naam, "gastheer": "Juf Noor"}),)))
    kanaal = await stuur(db, stem, len(namen))
    noten = [kanaal.gekregen[naam][0][1].geluid for naam in namen]
    assert all(noot is not None and noot.inhoud and not noot.bestand and not noot.hash for noot in noten)
    assert len({noot.inhoud for noot in noten if noot}) == len(namen)
    with db.transactie() as sessie:
        assert sessie.scalar(sa.select(sa.func.count()).select_from(platformbestand)) == 0


async def test_een_stem_die_hapert_houdt_niets_op(db: Database, stem: NepStem) -> None:
    stem.kapot = True
    chat(db, "1", vorm="luisteren")
    leg(db, "1", KOM)
    ((_, beeld),) = (await stuur(db, stem)).gekregen["1"]
    assert beeld.geluid is None
    assert "Gratis" in beeld.tekst


async def test_wie_leest_wacht_niet_op_wie_luistert(db: Database, stem: NepStem) -> None:
    """A hundred who listen wait for a slow voice; those who read have theirs at once, and so has a reply."""
    stem.traag = True
    for n in range(100):
        chat(db, f"l{n}", vorm="luisteren")
        leg(db, f"l{n}", KOM, prioriteit=postvak.UITZENDING)
    for n in range(20):
        chat(db, f"r{n}", vorm="lezen")
        leg(db, f"r{n}", KOM, prioriteit=postvak.AANBOD)
    kanaal = NepKanaal()
    async with verzender(db, stem, kanaal) as v:
        await tot(kanaal, 20)
        assert all(adres.startswith("r") for adres in kanaal.gekregen)
        leg(db, "r0", KOM)
        v.wek()
        await tot(kanaal, 21)
        stem.verder.set()
        await tot(kanaal, 121)
    assert len(stem.gezegd) == 3  # two paragraphs and the choices, once for all
    hoorden = [beeld for adres, lijst in kanaal.gekregen.items() for _, beeld in lijst if adres.startswith("l")]
    assert len({beeld.geluid.hash for beeld in hoorden if beeld.geluid}) == 1


async def test_voor_de_toestemming_telt_de_gekozen_vorm(db: Database, stem: NepStem) -> None:
    """From the very next message on, with the voices of the location that invited; nothing is kept of the person."""
    with db.transactie() as sessie:
        hier = locaties.maak_locatie(sessie, "De Regenboog", ["Vlinders"], NU)
        code = locaties.nodig_ouders_uit(sessie, hier, None, NU)
        eigen = neem_op(sessie, "kennismaken.toestemming", "ar", 1.0, hier)
    sleutel = Sleutel("telegram", ACCOUNT, "1")
    doet = [(Soort.START, code), (Soort.KNOP, "kennismaken.taal:ar"), (Soort.KNOP, "kennismaken.vorm:luisteren")]
    for n, (soort, waarde) in enumerate(doet):
        rij = {"kanaal": "telegram", "account": ACCOUNT, "extern_id": str(n), "adres": "1", "status": "open"}
        with db.transactie() as sessie:
            postvak.neem_aan(sessie, [{**rij, "inhoud": invoer_json(Invoer(soort, waarde)), "ontvangen": NU}])
            verwerk(sessie, sleutel, NU)
    beelden = [beeld for _, beeld in (await stuur(db, stem, 3)).gekregen["1"]]
    assert [b.geluid.hash if b.geluid else "" for b in beelden] == ["", "", eigen]
    with db.transactie() as sessie:
        assert sessie.scalar(sa.select(sa.func.count()).select_from(ouder)) == 0


async def test_voor_de_toestemming_telt_de_gekozen_spreektaal(db: Database, stem: NepStem) -> None:
    """Who speaks Darija and reads Dutch hears a person say it, before there is a parent."""
    with db.transactie() as sessie:
        code = locaties.nodig_ouders_uit(sessie, locaties.maak_locatie(sessie, "De Zon", ["Vlinders"], NU), None, NU)
        eigen = neem_op(sessie, "kennismaken.toestemming", "ary", 1.0)
    doet = [(Soort.START, code), *((Soort.KNOP, f"kennismaken.{k}") for k in ("taal:ary", "schrijftaal:nl"))]
    for n, (soort, waarde) in enumerate([*doet, (Soort.KNOP, "kennismaken.vorm:luisteren")]):
        rij = {"kanaal": "telegram", "account": ACCOUNT, "extern_id": str(n), "adres": "1", "status": "open"}
        with db.transactie() as sessie:
            postvak.neem_aan(sessie, [{**rij, "inhoud": invoer_json(Invoer(soort, waarde)), "ontvangen": NU}])
            verwerk(sessie, Sleutel("telegram", ACCOUNT, "1"), NU)
    *_, (_, beeld) = (await stuur(db, stem, 4)).gekregen["1"]
    assert beeld.geluid is not None
    assert beeld.geluid.hash == eigen


async def test_uitleg_hoort_ook_wie_leest(db: Database, stem: NepStem) -> None:
    """After a wrong answer to "where is it?" everybody hears it, and reads it all; a colleague does not."""
    uitleg = replace(KOM, spreek=True)
    chat(db, "1", vorm="lezen")
    chat(db, "2", collega=True)
    for adres in ("1", "2"):
        leg(db, adres, uitleg)
    gekregen = (await stuur(db, stem, 2)).gekregen
    ((_, ouder_ziet),), ((_, collega_ziet),) = gekregen["1"], gekregen["2"]
    assert ouder_ziet.geluid is not None
    assert ouder_ziet.tekst == weergave(KOM, "nl", VERMOGEN).tekst
    assert [label for label, _ in ouder_ziet.knoppen] == [label for label, _ in weergave(KOM, "nl", VERMOGEN).knoppen]
    assert collega_ziet.geluid is None


async def test_het_nederlands_onder_een_vertaling_wordt_niet_gezegd(db: Database, stem: NepStem) -> None:
    """Translated: the translation alone. Not translated: the Dutch in Dutch, the rest in the parent's language."""
    chat(db, "1", vorm="luisteren", taal="pl")
    week = Week(3, "De Zon", "Neem een blad mee!\nTot morgen!")
    leg(db, "1", week_als_bericht(week, "pl", Vertaald("Weź liść!")), "pl")
    leg(db, "1", week_als_bericht(week, "pl"), "pl")
    for _, beeld in (await stuur(db, stem, 2)).gekregen["1"]:
        assert beeld.geluid is not None
    talen = dict(zip(stem.gezegd, stem.talen, strict=True))
    assert {talen["Weź liść!"], talen["Neem een blad mee! Tot morgen!"]} == {"pl", "nl"}
    assert [zegt for zegt in stem.gezegd if "Neem een blad" in zegt] == ["Neem een blad mee! Tot morgen!"]


@pytest.mark.parametrize("taal", [t for t in talen() if t != "nl"])
def test_ook_van_het_scherm_wordt_het_nederlands_niet_gezegd(taal: str) -> None:
    bericht = week_als_bericht(Week(3, "De Zon", "Neem een blad mee!\nTot morgen!"), taal, Vertaald("X Y!"))
    tip = Bericht((Tekst("vertaald.nagekeken", {"origineel": "Zoek de\nmaan."}), Tekst("tip.eind")), stem="tip.eigen:1")
    for van, erna in ((bericht, []), (tip, ["tip.eind"])):
        scherm = als_bericht(weergave(van, taal, VERMOGEN).tekst, (), taal, van.stem)
        gezegd = "\n".join(str(t.gegevens.get("tekst", "")) for t in scherm.teksten)
        assert not any(woord in gezegd for woord in ("blad", "morgen", "Zoek", "maan"))
        assert [t.sleutel for t in scherm.teksten if t.sleutel != "="] == erna


async def test_de_browserchat_laat_later_hetzelfde_horen(db: Database, stem: NepStem) -> None:
    """What stood there before has its sound again, fetched when it is played; who reads has the 🔊."""
    horen = Horen(Stemmen(db, lambda: NU, stem))
    luistert, leest, team = Luisteraar("luisteren"), Luisteraar("lezen"), Luisteraar()
    rij = [(1, KOM, luistert, ""), (2, KOM, leest, ""), (3, KOM, team, ""), (4, KOM, luistert, "1")]
    getoond = dict(await horen.getoond(rij, VERMOGEN))
    assert [getoond[n].geluid is not None for n in (1, 2, 3, 4)] == [True, False, False, False]
    assert [len(getoond[n].knoppen) for n in (1, 2, 3)] == [2, 3, 2]
    assert stem.gezegd == []
    gespeeld = await horen.nu(1, KOM, luistert, 5.0)
    assert gespeeld is not None
    assert gespeeld.inhoud.startswith(b"OggS")
    assert await Horen(None).getoond([rij[0]], VERMOGEN) == [(1, weergave(KOM, "nl", VERMOGEN))]


async def test_elke_taal_is_te_horen(db: Database, stem: NepStem) -> None:
    """A 🔊 beside each language that has a voice, in a row with it; none where there is nothing to hear."""
    with db.transactie() as sessie:
        neem_op(sessie, "taal.hoor", "so", 1.0)
    talen = tuple(Knop(f"kennismaken.taal:{t}", Tekst(f"taal.{t}")) for t in ("nl", "ar", "tr", "so"))
    leg(db, "1", Bericht((Tekst.letterlijk("Welke taal?"),), talen))
    ((_, beeld),) = (await stuur(db, stem)).gekregen["1"]
    assert [(label, data.split(":")[1]) for label, data in beeld.knoppen if label == "🔊"] == [
        ("🔊", "nl"), ("🔊", "tr"), ("🔊", "so"),
    ]  # fmt: skip
    assert [len(rij) for rij in toetsenbord(beeld)] == [2, 1, 2, 2]
    assert beeld.knoppen[0][0] == "Nederlands"


async def test_een_bericht_hardop(db: Database, stem: NepStem) -> None:
    chat(db, "1", vorm="lezen")
    hoor = als_bericht("✅ Fijn!\n🕘 09:30 bij Karim", ("✅ Ik kom", "🔊"), "nl")
    leg(db, "1", hoor)
    leg(db, "1", Bericht((Tekst("taal.hoor"),), hardop=True, taal="tr"))
    leg(db, "1", Bericht((Tekst("taal.hoor"),), hardop=True, taal="so"))
    eerste, tweede, derde = (beeld for _, beeld in (await stuur(db, stem, 3)).gekregen["1"])
    assert (eerste.tekst, eerste.knoppen) == ("🔊", ())
    assert eerste.geluid is not None
    assert stem.gezegd == [
        "Fijn!", "9 uur 30 bij Karim.", "Kies: Ik kom.", "Türkçe. Türkçe ister misiniz? Bu düğmeyi seçin.",
    ]  # fmt: skip
    assert tweede.geluid is not None
    assert derde.geluid is None
    assert derde.tekst.startswith("🔇")


def test_een_scherm_wordt_weer_een_bericht() -> None:
    """Fixed texts by their key, so that a recording of them is found; the rest as it stands."""
    bericht = als_bericht("☕ Koffie\n💶 Gratis. 🗣️ Nederlands hoeft niet.\nTot dan!", (), "nl", "activiteit:3")
    assert [t.sleutel for t in bericht.teksten] == ["=", "uitnodiging.drempels", "="]
    assert (bericht.stem, bericht.hardop) == ("activiteit:3", True)


def _druk(data: str, **bericht: Any) -> Invoer:
    chat_ = {"id": 7, "type": "private"}
    druk = {"id": "1", "from": {"id": 7}, "data": data, "message": {"message_id": 5, "chat": chat_, **bericht}}
    gelezen = ontleed(ACCOUNT, {"update_id": 1, "callback_query": druk})
    assert gelezen is not None
    assert hasattr(gelezen, "invoer"), gelezen
    return lees_invoer(invoer_json(gelezen.invoer))


def test_de_druk_brengt_de_woorden_mee() -> None:
    """Only of 🔊: of another button nothing but its data is taken in."""
    markup = {"inline_keyboard": [[{"text": "✅ Ik kom", "callback_data": "x"}], [{"text": "🔊"}], "raar"]}
    met = _druk("hoor.dit:-", text="Hallo Karim", reply_markup=markup)
    assert (met.onder, met.labels) == ("Hallo Karim", ("✅ Ik kom", "🔊"))
    assert _druk("hoor.dit:-", caption="Kort").onder == "Kort"
    assert _druk("uitnodiging.kom:ja:1", text="Hallo Karim", reply_markup=markup).onder == ""
    assert _druk("hoor.dit:-", date=0).onder == ""  # too old: Telegram gives no words


def _beurt(db: Database, invoer: Invoer, stand: Stand | None = None) -> Bericht:
    """What the bot answers, as it stands in the outbox."""
    sleutel = Sleutel("telegram", ACCOUNT, "1")
    with db.transactie() as sessie:
        if stand:
            g = gesprekken.neem(sessie, sleutel, NU)
            gesprekken.bewaar(sessie, g.nummer, stand, "", NU)
        rij = ontvangst(sessie.scalar(sa.select(sa.func.count()).select_from(postvak_uit)) or 0, "1", "")
        waarden = {
            "kanaal": "telegram",
            "account": ACCOUNT,
            "extern_id": f"{invoer.waarde}{rij.extern_id}",
            "adres": "1",
        }
        postvak.neem_aan(sessie, [{**waarden, "inhoud": invoer_json(invoer), "status": "open", "ontvangen": NU}])
        verwerk(sessie, sleutel, NU)
        inhoud = sessie.scalar(sa.select(postvak_uit.c.inhoud).order_by(postvak_uit.c.id.desc()).limit(1))
    return lees_bericht(inhoud or "{}")


def test_drukken_getypt_en_niets_om_te_horen(db: Database) -> None:
    chat(db, "1", vorm="lezen")
    druk = Invoer(Soort.KNOP, "hoor.dit:tip.kijk_mee", onder="Dag!", labels=("👍 Gedaan",))
    gezegd = _beurt(db, druk)
    assert (gezegd.hardop, gezegd.stem, gezegd.teksten) == (True, "tip.kijk_mee", (Tekst.letterlijk("Dag!"),))
    assert _beurt(db, Invoer(Soort.KNOP, "hoor.dit:-")).teksten[0].sleutel == "algemeen.hoor_hoe"
    assert _beurt(db, Invoer(Soort.TEKST, "🔊")).teksten[0].sleutel == "algemeen.hoor_hoe"
    assert _beurt(db, Invoer(Soort.TEKST, "🔊", onder="Dag!")).hardop
    open_ = _beurt(db, Invoer(Soort.TEKST, "🔊"), Stand("instellingen", "dagdelen"))
    assert open_.hardop
    assert open_.teksten == (Tekst("kennismaken.dagdelen"),)
    turks = _beurt(db, Invoer(Soort.KNOP, "taal.hoor:tr"))
    assert (turks.hardop, turks.taal, turks.teksten[0].sleutel) == (True, "tr", "taal.hoor")
    assert _beurt(db, Invoer(Soort.KNOP, "taal.hoor:xx")).taal == ""


def test_er_blijft_niets_van_staan(db: Database) -> None:
    """Pressing 🔊 keeps no more of a parent than before: the inbox is emptied, the conversation stays where it was."""
    chat(db, "1", vorm="lezen")
    voor = Stand("instellingen", "vorm")
    _beurt(db, Invoer(Soort.KNOP, "hoor.dit:-", onder="Geheim van Karim"), voor)
    with db.transactie() as sessie:
        g = gesprekken.neem(sessie, Sleutel("telegram", ACCOUNT, "1"), NU)
        assert g.stand == voor
        postvak.verzonden(sessie, [(n, "1", None) for n in sessie.scalars(sa.select(postvak_uit.c.id))], NU)
        assert not sessie.scalars(sa.select(postvak_uit.c.inhoud).where(postvak_uit.c.inhoud.is_not(None))).all()
        assert sessie.scalar(sa.select(sa.func.count()).select_from(opname)) == 0


def test_wat_er_te_lezen_blijft() -> None:
    """The first line, and what one wants to look up later: a day, a time, a number, a link."""
    lang = "☕ Koffie\nVoor vaders, moeders en andere verzorgers van de groep.\n📅 dinsdag 8 december"
    assert korter(lang) == "☕ Koffie\n📅 dinsdag 8 december"
    nummer = "Eén regel die lang is en toch blijft staan, want het is de eerste.\nBel gerust de school: 010 123 45 67."
    assert korter(nummer) == nummer
