"""The door and the letters with the real process: a link that opens, a code that works, a PDF that comes."""

from __future__ import annotations

import re
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from opslag import deur
from opslag.tabellen import activiteit, gezin, ouder, presentie
from tests.botapi import BotApi
from tests.echt.conftest import Maak
from tests.echt.mensen import Mens
from tests.echt.proces import Inloop


@pytest.mark.parametrize("bibliotheek", ["ptb", "aiogram"])
def test_scannen_bij_de_deur_en_een_brief(api: BotApi, maak: Maak, leeg: str, bibliotheek: str) -> None:
    inloop = maak(leeg, "polling", bibliotheek)
    doe = inloop.opdracht_hier
    doe("locatie", "nieuw", "De Ster", "--groep", "Vlinders", "--gastheer", "Juf Noor")
    team = doe("team", "uitnodigen", "--locatie", "De Ster", "--rol", "medewerker")[-1].partition("start=")[2]
    ouders = doe("ouders", "uitnodigen", "--locatie", "De Ster", "--groep", "Vlinders")[-1].partition("start=")[2]
    start = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT12:00")
    wat = ("--soort", "koffieochtend", "--titel", "Koffie", "--doel", "Praten", "--plek", "de hal")
    doe("activiteit", "nieuw", "--locatie", "De Ster", *wat, "--start", start, "--duur", "60", "--groep", "Vlinders")
    inloop.start()
    collega, moeder = Mens(api, "Noortje"), Mens(api, "Zaqira")
    collega.zeg(f"/start {team}")
    moeder.maak_kennis(ouders, "moeder", "ochtend")
    _iemand_zonder_telefoon(inloop)
    collega.zeg("/presentie")
    collega.tik("presentie.kies:1", "presentie.lijst:brieven")
    collega.wacht_op("Hier is de lijst")
    assert collega.telefoon.laatste.json["document"]["file_name"] == "lijst-en-brieven.pdf"
    _begint_zo(inloop)
    collega.zeg("/deur")
    collega.tik("presentie.kies:1", "presentie.lijst:deur")
    link = re.search(r"http://\S+/deur/(\S+)", collega.wacht_op("/deur/").tekst)
    assert link is not None
    with urllib.request.urlopen(f"{inloop.adres}/deur/{link[1]}", timeout=10) as antwoord:
        assert b"<svg" in antwoord.read()
    moeder.zeg(f"/start {_code(inloop, link[1])}")
    db = inloop.database()
    with db.transactie() as sessie:
        assert [(p.staat, p.bron) for p in sessie.execute(sa.select(presentie))] == [("aanwezig", "deur")]
    db.sluit()
    assert inloop.sluit_af() == 0


def _iemand_zonder_telefoon(inloop: Inloop) -> None:
    """A caregiver of the same family whom the bot cannot reach."""
    db = inloop.database()
    with db.transactie() as sessie:
        huis = sessie.execute(sa.select(gezin.c.id)).scalar_one()
        sessie.execute(ouder.insert().values(gezin_id=huis, naam="Bohuslav", rol="vader", gemaakt=datetime.now(UTC)))
    db.sluit()


def _begint_zo(inloop: Inloop) -> None:
    db = inloop.database()
    with db.transactie() as sessie:
        sessie.execute(activiteit.update().values(begin=datetime.now(UTC) + timedelta(minutes=10)))
    db.sluit()


def _code(inloop: Inloop, adres: str) -> str:
    """What the screen holds now, as a telephone would read it."""
    db = inloop.database()
    with db.transactie() as sessie:
        scherm = deur.scherm(sessie, adres, datetime.now(UTC))
    db.sluit()
    assert scherm is not None
    return scherm.code
