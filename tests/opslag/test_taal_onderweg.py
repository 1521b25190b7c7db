"""A parent chooses another language while messages for that parent still wait."""

from __future__ import annotations

from dialogen.basis import Rol
from opslag.database import Database
from tests.speler import Speler


def test_wat_s_nachts_wacht_komt_in_de_taal_van_nu(db: Database) -> None:
    s = Speler(db, "dinsdag 1 december 2026 21:30")
    karim, bas, noor = s.ouder("Karim", Rol.VADER), s.ouder("Bas"), s.collega("Noor")
    s.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    karim.zegt("türkçe")
    karim.zegt("po polsku")
    karim.zegt("darija")
    s.zet_klok("woensdag 2 december 2026 10:00")
    assert karim.laatste.labels[0] == "✅ Przyjdę"
    assert "wtorek" in karim.laatste.tekst
    assert bas.laatste.labels[0] == "✅ Ik kom"
    karim.zegt("Mag mijn zus mee?")
    assert "Vraag van Karim" in noor.laatste.tekst
