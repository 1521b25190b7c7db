"""Pace and the retry decision: pure, so that every second and every refusal can be tried."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kanalen.basis import Gestopt, Geweigerd, Tempo, Tijdelijk, Verzonden
from bot.tempo import BASIS, MEEST, Af, Klaar, Later, Slag, Weg, besluit
from bot.verzenden import mag_niet
from opslag.postvak import AAN_TEAM, AANBOD, ANTWOORD, UITZENDING, Uit

NU = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
TOT = NU + timedelta(hours=1)


def test_een_gelijke_slag() -> None:
    slag = Slag(Tempo(10))
    assert [round(slag.neem(0), 3) for _ in range(4)] == [0, 0.1, 0.2, 0.3]
    assert slag.neem(5) == 5, "wat niet gebruikt is, wordt niet opgespaard"
    assert round(slag.neem(5), 3) == 5.1


def test_zonder_grens() -> None:
    slag = Slag(None)
    assert [slag.neem(1) for _ in range(3)] == [1, 1, 1]
    slag.chat_bezet("a", 1)
    assert slag.chat_vrij("a") == 0


@settings(deadline=None)
@given(st.lists(st.floats(0, 5), min_size=2, max_size=80), st.sampled_from([1.0, 3.0, 29.7]))
def test_nooit_sneller_dan_afgesproken(tussen: list[float], per_seconde: float) -> None:
    """However the sends arrive: within any second there are no more than the pace allows."""
    slag, nu, momenten = Slag(Tempo(per_seconde)), 0.0, []
    for stap in tussen:
        nu += stap
        momenten.append(slag.neem(nu))
    assert all(b - a >= 1 / per_seconde - 1e-9 for a, b in itertools.pairwise(momenten))


def test_een_pauze_van_het_platform() -> None:
    slag = Slag(Tempo(10))
    eerder = slag.neem(0)
    slag.wacht(30)
    assert not slag.mag(eerder)
    assert not slag.mag(29.9)
    assert slag.mag(30)
    assert slag.neem(1) == 30
    slag.wacht(10)
    assert slag.neem(1) > 30, "een kortere pauze verkort de langere niet"


def test_per_chat() -> None:
    slag = Slag(Tempo(30, per_chat=1))
    slag.chat_bezet("a", 10)
    assert (slag.chat_vrij("a"), slag.chat_vrij("b")) == (11, 0)
    for i in range(5000):
        slag.chat_bezet(f"chat {i}", 20)
    assert slag.chat_vrij("chat 4999") == 21
    assert slag.chat_vrij("a") in {0, 11}, "wat voorbij is, mag vergeten zijn"


# The decision


def kies(resultaat: Verzonden | Tijdelijk | Geweigerd | Gestopt, pogingen: int = 0, niet_na: datetime = TOT) -> object:
    return besluit(resultaat, pogingen, niet_na, NU, random.Random(1))


def test_wat_klaar_of_nooit_is() -> None:
    assert kies(Verzonden("17")) == Klaar("17")
    assert kies(Geweigerd("te lang"), 9) == Af("geweigerd", "te lang")
    assert kies(Gestopt("blocked")) == Weg("blocked")


def test_een_wacht_die_gevraagd_is() -> None:
    assert kies(Tijdelijk(7.5, reden="rustig")) == Later(NU + timedelta(seconds=7.5), 0, "rustig")
    assert kies(Tijdelijk(7.5, heel_account=True)) == Later(NU, 7.5, ""), "de rij wacht niet, het account wel"
    assert kies(Tijdelijk(0)) == Later(NU, 0, "")


@pytest.mark.parametrize("pogingen", [0, 1, 2, 5, 8, 9, 30, 1000])
def test_de_eigen_wacht_verdubbelt_tot_een_grens(pogingen: int) -> None:
    ver = NU + timedelta(days=1)
    for zaad in range(20):
        uit = besluit(Tijdelijk(), pogingen, ver, NU, random.Random(zaad))
        assert isinstance(uit, Later)
        seconden = (uit.op - NU).total_seconds()
        heel = min(MEEST, BASIS * 2.0 ** min(pogingen, 20))
        assert heel / 2 <= seconden <= heel


def test_te_laat_is_te_laat() -> None:
    assert kies(Tijdelijk(3600)) == Af("vervallen", "te laat")
    assert kies(Tijdelijk(3599)) == Later(NU + timedelta(seconds=3599), 0, "")
    assert kies(Tijdelijk(3600, heel_account=True, reden="flood")) == Af("vervallen", "flood")
    assert kies(Tijdelijk(None), 3, NU) == Af("vervallen", "te laat")


@settings(deadline=None)
@given(st.integers(0, 60), st.one_of(st.none(), st.floats(0, 1e6)), st.booleans(), st.integers(0, 10**6))
def test_altijd_een_besluit_dat_klopt(pogingen: int, wacht: float | None, heel: bool, zaad: int) -> None:
    uit = besluit(Tijdelijk(wacht, heel), pogingen, TOT, NU, random.Random(zaad))
    assert isinstance(uit, Later | Af)
    if isinstance(uit, Later):
        assert NU <= uit.op < TOT
        assert (uit.account > 0) <= heel


# What forbids sending, at the moment itself


def uit(prioriteit: int = UITZENDING, **anders: object) -> Uit:
    waarden: dict[str, object] = {
        "nummer": 1, "gesprek_id": 1, "adres": "a", "prioriteit": prioriteit, "inhoud": "{}", "taal": "nl",
        "vervangt": "", "niet_na": NU + timedelta(days=7), "pogingen": 0, "ouder_id": 1,
        "gestopt": False, "pauze_tot": None,
        "onbereikbaar": False, "stil": ("20:00", "08:00", "Europe/Amsterdam"), "deze_week": 0, "weekmaximum": 3,
    }  # fmt: skip
    return Uit(**(waarden | anders))  # type: ignore[arg-type]


NACHT = NU.replace(hour=22)
OCHTEND = datetime(2026, 12, 2, 7, 0, tzinfo=UTC)
DAGEN = timedelta(days=28)


@pytest.mark.parametrize(
    ("bericht", "nu", "besluit_"),
    [
        (uit(), NU, None),
        (uit(gestopt=True), NU, Af("vervallen", "gestopt")),
        (uit(onbereikbaar=True), NU, Af("vervallen", "onbereikbaar")),
        (uit(niet_na=NU), NU, Af("vervallen", "te laat")),
        (uit(ANTWOORD, niet_na=NU), NU, Af("vervallen", "te laat")),
        (uit(pauze_tot=NU + timedelta(days=1)), NU, Later(NU + timedelta(days=1), 0, "pauze")),
        (uit(pauze_tot=NU + DAGEN), NU, Af("vervallen", "pauze")),
        (uit(pauze_tot=NU), NU, None),
        (uit(), NACHT, Later(OCHTEND, 0, "stille uren")),
        (uit(niet_na=OCHTEND), NACHT, Af("vervallen", "stille uren")),
        (uit(stil=None), NACHT, None),
        (uit(deze_week=2), NU, None),
        (uit(deze_week=3), NU, Later(NU + timedelta(days=1), 0, "weekmaximum")),
        (uit(deze_week=3, niet_na=NU + timedelta(hours=2)), NU, Af("vervallen", "weekmaximum")),
        # An offer of a place disturbs nobody at night, and is no broadcast.
        (uit(AANBOD), NACHT, Later(OCHTEND, 0, "stille uren")),
        (uit(AANBOD, deze_week=9), NU, None),
        (uit(AANBOD, gestopt=True), NU, Af("vervallen", "gestopt")),
        # A reply always goes.
        (uit(ANTWOORD, gestopt=True, onbereikbaar=True, deze_week=9), NACHT, None),
        (uit(AAN_TEAM, gestopt=True, deze_week=9), NACHT, None),
        (uit(ouder_id=None), NACHT, None),
    ],
)
def test_mag_niet(bericht: Uit, nu: datetime, besluit_: object) -> None:
    assert mag_niet(bericht, nu) == besluit_
