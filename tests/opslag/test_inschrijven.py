"""The list of the administration against a real database: what is shown is what is done, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from opslag import inschrijven, locaties
from opslag.database import Database, Sessie
from opslag.inschrijven import Achterhaald, Fout, Inschrijving, Lijst, Verzorger
from opslag.tabellen import gezin, gezin_groep, ouder

NU = datetime(2027, 3, 15, 10, tzinfo=UTC)
VANDAAG = NU.date()
VAN = date(2026, 9, 1)


@pytest.fixture
def plek(db: Database) -> tuple[int, int]:
    """A location, and a colleague who leads there."""
    with db.transactie() as sessie:
        hier = locaties.maak_locatie(sessie, "De Boom", ["Vlinders", "Rupsen"], NU)
        code = locaties.nodig_team_uit(sessie, hier, "coordinator", NU)
        wie = locaties.maak_medewerker(sessie, code, "Noor", NU)
        assert wie is not None
        return hier, wie


def _doe(sessie: Sessie, plek: tuple[int, int], lijst: Lijst, *, weg: bool = False) -> inschrijven.Voorstel:
    plan = inschrijven.voorstel(sessie, plek[0], lijst, VANDAAG)
    return inschrijven.voer_uit(sessie, plek[1], plek[0], lijst, plan.keur, weg, VANDAAG, NU)


def _lijst(*kenmerken: str, met_einde: bool = True) -> Lijst:
    wie = (Verzorger("Ana", "moeder", "es"),)
    return Lijst(tuple(Inschrijving((2 + n,), k, VAN, None, ("vlinders",), wie) for n, k in enumerate(kenmerken)),
                 met_einde=met_einde)  # fmt: skip


def test_nieuw_gelijk_en_anders(db: Database, plek: tuple[int, int]) -> None:
    with db.transactie() as sessie:
        plan = _doe(sessie, plek, _lijst("A1", "A2"))
        assert [r.kenmerk for r in plan.nieuw] == ["A1", "A2"]
        weer = inschrijven.voorstel(sessie, plek[0], _lijst("A1", "A2"), VANDAAG)
        assert (weer.nieuw, weer.anders, weer.gelijk, weer.weg) == ((), (), 2, ())
        ander = replace(_lijst("A1").gezinnen[0], uitgeschreven=VANDAAG, groepen=("Rupsen",))
        ander = replace(ander, verzorgers=(Verzorger("ANA", "moeder"), Verzorger("Ali", "vader")))
        plan = _doe(sessie, plek, Lijst((ander, _lijst("A2").gezinnen[0]), met_einde=True))
        assert plan.anders[0].wat == (
            "uitgeschreven: geen → 15-03-2027", "groep wordt Rupsen", "erbij: Ali (vader)",
        )  # fmt: skip
        namen = sessie.scalars(sa.select(ouder.c.naam).join(gezin).where(gezin.c.kenmerk == "A1").order_by(ouder.c.id))
        assert namen.all() == ["Ana", "Ali"]
        assert sessie.scalar(sa.select(gezin.c.uitgeschreven).where(gezin.c.kenmerk == "A1")) == VANDAAG
        assert sessie.scalar(sa.select(sa.func.count()).select_from(gezin_groep)) == 2


def test_wie_van_de_lijst_af_is_wordt_uitgeschreven_en_niet_gewist(db: Database, plek: tuple[int, int]) -> None:
    with db.transactie() as sessie:
        _doe(sessie, plek, _lijst("A1", "A2", "A3"))
        kort = replace(_lijst("A1"), fouten=(Fout(3, "onleesbaar", "A3"),))
        plan = _doe(sessie, plek, kort)
        assert plan.weg == ("A2",), "A3 stands on the list, if on a line that cannot be read"
        assert sessie.scalar(sa.select(gezin.c.uitgeschreven).where(gezin.c.kenmerk == "A2")) is None
        _doe(sessie, plek, kort, weg=True)
        assert sessie.scalar(sa.select(gezin.c.uitgeschreven).where(gezin.c.kenmerk == "A2")) == VANDAAG
        assert sessie.scalar(sa.select(sa.func.count()).select_from(ouder)) == 3
        terug = _doe(sessie, plek, _lijst("A1", "A2", "A3"))
        assert [r.kenmerk for r in terug.anders] == ["A2"]


def test_zonder_kolom_blijft_een_uitschrijving_staan(db: Database, plek: tuple[int, int]) -> None:
    with db.transactie() as sessie:
        weg = replace(_lijst("A1").gezinnen[0], uitgeschreven=VANDAAG)
        _doe(sessie, plek, Lijst((weg,), met_einde=True))
        assert inschrijven.voorstel(sessie, plek[0], _lijst("A1", met_einde=False), VANDAAG).gelijk == 1


def test_een_onbekende_groep_is_een_slechte_regel(db: Database, plek: tuple[int, int]) -> None:
    with db.transactie() as sessie:
        vreemd = Lijst((replace(_lijst("A1").gezinnen[0], groepen=("Beren",)),))
        plan = inschrijven.voorstel(sessie, plek[0], vreemd, VANDAAG)
        assert (plan.nieuw, plan.fouten[0].regel, plan.fouten[0].waarom) == ((), 2, "de groep “Beren” is er niet")


@pytest.mark.parametrize("wat", ["een collega", "een andere lijst", "een dag later"])
def test_alleen_wat_getoond_is(db: Database, plek: tuple[int, int], wat: str) -> None:
    with db.transactie() as sessie:
        _doe(sessie, plek, _lijst("A1"))
        lijst, dag = _lijst("A1", "A2"), VANDAAG
        keur = inschrijven.voorstel(sessie, plek[0], lijst, VANDAAG).keur
        if wat == "een collega":
            sessie.execute(gezin.update().values(uitgeschreven=VANDAAG))
        elif wat == "een andere lijst":
            lijst = _lijst("A1", "A3")
        else:
            dag = date(2027, 3, 16)
        with pytest.raises(Achterhaald):
            inschrijven.voer_uit(sessie, plek[1], plek[0], lijst, keur, True, dag, NU)
        assert sessie.scalar(sa.select(sa.func.count()).select_from(gezin)) == 1


def test_alleen_wie_leidt_op_de_eigen_locatie(db: Database, plek: tuple[int, int]) -> None:
    with db.transactie() as sessie:
        elders = locaties.maak_locatie(sessie, "De Tak", ["Vlinders"], NU)
        code = locaties.nodig_team_uit(sessie, plek[0], "medewerker", NU)
        gewoon = locaties.maak_medewerker(sessie, code, "Bo", NU)
        assert gewoon is not None
        for waar, wie in ((elders, plek[1]), (plek[0], gewoon)):
            with pytest.raises(PermissionError):
                _doe(sessie, (waar, wie), _lijst("A1"))


def test_duizenden_gezinnen_in_een_handvol_vragen(db: Database, plek: tuple[int, int]) -> None:
    gevraagd: list[str] = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *a: gevraagd.append(a[2]))
    with db.transactie() as sessie:
        _doe(sessie, plek, _lijst(*(f"K{n}" for n in range(3000))))
        gevraagd.clear()
        plan = _doe(sessie, plek, _lijst("K0"), weg=True)
        assert len(plan.weg) == 2999
        assert len(gevraagd) < 40
