"""What is locked opens for the same secret and the same owner, and for nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.diensten.kluis import Kluis, tijdelijk

KLUIS = Kluis("een geheim van genoeg tekens")


@settings(deadline=None)
@given(st.binary(max_size=2000), st.text(max_size=40))
def test_it_opens_again(inhoud: bytes, bij: str) -> None:
    dicht = KLUIS.sluit(inhoud, bij)
    assert KLUIS.open(dicht, bij) == inhoud
    assert Kluis("een geheim van genoeg tekens").open(dicht, bij) == inhoud
    assert KLUIS.open(dicht, f"{bij}x") is None
    assert tijdelijk().open(dicht, bij) is None


@settings(deadline=None)
@given(st.binary(max_size=200), st.data())
def test_damage_is_noticed(inhoud: bytes, data: st.DataObject) -> None:
    dicht = bytearray(KLUIS.sluit(inhoud, "nota"))
    dicht[data.draw(st.integers(0, len(dicht) - 1))] ^= data.draw(st.integers(1, 255))
    assert KLUIS.open(bytes(dicht), "nota") is None


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_what_is_not_ours_does_not_open(ruis: bytes) -> None:
    assert KLUIS.open(ruis, "nota") is None


def test_what_was_said_does_not_shine_through() -> None:
    assert b"mijn kind" not in KLUIS.sluit(b"mijn kind is ziek", "nota")
    assert KLUIS.sluit(b"a", "nota") != KLUIS.sluit(b"a", "nota")


def test_a_short_secret_protects_nothing() -> None:
    with pytest.raises(ValueError, match="16"):
        Kluis("kort")
