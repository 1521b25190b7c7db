"""Figures: kept with what they count, equal to the history, and unique where they say so."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from dialogen.basis import Rol, Staat
from opslag import cijfers, jaarcijfers, overzicht, plannen, presentie
from opslag.database import Database
from opslag.opruimen import ruim_op
from opslag.overzicht import Blik, Deel, Groep, PeriodeFout
from opslag.tabellen import activiteit, bereik, cijfer, gezin, locatie, ouder, uitnodiging
from tests.speler import Persoon, Speler

DAG = "dinsdag 8 december 2026 09:30"
LATER = "donderdag 14 januari 2027 19:30"
DECEMBER = (date(2026, 12, 1), date(2027, 1, 1))
JAAR = (date(2026, 8, 1), date(2027, 8, 1))


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


def blik(s: Speler, van: date = JAAR[0], tot: date = JAAR[1]) -> Blik:
    return Blik(frozenset({s.locatie}), van, tot)


def zegt_nee(s: Speler, wie: Persoon, titel: str, reden: str = "") -> None:
    over = s.uitnodiging(wie, titel)
    wie.drukt(f"uitnodiging.kom:nee:{over}")
    if reden:
        wie.drukt(f"afmelden.tijd:{reden}:{over}")


def was_er(s: Speler, wie: Persoon, titel: str, staat: Staat = Staat.AANWEZIG) -> None:
    over = s.uitnodiging(wie, titel)
    with s.db.transactie() as sessie:
        presentie.zet(sessie, over, staat, "team", s.nu)


def klopt(s: Speler) -> None:
    """The figures are those of the history, and summing up or making them anew changes nothing."""
    with s.db.transactie() as sessie:
        assert list(cijfers.verschillen(sessie)) == []
        eerst = overzicht.activiteiten(sessie, blik(s))
        while cijfers.tel_op(sessie, s.nu):
            pass
        assert overzicht.activiteiten(sessie, blik(s)) == eerst
        assert sessie.scalar(sa.select(sa.func.count()).where(cijfer.c.los)) == 0
        cijfers.herreken(sessie)
        assert overzicht.activiteiten(sessie, blik(s)) == eerst
        assert list(cijfers.verschillen(sessie)) == []


def test_van_uitnodiging_tot_presentie(s: Speler) -> None:
    amal, karim, jan = s.ouder("Amal"), s.ouder("Karim", Rol.VADER, taal="tr"), s.ouder("Jan", Rol.VADER)
    s.activiteit("Koffie", DAG)
    amal.drukt(f"uitnodiging.kom:ja:{s.uitnodiging(amal, 'Koffie')}")
    zegt_nee(s, karim, "Koffie", "WERK")
    was_er(s, amal, "Koffie")
    with s.db.transactie() as sessie:
        (koffie,) = overzicht.activiteiten(sessie, blik(s))
    assert koffie.dagdeel == "ochtend"
    assert (koffie.som("uitgenodigd"), koffie.som("uitgenodigd", "vader")) == (3, 2)
    assert (koffie.som("ja"), koffie.som("nee"), koffie.som("geen")) == (1, 1, 1)
    assert koffie.maten["vader", "tr", "reden.WERK"] == 1
    assert (koffie.som("aanwezig"), koffie.niet_gekomen) == (1, 0)
    assert jan.naam == "Jan"
    klopt(s)


def test_wie_zich_bedenkt_telt_een_keer(s: Speler) -> None:
    """A reason stands only as long as the answer it explains."""
    amal = s.ouder("Amal")
    s.activiteit("Koffie", DAG)
    zegt_nee(s, amal, "Koffie", "WERK")
    amal.drukt(f"uitnodiging.kom:ja:{s.uitnodiging(amal, 'Koffie')}")
    with s.db.transactie() as sessie:
        (koffie,) = overzicht.activiteiten(sessie, blik(s))
    assert {m: n for (_, _, m), n in koffie.maten.items()} == {"uitgenodigd": 1, "ja": 1, "ja_onbekend": 1}
    klopt(s)


def test_niet_gekomen_telt_pas_als_er_is_geteld(s: Speler) -> None:
    mensen = [s.ouder(naam) for naam in ("Amal", "Bea", "Cem")]
    s.activiteit("Koffie", DAG)
    for wie in mensen:
        wie.drukt(f"uitnodiging.kom:ja:{s.uitnodiging(wie, 'Koffie')}")
    with s.db.transactie() as sessie:
        assert overzicht.activiteiten(sessie, blik(s))[0].niet_gekomen == 0
    was_er(s, mensen[0], "Koffie")
    was_er(s, mensen[1], "Koffie", Staat.AFWEZIG)
    with s.db.transactie() as sessie:
        assert overzicht.activiteiten(sessie, blik(s))[0].niet_gekomen == 2
    klopt(s)


def test_een_gezin_telt_een_keer(s: Speler) -> None:
    """Two caregivers, two activities, one family; reached for the first time only once."""
    amal = s.ouder("Amal", code="gezinscode")
    karim = s.ouder("Karim", Rol.VADER, code="gezinscode")
    s.ouder("Bea")
    for titel, dag in (("Koffie", DAG), ("Avond", LATER)):
        s.activiteit(titel, dag)
        was_er(s, karim, titel)
    was_er(s, amal, "Koffie")
    with s.db.transactie() as sessie:
        jaar = overzicht.bereikt(sessie, blik(s))
        januari = overzicht.bereikt(sessie, blik(s, date(2027, 1, 1), date(2027, 2, 1)))
        namen = overzicht.namen(sessie, blik(s), "niet_bereikt")
    assert jaar.gezinnen == Groep(2, 2, 1, 1)
    assert jaar.per_rol == {"moeder": Groep(2, 2, 1, 1), "vader": Groep(1, 1, 1, 1)}
    assert (jaar.op_locatie, jaar.op_locatie.procent, jaar.op_locatie.haalt(50)) == (Deel(1, 2), 50, True)
    assert januari.gezinnen == Groep(2, 2, 1, 0), "they had been there in December"
    assert [n.naam for n in namen] == ["Bea"]
    klopt(s)


def test_wie_later_kwam_telt_niet_van_tevoren(s: Speler) -> None:
    s.ouder("Amal")
    with s.db.transactie() as sessie:
        sessie.execute(gezin.update().values(ingeschreven=date(2027, 2, 1)))
        assert overzicht.bereikt(sessie, blik(s, *DECEMBER)).gezinnen.ingeschreven == 0
        assert overzicht.bereikt(sessie, blik(s)).gezinnen.ingeschreven == 1
        sessie.execute(gezin.update().values(ingeschreven=date(2026, 9, 1), uitgeschreven=date(2026, 11, 1)))
        assert overzicht.bereikt(sessie, blik(s, *DECEMBER)).gezinnen.ingeschreven == 0


def test_wie_wist_laat_alleen_aantallen(s: Speler) -> None:
    amal = s.ouder("Amal")
    s.activiteit("Koffie", DAG)
    was_er(s, amal, "Koffie")
    amal.zegt("stop")
    amal.tikt("Wis alles")
    while s.ouders():
        amal.drukt(amal.laatste.knoppen[0][1])
    with s.db.transactie() as sessie:
        assert overzicht.activiteiten(sessie, blik(s))[0].som("aanwezig") == 1
        assert sessie.scalar(sa.select(sa.func.count()).select_from(bereik)) == 0
    klopt(s)


def test_een_verzette_activiteit_telt_in_haar_nieuwe_maand(s: Speler) -> None:
    noor = s.collega("Noor")
    s.ouder("Amal")
    nummer = s.activiteit("Koffie", DAG)
    from dialogen.effecten_team import Plan

    with s.db.transactie() as sessie:
        wie = sessie.execute(sa.text("SELECT medewerker_id FROM gesprek WHERE medewerker_id IS NOT NULL")).scalar_one()
        a = sessie.execute(sa.select(activiteit).where(activiteit.c.id == nummer)).one()
        groepen = tuple(sessie.scalars(sa.text("SELECT groep_id FROM activiteit_groep")))
        plan = Plan(
            doel=a.doel, soort=a.soort, titel=a.titel, begin=a.begin + timedelta(days=40), duur=a.duur, plek=a.plek,
            gastheer=a.gastheer, capaciteit=None, groepen=groepen,
        )  # fmt: skip
        assert "begin" in plannen.wijzig(sessie, wie, nummer, plan, s.nu)
        assert overzicht.bereikt(sessie, blik(s, *DECEMBER)).gezinnen.uitgenodigd == 0
        assert overzicht.bereikt(sessie, blik(s)).gezinnen.uitgenodigd == 1
    assert noor.naam == "Noor"
    klopt(s)


@pytest.mark.parametrize("zaad", [1, 2, 3])
def test_willekeurig(s: Speler, zaad: int) -> None:
    """Whatever people and colleagues do, the figures are what an own count of the history gives."""
    toeval = random.Random(zaad)
    mensen = [s.ouder(f"Ouder {n}", toeval.choice(list(Rol)), taal=toeval.choice(["nl", "tr"])) for n in range(5)]
    titels = [("Koffie", DAG), ("Avond", LATER), ("Inloop", "zaterdag 12 december 2026 10:00")]
    for titel, dag in titels:
        s.activiteit(titel, dag)
    for _ in range(60):
        wie, (titel, _dag) = toeval.choice(mensen), toeval.choice(titels)
        antwoord = toeval.choice(["ja", "nee", "misschien"])
        match toeval.randrange(3):
            case 0:
                wie.drukt(f"uitnodiging.kom:{antwoord}:{s.uitnodiging(wie, titel)}")
            case 1:
                zegt_nee(s, wie, titel, toeval.choice(["WERK", "TIJD"]))
            case _:
                was_er(s, wie, titel, toeval.choice(list(Staat)))
    with s.db.transactie() as sessie:
        geteld = Counter(
            (r.rol, r.staat)
            for r in sessie.execute(
                sa.text("SELECT u.rol, p.staat FROM uitnodiging u JOIN presentie_huidig p ON p.uitnodiging_id = u.id")
            )
        )
        per = overzicht.activiteiten(sessie, blik(s))
        assert sessie.scalar(sa.select(sa.func.count()).select_from(uitnodiging)) == sum(
            t.som("uitgenodigd") for t in per
        )
    ons = Counter({(rol, m): sum(t.som(m, rol) for t in per) for rol, m in geteld})
    assert ons == geteld
    klopt(s)


def test_de_periode_bestaat_uit_hele_maanden(s: Speler) -> None:
    with pytest.raises(PeriodeFout):
        blik(s, date(2026, 12, 2))
    with pytest.raises(PeriodeFout):
        blik(s, date(2026, 12, 1), date(2026, 12, 1))


def test_een_activiteit_op_de_grens_telt_in_haar_plaatselijke_maand(s: Speler) -> None:
    """Half past midnight on 1 January in Amsterdam is still December in UTC."""
    s.ouder("Amal")
    s.activiteit("Nieuwjaar", "vrijdag 1 januari 2027 00:30")
    with s.db.transactie() as sessie:
        assert overzicht.activiteiten(sessie, blik(s, *DECEMBER)) == ()
        assert len(overzicht.activiteiten(sessie, blik(s, date(2027, 1, 1), date(2027, 2, 1)))) == 1
        assert sessie.scalar(sa.select(bereik.c.maand)) == date(2027, 1, 1)


def test_niemand_is_geen_nul_procent() -> None:
    assert Deel(0, 0).procent is None
    assert Deel(0, 0).haalt(50) is None
    assert Deel(499, 1000).procent == 49
    assert Deel(499, 1000).haalt(50) is False


def test_de_norm_is_van_de_locatie(s: Speler) -> None:
    with s.db.transactie() as sessie:
        sessie.execute(locatie.update().values(norm=60))
        assert overzicht.bereikt(sessie, blik(s)).norm == 60
        assert sessie.scalar(sa.select(sa.func.count()).select_from(ouder)) == 0


def test_van_een_afgesloten_schooljaar_blijven_de_aantallen(s: Speler) -> None:
    amal = s.ouder("Amal")
    s.ouder("Karim", Rol.VADER)
    s.activiteit("Koffie", DAG)
    was_er(s, amal, "Koffie")
    with s.db.transactie() as sessie:
        eerst = jaarcijfers.overzicht(sessie, blik(s))
        assert eerst.gezinnen == Groep(2, 2, 1, 1)
        for dag in (datetime(2027, 10, 31, tzinfo=UTC), datetime(2027, 11, 1, 12, tzinfo=UTC)):
            ruim_op(sessie, dag)
            assert jaarcijfers.overzicht(sessie, blik(s)) == eerst
        assert sessie.scalar(sa.select(sa.func.count()).select_from(bereik)) == 0
        ruim_op(sessie, datetime(2027, 11, 2, tzinfo=UTC))
        assert jaarcijfers.overzicht(sessie, blik(s)) == eerst
        assert overzicht.activiteiten(sessie, blik(s))[0].som("aanwezig") == 1


@pytest.mark.parametrize("fout", ["cijfer", "bereik"])
def test_een_fout_wordt_gevonden_en_hersteld(s: Speler, fout: str) -> None:
    s.ouder("Amal")
    s.activiteit("Koffie", DAG)
    with s.db.transactie() as sessie:
        stuk = cijfer.update().values(aantal=7) if fout == "cijfer" else bereik.update().values(aanwezig=7)
        sessie.execute(stuk)
        assert len(list(cijfers.verschillen(sessie))) == (2 if fout == "cijfer" else 1)
        cijfers.herreken(sessie)
        assert list(cijfers.verschillen(sessie)) == []
