"""The weeks of a series: same weekday and local time across both clock changes, holidays left out, each made once."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.planning import tik
from dialogen.basis import Rol
from opslag import reeksen, verzendingen
from opslag.database import Database
from opslag.tabellen import (
    aanmelding,
    activiteit,
    activiteit_groep,
    gesprek,
    locatie,
    ouder,
    reeks,
    reeksweek,
    uitnodiging,
    vast_antwoord,
    verzending,
)
from opslag.weken import maak_weken
from opslag.werkdagen import zone
from tests.speler import Speler, moment

AMS = zone("Europe/Amsterdam")


class Serie:
    """A series begun with one activity."""

    def __init__(self, db: Database, begin: str, eerste: str, regio: str = "midden", **van_reeks: Any) -> None:
        self.db, self.s = db, Speler(db, begin)
        self.eerste = self.s.activiteit("Inloop", eerste, stil=True)
        with db.transactie() as sessie:
            waarden = {"locatie_id": self.s.locatie, "titel": "Inloop", "regel": "wekelijks", "gemaakt": self.s.nu}
            nieuw = reeks.insert().values(waarden | van_reeks).returning(reeks.c.id)
            self.reeks: int = sessie.execute(nieuw).scalar_one()
            sessie.execute(activiteit.update().values(reeks_id=self.reeks))
            sessie.execute(locatie.update().values(regio=regio))

    def maak(self) -> int:
        with self.db.transactie() as sessie:
            return maak_weken(sessie, self.s.nu)

    def loop(self, tot: str) -> None:
        """A day at a time, as the scheduler would."""
        while self.s.nu < moment(tot):
            self.maak()
            self.s.nu += timedelta(days=1)

    def rijen(self) -> list[Any]:
        return self.s.rijen(sa.select(activiteit).order_by(activiteit.c.begin))

    def dagen(self) -> list[str]:
        return [f"{r.begin.astimezone(AMS):%d-%m %H:%M}" for r in self.rijen()]


def test_vier_weken_vooruit(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    assert t.maak() == 3
    assert t.maak() == 0
    assert t.dagen() == ["10-11 09:30", "17-11 09:30", "24-11 09:30", "01-12 09:30"]
    t.s.nu += timedelta(days=7)
    assert t.maak() == 1
    assert t.dagen()[-1] == "08-12 09:30"


def test_een_week_is_als_de_vorige(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    with db.transactie() as sessie:
        sessie.execute(
            activiteit.update().values(titel_vaders="Vaders", gevraagd="Niets", capaciteit=8, deursleutel="x")
        )
    t.maak()
    eerste, tweede, *_ = t.rijen()
    anders = {k for k, w in eerste._mapping.items() if w != tweede._mapping[k]}
    assert anders == {"id", "begin", "deursleutel"}
    assert tweede.deursleutel is None, "een code bij de deur werkt maar een dag"
    groepen = t.s.rijen(sa.select(activiteit_groep.c.groep_id).where(activiteit_groep.c.activiteit_id == tweede.id))
    assert len(groepen) == 1


@pytest.mark.parametrize(
    ("begin", "eerste", "tot", "dagen", "uren"),
    [
        (  # the clock goes back on 25 October; autumn holiday 17 to 25 October
            "dinsdag 6 oktober 2026 09:00", "dinsdag 6 oktober 2026 09:30", "dinsdag 20 oktober 2026 09:00",
            ["06-10", "13-10", "27-10", "03-11", "10-11"], [7, 7, 8, 8, 8],
        ),
        (  # forward on 28 March
            "dinsdag 9 maart 2027 09:00", "dinsdag 16 maart 2027 09:30", "zondag 14 maart 2027 09:00",
            ["16-03", "23-03", "30-03", "06-04"], [8, 8, 7, 7],
        ),
    ],
)  # fmt: skip
def test_over_de_klok_heen(db: Database, begin: str, eerste: str, tot: str, dagen: list[str], uren: list[int]) -> None:
    t = Serie(db, begin, eerste)
    t.loop(tot)
    gemaakt = [r.begin for r in t.rijen()]
    assert [f"{m.astimezone(AMS):%d-%m}" for m in gemaakt] == dagen
    assert {f"{m.astimezone(AMS):%H:%M}" for m in gemaakt} == {"09:30"}, "de klok van de mensen"
    assert [m.astimezone(UTC).hour for m in gemaakt] == uren, "een uur anders na de wissel"


@pytest.mark.parametrize(("regio", "vrij"), [("noord", "13-10"), ("midden", "20-10"), ("zuid", "20-10")])
def test_de_vakantie_van_de_regio(db: Database, regio: str, vrij: str) -> None:
    t = Serie(db, "dinsdag 29 september 2026 09:00", "dinsdag 6 oktober 2026 09:30", regio)
    t.maak()
    over = {"06-10", "13-10", "20-10", "27-10"} - {vrij}
    assert {d[:5] for d in t.dagen()} == over


def test_ook_in_de_vakantie(db: Database) -> None:
    t = Serie(db, "dinsdag 29 september 2026 09:00", "dinsdag 6 oktober 2026 09:30", vakantie_overslaan=False)
    t.maak()
    assert [d[:5] for d in t.dagen()] == ["06-10", "13-10", "20-10", "27-10"]


def test_feestdagen(db: Database) -> None:
    t = Serie(db, "maandag 10 mei 2027 09:00", "maandag 10 mei 2027 09:30")
    t.maak()
    assert [d[:5] for d in t.dagen()] == ["10-05", "24-05", "31-05", "07-06"], "17 mei is tweede pinksterdag"


def test_tot_en_met(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30", tot=date(2026, 11, 24))
    t.loop("dinsdag 15 december 2026 09:00")
    assert [d[:5] for d in t.dagen()] == ["10-11", "17-11", "24-11"]


def test_gestopt(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30", gestopt=datetime.now(UTC))
    assert t.maak() == 0


def test_een_week_die_anders_was_blijft_een_uitzondering(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    t.maak()
    laatste = t.rijen()[-1]
    elders = activiteit.update().where(activiteit.c.id == laatste.id)
    with db.transactie() as sessie:
        sessie.execute(elders.values(begin=laatste.begin + timedelta(days=2, hours=3), gewijzigd=t.s.nu, plek="buiten"))
    t.s.nu += timedelta(days=7)
    assert t.maak() == 1
    assert t.dagen()[-2:] == ["03-12 12:30", "08-12 09:30"]
    assert t.rijen()[-1].plek == "de ouderkamer"


def test_een_week_die_weg_is_komt_niet_terug(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    t.maak()
    with db.transactie() as sessie:
        sessie.execute(activiteit.delete().where(activiteit.c.id == t.rijen()[1].id))
    assert t.maak() == 0
    assert len(t.s.rijen(sa.select(reeksweek))) == 4


def test_wat_voorbij_is_wordt_niet_ingehaald(db: Database) -> None:
    """The process was down for three weeks: what lies ahead is made, no flood of what is past."""
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 3 november 2026 09:30")
    t.maak()
    t.s.nu += timedelta(days=60)
    t.maak()
    assert [d[:5] for d in t.dagen()] == [
        "03-11",
        "10-11",
        "17-11",
        "24-11",
        "01-12",
        "05-01",
        "12-01",
        "19-01",
        "26-01",
    ]


async def test_twee_processen_maken_elke_week_een_keer(database_url: str, db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    ander = Database(database_url)
    try:
        gemaakt = await asyncio.gather(*(een.schrijf(maak_weken, t.s.nu) for een in (db, ander, db, ander)))
    finally:
        ander.sluit()
    assert sum(gemaakt) == 3
    assert len(t.dagen()) == len(set(t.dagen())) == 4


# Announcing


def aangekondigd(t: Serie) -> list[tuple[str, str]]:
    """The broadcasts so far: kind and local day of the activity, in their order."""
    rijen = t.s.rijen(
        sa.select(verzending.c.soort, activiteit.c.begin)
        .join(activiteit, activiteit.c.id == verzending.c.activiteit_id)
        .where(verzending.c.soort == "uitnodiging")
        .order_by(verzending.c.id)
    )
    return [(r.soort, f"{r.begin.astimezone(AMS):%d-%m}") for r in rijen]


def test_een_uitnodiging_per_week(db: Database) -> None:
    """Seven days before, from ten o'clock on; the first week is the colleague's own to send."""
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    t.s.ouder("Amal")
    t.s.tik()
    assert aangekondigd(t) == []
    for wanneer, aantal in [
        ("10 november 2026 09:59", 0),
        ("10 november 2026 10:00", 1),
        ("17 november 2026 10:00", 2),
    ]:
        t.s.zet_klok(f"dinsdag {wanneer}")
        t.s.tik()
        t.s.tik()
        assert len(aangekondigd(t)) == aantal
    assert aangekondigd(t) == [("uitnodiging", "17-11"), ("uitnodiging", "24-11")]
    assert sum("Inloop" in b.tekst for b in t.s.mensen["Amal"].scherm) == 2


def test_na_stilstand_alleen_wat_komt(db: Database) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    t.s.ouder("Amal")
    t.s.tik()
    t.s.zet_klok("maandag 30 november 2026 12:00")
    t.s.tik()
    assert aangekondigd(t) == [("uitnodiging", "01-12")]


@pytest.mark.parametrize("stap", ["afgelast", "gestopt"])
def test_wat_niet_doorgaat_wordt_niet_aangekondigd(db: Database, stap: str) -> None:
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    t.s.tik()
    with db.transactie() as sessie:
        tabel = activiteit if stap == "afgelast" else reeks
        sessie.execute(tabel.update().values({stap: t.s.nu}))
    t.s.zet_klok("dinsdag 10 november 2026 10:00")
    t.s.tik()
    assert aangekondigd(t) == []


def test_zoals_de_vorige_keer(db: Database) -> None:
    """A series for fathers stays one."""
    t = Serie(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
    t.s.ouder("Amal")
    karim = t.s.ouder("Karim", Rol.VADER)
    with db.transactie() as sessie:
        verzendingen.begin(sessie, t.eerste, "uitnodiging", "vaders", t.s.nu, "proef")
    t.s.tik()
    t.s.zet_klok("dinsdag 10 november 2026 10:00")
    t.s.tik()
    assert (len(t.s.mensen["Amal"].scherm), sum("Inloop" in b.tekst for b in karim.scherm)) == (0, 2)


class Vast(Serie):
    """Amal comes every week with two, Ewa was asked."""

    def __init__(self, db: Database, **anders: Any) -> None:
        super().__init__(db, "dinsdag 3 november 2026 09:00", "dinsdag 10 november 2026 09:30")
        with db.transactie() as sessie:
            sessie.execute(activiteit.update().values(anders or {"titel": "Inloop"}))
            verzendingen.begin(sessie, self.eerste, "uitnodiging", "iedereen", self.s.nu, "proef")
        self.amal, self.ewa = self.s.ouder("Amal"), self.s.ouder("Ewa")
        self.s.bezorg()
        self.amal.tikt("Ik kom")
        self.amal.tikt("2")
        self.amal.tikt("Elke week")
        self.ewa.tikt("Misschien")

    def week(self, wanneer: str) -> dict[str, str]:
        """What everybody got for the next week at this moment."""
        voor = {naam: len(p.scherm) for naam, p in self.s.mensen.items()}
        self.s.zet_klok(wanneer)
        self.s.tik()
        nieuw = {naam: p.scherm[voor[naam] :] for naam, p in self.s.mensen.items()}
        return {naam: b[-1].tekst.split("\n")[0] for naam, b in nieuw.items() if b}

    def standen(self) -> list[tuple[str, int]]:
        rijen = self.s.rijen(sa.select(vast_antwoord.c.antwoord, vast_antwoord.c.aantal))
        return [(r.antwoord, r.aantal) for r in rijen]


def test_wie_elke_week_komt_staat_erop(db: Database) -> None:
    t = Vast(db)
    assert t.standen() == [("ja", 2)]
    kreeg = t.week("dinsdag 10 november 2026 10:00")
    assert kreeg == {"Amal": "🔁 Je staat weer op de lijst.", "Ewa": "☕ Inloop"}
    (rij,) = t.s.rijen(sa.select(aanmelding).where(aanmelding.c.bron == "vast"))
    assert (rij.antwoord, rij.aantal) == ("ja", 2)


def test_een_week_voor_vaders(db: Database) -> None:
    """A mother with a standing answer is not registered for what is announced to fathers only; a father is."""
    t = Vast(db)
    karim = t.s.ouder("Karim", Rol.VADER)
    karim.tikt("Ik kom")
    karim.tikt("1")
    karim.tikt("Elke week")
    with db.transactie() as sessie:
        sessie.execute(verzending.update().values(voor="vaders,nieuw"))
    assert t.week("dinsdag 10 november 2026 10:00") == {"Karim": "🔁 Je staat weer op de lijst."}
    assert t.standen() == [("ja", 2), ("ja", 1)]


def test_een_nee_is_voor_een_week(db: Database) -> None:
    t = Vast(db)
    t.week("dinsdag 10 november 2026 10:00")
    t.amal.tikt("Ik kan niet", bij="Je staat weer op de lijst")
    assert "Elke week blijft staan" in t.amal.laatste.tekst
    assert t.standen() == [("ja", 2)]
    assert t.week("dinsdag 17 november 2026 10:00")["Amal"] == "🔁 Je staat weer op de lijst."
    t.amal.tikt("Misschien", bij="Voor vaders, moeders")
    assert t.standen() == [("ja", 2)]


def test_niet_meer_elke_week(db: Database) -> None:
    """The button under the no ends it, asks on why this week not, and is gone; a second tap changes nothing."""
    t = Vast(db)
    t.week("dinsdag 10 november 2026 10:00")
    t.amal.tikt("Ik kan niet", bij="Je staat weer op de lijst")
    onder = t.amal.knop("Niet elke week")
    t.amal.tikt("Niet elke week")
    assert "niet meer elke week" in t.amal.laatste.tekst
    assert "Wat past het best" in t.amal.laatste.tekst
    assert "🔁 Niet elke week" not in t.amal.laatste.labels
    assert [antwoord for antwoord, _ in t.standen()] == ["nee"]
    t.s.nu += timedelta(minutes=5)
    t.amal.drukt(onder[0])
    assert [antwoord for antwoord, _ in t.standen()] == ["nee"]
    assert t.week("dinsdag 17 november 2026 10:00")["Amal"] == "☕ Inloop"


def test_de_knop_is_er_alleen_bij_wie_elke_week_komt(db: Database) -> None:
    """Made by hand it ends nothing of another, and sets nothing for who was never asked."""
    t = Vast(db)
    t.ewa.tikt("Ik kan niet")
    assert "🔁 Niet elke week" not in t.ewa.laatste.labels
    van_amal = t.s.uitnodiging(t.amal, "Inloop")
    for wie in (van_amal, t.s.uitnodiging(t.ewa, "Inloop")):
        t.ewa.drukt(f"afmelden.groep:niet_vast:{wie}")
    assert t.standen() == [("ja", 2)]


def test_met_meer_mensen_blijft_het_staan(db: Database) -> None:
    t = Vast(db)
    t.amal.tikt("3+")
    assert t.standen() == [("ja", 3)]


def test_maar_een_keer_gevraagd(db: Database) -> None:
    t = Vast(db)
    t.ewa.tikt("Ik kom")
    t.ewa.tikt("1")
    assert "elke week" in t.ewa.laatste.tekst
    t.week("dinsdag 10 november 2026 10:00")  # she let the question be
    t.ewa.tikt("Ik kom")
    t.ewa.tikt("1")
    assert "elke week" not in t.ewa.laatste.tekst


def test_zonder_reeks_geen_vraag(db: Database) -> None:
    s = Speler(db)
    amal = s.ouder("Amal")
    s.activiteit("Koffie", "dinsdag 8 december 2026 09:30")
    amal.tikt("Ik kom")
    amal.tikt("1")
    assert "elke week" not in amal.laatste.tekst


@pytest.mark.parametrize("hoe", ["gestopt", "vol", "gewist"])
def test_wie_niet_kan_wordt_niet_opgeschreven(db: Database, hoe: str) -> None:
    t = Vast(db)
    if hoe == "vol":
        with db.transactie() as sessie:
            sessie.execute(activiteit.update().values(capaciteit=1))  # she comes with two
    else:
        t.amal.zegt("stop")
        if hoe == "gewist":
            t.amal.tikt("Wis alles")
            t.amal.tikt("Ja")
    kreeg = t.week("dinsdag 10 november 2026 10:00")
    assert kreeg.get("Amal") == ("☕ Inloop" if hoe == "vol" else None)
    assert t.s.rijen(sa.select(aanmelding).where(aanmelding.c.bron == "vast")) == []


def test_andermans_uitnodiging(db: Database) -> None:
    """A button made by hand sets no standing answer for another."""
    t = Vast(db)
    van_amal = t.s.uitnodiging(t.amal, "Inloop") if len(t.rijen()) == 1 else 1
    t.ewa.drukt(f"uitnodiging.elke_week:ja:{van_amal}")
    assert t.standen() == [("ja", 2)]


# Earlier, for who asked for it


def wil_eerder(t: Serie, naam: str, dagen: int) -> None:
    with t.db.transactie() as sessie:
        sessie.execute(ouder.update().where(ouder.c.naam == naam).values(aankondiging=dagen))


def hoorde_van(t: Serie, naam: str) -> list[str]:
    """The weeks after the first that were announced to this parent, in that order."""
    berichten = [b.tekst for b in t.s.mensen[naam].scherm if b.tekst.startswith(("☕", "🔁 Je staat weer"))]
    dagen = [regel for b in berichten for regel in b.splitlines() if regel.startswith("📅")]
    return [dag.removeprefix("📅 dinsdag ") for dag in dagen if "10 november" not in dag]


def test_wie_eerder_wil_horen_hoort_het_eerder(db: Database) -> None:
    """Four and three weeks ahead for who asked that, a week ahead for the others; everybody once."""
    t = Vast(db)
    t.s.ouder("Karim", Rol.VADER)
    wil_eerder(t, "Karim", 28)
    wil_eerder(t, "Ewa", 21)
    ewa, karim = ["17 november"], ["17 november", "24 november"]
    for wanneer, amal, ewa_erbij, karim_erbij in (
        ("3 november 2026 09:59", [], [], []),
        ("3 november 2026 10:00", [], ["24 november"], ["1 december"]),
        ("10 november 2026 09:59", [], [], []),
        ("10 november 2026 10:00", ["17 november"], ["1 december"], ["8 december"]),
        ("17 november 2026 10:00", ["17 november", "24 november"], ["8 december"], ["15 december"]),
    ):
        t.s.zet_klok(f"dinsdag {wanneer}")
        t.s.tik()
        t.s.tik()
        ewa, karim = ewa + ewa_erbij, karim + karim_erbij
        assert [hoorde_van(t, naam) for naam in ("Amal", "Ewa", "Karim")] == [amal, ewa, karim], wanneer
    per = t.s.rijen(sa.select(uitnodiging.c.activiteit_id, uitnodiging.c.ouder_id))
    assert len(per) == len(set(per))


def test_wie_elke_week_komt_en_eerder_wil_horen(db: Database) -> None:
    """Registered and told three weeks ahead, and not told again a week ahead."""
    t = Vast(db)
    wil_eerder(t, "Amal", 21)
    t.s.zet_klok("dinsdag 10 november 2026 10:00")
    t.s.tik()
    assert hoorde_van(t, "Amal") == ["17 november", "24 november", "1 december"]
    assert hoorde_van(t, "Ewa") == ["17 november"]
    t.week("dinsdag 17 november 2026 10:00")
    assert hoorde_van(t, "Amal") == ["17 november", "24 november", "1 december", "8 december"]
    assert len(t.s.rijen(sa.select(aanmelding).where(aanmelding.c.bron == "vast"))) == 4


def test_vroeg_alleen_als_het_voor_haar_is(db: Database) -> None:
    """A mother who wants to hear earlier of a series for fathers: nobody hears of a week, so none was announced."""
    t = Vast(db)
    wil_eerder(t, "Ewa", 28)
    with db.transactie() as sessie:
        sessie.execute(verzending.update().values(voor="vaders"))
    t.s.tik()
    assert [v.soort for v in t.s.rijen(sa.select(verzending))] == ["uitnodiging"]
    wil_eerder(t, "Ewa", 14)
    t.s.tik()
    assert [v.soort for v in t.s.rijen(sa.select(verzending))] == ["uitnodiging"]


async def test_twee_processen_kondigen_een_keer_aan(database_url: str, db: Database) -> None:
    t = Vast(db)
    t.s.tik()
    t.s.zet_klok("dinsdag 10 november 2026 10:00")
    ander = Database(database_url)
    try:
        await asyncio.gather(*(tik(een, lambda: t.s.nu, lambda: None) for een in (db, ander) * 2))
    finally:
        ander.sluit()
    t.s.bezorg()
    assert aangekondigd(t) == [("uitnodiging", "10-11"), ("uitnodiging", "17-11")]
    assert len(t.s.rijen(sa.select(aanmelding).where(aanmelding.c.bron == "vast"))) == 1
    assert sum("weer op de lijst" in b.tekst for b in t.amal.scherm) == 1


def test_meer_reeksen_kosten_niet_meer_vragen(db: Database) -> None:
    t = Serie(db, "dinsdag 1 december 2026 09:00", "dinsdag 8 december 2026 09:30", tot=date(2027, 1, 31))
    for n in range(5):
        t.s.activiteit(f"Inloop {n}", "woensdag 9 december 2026 09:30", stil=True)
        t.s.maak_reeks(f"Inloop {n}")
    gevraagd: list[str] = []
    sa.event.listen(db.engine, "before_cursor_execute", lambda *a: gevraagd.append(a[2]))
    assert t.maak() == 0
    assert len([g for g in gevraagd if g.lstrip().startswith("SELECT")]) == 3


async def test_stoppen_terwijl_er_wordt_aangekondigd(database_url: str, db: Database) -> None:
    """Whoever is first: a week was announced and goes on, or was called off and nobody hears of it."""
    t = Vast(db)
    noor = t.s.collega("Noor")
    wie = t.s.rijen(sa.select(gesprek.c.medewerker_id).where(gesprek.c.adres == noor.sleutel.adres))[0][0]
    t.s.tik()
    t.s.zet_klok("dinsdag 10 november 2026 10:00")
    ander = Database(database_url)
    try:
        stoppen = ander.schrijf(reeksen.stop_reeks, wie, t.eerste, t.s.nu)
        await asyncio.gather(tik(db, lambda: t.s.nu, lambda: None), stoppen)
    finally:
        ander.sluit()
    t.s.tik()
    aangekondigd_ = {r.activiteit_id for r in t.s.rijen(sa.select(verzending.c.activiteit_id))}
    weken = t.rijen()
    assert len(weken) in {4, 5}, "the fifth is made only before the stop"
    assert {r.id for r in weken if r.afgelast is None} == aangekondigd_
