"""School holidays and public holidays: the table is whole, and the days are those of the almanac."""

from __future__ import annotations

from datetime import date

import pytest

from opslag.vakanties import REGIOS, feestdag, pasen, vakantie, vakanties, vrij

NAMEN = ["herfstvakantie", "kerstvakantie", "voorjaarsvakantie", "meivakantie", "zomervakantie"]
DAGEN = {"herfstvakantie": 9, "kerstvakantie": 16, "voorjaarsvakantie": 9, "meivakantie": 9, "zomervakantie": 44}


@pytest.mark.parametrize("schooljaar", ["2025-2026", "2026-2027", "2027-2028"])
@pytest.mark.parametrize("regio", REGIOS)
def test_elk_schooljaar_is_heel(schooljaar: str, regio: str) -> None:
    """Five holidays in their order, Saturday to Sunday, of one, two or six weeks."""
    rij = [v for v in vakanties() if v.schooljaar == schooljaar and v.regio == regio]
    assert [v.naam for v in rij] == NAMEN
    assert [(v.tot - v.van).days + 1 for v in rij] == [DAGEN[n] for n in NAMEN]
    assert {(v.van.weekday(), v.tot.weekday()) for v in rij} == {(5, 6)}
    assert rij == sorted(rij, key=lambda v: v.van)


def test_zomers_zijn_gespreid() -> None:
    """No two regions begin their summer on the same day."""
    for schooljaar in ("2025-2026", "2026-2027", "2027-2028"):
        zomers = [v for v in vakanties() if v.naam == "zomervakantie" and v.schooljaar == schooljaar]
        assert len({v.van for v in zomers}) == 3


@pytest.mark.parametrize(
    ("dag", "noord", "midden", "zuid"),
    [
        ("2026-10-09", "", "", ""), ("2026-10-13", "herfstvakantie", "", ""),
        ("2026-10-20", "", "herfstvakantie", "herfstvakantie"), ("2026-10-26", "", "", ""),
        ("2027-01-03", *["kerstvakantie"] * 3), ("2027-01-04", "", "", ""),
        ("2027-08-24", "", "zomervakantie", "zomervakantie"),
    ],
)  # fmt: skip
def test_per_regio(dag: str, noord: str, midden: str, zuid: str) -> None:
    assert [vakantie(date.fromisoformat(dag), regio) for regio in REGIOS] == [noord, midden, zuid]


@pytest.mark.parametrize(
    "dag",
    ["2000-04-23", "2008-03-23", "2019-04-21", "2024-03-31", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25"],
)
def test_pasen(dag: str) -> None:
    verwacht = date.fromisoformat(dag)
    assert pasen(verwacht.year) == verwacht


@pytest.mark.parametrize(
    ("dag", "naam"),
    [
        ("2026-01-01", "nieuwjaarsdag"), ("2026-04-03", "goede vrijdag"), ("2026-04-06", "tweede paasdag"),
        ("2026-04-27", "koningsdag"), ("2026-05-05", "bevrijdingsdag"), ("2026-05-14", "hemelvaartsdag"),
        ("2026-05-25", "tweede pinksterdag"), ("2026-12-25", "eerste kerstdag"), ("2025-04-26", "koningsdag"),
        ("2025-04-27", ""), ("2026-05-15", ""), ("2027-03-28", "eerste paasdag"),
    ],
)  # fmt: skip
def test_feestdagen(dag: str, naam: str) -> None:
    assert feestdag(date.fromisoformat(dag)) == naam


def test_vrij() -> None:
    assert vrij(date(2026, 10, 20), "midden") == "herfstvakantie"
    assert vrij(date(2026, 5, 25), "midden") == "tweede pinksterdag"
    assert vrij(date(2026, 11, 24), "midden") == ""
