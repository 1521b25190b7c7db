"""What is heard: times and numbers as words, nothing of what only eyes can use, the choices at the end."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.spreken import gezegd, hardop, keuzes
from dialogen.basis import Bericht, Knop, Tekst

BEGIN = datetime(2026, 12, 8, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("taal", "gelezen", "gehoord"),
    [
        ("nl", "🕘 09:30", "9 uur 30."),
        ("nl", "Morgen om 09:00: koffie ☕. Kom je?", "Morgen om 9 uur: koffie. Kom je?"),
        ("nl", "Van 9.30 tot 11.00", "Van 9 uur 30 tot 11 uur."),
        ("nl", "Op 8-12-2026", "Op dinsdag 8 december."),
        ("nl", "Bel 010 123 45 67.", "Bel 0 1 0, 1 2 3, 4 5, 6 7."),
        ("nl", "Kijk op https://inloop.example/x?y=1", "Kijk op de link in dit bericht."),
        ("nl", "Stuur /menu of STOP.", "Stuur menu of STOP."),
        ("nl", "⁨Juf Noor⁩ staat bij de deur", "Juf Noor staat bij de deur."),
        ("nl", "3+", "3 of meer."),
        ("nl", "Neem € 1.50 mee, om 25.00 of 12:61", "Neem € 1.50 mee, om 25.00 of 12:61."),
        ("nl", "👶 Kinderen mogen mee.\n💶 Gratis.", "Kinderen mogen mee. Gratis."),
        ("nl", "العربية", ""),
        ("nl", "😀", "Blij."),
        ("nl", "🎉🎉", ""),
        ("en", "At 14:05", "At 14 5."),
        ("tr", "Yarın saat 09:30: kahve", "Yarın saat 9 30: kahve."),
        ("pl", "Jutro o 09:00", "Jutro o 9 zero zero."),
        ("uk", "Завтра о 09:30: Koffie", "Завтра о 9 30: Koffie."),
        ("fa", "فردا ساعت ۰۹:۳۰", "فردا ساعت 9 و 30 دقیقه."),
        ("es", "Mañana a las 09:30", "Mañana a las 9 y 30."),
    ],
)
def test_hardop(taal: str, gelezen: str, gehoord: str) -> None:
    assert hardop(gelezen, taal) == gehoord


def test_nooit_half_tien() -> None:
    wanneer = Tekst("uitnodiging.wanneer_waar", {"begin": BEGIN, "plek": "de ouderkamer"})
    assert gezegd(wanneer, "nl") == "dinsdag 8 december. 9 uur 30. de ouderkamer."


def test_geen_verhouding_wordt_een_tijd() -> None:
    assert hardop("Versie 1.25.3 en 127.0.0.1", "nl") == "Versie 1.25.3 en 127.0.0.1."


def test_de_keuzes_klinken_ook() -> None:
    knoppen = tuple(Knop("x", Tekst(f"uitnodiging.kom.{k}")) for k in ("ja", "misschien", "nee"))
    assert keuzes(Bericht((), knoppen), "nl") == "Kies: Ik kom, Misschien, Ik kan niet."
    gezichten = tuple(Knop("x", Tekst(f"erbij.na.{k}")) for k in ("blij", "gewoon", "jammer"))
    assert keuzes(Bericht((), gezichten), "nl") == "Kies: Blij, Gewoon, Niet zo fijn."


def test_talen_spreken_voor_zichzelf() -> None:
    assert keuzes(Bericht((), (Knop("x", Tekst("taal.tr")), Knop("x", Tekst("taal.ar")))), "nl") == ""


@given(st.text(max_size=200), st.sampled_from(["nl", "tr", "fa", "uk"]))
def test_elke_tekst_is_te_zeggen_of_leeg(tekst: str, taal: str) -> None:
    """Whatever somebody typed: it never fails, holds no mark that steers, and nothing only eyes can use."""
    gehoord = hardop(tekst, taal)
    assert "\n" not in gehoord
    assert not set(gehoord) & set("\u2066\u2067\u2068\u2069\u200f🔊☕")
