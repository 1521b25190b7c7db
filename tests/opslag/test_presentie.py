"""Who was there, by whose word: history that only grows, lists of the own locations only, and guests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from dialogen.basis import Antwoord, Invoer, Lijst, Rol, Soort, Staat, Stand
from opslag import antwoorden, gesprekken
from opslag.database import Database
from opslag.presentie import gast_eraf, gast_erbij, lijsten, welke, zet, zet_door_team, zet_ja_aanwezig
from opslag.tabellen import audit, gast, medewerker, presentie, presentie_huidig
from tests.speler import Persoon, Speler

DAG = "dinsdag 8 december 2026 09:30"


class Toneel:
    """Three parents, one activity, a colleague and one of another location; everything by number."""

    def __init__(self, db: Database) -> None:
        self.db, self.s = db, Speler(db)
        self.mensen = [self.s.ouder("Amal"), self.s.ouder("Karim", Rol.VADER), self.s.ouder("Ewa")]
        self.koffie = self.s.activiteit("Koffie", DAG)
        self.amal, self.karim, self.ewa = (self.s.uitnodiging(p, "Koffie") for p in self.mensen)
        self.noor = self.medewerker(self.s.collega("Noor"))
        self.bea = self.medewerker(self.s.collega("Bea", code="elders"))

    def medewerker(self, wie: Persoon) -> int:
        with self.db.transactie() as sessie:
            g = gesprekken.kijk(sessie, wie.sleutel)
            assert g is not None
            assert g.medewerker_id is not None
            return g.medewerker_id

    def zegt(self, wie: int, antwoord: Antwoord) -> None:
        nummer = self.s.ouder_id(self.mensen[wie])
        over = (self.amal, self.karim, self.ewa)[wie]
        assert nummer is not None
        with self.db.transactie() as sessie:
            antwoorden.antwoord(sessie, nummer, over, antwoord, 1, self.s.nu)

    def lijst(self, wie: int, over: int | None = None) -> tuple[Lijst, ...]:
        with self.db.transactie() as sessie:
            return lijsten(sessie, wie, self.s.nu, self.koffie if over is None else over)

    def rijen(self, tabel: sa.Table) -> Sequence[Any]:
        return self.s.rijen(sa.select(tabel).order_by(tabel.c.id))

    def verwijder(self, wie: int) -> None:
        """Removed from the team a moment ago."""
        with self.db.transactie() as sessie:
            sessie.execute(medewerker.update().where(medewerker.c.id == wie).values(actief=False))


@pytest.fixture
def t(db: Database) -> Toneel:
    return Toneel(db)


def test_het_team_gaat_voor_en_de_geschiedenis_blijft(t: Toneel) -> None:
    with t.db.transactie() as sessie:
        zet(sessie, t.amal, Staat.AANWEZIG, "ouder", t.s.nu)
        zet(sessie, t.amal, Staat.AANWEZIG, "ouder", t.s.nu)
        assert zet_door_team(sessie, t.noor, t.amal, Staat.AFWEZIG, t.s.nu)
        zet(sessie, t.amal, Staat.AANWEZIG, "deur", t.s.nu)
    assert [(p.bron, p.staat) for p in t.rijen(presentie)] == [
        ("ouder", "aanwezig"), ("team", "afwezig"), ("deur", "aanwezig"),
    ]  # fmt: skip
    assert [p.staat for p in t.rijen(presentie_huidig)] == ["afwezig"]
    assert ("presentie", f"uitnodiging:{t.amal}", "afwezig") in [(a.wat, a.op, a.details) for a in t.rijen(audit)]


def test_wie_ja_zei_staat_vooraan(t: Toneel) -> None:
    t.zegt(1, Antwoord.JA)
    t.zegt(0, Antwoord.NEE)
    (lijst,) = t.lijst(t.noor)
    assert [lid.naam for lid in lijst.leden] == ["Karim", "Ewa", "Amal"]
    assert (lijst.ja, lijst.nee, lijst.stil, lijst.vaders_ja) == (1, 1, 1, 1)


def test_alleen_de_lijst_waar_het_over_gaat_heeft_leden(t: Toneel) -> None:
    inloop = t.s.activiteit("Inloop", "maandag 7 december 2026 08:30")
    assert [(x.activiteit, len(x.leden)) for x in t.lijst(t.noor)] == [(inloop, 0), (t.koffie, 3)]
    assert [len(x.leden) for x in t.lijst(t.noor, 0)] == [0, 0]
    with t.db.transactie() as sessie:
        assert [len(x.leden) for x in lijsten(sessie, t.noor, t.s.nu, None)] == [3, 3]


def test_een_lijst_van_lang_geleden_blijft_te_verbeteren(t: Toneel) -> None:
    t.s.zet_klok("maandag 4 januari 2027 09:00")
    assert t.lijst(t.noor, 0) == ()
    assert [x.activiteit for x in t.lijst(t.noor)] == [t.koffie]


def test_een_drukke_week_verbergt_vandaag_niet(t: Toneel) -> None:
    for n in range(12):
        t.s.activiteit(f"Eerder {n}", f"vrijdag 4 december 2026 {8 + n:02}:00", stil=True)
    toen = t.s.nu + timedelta(days=7)
    with t.db.transactie() as sessie:
        gevonden = lijsten(sessie, t.noor, toen)
    assert t.koffie in {x.activiteit for x in gevonden}
    assert [x.begin for x in gevonden] == sorted(x.begin for x in gevonden)
    assert len(gevonden) == 10


def test_een_afgelaste_wordt_niet_aangeboden(t: Toneel) -> None:
    t.s.gelast_af("Koffie")
    assert t.lijst(t.noor, 0) == ()


def test_welke_lijst_een_beurt_nodig_heeft() -> None:
    kiest = Stand("presentie", "kies")
    assert welke(None, Invoer(Soort.KNOP, "presentie.kies:7"), 0) == 7
    assert welke(None, Invoer(Soort.KNOP, f"presentie.kies:{'9' * 30}"), 0) == 0
    assert welke(None, Invoer(Soort.KNOP, "presentie.kies:terug"), 0) == 0
    assert welke(kiest, Invoer(Soort.TEKST, "Koffie"), 0) is None
    assert welke(kiest, Invoer(Soort.KNOP, "menu.menu:presentie"), 0) == 0
    assert welke(Stand("presentie", "lijst", {"over": "5"}), Invoer(Soort.TEKST, "Amal"), 5) == 5


def test_wie_ja_zei_in_een_keer(t: Toneel) -> None:
    """Not who was registered already, by whoever; and not twice."""
    for wie in (0, 1, 2):
        t.zegt(wie, Antwoord.JA)
    with t.db.transactie() as sessie:
        zet_door_team(sessie, t.noor, t.karim, Staat.AFWEZIG, t.s.nu)
        assert zet_ja_aanwezig(sessie, t.noor, t.koffie, t.s.nu) == 2
        assert zet_ja_aanwezig(sessie, t.noor, t.koffie, t.s.nu) == 0
    huidig = {p.uitnodiging_id: (p.staat, p.bron) for p in t.rijen(presentie_huidig)}
    team = ("aanwezig", "team")
    assert huidig == {t.amal: team, t.karim: ("afwezig", "team"), t.ewa: team}


def test_gasten_erbij_en_eraf(t: Toneel) -> None:
    """Taken back is history; the same press twice takes one."""
    with t.db.transactie() as sessie:
        assert gast_erbij(sessie, t.noor, t.koffie, Rol.VADER, t.s.nu)
        assert gast_erbij(sessie, t.noor, t.koffie, None, t.s.nu)
        assert gast_eraf(sessie, t.noor, t.koffie, 2, t.s.nu)
        assert not gast_eraf(sessie, t.noor, t.koffie, 2, t.s.nu)
    assert [(g.rol, g.weg is None) for g in t.rijen(gast)] == [("vader", True), (None, False)]
    assert [x.gasten for x in t.lijst(t.noor)] == [1]


@pytest.mark.parametrize("weg", [False, True], ids=["van elders", "net verwijderd"])
def test_wie_niet_mag_ziet_en_schrijft_niets(t: Toneel, weg: bool) -> None:
    t.zegt(0, Antwoord.JA)
    wie = t.noor if weg else t.bea
    if weg:
        t.verwijder(t.noor)
    with t.db.transactie() as sessie:
        assert not zet_door_team(sessie, wie, t.amal, Staat.AANWEZIG, t.s.nu)
        assert zet_ja_aanwezig(sessie, wie, t.koffie, t.s.nu) == 0
        assert not gast_erbij(sessie, wie, t.koffie, None, t.s.nu)
        assert not gast_eraf(sessie, wie, t.koffie, 0, t.s.nu)
        assert not zet_door_team(sessie, wie, 2**62, Staat.AANWEZIG, t.s.nu)
    assert t.lijst(wie) == ()
    assert t.rijen(presentie) == t.rijen(gast) == []


def test_450_ouders_is_een_vraag(t: Toneel) -> None:
    """The statements of a list do not grow with the parents on it."""
    geteld: list[str] = []

    @sa.event.listens_for(t.db.engine, "before_cursor_execute")
    def tel(_c: Any, _cu: Any, statement: str, *_: Any) -> None:
        geteld.append(statement)

    def vragen() -> int:
        geteld.clear()
        t.lijst(t.noor)
        return sum(vraag.lstrip().upper().startswith("SELECT") for vraag in geteld)

    eerst = vragen()
    for n in range(20):
        t.s.ouder(f"Ouder {n}")
    assert vragen() == eerst > 0
    sa.event.remove(t.db.engine, "before_cursor_execute", tel)
