"""Spoken words and the choice they name: in every language, and never an error."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogen import kiezen, verstaan
from dialogen.basis import Invoer, Soort, Stand
from dialogen.flows import FLOWS
from tests.dialogen.werelden import ouder, uitnodiging

OUDER = ouder(uitnodiging(1))


@pytest.mark.parametrize(
    ("gehoord", "taal", "nummer"),
    [
        ("Twee.", "nl", 2),
        ("één", "nl", 1),
        ("iki", "tr", 2),
        ("اثنان", "ar", 2),
        ("جوج", "ary", 2),
        ("dwie", "pl", 2),
        ("двоє", "uk", 2),
        ("ክልተ", "ti", 2),
        ("laba", "so", 2),
        ("دو", "fa", 2),
        ("dos", "es", 2),
        ("two", "ar", 2),
        ("٣", "ar", 3),
        ("dos", "pl", None),
        ("نه", "fa", None),
        ("honderd", "nl", None),
    ],
)
def test_numbers_are_words(gehoord: str, taal: str, nummer: int | None) -> None:
    assert verstaan.getal(gehoord, taal) == nummer


@settings(deadline=None, max_examples=20)
@given(st.text(max_size=80), st.sampled_from(["nl", "ar", "pl", "ti"]))
def test_anything_that_was_heard_is_a_choice_or_none(gehoord: str, taal: str) -> None:
    wereld = replace(OUDER, taal=taal, luistert=True)
    for flow in ("uitnodiging", "menu", "stoppen"):
        for stap in FLOWS[flow].stappen:
            gekozen = verstaan.keuze(FLOWS, Stand(flow, stap.id), gehoord, wereld)
            assert gekozen is None or isinstance(gekozen, str)


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60))
def test_nothing_is_written_by_what_was_heard(media: str, bij: str, gehoord: str) -> None:
    wereld = replace(OUDER, luistert=True)
    for plek in (bij, "uitnodiging.kom:1", "menu.menu", "weg.weg:3", "stoppen.zeker"):
        uit = kiezen.antwoord(None, Invoer(Soort.GEHOORD, media, bericht=plek, gehoord=gehoord), wereld)
        assert {type(e).__name__ for e in uit.effecten} <= {"VraagStellen"}
        assert uit.berichten
