"""Which form goes with a number, as the CLDR says it, and as the catalogues tell a translator."""

from __future__ import annotations

import gettext
from importlib import resources

import pytest
from babel import Locale
from babel.messages.pofile import read_po

from dialogen.teksten import talen
from dialogen.teksten.meervoud import aantal_vormen, vorm

VOLGORDE = ("zero", "one", "two", "few", "many", "other")
TOT = range(201)


@pytest.mark.parametrize("taal", talen())
def test_zoals_de_cldr(taal: str) -> None:
    regel = Locale.parse(taal).plural_form
    soorten = [s for s in VOLGORDE if s in {regel(n) for n in TOT}]
    soorten += [] if taal in {"pl", "uk"} else ["other"] * ("other" not in soorten)
    assert [vorm(taal, n) for n in TOT] == [soorten.index(regel(n)) for n in TOT]
    assert aantal_vormen(taal) == len(soorten)


@pytest.mark.parametrize("taal", talen())
def test_zoals_de_kop_van_de_catalogus(taal: str) -> None:
    with resources.files("dialogen.teksten").joinpath(f"{taal}.po").open("rb") as bestand:
        catalogus = read_po(bestand)
    kop = gettext.c2py(catalogus.plural_expr.strip("()"))
    assert catalogus.num_plurals == aantal_vormen(taal)
    assert [vorm(taal, n) for n in TOT] == [kop(n) for n in TOT]


def test_een_taal_zonder_regel_telt_als_het_nederlands() -> None:
    assert [vorm("xx", n) for n in (0, 1, 2, -1)] == [1, 0, 1, 0]
