"""The main job with the real process: from `locatie nieuw` to the export, over both ways and both libraries."""

from __future__ import annotations

import csv
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from opslag import uitvoer
from opslag.tabellen import activiteit, locatie, postvak_in, postvak_uit, verzender
from tests.botapi import BotApi
from tests.echt.conftest import Maak, controleer_logboek
from tests.echt.mensen import Mens
from tests.echt.proces import GEHEIM, Inloop

NAMEN = {"moeder": "Zaqira", "vader": "Bohuslav", "collega": "Noortje"}
VRAAG, ANTWOORD, WAAROM = "Mag mijn zus Wolkje mee?", "Ja hoor, neem Wolkje mee!", "Mijn fiets Knarsje is stuk"
Doe = Callable[..., list[str]]
MERKTEKENS = (*NAMEN.values(), "Wolkje", "Knarsje")


ALLES = [
    pytest.param(weg, bibliotheek, leeg, marks=[] if een_van_elk else pytest.mark.soak)
    for weg in ("polling", "webhook")
    for bibliotheek in ("ptb", "aiogram")
    for leeg in ("sqlite", "postgresql")
    for een_van_elk in [((weg == "polling") + (bibliotheek == "ptb") + (leeg == "sqlite")) % 2 == 1]
]
"""Every way, library and database together in ``soak``; in every run each pair of them once."""


@pytest.mark.parametrize(("weg", "bibliotheek", "leeg"), ALLES, indirect=["leeg"])
def test_het_hele_verhaal(api: BotApi, maak: Maak, leeg: str, weg: str, bibliotheek: str, tmp_path: Path) -> None:
    inloop = maak(leeg, weg, bibliotheek)
    eenmaal = (weg, bibliotheek, leeg[:6]) == ("polling", "ptb", "sqlite")  # as a command of its own is seconds slower
    doe = inloop.opdracht if eenmaal else inloop.opdracht_hier
    doe("locatie", "nieuw", "De Ster", "--groep", "Vlinders", "--gastheer", "Juf Noor")
    _zonder_stille_uren(inloop)
    team = _link(doe("team", "uitnodigen", "--locatie", "De Ster", "--rol", "coordinator"))
    ouders = _link(doe("ouders", "uitnodigen", "--locatie", "De Ster", "--groep", "Vlinders"))
    inloop.start()
    _zegt_waar_het_naar_luistert(inloop, weg)
    assert (_haal(inloop, "/health"), _haal(inloop, "/ready")) == (200, 200)

    collega, moeder, vader = (Mens(api, NAMEN[wie]) for wie in ("collega", "moeder", "vader"))
    collega.zeg(f"/start {team}")
    moeder.maak_kennis(ouders, "moeder", "ochtend", "middag")
    vader.maak_kennis(ouders, "vader", "avond")
    nummer = _activiteit(doe, "Koffie en slapen")
    assert doe("activiteit", "versturen", nummer)[-1] == "2"
    _antwoorden(moeder, vader)
    _vraag_en_antwoord(moeder, collega)
    _verandert_van_plan(moeder)
    _is_er(inloop, moeder, vader, collega)
    _stopt(doe, moeder, vader)

    assert inloop.sluit_af() == 0
    assert inloop.uit[-1] == "gestopt"
    _niets_half(inloop)
    _exports(doe, tmp_path)
    controleer_logboek(inloop, *MERKTEKENS, team, ouders)


def _link(regels: list[str]) -> str:
    """The code of the start link on the last line."""
    voor, _, code = regels[-1].partition("?start=")
    assert voor == "https://t.me/inloop_proef_bot"
    return code


def _zonder_stille_uren(inloop: Inloop) -> None:
    """Otherwise this test would wait for the morning when it runs in the evening."""
    db = inloop.database()
    with db.transactie() as sessie:
        sessie.execute(locatie.update().values(stil_van="00:00", stil_tot="00:00"))
    db.sluit()


def _zegt_waar_het_naar_luistert(inloop: Inloop, weg: str) -> None:
    """One line each; with port 0 the real port."""
    assert inloop.adres.startswith("http://127.0.0.1:")
    assert not inloop.adres.endswith(":0")
    gezegd = dict(regel.split(": ", 1) for regel in inloop.uit)
    assert sorted(gezegd) == ["database", "kanaal telegram", "kanaal web", "telegram", "vertalen", "web"]
    assert gezegd["telegram"].split()[0] == weg


def _haal(inloop: Inloop, pad: str) -> int:
    try:
        with urllib.request.urlopen(inloop.adres + pad, timeout=10) as antwoord:
            assert all(json.load(antwoord).values())
            return int(antwoord.status)
    except urllib.error.HTTPError as fout:
        return fout.code


def _activiteit(doe: Doe, titel: str) -> str:
    dag = datetime.now(ZoneInfo("Europe/Amsterdam")).date() + timedelta(days=21)
    woorden = ("--soort", "koffieochtend", "--titel", titel, "--doel", "Elkaar leren kennen", "--groep", "Vlinders")
    tijd = ("--start", f"{dag}T09:30", "--duur", "90", "--plek", "de ouderkamer")
    return doe("activiteit", "nieuw", "--locatie", "De Ster", *woorden, *tijd)[-1]


def _antwoorden(moeder: Mens, vader: Mens) -> None:
    """She comes, with two; he cannot and says why: own words first, then a reason and what it leads to."""
    moeder.wacht_op("uitnodiging.kom:ja")
    vader.wacht_op("uitnodiging.kom:nee")
    assert NAMEN["vader"] in vader.telefoon.laatste.tekst
    moeder.tik("uitnodiging.kom:ja", "uitnodiging.aantal:2")
    vader.tik("uitnodiging.kom:nee", "afmelden.groep:praktisch", "afmelden.praktisch:vertel")
    vader.zeg(WAAROM)
    vader.tik("afmelden.groep:tijd", "afmelden.tijd:WERK", "afmelden.aanbod_avond_of_zaterdag:ja")


def _vraag_en_antwoord(moeder: Mens, collega: Mens) -> None:
    moeder.zeg(VRAAG)
    assert VRAAG in collega.wacht_op("team.vraag:antwoord").tekst
    collega.tik("team.vraag:antwoord")
    collega.zeg(ANTWOORD)
    assert VRAAG in moeder.wacht_op(ANTWOORD).tekst


def _verandert_van_plan(moeder: Mens) -> None:
    """The old buttons still work: no, and then after all."""
    moeder.tik("uitnodiging.kom:nee", "afmelden.groep:praktisch", "afmelden.praktisch:OPPAS")
    moeder.tik("afmelden.aanbod_kinderen:ja", "uitnodiging.aantal:1")


def _is_er(inloop: Inloop, moeder: Mens, vader: Mens, collega: Mens) -> None:
    """The day itself: she says so, the colleague registers him as absent."""
    db = inloop.database()
    with db.transactie() as sessie:
        sessie.execute(activiteit.update().values(begin=datetime.now(UTC) + timedelta(minutes=10)))
    db.sluit()
    moeder.zeg("menu")
    moeder.tik("menu.menu:hier")
    collega.zeg("menu")
    collega.tik("menu.menu:presentie", "presentie.kies:1")
    eerste, tweede = (k.label for k in collega.telefoon.laatste.knoppen[:2])
    assert eerste == f"✅ {NAMEN['moeder']}", "wie ja zei staat vooraan"
    assert tweede.endswith(NAMEN["vader"])
    collega.tik("presentie.lijst:a2", "presentie.lijst:w2", "presentie.lijst:klaar")


def _stopt(doe: Doe, moeder: Mens, vader: Mens) -> None:
    """After STOP the next invitation goes to her only."""
    vader.zeg("Stop!")
    gezien = len(vader.telefoon.berichten)
    nummer = _activiteit(doe, "Samen koken")
    assert doe("activiteit", "versturen", nummer)[-1] == "1"
    moeder.wacht_op("Samen koken")
    assert len(vader.telefoon.berichten) == gezien


def _niets_half(inloop: Inloop) -> None:
    """After a clean stop nothing is claimed, in flight, or waiting to be handled."""
    db = inloop.database()
    with db.transactie() as sessie:
        assert sessie.scalar(sa.select(sa.func.count()).select_from(verzender)) == 0
        assert set(sessie.scalars(sa.select(postvak_in.c.status))) == {"klaar"}
        assert set(sessie.scalars(sa.select(postvak_in.c.inhoud))) == {None}
        assert set(sessie.scalars(sa.select(postvak_uit.c.status))) == {"verzonden"}
        assert set(sessie.scalars(sa.select(postvak_uit.c.inhoud))) == {None}
        assert not any(sessie.scalars(sa.select(postvak_uit.c.onzeker)))
    db.sluit()


def _exports(doe: Doe, pad: Path) -> None:
    redenen, presentie = pad / "redenen.csv", pad / "presentie.csv"
    doe("export", "redenen", "--uit", str(redenen))
    doe("export", "presentie", "--locatie", "De Ster", "--uit", str(presentie))
    kolommen, *rijen = _lees(redenen)
    assert tuple(kolommen) == uitvoer.REDENEN
    vast = ["koffieochtend", "De Ster", "Vlinders"]
    assert [[r[1], r[3], r[4], *r[5:10]] for r in rijen] == [[*vast, "vader", "nl", "WERK", "Ik moet werken", "nee"]]
    kolommen, *rijen = _lees(presentie)
    assert tuple(kolommen) == uitvoer.PRESENTIE
    assert sorted([r[0], *r[5:]] for r in rijen) == sorted(
        [
            ["Koffie en slapen", NAMEN["moeder"], "moeder", "ja", "aanwezig", "ouder", ""],
            ["Koffie en slapen", NAMEN["vader"], "vader", "nee", "afwezig", "team", "WERK"],
            ["Samen koken", NAMEN["moeder"], "moeder", "geen", "", "", ""],
            ["Samen koken", NAMEN["vader"], "vader", "geen", "", "", ""],
        ]
    )


def _lees(pad: Path) -> list[list[str]]:
    inhoud = pad.read_bytes()
    assert inhoud.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(inhoud.decode("utf-8-sig").splitlines(), delimiter=";"))


def test_een_verkeerd_token_in_een_regel(api: BotApi, maak: Maak, tmp_path: Path) -> None:
    inloop = maak(f"sqlite:///{tmp_path / 'x.db'}", INLOOP_TELEGRAM_TOKEN="42:verkeerd-token-van-de-proef")
    inloop.begin()
    assert inloop.wacht_op_einde(40) == 2
    regels = [regel for regel in inloop.fout if not regel.startswith("{")]
    assert len(regels) == 1
    assert "INLOOP_TELEGRAM_TOKEN" in regels[0]
    controleer_logboek(inloop, "verkeerd-token")


def test_zonder_geheim_geen_webhook(maak: Maak, tmp_path: Path) -> None:
    inloop = maak(f"sqlite:///{tmp_path / 'x.db'}", "webhook", INLOOP_SECRET="kort")
    inloop.begin()
    assert inloop.wacht_op_einde(40) == 2
    assert "INLOOP_SECRET" in inloop.fout[-1]
    assert GEHEIM not in inloop.alles()
