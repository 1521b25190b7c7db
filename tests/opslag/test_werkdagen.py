"""Local time and working days, across both clock changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opslag.werkdagen import na_stilte, over_werkdagen, zone

AMS = "Europe/Amsterdam"


def hier(tekst: str, fold: int = 0) -> datetime:
    """Local time in Amsterdam → UTC."""
    return datetime.fromisoformat(tekst).replace(tzinfo=zone(AMS), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("nu", "dagen", "einde"),
    [
        ("2026-12-01T09:00", 2, "2026-12-03T17:00"), ("2026-12-01T23:59", 1, "2026-12-02T17:00"),
        ("2026-12-03T09:00", 2, "2026-12-07T17:00"), ("2026-12-04T09:00", 2, "2026-12-08T17:00"),
        ("2026-12-05T09:00", 2, "2026-12-08T17:00"), ("2026-12-06T09:00", 2, "2026-12-08T17:00"),
        ("2026-12-04T09:00", 1, "2026-12-07T17:00"), ("2026-12-01T09:00", 0, "2026-12-01T17:00"),
        ("2027-03-26T09:00", 2, "2027-03-30T17:00"),  # the clock went forward on Sunday
        ("2026-10-23T09:00", 1, "2026-10-26T17:00"),  # the clock went back on Sunday
        ("2026-12-01T09:00", 10, "2026-12-15T17:00"),
    ],
)  # fmt: skip
def test_over_werkdagen(nu: str, dagen: int, einde: str) -> None:
    assert over_werkdagen(hier(nu), dagen, AMS) == hier(einde)


def test_de_dag_is_die_van_de_locatie() -> None:
    """Just after midnight in Amsterdam it is still yesterday in UTC."""
    assert over_werkdagen(datetime(2026, 12, 1, 23, 30, tzinfo=UTC), 1, AMS) == hier("2026-12-03T17:00")


@pytest.mark.parametrize(
    ("nu", "mag"),
    [
        ("2026-12-01T12:00", "2026-12-01T12:00"), ("2026-12-01T19:59:59", "2026-12-01T19:59:59"),
        ("2026-12-01T20:00", "2026-12-02T08:00"), ("2026-12-01T23:59", "2026-12-02T08:00"),
        ("2026-12-02T00:00", "2026-12-02T08:00"), ("2026-12-02T07:59:59", "2026-12-02T08:00"),
        ("2026-12-02T08:00", "2026-12-02T08:00"),
        ("2027-03-27T21:00", "2027-03-28T08:00"), ("2027-03-28T01:59", "2027-03-28T08:00"),
        ("2027-03-28T03:00", "2027-03-28T08:00"), ("2026-10-24T21:00", "2026-10-25T08:00"),
        ("2026-12-31T22:00", "2027-01-01T08:00"),
    ],
)  # fmt: skip
def test_stille_uren(nu: str, mag: str) -> None:
    assert na_stilte(hier(nu), "20:00", "08:00", AMS) == hier(mag)


def test_de_nacht_waarin_de_klok_verandert_duurt_anders() -> None:
    """Eleven hours of quiet in spring, thirteen in autumn; people read their clock."""
    lente = hier("2027-03-27T20:00")
    assert na_stilte(lente, "20:00", "08:00", AMS) - lente == timedelta(hours=11)
    herfst = hier("2026-10-24T20:00")
    assert na_stilte(herfst, "20:00", "08:00", AMS) - herfst == timedelta(hours=13)


@pytest.mark.parametrize("fold", [0, 1])
def test_het_uur_dat_twee_keer_komt(fold: int) -> None:
    assert na_stilte(hier("2026-10-25T02:30", fold), "20:00", "08:00", AMS) == hier("2026-10-25T08:00")
    assert na_stilte(hier("2026-10-25T02:15", fold), "20:00", "02:30", AMS) == hier("2026-10-25T02:30", fold)


def test_het_uur_dat_er_niet_is() -> None:
    """Quiet until half past two, on the night that has none: an hour later by the clock, never in the quiet."""
    mag = na_stilte(hier("2027-03-28T01:30"), "20:00", "02:30", AMS)
    assert mag.astimezone(zone(AMS)).strftime("%H:%M") == "03:30"


@pytest.mark.parametrize(
    ("van", "tot", "nu", "mag"),
    [
        ("00:00", "00:00", "2026-12-01T03:00", "2026-12-01T03:00"),  # equal: never quiet
        ("08:00", "08:00", "2026-12-01T08:00", "2026-12-01T08:00"),
        ("12:00", "14:00", "2026-12-01T13:00", "2026-12-01T14:00"),  # within a day
        ("12:00", "14:00", "2026-12-01T11:59", "2026-12-01T11:59"),
        ("12:00", "14:00", "2026-12-01T14:00", "2026-12-01T14:00"),
        ("00:00", "06:00", "2026-12-01T00:00", "2026-12-01T06:00"),
        ("22:00", "00:00", "2026-12-01T23:00", "2026-12-02T00:00"),
    ],
)
def test_andere_stille_uren(van: str, tot: str, nu: str, mag: str) -> None:
    assert na_stilte(hier(nu), van, tot, AMS) == hier(mag)


klokken = st.builds(lambda uur, minuut: f"{uur:02}:{minuut:02}", st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


@settings(deadline=None)
@given(st.integers(0, 2 * 366 * 24 * 60), klokken, klokken)
def test_nooit_te_vroeg_nooit_voor_altijd(minuten: int, van: str, tot: str) -> None:
    nu = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minuten)
    mag = na_stilte(nu, van, tot, AMS)
    assert nu <= mag <= nu + timedelta(hours=25)
    assert na_stilte(mag, van, tot, AMS) == mag or mag.astimezone(zone(AMS)).fold == 0
