"""Who gets a letter, what its code opens, and how two caregivers become one family."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from dialogen.basis import Rol, Vorm
from opslag import brieven, gesprekken, locaties, ouders
from opslag.database import Database
from opslag.tabellen import gesprek, gezin, medewerker, ouder, startcode, uitnodiging, verzending
from tests.speler import Persoon, Speler

DAG = "dinsdag 8 december 2026 09:30"


class Toneel:
    """One parent with a chat and three without, one activity, two colleagues."""

    def __init__(self, db: Database) -> None:
        self.db, self.s = db, Speler(db)
        self.s.ouder("Amal")
        self.koffie = self.s.activiteit("Koffie", DAG)
        self.s.menigte(3, "Vlinders", "Koffie", 1)
        self.noor, self.bea = self.s.collega("Noor"), self.s.collega("Bea", code="elders")

    def medewerker(self, wie: Persoon) -> int:
        return int(self.s.rijen(sa.select(gesprek.c.medewerker_id).where(gesprek.c.adres == wie.sleutel.adres))[0][0])

    def post(self, wie: Persoon | None = None) -> brieven.Post | None:
        with self.db.transactie() as sessie:
            return brieven.laad(sessie, self.medewerker(wie or self.noor), self.koffie)

    def namen(self) -> list[str]:
        post = self.post()
        assert post is not None
        return [wie.naam for wie in post.aan]

    def zet(self, naam: str, **waarden: Any) -> int:
        with self.db.transactie() as sessie:
            vraag = ouder.update().where(ouder.c.naam == naam).values(waarden).returning(ouder.c.id)
            return int(sessie.execute(vraag).scalar_one())

    def codes(self) -> dict[int, str]:
        with self.db.transactie() as sessie:
            g = gesprekken.kijk(sessie, self.noor.sleutel)
            assert g is not None
            genomen = brieven.neem(sessie, g.nummer, self.koffie, self.s.nu)
            assert genomen is not None
            return dict(genomen[1])

    def binnen(self, wie: Persoon, code: str) -> int | None:
        with self.db.transactie() as sessie:
            g = gesprekken.neem(sessie, wie.sleutel, self.s.nu)
            return ouders.maak_ouder(sessie, code, g.nummer, wie.naam, "pl", Vorm.LUISTEREN, self.s.nu)


@pytest.fixture
def t(db: Database) -> Toneel:
    return Toneel(db)


def test_wie_geen_gesprek_heeft_krijgt_een_brief(t: Toneel) -> None:
    assert t.namen() == ["Ouder 001", "Ouder 002", "Ouder 003"]
    post = t.post()
    assert post is not None
    assert {(wie.groep, wie.taal) for wie in post.aan} == {("Vlinders", "nl")}
    assert (post.gastheer, post.locatie) == ("Juf Noor", "De Regenboog")


def test_wie_stop_zei_krijgt_ook_geen_brief(t: Toneel) -> None:
    t.zet("Ouder 002", gestopt_op=t.s.nu)
    assert t.namen() == ["Ouder 001", "Ouder 003"]


def test_een_gesprek_dat_niet_meer_werkt_telt_niet(t: Toneel) -> None:
    with t.db.transactie() as sessie:
        sessie.execute(gesprek.update().where(gesprek.c.ouder_id.is_not(None)).values(onbereikbaar=t.s.nu))
    assert t.namen() == ["Amal", "Ouder 001", "Ouder 002", "Ouder 003"]


def test_alleen_vaders_als_het_voor_vaders_is(t: Toneel) -> None:
    t.zet("Ouder 002", rol="vader")
    with t.db.transactie() as sessie:
        sessie.execute(verzending.update().values(voor="vaders,avond"))
    assert t.namen() == ["Ouder 002"]


def test_een_brief_is_een_uitnodiging(t: Toneel) -> None:
    karim = t.zet("Ouder 003", rol="vader")
    with t.db.transactie() as sessie:
        sessie.execute(uitnodiging.delete().where(uitnodiging.c.ouder_id == karim))
        assert brieven.nodig_uit(sessie, t.medewerker(t.noor), t.koffie, t.s.nu) == 3
        assert brieven.nodig_uit(sessie, t.medewerker(t.noor), t.koffie, t.s.nu) == 3
    rijen = t.s.rijen(sa.select(uitnodiging).where(uitnodiging.c.ouder_id == karim))
    assert [(r.activiteit_id, r.rol) for r in rijen] == [(t.koffie, "vader")]


def test_alleen_een_collega_van_hier(t: Toneel) -> None:
    assert t.post(t.bea) is None
    with t.db.transactie() as sessie:
        assert brieven.nodig_uit(sessie, t.medewerker(t.bea), t.koffie, t.s.nu) is None
        sessie.execute(medewerker.update().values(actief=False))
        g = gesprekken.kijk(sessie, t.noor.sleutel)
        assert g is not None
        assert brieven.neem(sessie, g.nummer, t.koffie, t.s.nu) is None
        assert brieven.neem(sessie, 999, t.koffie, t.s.nu) is None
    assert [c for c in t.s.rijen(sa.select(startcode)) if c.ouder_id is not None] == []


def test_van_de_code_blijft_alleen_een_hash(t: Toneel) -> None:
    codes = t.codes()
    assert len(set(codes.values())) == 3
    assert all(not t.s.waar_staat(code) for code in codes.values())


def test_wie_de_brief_krijgt_wordt_die_ouder(t: Toneel) -> None:
    """No second row: the invitation and the answers stay with this parent. Who comes next is another of the family."""
    nummer, code = next(iter(t.codes().items()))
    assert t.binnen(t.s.persoon("Marek"), code) == nummer
    (rij,) = t.s.rijen(sa.select(ouder).where(ouder.c.id == nummer))
    assert (rij.naam, rij.taal, rij.vorm) == ("Marek", "pl", "luisteren")
    ander = t.binnen(t.s.persoon("Ewa"), code)
    assert ander not in (None, nummer)
    assert t.s.gezin_van("Marek") == t.s.gezin_van("Ewa")


def test_de_code_van_een_brief_verloopt(t: Toneel) -> None:
    code = next(iter(t.codes().values()))
    t.s.zet_klok("maandag 1 maart 2027 09:00")
    assert t.binnen(t.s.persoon("Marek"), code) is None


def test_de_code_voor_een_partner_werkt_een_keer_en_zeven_dagen(t: Toneel) -> None:
    amal = t.s.ouder_id(t.s.persoon("Amal"))
    assert amal is not None
    with t.db.transactie() as sessie:
        een, twee = (locaties.nodig_partner_uit(sessie, amal, t.s.nu) for _ in range(2))
        assert locaties.nodig_partner_uit(sessie, 999, t.s.nu) is None
    assert een is not None
    assert twee is not None
    assert t.binnen(t.s.persoon("Karim"), een) is not None
    assert t.binnen(t.s.persoon("Vreemd"), een) is None
    t.s.zet_klok("woensdag 9 december 2026 09:00")
    assert t.binnen(t.s.persoon("Vreemd"), twee) is None


def test_wie_al_apart_binnen_was_wordt_een_gezin(t: Toneel) -> None:
    """Both came by the code of the group; the family that is left empty goes, its other group comes along."""
    karim = t.s.ouder("Karim", Rol.VADER, "oudercode Rupsen")
    van = t.s.gezin_van("Karim")
    t.s.persoon("Amal").zegt("menu")
    karim.opent("partnercode Amal")
    assert t.s.gezin_van("Karim") == t.s.gezin_van("Amal")
    assert t.s.rijen(sa.select(gezin.c.id).where(gezin.c.id == van)) == []
    nummer = t.s.ouder_id(karim)
    assert nummer is not None
    with t.db.transactie() as sessie:
        assert len(ouders.groepen_van(sessie, nummer)) == 2
