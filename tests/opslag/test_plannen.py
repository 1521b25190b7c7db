"""What colleagues do with activities: only their own, nothing by halves, and who must hear it hears it once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.uitzendingen import MAAK, vul
from dialogen.basis import Invoer, Rol, Soort
from dialogen.effecten_team import Plan
from dialogen.plan import GEHOORD
from opslag import plannen, postvak, reeksen, verzendingen
from opslag.database import Database
from opslag.tabellen import (
    activiteit,
    activiteit_groep,
    audit,
    gesprek,
    groep,
    locatie,
    medewerker,
    medewerker_locatie,
    postvak_uit,
    reeks,
    uitnodiging,
    verzending,
)
from tests.speler import ANDERE_LOCATIE, KANAAL, Persoon, Speler, moment

DAG = "dinsdag 8 december 2026 09:30"


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


def nummer(s: Speler, wie: Persoon) -> int:
    return int(s.rijen(sa.select(gesprek.c.medewerker_id).where(gesprek.c.adres == wie.sleutel.adres))[0][0])


def groepen(s: Speler, *namen: str) -> tuple[int, ...]:
    return tuple(r.id for r in s.rijen(sa.select(groep.c.id).where(groep.c.naam.in_(namen)).order_by(groep.c.id)))


def plan(s: Speler, **anders: Any) -> Plan:
    """The plan of ``Speler.activiteit``: changing to it changes nothing."""
    p = Plan(
        "koffieochtend", "Koffie", "Elkaar leren kennen", moment(DAG), 60, "de ouderkamer", groepen(s, "Vlinders"),
        "Juf Noor",
    )  # fmt: skip
    return replace(p, **anders)


def doe(s: Speler, functie: Any, *argumenten: Any) -> Any:
    with s.db.transactie() as sessie:
        return functie(sessie, *argumenten, s.nu)


def wijzig(s: Speler, wie: Persoon, over: int, **anders: Any) -> frozenset[str]:
    """Change and tell, as ``bot.effecten_team`` does."""
    with s.db.transactie() as sessie:
        anders_ = plannen.wijzig(sessie, nummer(s, wie), over, plan(s, **anders), s.nu)
        if anders_ & GEHOORD:
            plannen.vertel_wijziging(sessie, nummer(s, wie), over, MAAK, s.nu)
    return anders_


def rij(s: Speler, over: int) -> Any:
    return s.rijen(sa.select(activiteit).where(activiteit.c.id == over))[0]


# Who may


def _weg(s: Speler, noor: int) -> None:
    with s.db.transactie() as sessie:
        sessie.execute(medewerker.update().where(medewerker.c.id == noor).values(actief=False))


def _gemeente(s: Speler, noor: int) -> None:
    with s.db.transactie() as sessie:
        sessie.execute(medewerker.update().where(medewerker.c.id == noor).values(rol="gemeente"))


def _elders(s: Speler, noor: int) -> None:
    with s.db.transactie() as sessie:
        ander = sa.select(locatie.c.id).where(locatie.c.naam == ANDERE_LOCATIE).scalar_subquery()
        sessie.execute(
            medewerker_locatie.update().where(medewerker_locatie.c.medewerker_id == noor).values(locatie_id=ander)
        )


@pytest.mark.parametrize("nu_niet", [_weg, _gemeente, _elders])
def test_wie_hier_niet_werkt_schrijft_niets(s: Speler, nu_niet: Any) -> None:
    noor, amal = s.collega("Noor"), s.ouder("Amal")
    over = s.activiteit("Koffie", DAG)
    amal.tikt("Ik kom")
    wie = nummer(s, noor)
    nu_niet(s, wie)
    voor = [s.rijen(sa.select(t)) for t in (activiteit, audit, verzending, reeks)]
    assert doe(s, plannen.maak, wie, s.locatie, plan(s)) is None
    assert not doe(s, plannen.wijzig, wie, over, plan(s, titel="Thee"))
    assert not doe(s, plannen.gelast_af, wie, over)
    assert doe(s, reeksen.maak_reeks, wie, over, date(2027, 2, 2), True) is None
    assert doe(s, reeksen.stop_reeks, wie, over) is None
    assert [s.rijen(sa.select(t)) for t in (activiteit, audit, verzending, reeks)] == voor


# Making


def test_maken(s: Speler) -> None:
    noor = s.collega("Noor")
    over = doe(
        s, plannen.maak, nummer(s, noor), s.locatie, plan(s, capaciteit=8, titel_vaders="Vaders", gevraagd="Niets")
    )
    r = rij(s, over)
    assert (r.titel, r.titel_vaders, r.gevraagd, r.capaciteit, r.begin) == ("Koffie", "Vaders", "Niets", 8, moment(DAG))
    assert r.gemaakt_door == nummer(s, noor)
    assert [a.wat for a in s.rijen(sa.select(audit).where(audit.c.op == f"activiteit:{over}"))] == ["activiteit nieuw"]


def test_wat_niet_kan_wordt_niet_gemaakt(s: Speler) -> None:
    wie = nummer(s, s.collega("Noor"))
    assert doe(s, plannen.maak, wie, s.locatie, plan(s, begin=s.nu)) is None
    assert doe(s, plannen.maak, wie, s.locatie, plan(s, groepen=groepen(s, "Stralen"))) is None
    assert s.rijen(sa.select(activiteit)) == []


# Changing


def test_wie_ja_zei_hoort_het_een_keer_en_wie_nee_zei_niet(s: Speler) -> None:
    noor, amal, karim, ewa = s.collega("Noor"), s.ouder("Amal"), s.ouder("Karim", Rol.VADER), s.ouder("Ewa")
    over = s.activiteit("Koffie", DAG)
    amal.tikt("Ik kom")
    karim.tikt("Misschien")
    ewa.tikt("Ik kan niet")
    veranderd = wijzig(s, noor, over, begin=moment("dinsdag 8 december 2026 10:00"), plek="de hal")
    assert veranderd == {"begin", "plek", "gewijzigd"}
    gehoord = [g.aan.naam for g in s.bezorg() if "veranderd" in g.ballon.tekst]
    assert gehoord == ["Amal", "Karim"]
    assert "10:00" in amal.laatste.tekst
    assert "de hal" in amal.laatste.tekst
    assert not wijzig(s, noor, over, begin=moment("dinsdag 8 december 2026 10:00"), plek="de hal")
    assert s.bezorg() == []


def test_wat_ouders_niet_raakt_horen_ze_niet(s: Speler) -> None:
    noor, amal = s.collega("Noor"), s.ouder("Amal")
    over = s.activiteit("Koffie", DAG)
    amal.tikt("Ik kom")
    assert wijzig(s, noor, over, doel="Taal thuis", capaciteit=9, groepen=groepen(s, "Vlinders", "Rupsen")) == {
        "doel", "capaciteit", "groepen",
    }  # fmt: skip
    assert s.bezorg() == []
    assert len(s.rijen(sa.select(activiteit_groep))) == 2


def test_minder_plekken_dan_er_mensen_komen(s: Speler) -> None:
    noor, amal = s.collega("Noor"), s.ouder("Amal")
    over = s.activiteit("Koffie", DAG, capaciteit=4)
    for label in ("Ik kom", "2"):
        amal.tikt(label)
    assert not wijzig(s, noor, over, capaciteit=1)
    assert rij(s, over).capaciteit == 4
    assert wijzig(s, noor, over, capaciteit=2) == {"capaciteit"}


def test_wat_voorbij_of_afgelast_is_verandert_niet(s: Speler) -> None:
    noor = s.collega("Noor")
    over = s.activiteit("Koffie", DAG)
    assert not wijzig(s, noor, over, begin=s.nu)
    s.gelast_af("Koffie")
    assert not wijzig(s, noor, over, titel="Thee")
    ander = s.activiteit("Koffie", "woensdag 2 december 2026 09:30")
    s.nu += timedelta(days=1, hours=1)
    assert not wijzig(s, noor, ander, titel="Thee")


def test_wat_nog_niet_verstuurd_is_zegt_het_nieuwe_plan(s: Speler) -> None:
    """Two invitations lie in the outbox at night; one is in flight. None goes out with the old time."""
    noor, amal, karim = s.collega("Noor"), s.ouder("Amal"), s.ouder("Karim", Rol.VADER)
    s.zet_klok("dinsdag 1 december 2026 21:00")
    over = s.activiteit("Koffie", DAG)
    with s.db.transactie() as sessie:
        van_karim = postvak_uit.c.adres == karim.sleutel.adres
        sessie.execute(postvak_uit.update().where(van_karim).values(status="bezig"))
    later = moment("woensdag 9 december 2026 13:30")
    wijzig(s, noor, over, begin=later, titel_vaders="Vaders en koffie", gevraagd="Neem een foto mee.")
    assert {r.niet_na for r in s.rijen(sa.select(postvak_uit).where(postvak_uit.c.inhoud.is_not(None)))} == {later}
    with s.db.transactie() as sessie:  # its try failed: it waits again
        van_karim = postvak_uit.c.adres == karim.sleutel.adres
        sessie.execute(postvak_uit.update().where(van_karim).values(status="wacht"))
    s.zet_klok("woensdag 2 december 2026 08:00")
    assert [len(p.scherm) for p in (amal, karim)] == [1, 1]
    assert all("woensdag 9 december" in p.laatste.tekst for p in (amal, karim))
    assert all("🙋 Neem een foto mee." in p.laatste.tekst for p in (amal, karim))
    assert "Vaders en koffie" in karim.laatste.tekst
    assert "Vaders en koffie" not in amal.laatste.tekst


def test_de_knoppen_van_een_oude_uitnodiging_weten_het_nieuwe_moment(s: Speler) -> None:
    noor, amal = s.collega("Noor"), s.ouder("Amal")
    over = s.activiteit("Koffie", DAG)
    wijzig(s, noor, over, begin=moment("woensdag 9 december 2026 13:30"))
    s.bezorg()
    for label in ("Ik kom", "1"):
        amal.tikt(label)
    assert "woensdag 9 december" in amal.laatste.tekst
    assert "13:30" in amal.laatste.tekst


# Calling off


def _half_verstuurd(s: Speler, over: int) -> None:
    """A broadcast whose messages are made, and of which one is sent."""
    with s.db.transactie() as sessie:
        z = verzendingen.begin(sessie, over, "uitnodiging", "iedereen", s.nu, "test")
        assert z is not None
        vul(sessie, z, "uitnodiging", s.nu)
        eerste = postvak.claim(sessie, KANAAL, KANAAL, 1, s.nu)[0]
        s._verzend(sessie, eerste)


def test_afgelasten_tijdens_het_versturen(s: Speler) -> None:
    """Who has the invitation hears that it is off; who did not get it yet hears nothing at all."""
    noor, *mensen = s.collega("Noor"), s.ouder("Amal"), s.ouder("Karim", Rol.VADER), s.ouder("Ewa")
    over = s.activiteit("Koffie", DAG, stil=True)
    _half_verstuurd(s, over)
    assert [len(p.scherm) for p in mensen] == [1, 0, 0]
    assert doe(s, plannen.gelast_af, nummer(s, noor), over)
    assert not doe(s, plannen.gelast_af, nummer(s, noor), over), "één keer is genoeg"
    s.bezorg()
    s.zet_klok(DAG)
    assert [len(p.scherm) for p in mensen] == [2, 0, 0]
    assert "gaat niet door" in mensen[0].laatste.tekst
    assert [v.soort for v in s.rijen(sa.select(verzending).order_by(verzending.c.id))] == ["uitnodiging", "afgelast"]
    wat = [a.wat for a in s.rijen(sa.select(audit).where(audit.c.op == f"activiteit:{over}").order_by(audit.c.id))]
    assert wat[-2:] == ["activiteit afgelasten", "activiteit versturen"]


def test_een_concept_afgelasten_hoort_niemand(s: Speler) -> None:
    noor = s.collega("Noor")
    s.ouder("Amal")
    over = s.activiteit("Koffie", DAG, stil=True)
    assert doe(s, plannen.gelast_af, nummer(s, noor), over)
    assert s.rijen(sa.select(verzending)) == []
    assert s.rijen(sa.select(uitnodiging)) == []


# Series


def test_een_reeks(s: Speler) -> None:
    noor = s.collega("Noor")
    over = s.activiteit("Koffie", DAG, stil=True)
    wie, tot = nummer(s, noor), date(2027, 2, 2)
    for niet in (date(2026, 12, 8), date(2028, 1, 1)):
        assert doe(s, reeksen.maak_reeks, wie, over, niet, True) is None
    gemaakt = doe(s, reeksen.maak_reeks, wie, over, tot, False)
    assert rij(s, over).reeks_id == gemaakt
    [r] = s.rijen(sa.select(reeks))
    assert (r.titel, r.tot, r.vakantie_overslaan, r.locatie_id) == ("Koffie", tot, False, s.locatie)
    assert doe(s, reeksen.maak_reeks, wie, over, tot, True) is None, "één reeks is genoeg"
    assert doe(s, reeksen.stop_reeks, wie, over) == 0
    assert doe(s, reeksen.stop_reeks, wie, over) is None
    assert s.rijen(sa.select(reeks.c.gestopt))[0][0] == s.nu


def _weken(s: Speler) -> list[Any]:
    """The activities of the series by day."""
    return s.rijen(sa.select(activiteit).order_by(activiteit.c.begin))


@pytest.fixture
def lopend(s: Speler) -> tuple[int, int]:
    """(colleague, activity): a series of which the first two weeks were announced, and two were made after those."""
    noor, over = nummer(s, s.collega("Noor")), s.activiteit("Koffie", DAG)
    s.ouder("Amal")
    doe(s, reeksen.maak_reeks, noor, over, date(2027, 3, 2), False)
    s.tik()
    s.zet_klok("dinsdag 8 december 2026 10:00")
    s.tik()
    return noor, over


def test_een_reeks_stoppen(s: Speler, lopend: tuple[int, int]) -> None:
    """What was announced goes on, the rest goes without a word, and nothing is made any more."""
    wie, over = lopend
    gehoord = len(s.mensen["Noor"].scherm)
    assert len(_weken(s)) == 5
    assert doe(s, reeksen.stop_reeks, wie, over) == 3
    assert [a.afgelast is None for a in _weken(s)] == [True, True, False, False, False]
    s.zet_klok("dinsdag 15 december 2026 10:00")
    s.tik()
    assert len(_weken(s)) == 5
    assert [v.soort for v in s.rijen(sa.select(verzending))].count("uitnodiging") == 2
    assert "afgelast" not in {v.soort for v in s.rijen(sa.select(verzending))}
    assert len(s.mensen["Noor"].scherm) == gehoord
    [regel] = s.rijen(sa.select(audit).where(audit.c.wat == "reeks stoppen"))
    assert (regel.wie, regel.details) == (f"medewerker:{wie}", "3 weken weg")
    assert doe(s, reeksen.stop_reeks, wie, over) is None, "het was al gestopt"


def test_stoppen_voor_de_eerste_is_verstuurd(s: Speler) -> None:
    """The activity that a colleague made herself is not the series' to call off."""
    noor, over = nummer(s, s.collega("Noor")), s.activiteit("Koffie", DAG, stil=True)
    doe(s, reeksen.maak_reeks, noor, over, date(2027, 3, 2), False)
    s.tik()
    assert doe(s, reeksen.stop_reeks, noor, _weken(s)[-1].id) == 3
    assert [a.afgelast is None for a in _weken(s)] == [True, False, False, False]


def test_een_week_met_een_brief_blijft(s: Speler, lopend: tuple[int, int]) -> None:
    wie, over = lopend
    ouder_id, *_ = [o.id for o in s.ouders()]
    with s.db.transactie() as sessie:
        laatste = _weken(s)[-1].id
        sessie.execute(uitnodiging.insert().values(activiteit_id=laatste, ouder_id=ouder_id, gemaakt=s.nu))
    assert doe(s, reeksen.stop_reeks, wie, over) == 2
    assert _weken(s)[-1].afgelast is None


@pytest.mark.parametrize("nu_niet", [_weg, _gemeente, _elders])
def test_een_ander_stopt_geen_reeks(s: Speler, lopend: tuple[int, int], nu_niet: Any) -> None:
    wie, over = lopend
    nu_niet(s, wie)
    voor = [s.rijen(sa.select(t)) for t in (activiteit, audit, reeks)]
    assert doe(s, reeksen.stop_reeks, wie, over) is None
    assert [s.rijen(sa.select(t)) for t in (activiteit, audit, reeks)] == voor


def test_zonder_reeks_is_er_niets_te_stoppen(s: Speler) -> None:
    noor, over = nummer(s, s.collega("Noor")), s.activiteit("Koffie", DAG)
    assert doe(s, reeksen.stop_reeks, noor, over) is None


def test_twee_collegas_stoppen(s: Speler, lopend: tuple[int, int]) -> None:
    """The second one hears that it was done, and a parent's hand-made button does nothing."""
    _, over = lopend
    s.mensen["Amal"].drukt(f"activiteiten.stopreeks:ja:{over}")
    assert s.rijen(sa.select(reeks))[0].gestopt is None
    noor, peter = s.mensen["Noor"], s.collega("Peter")
    for een in (noor, peter):
        een.zegt("/activiteiten")
        een.tikt("Koffie")
        een.tikt("Reeks stoppen")
    noor.tikt("Ja")
    peter.tikt("Ja")
    assert "al gestopt" in peter.laatste.tekst
    assert len(s.rijen(sa.select(audit).where(audit.c.wat == "reeks stoppen"))) == 1


# In the chat


def test_een_collega_die_net_weg_is(s: Speler) -> None:
    """Removed a minute ago, with the buttons still on the screen."""
    noor, amal = s.collega("Noor"), s.ouder("Amal")
    over = s.activiteit("Koffie", DAG)
    noor.zegt("/activiteiten")
    noor.tikt("Koffie")
    noor.tikt("Afgelasten")
    _weg(s, nummer(s, noor))
    noor.tikt("Ja, afgelasten")
    assert rij(s, over).afgelast is None
    assert "gaat niet door" not in noor.laatste.tekst
    noor.zegt("/nieuw")
    noor.drukt("maken.overzicht:opslaan")
    assert [len(p.scherm) for p in (amal,)] == [1]
    assert len(s.rijen(sa.select(activiteit))) == 1


def test_een_dubbele_tik_maakt_er_een(s: Speler) -> None:
    noor = s.collega("Noor")
    s.activiteit("Koffie", DAG)
    noor.zegt("/activiteiten")
    noor.tikt("Koffie")
    noor.tikt("Kopiëren")
    noor.zegt("woensdag 16 december")
    data, onder = noor.knop("Opslaan")
    druk = Invoer(Soort.KNOP, data, "", onder)
    s.doe(noor, druk, druk)
    s.nu += timedelta(minutes=5)
    s.doe(noor, druk)
    assert len(s.rijen(sa.select(activiteit))) == 2


def test_een_rol_in_een_knop_helpt_niet(s: Speler) -> None:
    karim = s.ouder("Karim", Rol.VADER)
    over = s.activiteit("Koffie", DAG)
    for data in (
        "maken.begin:x", "maken.overzicht:opslaan", f"maken.overzicht:klaar:{over}", f"activiteiten.zeker:ja:{over}",
        f"activiteiten.een:afgelasten:{over}", "team.binnen:beheerder", "activiteiten.vakantie:ja",
    ):  # fmt: skip
        karim.drukt(data)
        assert karim.laatste.tekst.startswith(("🔒", "👆")), data
    assert rij(s, over).afgelast is None
    assert s.rijen(sa.select(medewerker)) == []
