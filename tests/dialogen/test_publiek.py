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
