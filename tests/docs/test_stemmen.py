"""The table of languages says what the code does, and the code what the library has."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path

import espeakng_loader
import pytest

from bot.diensten.spraak import STEMMEN, SpraakStoring, Spreker
from dialogen.teksten import talen

TABEL = Path(__file__).parents[2] / "docs" / "talen.md"


def _stem() -> dict[str, bool]:
    """Language → whether the table gives it a computer voice."""
    regels = TABEL.read_text("utf-8").splitlines()
    kop = next(regel for regel in regels if "computer voice" in regel)
    plek = [cel.strip() for cel in kop.split("|")].index("computer voice")
    rijen = [[cel.strip() for cel in regel.split("|")] for regel in regels if re.match(r"\| `\w+` \|", regel)]
    return {rij[1].strip("`"): rij[plek].startswith("yes") for rij in rijen if len(rij) > plek}


def test_de_tabel_zegt_welke_taal_een_stem_heeft() -> None:
    tabel = _stem()
    assert set(talen()) <= set(tabel)
    assert {taal for taal, stem in tabel.items() if stem} == set(STEMMEN)


def test_de_bibliotheek_heeft_die_stemmen() -> None:
    map_ = Path(espeakng_loader.get_data_path())
    for stem in STEMMEN.values():
        naam, _, variant = stem.naam.partition("+")
        assert (map_ / "lang" / naam).is_file(), naam
        assert (map_ / "voices" / "!v" / variant).is_file(), variant


def test_wat_we_zonder_stem_noemen_is_zo() -> None:
    """Somali, Darija and Tarifit are not in the library; its version is the one that the page names."""
    namen = {pad.name for pad in (Path(espeakng_loader.get_data_path()) / "lang").rglob("*") if pad.is_file()}
    assert not namen & {"so", "ary", "rif", "ber", "zgh"}
    assert {"ar", "ti"} <= namen
    espeak = ctypes.CDLL(espeakng_loader.get_library_path())
    espeak.espeak_Info.restype = ctypes.c_char_p
    assert espeak.espeak_Info(None).startswith(b"1.52")


@pytest.mark.parametrize("taal", ["ar", "ti", "so", "ary", "rif"])
def test_een_taal_zonder_stem_spreekt_niet(taal: str) -> None:
    with pytest.raises(SpraakStoring):
        Spreker().zeg("Hallo", taal)
