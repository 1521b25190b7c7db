"""When to send: what is offered lies ahead, and what is typed is understood or refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialogen.later import als_minuut, lees_minuut, lees_moment, momenten

ZONE = ZoneInfo("Europe/Amsterdam")
NU = datetime(2026, 12, 1, 8, 20, tzinfo=UTC)
"""Tuesday, 09:20 local."""


def lokaal(maand: int, dag: int, uur: int = 0, minuut: int = 0) -> datetime:
    return datetime(2026, maand, dag, uur, minuut, tzinfo=ZONE)


def test_momenten() -> None:
    rij = momenten(NU, NU + timedelta(days=14), ZONE)
    assert rij == [lokaal(12, 1, 12), lokaal(12, 1, 17), lokaal(12, 2, 8), lokaal(12, 2, 12), lokaal(12, 7, 8)]
    assert all(m.tzinfo is UTC for m in rij)


def test_niet_na_het_begin() -> None:
    assert momenten(NU, lokaal(12, 1, 17), ZONE) == [lokaal(12, 1, 12)]
    assert momenten(NU, NU + timedelta(minutes=30), ZONE) == []


def test_over_de_klokwissel() -> None:
    """On 25 October the clock goes back: eight o'clock is still what people read on it."""
    rij = momenten(lokaal(10, 24, 18).astimezone(UTC), lokaal(11, 30), ZONE)
    assert [m.astimezone(ZONE).hour for m in rij] == [8, 12, 17, 8]
    assert rij[0] == datetime(2026, 10, 25, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tekst", "verwacht"),
    [
        ("maandag 08:30", lokaal(12, 7, 8, 30)),
        ("morgen om 9 uur", lokaal(12, 2, 9)),
        ("10 december 12:00", lokaal(12, 10, 12)),
        ("10:00", lokaal(12, 1, 10)),
        ("08:00", lokaal(12, 2, 8)),
        ("half tien", lokaal(12, 1, 9, 30)),
    ],
)
def test_getypt(tekst: str, verwacht: datetime) -> None:
    assert lees_moment(tekst, NU, ZONE) == verwacht


@pytest.mark.parametrize(
    "tekst", ["", "straks", "maandag", "31 februari 10:00", "25:00", "😀", "x" * 500, "morgen om", "፩"]
)
def test_geen_moment(tekst: str) -> None:
    assert lees_moment(tekst, NU, ZONE) is None


def test_een_heel_lang_bericht_houdt_niemand_op(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two thousand words are no moment: they are not parted in two thousand ways while everybody waits."""

    def niet(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("dialogen.later.lees_tijd", niet)
    assert lees_moment("1 " * 2048, NU, ZONE) is None


def test_minuut() -> None:
    assert lees_minuut(als_minuut(lokaal(12, 7, 8, 30))) == lokaal(12, 7, 8, 30)
    assert [lees_minuut(x) for x in ("", "x", "-1", "9" * 10, "٣")] == [None] * 5
