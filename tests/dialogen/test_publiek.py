"""For whom: every caregiver of the groups, narrowed one by one, counted by how they are reached."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogen.kantoor import Telling
from dialogen.publiek import hoort_erbij, publiek, zet

VADER = Telling(frozenset({1}), "vader", "tr", frozenset({"avond"}), "bot", bereikt=False, vol=False, aantal=3)
MOEDER = Telling(frozenset({1, 2}), "moeder", "nl", frozenset({"ochtend"}), "bot", bereikt=True, vol=True, aantal=5)
ELDERS = Telling(frozenset({3}), "moeder", "ar", frozenset(), "bot", bereikt=False, vol=False, aantal=9)


@pytest.mark.parametrize(
    ("voor", "keuze", "erna"),
    [
        ("iedereen", "vaders", "vaders"),
        ("vaders", "vaders", "vaders"),
        ("vaders", "-vaders", "iedereen"),
        ("vaders", "nieuw", "vaders,nieuw"),
        ("nieuw", "avond", "nieuw,avond"),
        ("vaders,avond", "ochtend", "vaders,ochtend"),
        ("vaders,avond", "-avond", "vaders"),
        ("vaders,nieuw,avond", "iedereen", "iedereen"),
        ("iedereen", "onzin", "iedereen"),
        ("iedereen", "-avond", "iedereen"),
    ],
)
def test_zet(voor: str, keuze: str, erna: str) -> None:
    assert zet(voor, keuze) == erna
    assert zet(erna, keuze) == erna, "a doubled tap is one tap"
    assert len(erna) <= 20, "verzending.voor"


@pytest.mark.parametrize(
    ("voor", "wie"),
    [
        ("iedereen", {"vader", "moeder"}),
        ("vaders", {"vader"}),
        ("nieuw", {"vader"}),
        ("ochtend", {"moeder"}),
        ("vaders,ochtend", set()),
        ("weekend", set()),
    ],
)
def test_hoort_erbij(voor: str, wie: set[str]) -> None:
    assert {t.rol for t in (VADER, MOEDER) if hoort_erbij(t, {1}, voor)} == wie
    assert not hoort_erbij(ELDERS, {1, 2}, voor)


def test_publiek() -> None:
    anders = [
        replace(VADER, stand="zonder", aantal=2),
        replace(MOEDER, stand="zonder", aantal=1),
        replace(MOEDER, stand="gestopt", aantal=4),
        replace(VADER, stand="pauze", aantal=1),
        replace(VADER, rol="", taal="nl", aantal=1),
    ]
    p = publiek([VADER, MOEDER, ELDERS, *anders], (1,), "iedereen")
    assert (p.ouders, p.vaders, p.vol) == (9, 3, 5)
    assert (p.zonder, p.vaders_zonder, p.gestopt, p.pauze) == (3, 2, 4, 1)
    assert p.rollen == ("moeder", "vader", "ander")
    assert p.talen == ("nl", "tr")


def test_niemand() -> None:
    leeg = publiek([ELDERS], (1,), "iedereen")
    assert (leeg.ouders, leeg.zonder, leeg.rollen, leeg.talen) == (0, 0, (), ())


@pytest.mark.parametrize(
    ("nog", "laat", "dagen"), [(30, 0, 0), (28, 0, 0), (27, 5, 28), (21, 5, 28), (20, 8, 21), (3, 8, 21)]
)
def test_wie_het_eerder_wil_horen(nog: int, laat: int, dagen: int) -> None:
    """Counted as soon as now is too late for them; who asked for nothing is not, nor who cannot be written to."""
    vroeg = [replace(VADER, aankondiging=21), replace(MOEDER, aankondiging=28), replace(MOEDER, aantal=50)]
    p = publiek([*vroeg, replace(VADER, aankondiging=28, stand="gestopt")], {1}, "iedereen", nog)
    assert (p.laat, p.dagen) == (laat, dagen)
