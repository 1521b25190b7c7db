"""Days and times as people write them, across both clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogen.wanneer import DAGEN, MAANDEN, Moment, Niet, lees_datum, lees_duur, lees_tijd, op_moment

DINSDAG = date(2026, 12, 1)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("tekst", "dag"),
    [
        ("dinsdag 8 december", date(2026, 12, 8)),
        ("Dinsdag, 8 december.", date(2026, 12, 8)),
        ("op dinsdag 8 december 2026", date(2026, 12, 8)),
        ("8 dec", date(2026, 12, 8)),
        ("8 dec. 2026", date(2026, 12, 8)),
        ("8-12", date(2026, 12, 8)),
        ("8/12/2026", date(2026, 12, 8)),
        ("08-12-26", date(2026, 12, 8)),
        ("8.12.2026", date(2026, 12, 8)),
        ("2026-12-08", date(2026, 12, 8)),
        ("8e december", date(2026, 12, 8)),
        ("vandaag", DINSDAG),
        ("morgen", date(2026, 12, 2)),
        ("overmorgen", date(2026, 12, 3)),
        ("donderdag", date(2026, 12, 3)),
        ("komende maandag", date(2026, 12, 7)),
        ("volgende week dinsdag", date(2026, 12, 8)),
        ("dinsdag volgende week", date(2026, 12, 8)),
        ("deze week vrijdag", date(2026, 12, 4)),
        ("over twee weken", date(2026, 12, 15)),
        ("over 3 dagen", date(2026, 12, 4)),
        ("over 99 weken", DINSDAG + timedelta(weeks=99)),
        ("12 januari", date(2027, 1, 12)),
        ("29 februari 2028", date(2028, 2, 29)),
        ("3 mrt", date(2027, 3, 3)),
        ("٨-١٢", date(2026, 12, 8)),
        ("31 december", date(2026, 12, 31)),
    ],
)
def test_een_dag(tekst: str, dag: date) -> None:
    assert lees_datum(tekst, DINSDAG) == dag


@pytest.mark.parametrize(
    ("tekst", "reden"),
    [
        ("30 november", "voorbij"),
        ("30-11-2026", "voorbij"),
        ("8 december 2025", "voorbij"),
        ("deze week maandag", "voorbij"),
        ("31 februari", "bestaat_niet"),
        ("29 februari 2027", "bestaat_niet"),
        ("0 maart", "bestaat_niet"),
        ("12-25-2026", "bestaat_niet"),
        ("maandag 8 december", "weekdag"),
        ("dinsdag", "dubbel"),
        ("volgende donderdag", "dubbel"),
        ("8 december 2062", "te_ver"),
        ("volgende week", "onleesbaar"),
        ("8", "onleesbaar"),
        ("half tien", "onleesbaar"),
        ("8 decembre", "onleesbaar"),
        ("acht december", "onleesbaar"),
        ("8 december om 9 uur", "onleesbaar"),
        ("", "onleesbaar"),
        ("😀", "onleesbaar"),
        ("over ፩ weken", "onleesbaar"),
        ("x" * 4096, "onleesbaar"),
    ],
)
def test_geen_dag(tekst: str, reden: str) -> None:
    gelezen = lees_datum(tekst, DINSDAG)
    assert isinstance(gelezen, Niet)
    assert gelezen.reden == reden


@pytest.mark.parametrize(
    ("tekst", "klok"),
    [
        ("09:30", "09:30"), ("9:30", "09:30"), ("9.30", "09:30"), ("9,30 uur", "09:30"), ("9u30", "09:30"),
        ("0930", "09:30"), ("9 uur", "09:00"), ("9u", "09:00"), ("negen uur", "09:00"), ("om 9 uur", "09:00"),
        ("half tien", "09:30"), ("half 10", "09:30"), ("Half Tien!", "09:30"), ("kwart over 9", "09:15"),
        ("kwart voor tien", "09:45"), ("tien over negen", "09:10"), ("5 voor half 10", "09:25"),
        ("vijf over half tien", "09:35"), ("21:00", "21:00"), ("9 uur 's avonds", "21:00"),
        ("8 uur ’s avonds", "20:00"), ("12 uur 's nachts", "00:00"), ("0 uur", "00:00"), ("kwart voor een", "12:45"),
        ("half drie", "14:30"), ("2 uur", "14:00"), ("2:30", "14:30"), ("02:30", "02:30"), ("14.30 uur", "14:30"),
        ("half drie 's nachts", "02:30"), ("12 uur", "12:00"), ("half een", "12:30"), ("half 1 's middags", "12:30"),
        ("9 uur in de ochtend", "09:00"), ("3 uur s middags", "15:00"), ("00:00", "00:00"), ("9", "09:00"),
        ("één uur", "13:00"), ("9 uur 30", "09:30"),
    ],
)  # fmt: skip
def test_een_tijd(tekst: str, klok: str) -> None:
    assert lees_tijd(tekst) == time.fromisoformat(klok)


@pytest.mark.parametrize(
    ("tekst", "reden"),
    [
        ("25:00", "bestaat_niet"), ("9:75", "bestaat_niet"), ("24:00", "bestaat_niet"), ("99 uur", "bestaat_niet"),
        ("straks", "onleesbaar"), ("", "onleesbaar"), ("half", "onleesbaar"), ("tien half", "onleesbaar"),
        ("kwart over", "onleesbaar"), ("9:3", "onleesbaar"), ("8 december", "onleesbaar"), ("half kwart", "onleesbaar"),
        ("dertig over 9", "onleesbaar"), ("😀", "onleesbaar"), ("9" * 4096, "onleesbaar"),
        ("፩", "onleesbaar"), ("half ፱", "onleesbaar"), ("kwart over ፩", "onleesbaar"),
    ],
)  # fmt: skip
def test_geen_tijd(tekst: str, reden: str) -> None:
    assert lees_tijd(tekst) == Niet(reden)


@pytest.mark.parametrize(
    ("tekst", "minuten"),
    [
        ("90", 90), ("90 minuten", 90), ("90 min", 90), ("anderhalf uur", 90), ("1,5 uur", 90), ("1.5 u", 90),
        ("2 uur", 120), ("een uur", 60), ("1:30", 90), ("1 uur 30", 90), ("1u30", 90), ("half uur", 30),
        ("een half uur", 30), ("1 uur en 15 minuten", 75), ("2,25 uur", 135), ("12 uur", 720),
        ("-60", 60),  # a dash in front is no minus
    ],
)  # fmt: skip
def test_hoe_lang(tekst: str, minuten: int) -> None:
    assert lees_duur(tekst) == minuten


@pytest.mark.parametrize(
    ("tekst", "reden"),
    [("0", "bestaat_niet"), ("5", "bestaat_niet"), ("13 uur", "bestaat_niet"), ("999", "bestaat_niet"),
     ("kort", "onleesbaar"), ("", "onleesbaar"), ("9:30 uur", "onleesbaar"), ("፩ uur", "onleesbaar")],
)  # fmt: skip
def test_niet_zo_lang(tekst: str, reden: str) -> None:
    assert lees_duur(tekst) == Niet(reden)


def test_de_klok_in_het_voorjaar() -> None:
    """The last Sunday of March 2027: from 02:00 to 03:00 there is nothing."""
    zondag = date(2027, 3, 28)
    for klok in ("02:00", "02:30", "02:59"):
        assert op_moment(zondag, time.fromisoformat(klok), AMSTERDAM) == Niet("overgeslagen")
    assert op_moment(zondag, time(3), AMSTERDAM) == Moment(datetime(2027, 3, 28, 1, tzinfo=UTC))
    assert op_moment(zondag, time(1, 59), AMSTERDAM) == Moment(datetime(2027, 3, 28, 0, 59, tzinfo=UTC))


def test_de_klok_in_het_najaar() -> None:
    """The last Sunday of October 2027: from 02:00 to 03:00 everything twice; the first is taken, and said to be."""
    zondag = date(2027, 10, 31)
    assert op_moment(zondag, time(2, 30), AMSTERDAM) == Moment(datetime(2027, 10, 31, 0, 30, tzinfo=UTC), dubbel=True)
    assert op_moment(zondag, time(3), AMSTERDAM) == Moment(datetime(2027, 10, 31, 2, tzinfo=UTC))


dagen = st.dates(date(2026, 1, 1), date(2031, 12, 31))
tijden = st.builds(time, st.integers(0, 23), st.integers(0, 59))
wisselingen = st.sampled_from(
    [
        *(date(2026, 3, 29), date(2027, 3, 28), date(2028, 3, 26)),
        *(date(2026, 10, 25), date(2027, 10, 31), date(2028, 10, 29)),
    ]
)


@given(st.one_of(dagen, wisselingen), tijden, st.sampled_from(["Europe/Amsterdam", "UTC", "America/Curacao"]))
def test_wat_een_moment_is_leest_men_zo_weer_op_de_klok(dag: date, klok: time, naam: str) -> None:
    zone = ZoneInfo(naam)
    moment = op_moment(dag, klok, zone)
    if isinstance(moment, Niet):
        assert (moment.reden, naam) == ("overgeslagen", "Europe/Amsterdam")
        assert (dag.month, dag.weekday(), klok.hour) == (3, 6, 2)
        return
    lokaal = moment.begin.astimezone(zone)
    assert (lokaal.date(), lokaal.time().replace(tzinfo=None)) == (dag, klok)
    later = (moment.begin + timedelta(hours=1)).astimezone(zone)
    assert moment.dubbel == (later.time().replace(tzinfo=None) == klok)


@given(dagen, st.integers(0, 700))
def test_een_dag_die_we_zelf_schrijven_lezen_we_terug(vandaag: date, over: int) -> None:
    dag = vandaag + timedelta(days=over)
    maand = MAANDEN[dag.month - 1]
    for tekst in (
        f"{DAGEN[dag.weekday()]} {dag.day} {maand} {dag.year}",
        f"{dag.day} {maand[:3]} {dag.year}",
        f"{dag.day}-{dag.month}-{dag.year}",
        f"{dag.day:02}/{dag.month:02}/{dag.year % 100:02}",
        dag.isoformat(),
    ):
        assert lees_datum(tekst, vandaag) == dag
    if over < 270:
        assert lees_datum(f"{dag.day} {maand}", vandaag) == dag or (dag.month, dag.day) == (2, 29)


@given(tijden)
def test_een_tijd_die_we_zelf_schrijven_lezen_we_terug(klok: time) -> None:
    assert lees_tijd(f"{klok:%H:%M}") == lees_tijd(f"{klok:%H.%M} uur") == lees_tijd(f"{klok:%H%M}") == klok


@given(st.text(max_size=60), dagen)
def test_nooit_iets_anders_dan_een_dag_vanaf_vandaag(tekst: str, vandaag: date) -> None:
    gelezen = lees_datum(tekst, vandaag)
    assert isinstance(gelezen, Niet) or vandaag <= gelezen <= vandaag + timedelta(days=730)
    assert isinstance(lees_tijd(tekst), time | Niet)
    assert isinstance(lees_duur(tekst), int | Niet)
