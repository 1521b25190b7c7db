"""Pace and the retry decision: pure, so that every second and every refusal can be tried."""

from __future__ import annotations

import math
import random
from collections import deque
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.besluit import BASIS, MEEST, Af, Klaar, Later, Weg, besluit, mag_niet
from bot.kanalen.basis import Gestopt, Geweigerd, Tempo, Tijdelijk, Verzonden
from bot.tempo import Slag
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
@given(
    st.lists(st.tuples(st.floats(0, 5), st.floats(0, 0.3)), min_size=2, max_size=80),
    st.sampled_from([1.0, 3.0, 29.7]),
)
def test_nooit_sneller_dan_afgesproken(tussen: list[tuple[float, float]], per_seconde: float) -> None:
    """However the sends arrive and however late the timer is: within any second no more than the pace allows, and no
    more in all than the beats there were.
    """
    slag, nu, eerste, momenten = Slag(Tempo(per_seconde)), 0.0, math.inf, []
    for rust, te_laat in tussen:
        beurt = max(nu + rust, slag.neem(nu + rust))
        nu, eerste = beurt + te_laat, min(eerste, beurt)
        slag.gestuurd(nu)
        momenten.append(nu)
    vol = math.ceil(per_seconde)
    assert all(b - a > 1 for a, b in zip(momenten, momenten[vol:], strict=False))
    assert all((m - eerste) * per_seconde >= aantal - 1e-6 for aantal, m in enumerate(momenten))


def test_wat_laat_is_wordt_ingehaald() -> None:
    """Timers are late by milliseconds; by deadline the pace stays what it was."""
    slag, nu = Slag(Tempo(29.7)), 0.0
    for _ in range(450):
        nu = max(nu, slag.neem(nu)) + 0.005
        slag.gestuurd(nu)
    assert 450 / nu > 29.6


def test_wat_onderweg_bleef_hangen_telt_later() -> None:
    """A send that took a tenth of a second longer than others was perhaps counted then: nothing goes too early."""
    slag, nu, geteld = Slag(Tempo(29.7)), 0.0, []
    for keer in range(300):
        nu = max(nu, slag.neem(nu))
        beurt = slag.gestuurd(nu)
        assert beurt is not None
        hapert = 0.1 if keer % 50 == 0 else 0.0
        slag.beantwoord(beurt, nu + 0.05 + hapert)
        geteld.append(nu + 0.025 + hapert)
    geteld.sort()
    assert all(b - a > 1 for a, b in zip(geteld, geteld[30:], strict=False))
    assert 300 / nu > 28


def _stuur(slag: Slag, seconden: float, nu: float, grens: float) -> tuple[float, int, int]:
    """Send as fast as it lets us to a platform with a limit; (the moment after it, sent, refused)."""
    gegaan: deque[float] = deque()
    einde, geweigerd, gelukt = nu + seconden, 0, 0
    while nu < einde:
        nu = max(nu, slag.neem(nu))
        slag.gestuurd(nu)
        while gegaan and gegaan[0] <= nu - 1:
            gegaan.popleft()
        if len(gegaan) >= grens:
            slag.te_snel(nu, 1.0)
            geweigerd += 1
        else:
            gegaan.append(nu)
            gelukt += 1
    return nu, gelukt, geweigerd


def test_een_grens_die_zakt_en_weer_stijgt() -> None:
    """The pace follows a limit that comes down, tries again now and then, and is never above its own."""
    slag = Slag(Tempo(29.7))
    nu, gelukt, geweigerd = _stuur(slag, 60, 0, 30)
    assert (gelukt > 0.98 * 60 * 30, geweigerd) == (True, 0)
    nu, gelukt, geweigerd = _stuur(slag, 120, nu, 20)
    assert gelukt > 0.95 * 120 * 20
    assert 1 <= geweigerd <= 3
    nu, gelukt, geweigerd = _stuur(slag, 1800, nu, 30)
    assert geweigerd == 0
    assert slag.per_seconde == 29.7


def test_een_weigering_zonder_tempo_is_geen_grens() -> None:
    """A token that is refused, or one stray refusal in a quiet hour, says nothing about the pace."""
    slag = Slag(Tempo(29.7))
    for keer in range(20):
        slag.neem(keer * 60)
        slag.te_snel(keer * 60, 5)
    assert slag.per_seconde == 29.7
    assert not slag.mag(19 * 60 + 4)


def test_een_pauze_van_het_platform() -> None:
    slag = Slag(Tempo(10))
    eerder = slag.neem(0)
    slag.wacht(30)
    assert not slag.mag(eerder)
    assert not slag.mag(29.9)
    assert slag.mag(30)
    assert (slag.open_over(29.5), slag.open_over(31)) == (0.5, 0)
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


def test_een_chat_waar_toch_niets_naartoe_ging_is_meteen_weer_vrij() -> None:
    slag = Slag(Tempo(30.0, per_chat=1.0))
    slag.chat_bezet("a", 10.0)
    slag.chat_los("a")
    slag.chat_los("b")
    assert slag.chat_vrij("a") <= 10.0
