"""A colleague's whole working day with the real process: make, look, send, count, remind, tick off, ask why not."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from opslag.tabellen import activiteit, levend, locatie, postvak_uit, presentie
from tests.botapi import BotApi
from tests.echt.conftest import Maak, controleer_logboek
from tests.echt.mensen import Mens
from tests.echt.proces import Inloop
from tests.echt.test_verhaal import _lees, _link

NAMEN = {"moeder": "Zaqira", "vader": "Bohuslav", "ander": "Wilhelmien", "collega": "Noortje"}
ANTWOORDEN = "✅ 2 🤔 0 ❌ 1 ⏳ 0 (vaders: ✅ 1)"
EEN_TIK = 45.0
"""Seconds in which the scheduler has surely looked once."""


@pytest.mark.parametrize(
    "leeg",
    ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.soak])],  # half a minute each
    indirect=True,
)
def test_een_werkdag(api: BotApi, maak: Maak, leeg: str, tmp_path: Path) -> None:
    """One library and one way on each database."""
    weg, bibliotheek = ("polling", "ptb") if leeg.startswith("sqlite") else ("webhook", "aiogram")
    inloop = maak(leeg, weg, bibliotheek)
    team, ouders = _school(inloop)
    inloop.start()
    mensen = {wie: Mens(api, naam) for wie, naam in NAMEN.items()}
    collega = mensen.pop("collega")
    collega.zeg(f"/start {team}")
    for rol, wie in mensen.items():
        wie.maak_kennis(ouders, rol, "ochtend")

    _maakt(collega)
    _kijkt_en_stuurt(collega)
    _antwoorden(collega, **mensen)
    _herinnert(collega, mensen)
    _vinkt_af(inloop, collega)
    _daarna(inloop, **mensen)

    assert inloop.sluit_af() == 0
    _niets_half(inloop)
    _de_export(inloop, tmp_path)
    controleer_logboek(inloop, *NAMEN.values(), team, ouders)


def _school(inloop: Inloop) -> tuple[str, str]:
    doe = inloop.opdracht_hier
    doe("locatie", "nieuw", "De Ster", "--groep", "Vlinders", "--gastheer", "Juf Noor")
    _zet(inloop, locatie.update().values(stil_van="00:00", stil_tot="00:00", weekmaximum=20))
    team = _link(doe("team", "uitnodigen", "--locatie", "De Ster", "--rol", "medewerker"))
    return team, _link(doe("ouders", "uitnodigen", "--locatie", "De Ster", "--groep", "Vlinders"))


def _zet(inloop: Inloop, wat: sa.Update) -> None:
    db = inloop.database()
    with db.transactie() as sessie:
        sessie.execute(wat)
    db.sluit()


def _maakt(collega: Mens) -> None:
    """Step by step, in own words; a wrong day is refused and nothing is lost."""
    collega.zeg("/menu")
    collega.tik("menu.menu:agenda", "activiteiten.lijst:nieuw")
    for woorden in ("Elkaar leren kennen", "☕ Koffieochtend", "Koffie en slapen", "Vaders en slapen", "31 februari"):
        collega.zeg(woorden)
    for woorden in ("over drie weken", "half tien", "90", "de ouderkamer", NAMEN["collega"], "12", "ja"):
        collega.zeg(woorden)
    collega.zeg("Je hoeft niets mee te nemen.")
    collega.tik("maken.groep:verder", "maken.overzicht:opslaan")


def _kijkt_en_stuurt(collega: Mens) -> None:
    """The father's own words stand in the preview, and its buttons do nothing."""
    collega.wacht_op("versturen.wie:verder")
    collega.tik("versturen.wie:verder")
    collega.wacht_op("versturen.voorbeeld:vader")
    collega.tik("versturen.voorbeeld:vader")
    collega.wacht_op("versturen.voorbeeld:ander")
    assert "Vaders en slapen" in collega.telefoon.berichten[-2].tekst
    assert "voorbeeld" in collega.tik("versturen.proef:ja").tekst
    collega.tik("versturen.voorbeeld:verder")
    assert "Sturen naar 3 ouders?" in collega.telefoon.laatste.tekst
    collega.tik("versturen.sturen:sturen")


def _antwoorden(collega: Mens, moeder: Mens, vader: Mens, ander: Mens) -> None:
    """One message of the colleague goes along with it: first how far it is, then who comes."""
    for wie in (moeder, vader, ander):
        wie.wacht_op("uitnodiging.kom:ja")
    assert "Vaders en slapen" in vader.telefoon.laatste.tekst
    assert "Vaders" not in moeder.telefoon.laatste.tekst.splitlines()[0]
    levend_bericht = collega.wacht_op("opkomst.stand:wie")
    moeder.tik("uitnodiging.kom:ja", "uitnodiging.aantal:1")
    vader.tik("uitnodiging.kom:ja", "uitnodiging.aantal:2")
    ander.tik("uitnodiging.kom:nee", "afmelden.groep:praktisch", "afmelden.praktisch:TAAL")
    ander.tik("afmelden.aanbod_tolk_of_maatje:nee")
    assert collega.wacht_op(ANTWOORDEN).id == levend_bericht.id
    assert levend_bericht.bewerkt
    namen = collega.tik("opkomst.stand:wie").tekst
    assert NAMEN["vader"] in namen
    assert NAMEN["moeder"] in namen


def _herinnert(collega: Mens, mensen: dict[str, Mens]) -> None:
    gezien = {rol: len(wie.telefoon.berichten) for rol, wie in mensen.items()}
    collega.tik("opkomst.stand:herinner", "opkomst.herinner:ja")
    for rol in ("moeder", "vader"):
        mensen[rol].wacht_op("⏰", gezien[rol])
    assert len(mensen["ander"].telefoon.berichten) == gezien["ander"], "who said no is not reminded"


def _vinkt_af(inloop: Inloop, collega: Mens) -> None:
    """The day itself: she was there, he was not, and one guest."""
    _zet(inloop, activiteit.update().values(begin=datetime.now(UTC) - timedelta(minutes=20)))
    collega.zeg("/menu")
    collega.tik("menu.menu:presentie", "presentie.kies:1")
    knoppen = {k.label: k.data for k in collega.telefoon.laatste.knoppen}
    assert knoppen.keys() >= {f"⬜ {NAMEN['moeder']}", f"⬜ {NAMEN['vader']}"}
    collega.tik(knoppen[f"⬜ {NAMEN['moeder']}"])
    collega.tik("presentie.lijst:gast", "presentie.gast:vader", "presentie.lijst:klaar")


def _daarna(inloop: Inloop, moeder: Mens, vader: Mens, ander: Mens) -> None:
    """Two hours after the end: how it was, to who came; kindly why not, to who had said yes; nothing to who said no."""
    gezien = len(ander.telefoon.berichten)
    _zet(inloop, activiteit.update().values(begin=datetime.now(UTC) - timedelta(hours=4)))
    _zet(inloop, presentie.update().values(moment=datetime.now(UTC) - timedelta(hours=2)))  # the list is taken as whole
    _wacht_lang(moeder, "erbij.na:blij")
    moeder.tik("erbij.na:blij")
    _wacht_lang(vader, "erbij.gemist")
    vader.tik("erbij.gemist:tijd", "afmelden.tijd:WERK")
    assert len(ander.telefoon.berichten) == gezien


def _wacht_lang(wie: Mens, tekst: str) -> None:
    """The scheduler looks every half minute, which is longer than people wait for an answer."""
    einde = time.monotonic() + EEN_TIK
    while True:
        try:
            wie.wacht_op(tekst)
            return
        except (AssertionError, TimeoutError):
            if time.monotonic() > einde:
                raise


def _niets_half(inloop: Inloop) -> None:
    """Every message went, and the living message of an activity that is over changes no more."""
    db = inloop.database()
    with db.transactie() as sessie:
        assert set(sessie.scalars(sa.select(postvak_uit.c.status))) == {"verzonden"}
        assert None not in set(sessie.scalars(sa.select(levend.c.klaar)))
    db.sluit()


def _de_export(inloop: Inloop, pad: Path) -> None:
    redenen, aanwezig = pad / "redenen.csv", pad / "presentie.csv"
    inloop.opdracht_hier("export", "redenen", "--uit", str(redenen))
    inloop.opdracht_hier("export", "presentie", "--locatie", "De Ster", "--uit", str(aanwezig))
    assert sorted(rij[7] for rij in _lees(redenen)[1:]) == ["TAAL", "WERK"]
    rijen = {rij[5]: rij[7:10] for rij in _lees(aanwezig)[1:]}
    assert rijen[NAMEN["moeder"]] == ["ja", "aanwezig", "team"]
    assert rijen[NAMEN["ander"]][0] == "nee"
