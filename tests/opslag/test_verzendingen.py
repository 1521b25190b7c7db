"""Broadcasts: everybody in person, nobody twice, in batches that a crash cannot break, stopped and resumed."""

from __future__ import annotations

import contextlib
import threading
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.uitzendingen import MAAK, Verstuurd, uitnodiging_als_bericht, vul
from bot.uitzendingen import verstuur as verstuur_
from dialogen.basis import Antwoord, Rol, Staat
from opslag import activiteiten, antwoorden, ontvangers, postvak, presentie, verzendingen
from opslag.activiteiten import Activiteit, Afgewezen
from opslag.database import Database
from opslag.locaties import Onbekend
from opslag.tabellen import (
    NODIGT_UIT,
    activiteit,
    audit,
    gesprek,
    gezin,
    medewerker,
    ouder,
    postvak_uit,
    uitnodiging,
    verzending,
)
from tests.speler import KANAAL, Persoon, Speler, moment

KOFFIE, DAG = "Koffie", "dinsdag 8 december 2026 09:30"


@pytest.fixture
def s(db: Database) -> Speler:
    return Speler(db)


def verstuur(s: Speler, nummer: int, voor: str = "iedereen") -> Verstuurd:
    return verstuur_(s.db.transactie, nummer, voor, s.nu, "test")


def aantal(s: Speler, tabel: sa.Table) -> int:
    return int(s.rijen(sa.select(sa.func.count()).select_from(tabel))[0][0])


def test_twee_keer_versturen_nodigt_niemand_twee_keer_uit(s: Speler) -> None:
    s.ouder("Amal")
    s.ouder("Karim", Rol.VADER)
    s.ouder("Ewa", code="oudercode Rupsen")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    assert verstuur(s, nummer) == Verstuurd(2, 0, 0)
    assert verstuur(s, nummer) == Verstuurd(0, 0, 2)
    s.ouder("Omar", Rol.VADER)
    assert aantal(s, uitnodiging) == 3
    assert verstuur(s, nummer) == Verstuurd(0, 0, 3)
    s.bezorg()
    assert [len(p.scherm) for p in s.mensen.values()] == [1, 1, 0, 1]


def test_alleen_vaders_en_daarna_iedereen(s: Speler) -> None:
    amal, karim = s.ouder("Amal"), s.ouder("Karim", Rol.VADER)
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    assert verstuur(s, nummer, "vaders") == Verstuurd(1, 0, 0)
    s.bezorg()
    assert (len(amal.scherm), len(karim.scherm)) == (0, 1)
    omar, lena = s.ouder("Omar", Rol.VADER), s.ouder("Lena")
    assert (len(omar.scherm), len(lena.scherm)) == (1, 0), "wie later komt, krijgt wat voor hem is"
    assert verstuur(s, nummer) == Verstuurd(2, 0, 2)


def test_wie_later_binnenkomt_wordt_een_keer_uitgenodigd(s: Speler) -> None:
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    assert verstuur(s, nummer) == Verstuurd(0, 0, 0)
    verstuur(s, nummer)
    amal = s.ouder("Amal")
    assert len(amal.scherm) == 1
    with s.db.transactie() as sessie:
        wie = s.ouder_id(amal)
        assert wie is not None
        assert verzendingen.nodig_later_uit(sessie, wie, uitnodiging_als_bericht, s.nu) == 0


def test_wie_gestopt_is_of_geen_chat_heeft(s: Speler) -> None:
    amal, karim = s.ouder("Amal"), s.ouder("Karim", Rol.VADER)
    amal.zegt("stop")
    with s.db.transactie() as sessie:
        sessie.execute(gesprek.delete().where(gesprek.c.adres == karim.sleutel.adres))
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    uit = verstuur(s, nummer)
    assert uit.nieuw == 0
    assert aantal(s, uitnodiging) == 2, "uitgenodigd zijn ze wel: het team kan hen zelf vragen"
    assert s.bezorg() == []


def test_een_gezin_dat_is_uitgeschreven(s: Speler) -> None:
    s.ouder("Amal")
    with s.db.transactie() as sessie:
        sessie.execute(gezin.update().values(uitgeschreven=s.nu.date()))
    assert verstuur(s, s.activiteit(KOFFIE, DAG, stil=True)) == Verstuurd(0, 0, 0)


def test_wat_niet_kan(s: Speler) -> None:
    with pytest.raises(Onbekend, match="activiteit 99 is er niet"):
        verstuur(s, 99)
    with pytest.raises(Afgewezen, match="in het verleden"):
        s.activiteit(KOFFIE, "maandag 30 november 2026 09:30")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    s.gelast_af(KOFFIE)
    with pytest.raises(Afgewezen, match="afgelast"):
        verstuur(s, nummer)
    ander = s.activiteit("Inloop", DAG, stil=True)
    s.nu = moment(DAG)
    with pytest.raises(Afgewezen, match="begonnen"):
        verstuur(s, ander)


def test_een_uitzending_wacht_niet_langer_dan_het_begin(s: Speler) -> None:
    s.ouder("Amal")
    s.activiteit(KOFFIE, DAG)
    (rij,) = s.rijen(sa.select(postvak_uit.c.niet_na, postvak_uit.c.prioriteit))
    assert tuple(rij) == (moment(DAG), 5)


def test_duizend_ouders_in_partijen(s: Speler, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verzendingen, "PARTIJ", 7)
    for i in range(20):
        s.ouder(f"Ouder {i}")
    assert verstuur(s, s.activiteit(KOFFIE, DAG, stil=True)) == Verstuurd(20, 0, 0)
    assert len(s.bezorg()) == 20


def test_alles_staat_in_het_logboek_zonder_namen(s: Speler) -> None:
    s.ouder("Zubaida")
    verstuur(s, s.activiteit(KOFFIE, DAG, stil=True))
    gedaan = [rij.wat for rij in s.rijen(sa.select(audit).order_by(audit.c.id))]
    assert "activiteit nieuw" in gedaan
    assert gedaan[-1] == "activiteit versturen"
    assert s.waar_staat("Zubaida") == ["ouder.naam"]


def test_een_activiteit_zonder_groep(s: Speler) -> None:
    with s.db.transactie() as sessie:
        leeg = Activiteit(s.locatie, "inloop", "Leeg", "x", moment(DAG), 60, "hal", [])
        nummer = activiteiten.maak(sessie, leeg, s.nu, "test")
    assert verstuur(s, nummer) == Verstuurd(0, 0, 0)
    assert aantal(s, activiteit) == 1


# In batches


def begin(s: Speler, nummer: int, soort: str = "uitnodiging", voor: str = "iedereen", **meer: Any) -> int | None:
    with s.db.transactie() as sessie:
        return verzendingen.begin(sessie, nummer, soort, voor, s.nu, "test", **meer)


def vul_een(s: Speler, nummer: int, soort: str = "uitnodiging") -> bool:
    with s.db.transactie() as sessie:
        return vul(sessie, nummer, soort, s.nu)


def stand(s: Speler, nummer: int) -> tuple[int, int, int, bool]:
    """(made, sent, dropped, filled)."""
    with s.db.transactie() as sessie:
        v = verzendingen.voortgang(sessie, nummer)
    assert v is not None
    return v.aantal, v.verzonden, v.vervallen, v.gevuld


def antwoord(s: Speler, wie: Persoon, gegeven: Antwoord, titel: str = KOFFIE) -> None:
    ouder_id = s.ouder_id(wie)
    assert ouder_id is not None
    over = s.uitnodiging(wie, titel)
    with s.db.transactie() as sessie:
        antwoorden.antwoord(sessie, ouder_id, over, gegeven, 1, s.nu)


def was_er(s: Speler, wie: Persoon, staat: Staat = Staat.AANWEZIG, titel: str = KOFFIE) -> None:
    over = s.uitnodiging(wie, titel)
    with s.db.transactie() as sessie:
        presentie.zet(sessie, over, staat, "team", s.nu)


def krijgt(s: Speler, nummer: int, soort: str, voor: str = "iedereen") -> set[str]:
    """The names of who receives this."""
    with s.db.transactie() as sessie:
        return {rij.naam for rij in sessie.execute(ontvangers.ontvangers(soort, voor, nummer, s.nu))}


def ouders_(s: Speler, *namen: str) -> list[Persoon]:
    return [s.ouder(naam, Rol.VADER if naam[0] == "V" else Rol.MOEDER) for naam in namen]


def test_elke_soort_heeft_woorden() -> None:
    assert set(MAAK) == set(ontvangers.SOORTEN)
    assert set(NODIGT_UIT) == {naam for naam, soort in ontvangers.SOORTEN.items() if soort.nieuw}


def _sterf_onder_het_vullen(s: Speler, zending: int) -> None:
    with contextlib.suppress(RuntimeError), s.db.transactie() as sessie:
        vul(sessie, zending, "uitnodiging", s.nu)
        raise RuntimeError


def test_na_een_dood_gaat_het_verder_waar_het_was(s: Speler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every batch is a transaction of its own; one that failed in the middle is made again, whole."""
    monkeypatch.setattr(verzendingen, "PARTIJ", 3)
    ouders_(s, *"ABCDEFGH")
    zending = begin(s, s.activiteit(KOFFIE, DAG, stil=True))
    assert zending is not None
    assert vul_een(s, zending)
    assert stand(s, zending) == (3, 0, 0, False)
    _sterf_onder_het_vullen(s, zending)
    with s.db.transactie() as sessie:
        assert verzendingen.te_vullen(sessie, s.nu) == [(zending, "uitnodiging")]
    assert vul_een(s, zending)
    assert not vul_een(s, zending)
    assert not vul_een(s, zending), "filled is filled"
    assert stand(s, zending) == (8, 0, 0, True)
    assert aantal(s, uitnodiging) == aantal(s, postvak_uit) == 8
    with s.db.transactie() as sessie:
        assert verzendingen.te_vullen(sessie, s.nu) == []


def test_wie_er_onder_het_vullen_bij_komt(s: Speler, monkeypatch: pytest.MonkeyPatch) -> None:
    """Joining in the middle of it invites once, whoever is first."""
    monkeypatch.setattr(verzendingen, "PARTIJ", 2)
    ouders_(s, *"ABC")
    zending = begin(s, s.activiteit(KOFFIE, DAG, stil=True))
    assert zending is not None
    assert vul_een(s, zending)
    ouders_(s, "D")
    vul_een(s, zending)
    assert aantal(s, uitnodiging) == aantal(s, postvak_uit) == 4
    s.bezorg()
    assert stand(s, zending) == (4, 4, 0, True)


def test_een_kenmerk_maar_een_keer(s: Speler) -> None:
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    assert begin(s, nummer, "herinnering", kenmerk="dag ervoor") is not None
    assert begin(s, nummer, "herinnering", kenmerk="dag ervoor") is None
    assert begin(s, nummer, "herinnering", kenmerk="nieuwe dag") is not None
    assert begin(s, nummer, "hoe_was_het", kenmerk="dag ervoor") is not None
    assert begin(s, nummer) != begin(s, nummer), "without a mark it may happen again"


def test_twee_tegelijk_hetzelfde_kenmerk(s: Speler) -> None:
    """Two processes whose clock strikes at once: one of them begins it."""
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    begonnen: list[int | None] = []
    samen = threading.Barrier(4)

    def doe() -> None:
        samen.wait()
        begonnen.append(begin(s, nummer, "herinnering", kenmerk="1"))

    draden = [threading.Thread(target=doe) for _ in range(4)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert [n is None for n in begonnen].count(False) == 1


def test_twee_collegas_tegelijk(s: Speler) -> None:
    """Nobody is invited twice, and the second hears who was first."""
    ouders_(s, "Amal", "Vader")
    noor, bea = s.collega("Noor"), s.collega("Bea")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    samen, eerst = threading.Barrier(2), []

    def stuur(wie: Persoon) -> None:
        (rij,) = s.rijen(sa.select(gesprek.c.medewerker_id).where(gesprek.c.adres == wie.sleutel.adres))
        samen.wait()
        with s.db.transactie() as sessie:
            al = verzendingen.eerder(sessie, nummer, "uitnodiging", "iedereen")
            eerst.append(al and al.door)
            if al is None:
                verzendingen.begin(sessie, nummer, "uitnodiging", "iedereen", s.nu, "test", door=rij[0])

    draden = [threading.Thread(target=stuur, args=(wie,)) for wie in (noor, bea)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert sorted(eerst, key=str) in (["Bea", None], [None, "Noor"])
    assert aantal(s, verzending) == 1
    s.bezorg()
    assert aantal(s, uitnodiging) == 2


def test_eerder_verstuurd(s: Speler) -> None:
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    ouders_(s, "Amal", "Vader")

    def eerder(voor: str) -> tuple[str, int] | None:
        with s.db.transactie() as sessie:
            gevonden = verzendingen.eerder(sessie, nummer, "uitnodiging", voor)
        return (gevonden.door, gevonden.aantal) if gevonden else None

    verstuur(s, nummer, "vaders")
    assert eerder("vaders") == ("", 1)
    assert eerder("iedereen") is None, "the mothers heard nothing yet"
    verstuur(s, nummer)
    assert eerder("iedereen") == ("", 1)
    assert eerder("nieuw") == ("", 1), "everybody is more than those"


# For whom


def test_voor_wie(s: Speler) -> None:
    amal, vader, _ewa = ouders_(s, "Amal", "Vader", "Ewa")
    for wie, dagdelen in ((amal, "ochtend"), (vader, "avond,ochtend")):
        with s.db.transactie() as sessie:
            sessie.execute(ouder.update().where(ouder.c.id == s.ouder_id(wie)).values(dagdelen=dagdelen))
    eerst = s.activiteit("Eerder", "woensdag 2 december 2026 09:00")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    was_er(s, amal, titel="Eerder")
    was_er(s, vader, Staat.AFWEZIG, "Eerder")
    assert krijgt(s, nummer, "uitnodiging") == {"Amal", "Vader", "Ewa"}
    assert krijgt(s, nummer, "uitnodiging", "vaders") == {"Vader"}
    assert krijgt(s, nummer, "uitnodiging", "ochtend") == {"Amal", "Vader"}
    assert krijgt(s, nummer, "uitnodiging", "avond") == {"Vader"}
    assert krijgt(s, nummer, "uitnodiging", "nieuw") == {"Vader", "Ewa"}
    assert krijgt(s, nummer, "uitnodiging", "vaders,nieuw,avond") == {"Vader"}
    assert krijgt(s, nummer, "uitnodiging", "weekend") == set()
    assert krijgt(s, eerst, "uitnodiging") == set(), "they have been invited"
    s.nu = moment("maandag 2 augustus 2027 09:00")
    assert krijgt(s, nummer, "uitnodiging", "nieuw") == {"Amal", "Vader", "Ewa"}, "a new school year"


@pytest.mark.parametrize("voor", ["moeders", "", "avond,ochtend", "vaders;", "vaders,nieuw,weekend!"])
def test_voor_niemand(s: Speler, voor: str) -> None:
    with pytest.raises(Afgewezen, match="kies iedereen"):
        begin(s, s.activiteit(KOFFIE, DAG, stil=True), voor=voor)


def test_het_gezin_is_bereikt_en_niet_de_ouder(s: Speler) -> None:
    """A family is reached when one of them was there."""
    amal = s.ouder("Amal", code="gezinscode")
    s.ouder("Vader", Rol.VADER, code="gezinscode")
    s.activiteit("Eerder", "woensdag 2 december 2026 09:00")
    was_er(s, amal, titel="Eerder")
    assert krijgt(s, s.activiteit(KOFFIE, DAG, stil=True), "uitnodiging", "nieuw") == set()


def test_wie_wat_krijgt_na_de_uitnodiging(s: Speler) -> None:
    stil, ja, misschien, nee, wacht = ouders_(s, "Stil", "Ja", "Misschien", "Nee", "Wacht")
    nummer = s.activiteit(KOFFIE, DAG)
    for wie, gegeven in (
        (ja, Antwoord.JA),
        (misschien, Antwoord.MISSCHIEN),
        (nee, Antwoord.NEE),
        (wacht, Antwoord.WACHTLIJST),
    ):
        antwoord(s, wie, gegeven)
    assert krijgt(s, nummer, "herinnering") == {"Ja", "Misschien"}, "the silent were asked only just"
    s.nu += timedelta(days=1)
    assert krijgt(s, nummer, "herinnering") == {"Stil", "Ja", "Misschien"}
    assert krijgt(s, nummer, "wijziging") == {"Ja", "Misschien", "Wacht"}
    assert krijgt(s, nummer, "afgelast") == {"Stil", "Ja", "Misschien", "Nee", "Wacht"}
    assert krijgt(s, nummer, "hoe_was_het") == krijgt(s, nummer, "gemist") == set(), "nobody was ticked off"
    was_er(s, stil)
    assert krijgt(s, nummer, "hoe_was_het") == {"Stil"}
    assert krijgt(s, nummer, "gemist") == {"Ja"}


def test_van_wat_je_niet_hebt_gekregen_hoor_je_niets_meer(s: Speler) -> None:
    """Called off before the invitation went: it never goes, and neither does a word about it."""
    ouders_(s, "Amal", "Ewa")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    uitgenodigd = begin(s, nummer)
    assert uitgenodigd is not None
    vul_een(s, uitgenodigd)
    with s.db.transactie() as sessie:
        (eerste,) = postvak.claim(sessie, KANAAL, KANAAL, 1, s.nu)
        postvak.verzonden(sessie, [(eerste.nummer, "m1", eerste.verzending_id)], s.nu)
        sessie.execute(activiteit.update().values(afgelast=s.nu))
    assert krijgt(s, nummer, "afgelast") == {"Amal"}
    assert begin(s, nummer, "afgelast") is not None
    s.bezorg()
    assert [len(s.mensen[naam].scherm) for naam in ("Amal", "Ewa")] == [1, 0]
    assert "gaat niet door" in s.mensen["Amal"].laatste.tekst


def test_een_wijziging_met_knoppen(s: Speler) -> None:
    (ja,) = ouders_(s, "Ja")
    nummer = s.activiteit(KOFFIE, DAG)
    antwoord(s, ja, Antwoord.JA)
    with s.db.transactie() as sessie:
        sessie.execute(activiteit.update().values(plek="de gymzaal", begin=moment("woensdag 9 december 2026 19:00")))
    begin(s, nummer, "wijziging")
    s.bezorg()
    assert "woensdag 9 december" in ja.laatste.tekst
    assert "de gymzaal" in ja.laatste.tekst
    assert ja.laatste.labels == ["✅ Ik kom", "❌ Ik kan niet"]
    ja.tikt("❌ Ik kan niet")
    assert krijgt(s, nummer, "wijziging") == set()


def test_vaders_lezen_hun_eigen_woorden(s: Speler) -> None:
    amal, vader = ouders_(s, "Amal", "Vader")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    with s.db.transactie() as sessie:
        sessie.execute(activiteit.update().values(titel_vaders="Samen klussen"))
    verstuur(s, nummer)
    s.bezorg()
    assert KOFFIE in amal.laatste.tekst
    assert "Samen klussen" in vader.laatste.tekst


# Later, stopping, rights


def test_later_versturen(s: Speler) -> None:
    (amal,) = ouders_(s, "Amal")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    begin(s, nummer, begint=moment("donderdag 3 december 2026 10:00"))
    s.zet_klok("donderdag 3 december 2026 09:59")
    ouders_(s, "Ewa")
    assert aantal(s, uitnodiging) == 0, "who joins before it begins waits for it too"
    s.zet_klok("donderdag 3 december 2026 10:00")
    assert aantal(s, uitnodiging) == 2
    assert KOFFIE in amal.laatste.tekst


def test_te_laat_om_te_vullen(s: Speler) -> None:
    ouders_(s, "Amal")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    zending = begin(s, nummer)
    assert zending is not None
    s.nu = moment(DAG)
    assert not vul_een(s, zending)
    assert stand(s, zending) == (0, 0, 0, True)
    assert aantal(s, uitnodiging) == 0


def test_stoppen_en_hervatten(s: Speler, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not made is not made, what is made does not go; resumed, everybody gets it once."""
    monkeypatch.setattr(verzendingen, "PARTIJ", 3)
    ouders_(s, *"ABCDE")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    zending = begin(s, nummer)
    assert zending is not None
    assert vul_een(s, zending)
    with s.db.transactie() as sessie:
        assert verzendingen.stop(sessie, zending, s.nu, "test")
        assert not verzendingen.stop(sessie, zending, s.nu, "test")
    assert s.bezorg() == []
    assert stand(s, zending) == (3, 0, 0, False)
    with s.db.transactie() as sessie:
        assert verzendingen.hervat(sessie, zending, s.nu, "test")
        assert not verzendingen.hervat(sessie, zending, s.nu, "test")
    assert len(s.bezorg()) == 5
    assert stand(s, zending) == (5, 5, 0, True)


def test_wat_is_afgelast_wordt_niet_hervat(s: Speler) -> None:
    ouders_(s, "Amal")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    zending = begin(s, nummer)
    assert zending is not None
    s.gelast_af(KOFFIE)
    begin(s, nummer, "afgelast")
    with pytest.raises(Afgewezen, match="afgelast"), s.db.transactie() as sessie:
        verzendingen.hervat(sessie, zending, s.nu, "test")


def test_alleen_het_eigen_team(s: Speler) -> None:
    """Looked at where it takes effect: who was removed a minute ago, or is of another location, sends nothing."""
    noor, elders = s.collega("Noor"), s.collega("Els", code="elders")
    nummer = s.activiteit(KOFFIE, DAG, stil=True)
    wie = {
        p.naam: int(s.rijen(sa.select(gesprek.c.medewerker_id).where(gesprek.c.adres == p.sleutel.adres))[0][0])
        for p in (noor, elders)
    }
    zending = begin(s, nummer, door=wie["Noor"])
    assert zending is not None
    with s.db.transactie() as sessie:
        sessie.execute(medewerker.update().where(medewerker.c.id == wie["Noor"]).values(actief=False))
    for collega in wie.values():
        with pytest.raises(Afgewezen, match="team"):
            begin(s, nummer, door=collega)
        with pytest.raises(Afgewezen, match="team"), s.db.transactie() as sessie:
            verzendingen.stop(sessie, zending, s.nu, "test", door=collega)
    assert aantal(s, verzending) == 1
