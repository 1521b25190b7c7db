"""What should not be sent, sent to the real process: it stays up, kind or silent, and the next good message works."""

from __future__ import annotations

import asyncio
import copy
import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

import aiohttp
import pytest
import sqlalchemy as sa

from bot.app import webhook_geheim
from opslag.migreren import migreer
from opslag.tabellen import aanmelding, postvak_in, postvak_uit
from tests.bot.kanalen.test_telegram_mutaties import MAP, paden, verander
from tests.botapi import FOUT_502, BotApi, Gebruiker
from tests.echt.conftest import Maak, controleer_logboek
from tests.echt.mensen import Mens
from tests.echt.proces import GEHEIM, Inloop
from tests.echt.school import nog_te_doen, open_school

AANTAL = {"sqlite": 7_500, "postgresql": 2_500}
KOP = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def school(api: BotApi, maak: Maak, leeg: str) -> tuple[Inloop, list[Gebruiker]]:
    """A running process with a webhook, and sixty invited parents."""
    inloop = maak(leeg, "webhook")
    db = inloop.database()
    migreer(db.engine)
    ouders = [api.gebruiker(f"Zaqira{n}", bekend=True) for n in range(60)]
    open_school(db, api.token.partition(":")[0], [o.id for o in ouders])
    db.sluit()
    inloop.start()
    for ouder in ouders:
        ouder.wacht_op_sync("Koffie", 30)
    return inloop, ouders


async def _post(adres: str, lichamen: Sequence[bytes], geheim: str | None, tegelijk: int = 32) -> Counter[int]:
    """Post them all; how often each status came back."""
    kop = {KOP: geheim} if geheim is not None else {}
    codes: Counter[int] = Counter()
    stapel = iter(lichamen)

    async def werk(sessie: aiohttp.ClientSession) -> None:
        for lichaam in stapel:
            async with sessie.post(f"{adres}/telegram", data=lichaam, headers=kop) as antwoord:
                codes[antwoord.status] += 1

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as sessie:
        await asyncio.gather(*(werk(sessie) for _ in range(tegelijk)))
    return codes


def _lichamen(ouders: Sequence[Gebruiker], aantal: int, toeval: random.Random) -> list[bytes]:
    """Real updates of people we know, damaged in one to four places, some no JSON any more."""
    bronnen = [json.loads(pad.read_text(encoding="utf-8")) for pad in sorted(MAP.glob("*.json"))]
    bronnen = [b for b in bronnen if isinstance(b, dict)]
    data = [k.data for o in ouders for b in o.berichten for k in b.knoppen]
    data += ["menu.menu:stop", "stoppen.zeker:ja", "presentie.lijst:a1:1", "kennismaken.toestemming:ja", "x", "a.b:c:1"]
    gemaakt = []
    for nummer in range(aantal):
        update = copy.deepcopy(toeval.choice(bronnen))
        update["update_id"] = 900_000_000 + nummer
        _van_ons(update, toeval.choice(ouders), toeval.choice(data), toeval)
        for _ in range(toeval.randrange(5)):
            update = verander(update, toeval) if paden(update) else update
        lichaam = json.dumps(update).encode()
        if toeval.random() < 0.05:
            plek = toeval.randrange(len(lichaam))
            lichaam = lichaam[:plek] + toeval.randbytes(toeval.randrange(4)) + lichaam[plek + 1 :]
        gemaakt.append(lichaam)
    return gemaakt


def _van_ons(update: dict[str, Any], wie: Gebruiker, data: str, toeval: random.Random) -> None:
    """As if somebody we know did it: so that damaged updates reach the conversations too."""
    for soort in ("message", "edited_message", "callback_query"):
        deel = update.get(soort)
        if not isinstance(deel, dict) or toeval.random() < 0.2:
            continue
        deel["from"] = copy.deepcopy(wie.profiel)
        bericht = deel.get("message") if soort == "callback_query" else deel
        if isinstance(bericht, dict) and isinstance(bericht.get("chat"), dict):
            bericht["chat"] |= {"id": wie.id}
        if soort == "callback_query" and "data" in deel:
            deel["data"] = data


def test_tienduizend_beschadigde_updates(api: BotApi, school: tuple[Inloop, list[Gebruiker]]) -> None:
    inloop, ouders = school
    aantal = AANTAL[inloop.omgeving["INLOOP_DATABASE_URL"].partition(":")[0]]
    lichamen = _lichamen(ouders, aantal, random.Random(aantal))
    assert asyncio.run(_post(inloop.adres, lichamen, webhook_geheim(GEHEIM))) == {200: aantal}
    assert inloop.draait
    _wacht_op_rust(inloop)
    db = inloop.database()
    with db.transactie() as sessie:
        status: dict[str, int] = dict(sessie.execute(_telling(postvak_in)).all())
        fouten = set(sessie.scalars(sa.select(postvak_in.c.fout)))
        verstuurd = set(sessie.scalars(_telling(postvak_uit)))
    db.sluit()
    assert fouten == {None}, "no turn failed: what was set aside could not be read at all"
    assert status["klaar"] > aantal / 5
    assert status["opzij"] > aantal / 10
    assert verstuurd <= {"verzonden", "vervallen", "geweigerd"}
    nieuw = Mens(api, "Bohuslav")
    assert "nog niet" in nieuw.zeg("hallo").tekst
    for ouder in ouders[:2]:
        na = len(ouder.berichten)
        ouder.stuur("/menu")
        ouder.wacht_op_sync(1, 20, na)
    assert inloop.sluit_af() == 0
    controleer_logboek(inloop, "Zaqira", "Bohuslav")


def _telling(tabel: sa.Table) -> sa.Select[Any]:
    return sa.select(tabel.c.status, sa.func.count()).group_by(tabel.c.status)


def _wacht_op_rust(inloop: Inloop, seconden: float = 60) -> None:
    db = inloop.database()
    einde = time.monotonic() + seconden
    while True:
        with db.transactie() as sessie:
            over = nog_te_doen(sessie)
        if not over:
            break
        assert time.monotonic() < einde, f"{over} still to be done"
        time.sleep(0.1)
    db.sluit()


@pytest.mark.parametrize("leeg", ["sqlite"], indirect=True)
def test_rare_berichten_krijgen_een_vriendelijk_antwoord_of_stilte(
    api: BotApi, school: tuple[Inloop, list[Gebruiker]]
) -> None:
    """Sticker, photo, place, number, voice note, edit: a kind word. Groups, other bots, other kinds: silence."""
    inloop, (ouder, ander, *_) = school
    _zonder_het_geheim(inloop, ouder)
    groep, bot = api.groep("Klas 1", door=ouder), api.gebruiker("Robot", is_bot=True)
    ouder.stuur("hallo allemaal", in_groep=groep)
    api.bied_aan({"message": {"message_id": 1, "chat": bot.chat.info, "from": bot.profiel, "text": "ik ben een bot"}})
    api.bied_aan({"message": {"chat": "stuk"}})
    api.bied_aan({"poll": {"id": "1"}})
    api.bied_aan({"": None})
    for doe in (ouder.sticker, ouder.foto, ouder.locatie, ouder.contact, ouder.spraak):
        na = len(ouder.berichten)
        doe()
        assert ouder.wacht_op_sync(1, 20, na).tekst
    for tekst in ("😀😀😀", "x" * 4096, "<b>_*[`", "\u202etxet", " ", "/onbekend", "0", "'; DROP TABLE ouder; --"):
        na = len(ouder.berichten)
        ouder.stuur(tekst)
        assert ouder.wacht_op_sync(1, 20, na).tekst
    na = len(ouder.berichten)
    ouder.bewerk(ouder.stuur("eerst dit"), "toch dat")
    ouder.wacht_op_sync(lambda b: "veranderd" in b.tekst, 20, na)
    _handgemaakt(inloop, ouder, ander)
    na = len(ouder.berichten)
    ouder.druk("✅ Ik kom")
    ouder.wacht_op_sync("1", 20, na)
    assert not groep.berichten
    assert not bot.berichten
    assert not ander.berichten[1:]


def _zonder_het_geheim(inloop: Inloop, ouder: Gebruiker) -> None:
    """Who does not know the secret is not let in, and nothing of it is kept."""
    update = {"update_id": 5, "message": {"chat": {"id": ouder.id, "type": "private"}, "from": {}, "text": "stop"}}
    for geheim in (None, "", "fout", webhook_geheim(GEHEIM)[:-1], webhook_geheim(GEHEIM) + "x", GEHEIM):
        assert asyncio.run(_post(inloop.adres, [json.dumps(update).encode()] * 3, geheim)) == {401: 3}
    db = inloop.database()
    with db.transactie() as sessie:
        assert sessie.scalar(sa.select(sa.func.count()).select_from(postvak_in)) == 0
    db.sluit()


def _handgemaakt(inloop: Inloop, ouder: Gebruiker, ander: Gebruiker) -> None:
    """Buttons that were never drawn for this person: never another's invitation, never a stack trace."""
    eigen, vreemd = (next(k.data for k in o.berichten[0].knoppen if ":ja" in k.data) for o in (ouder, ander))
    willekeur = random.Random(64).randbytes(32).hex()
    verzonnen = [vreemd, vreemd.replace(":ja", ":nee"), eigen + "9", "uitnodiging.tot:x:1", "presentie.lijst:a1:1"]
    verzonnen += [
        willekeur,
        "stoppen.zeker:ja",
        "kennismaken.toestemming:ja",
        "menu.menu:presentie",
        "a.b:c:99999999999999999999",
    ]
    for nummer, data in enumerate(verzonnen):
        na = len(ouder.berichten)
        druk = {"id": str(nummer), "from": ouder.profiel, "data": data, "message": ouder.berichten[0].json}
        update = json.dumps({"update_id": 700_000_000 + nummer, "callback_query": druk}).encode()
        assert asyncio.run(_post(inloop.adres, [update], webhook_geheim(GEHEIM))) == {200: 1}
        assert ouder.wacht_op_sync(1, 20, na).tekst
    db = inloop.database()
    with db.transactie() as sessie:
        assert sessie.scalar(sa.select(sa.func.count()).select_from(aanmelding)) == 0
    db.sluit()


@pytest.mark.parametrize("leeg", ["sqlite"], indirect=True)
def test_een_update_voordat_telegram_bereikbaar_is(api: BotApi, maak: Maak, leeg: str) -> None:
    """Telegram calls the webhook of a process that could not reach Telegram yet: it belongs to the same account."""
    inloop = maak(leeg, "webhook")
    db = inloop.database()
    migreer(db.engine)
    ouder = api.gebruiker("Zaqira", bekend=True)
    open_school(db, api.token.partition(":")[0], [ouder.id], uitgenodigd=False)
    db.sluit()
    api.storing.altijd(FOUT_502)
    inloop.start("web: ")
    bericht = {"message_id": 1, "chat": {"id": ouder.id, "type": "private"}, "from": ouder.profiel, "text": "menu"}
    update = json.dumps({"update_id": 1, "message": bericht}).encode()
    assert asyncio.run(_post(inloop.adres, [update], webhook_geheim(GEHEIM))) == {200: 1}
    api.storing.herstel()
    assert ouder.wacht_op_sync(1, 30).knoppen
